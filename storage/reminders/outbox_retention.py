"""What was told and typed, read again while it is kept, and wiped when it is kept no longer."""

from datetime import datetime

from storage.engine.database import Database, Reader
from storage.records import Outgoing


async def with_row(db: Reader, row_id: int, person_id: int, since: datetime) -> list[Outgoing]:
    """Return the rows that one message told a person since a moment, in the order they were told.

    `row_id` is the row of the outbox into which the others were folded.
    """
    rows = await db.fetch(
        "SELECT id, kind, person_id, task_id, facts, priority, state, not_before, attempts,"
        " created_at FROM outbox WHERE person_id = $2 AND (id = $1 OR into_id = $1)"
        " AND settled_at > $3 ORDER BY priority, id",
        row_id,
        person_id,
        since,
    )
    return [Outgoing.model_validate(row) for row in rows]


async def wipe_messages(db: Database, before: datetime) -> int:
    """Wipe what messages settled before a moment had to say; that they were told to whom stays."""
    async with db.transaction() as tx:
        return await tx.execute(
            "UPDATE outbox SET facts = '{}', error = NULL WHERE settled_at < $1 AND facts <> '{}'",
            before,
        )


async def wipe_drafts(db: Database, before: datetime, now: datetime) -> int:
    """Wipe what was typed in dialogs that ended, or were left alone, before a moment."""
    wiped = "fields = '{}', message_id = NULL, card_id = NULL"
    async with db.transaction() as tx:
        over = await tx.execute(
            f"UPDATE drafts SET {wiped} WHERE ended_at < $1 AND fields <> '{{}}'",  # noqa: S608 - ours
            before,
        )
        return over + await tx.execute(
            f"UPDATE drafts SET {wiped}, ended_at = $2, waits_for = NULL, version = version + 1"  # noqa: S608 - ours
            " WHERE ended_at IS NULL AND updated_at < $1",
            before,
            now,
        )
