"""The groups the bot is in, and where they moved."""

from datetime import datetime

from storage.engine.database import Reader, Transaction


async def join(
    tx: Transaction, chat_id: int, title: str, added_by: int | None, at: datetime
) -> bool:
    """Note that the bot is in a group; False when it was known to be."""
    row = await tx.fetch_one(
        "INSERT INTO group_chats (chat_id, title, added_by, added_at) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (chat_id) DO UPDATE SET title = EXCLUDED.title, ended_at = NULL,"
        " added_by = EXCLUDED.added_by, added_at = EXCLUDED.added_at"
        " WHERE group_chats.ended_at IS NOT NULL RETURNING chat_id",
        chat_id,
        title,
        added_by,
        at,
    )
    return row is not None


async def is_in(db: Reader, chat_id: int) -> bool:
    """Tell whether the bot is known to be in a group."""
    row = await db.fetch_one(
        "SELECT 1 AS here FROM group_chats WHERE chat_id = $1 AND ended_at IS NULL", chat_id
    )
    return row is not None


async def hear(tx: Transaction, chat_id: int, everything: bool) -> None:
    """Note whether the bot is given everything that is said in a group."""
    await tx.execute(
        "UPDATE group_chats SET hears_all = $2 WHERE chat_id = $1", chat_id, everything
    )


async def hears_all(db: Reader, chat_id: int) -> bool:
    """Tell whether the bot is known to be given everything that is said in a group."""
    row = await db.fetch_one("SELECT hears_all FROM group_chats WHERE chat_id = $1", chat_id)
    return row is not None and bool(row["hears_all"])


async def leave(tx: Transaction, chat_id: int, at: datetime) -> bool:
    """Note that the bot is in a group no more; False when it was not known to be."""
    changed = await tx.execute(
        "UPDATE group_chats SET ended_at = $2 WHERE chat_id = $1 AND ended_at IS NULL", chat_id, at
    )
    return changed > 0


async def come_back(tx: Transaction, chat_id: int) -> None:
    """Note that the bot is again in a group that the office knows; others are not noted."""
    await tx.execute("UPDATE group_chats SET ended_at = NULL WHERE chat_id = $1", chat_id)


async def tell_strangers(tx: Transaction, chat_id: int, at: datetime, since: datetime) -> bool:
    """Note that a group's strangers are told how to come in; False when they were after `since`."""
    changed = await tx.execute(
        "UPDATE group_chats SET strangers_told_at = $2 WHERE chat_id = $1"
        " AND COALESCE(strangers_told_at, $3) <= $3",
        chat_id,
        at,
        since,
    )
    return changed > 0


async def move(tx: Transaction, old: int, new: int, at: datetime) -> bool:
    """Let everything of a group go on where it lives now; False, and nothing changes, for a group that is not noted.

    A repeat changes nothing. Its messages did not move: cards of open tasks are said anew, a draft with its next answer.
    """
    moved = await tx.execute(
        "UPDATE group_chats SET chat_id = $2 WHERE chat_id = $1"
        " AND NOT EXISTS (SELECT 1 FROM group_chats AS there WHERE there.chat_id = $2)",
        old,
        new,
    )
    left = await leave(tx, old, at)
    if not (moved or left):
        return False
    await tx.execute(
        "UPDATE cards SET chat_id = $2, message_id = NULL, changes = changes + 1,"
        " lease_owner = NULL, lease_until = NULL WHERE chat_id = $1",
        old,
        new,
    )
    await tx.execute(
        "UPDATE drafts SET chat_id = $2, message_id = NULL, card_id = NULL WHERE chat_id = $1",
        old,
        new,
    )
    return True
