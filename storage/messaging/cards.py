"""Where each task's cards stand, and which of those in groups are out of date.

A card in a group is shown anew by one instance at a time, and only one of a group: it is leased, as rows
of the outbox are.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from storage.engine.database import Database, Reader, Row, Transaction
from storage.messaging.leases import in_order, one_at_a_time, renew_rows
from storage.records import Card

_CLAIMS = 6703  # an advisory lock: PostgreSQL would let two instances share out one group
_RESTING = "resting"  # the owner of a card that did not get through
_OUTDATED = (
    "FROM cards c JOIN group_chats g ON g.chat_id = c.chat_id JOIN tasks t ON t.id = c.task_id"
    " WHERE c.changes > c.shown AND g.ended_at IS NULL"
    " AND (c.message_id IS NOT NULL OR t.closed_at IS NULL)"
)
"""What is over and stands nowhere (its group moved, the bot was out) is not said anew."""
_RENEW = (
    "UPDATE cards SET lease_until = $2 WHERE lease_owner = $1 AND id IN ("
    " SELECT id FROM cards WHERE id IN ({ids}) {in_order}) RETURNING id"
)


class Placed(NamedTuple):
    """A card as it was sent."""

    task_id: int
    person_id: int | None
    chat_id: int
    topic_id: int | None
    message_id: int
    sent_at: datetime


async def put(tx: Transaction, placed: Sequence[Placed]) -> None:
    """Remember cards; a message that was another task's card becomes this one's."""
    await tx.execute_many(
        "INSERT INTO cards (task_id, person_id, chat_id, topic_id, message_id, sent_at)"
        " VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (chat_id, message_id) DO UPDATE SET task_id = EXCLUDED.task_id,"
        " person_id = EXCLUDED.person_id, topic_id = EXCLUDED.topic_id",
        placed,
    )


async def of_task(reader: Reader, task_id: int) -> list[Card]:
    """Return all cards of a task, the newest first."""
    rows = await reader.fetch("SELECT * FROM cards WHERE task_id = $1 ORDER BY id DESC", task_id)
    return [Card.model_validate(row) for row in rows]


async def latest(reader: Reader, task_id: int, person_id: int) -> Card | None:
    """Return the newest card a person has of a task."""
    row = await reader.fetch_one(
        "SELECT * FROM cards WHERE task_id = $1 AND person_id = $2 ORDER BY id DESC LIMIT 1",
        task_id,
        person_id,
    )
    return None if row is None else Card.model_validate(row)


async def at_message(reader: Reader, chat_id: int, message_id: int) -> Card | None:
    """Return the card a message is, if it is one."""
    row = await reader.fetch_one(
        "SELECT * FROM cards WHERE chat_id = $1 AND message_id = $2", chat_id, message_id
    )
    return None if row is None else Card.model_validate(row)


async def forget(tx: Transaction, person_id: int) -> None:
    """Forget where a person's cards stand: the account that has them is no longer theirs."""
    await tx.execute("DELETE FROM cards WHERE person_id = $1", person_id)


async def drop(tx: Transaction, task_id: int, person_id: int) -> None:
    """Forget where a person's cards of one task stand: they show something else now."""
    await tx.execute("DELETE FROM cards WHERE task_id = $1 AND person_id = $2", task_id, person_id)


async def outdate(tx: Transaction, task_ids: Iterable[int]) -> None:
    """Note that tasks are no more as their cards in groups show them."""
    await tx.execute_many(
        "UPDATE cards SET changes = changes + 1 WHERE id IN ("  # noqa: S608 - fixed
        f" SELECT id FROM cards WHERE task_id = $1 AND person_id IS NULL {in_order(tx)})",
        [(task_id,) for task_id in task_ids],
    )


async def follow(tx: Transaction, task_id: int, next_id: int, at: datetime) -> None:
    """Let the groups that follow one task follow the next of its series too.

    Its cards are said once they are out of date.
    """
    await tx.execute(
        "INSERT INTO cards (task_id, chat_id, topic_id, sent_at)"
        " SELECT CAST($2 AS BIGINT), chat_id, topic_id, $3 FROM cards"
        " WHERE task_id = $1 AND person_id IS NULL",
        task_id,
        next_id,
        at,
    )


async def outdated(reader: Reader, limit: int) -> list[Card]:
    """Return cards in groups, where the bot still is, that do not show the last changes."""
    rows = await reader.fetch(f"SELECT c.* {_OUTDATED} ORDER BY c.id LIMIT $1", limit)
    return [Card.model_validate(row) for row in rows]


async def claim(db: Database, owner: str, now: datetime, until: datetime, limit: int) -> list[Card]:
    """Lease the oldest card that is out of date in each of `limit` groups; times are the real clock's.

    A group in which a card is leased, or which is left alone, has none; a card that somebody is just
    writing (it changes, or was renewed by who is late) is passed over.
    """

    async def work(tx: Transaction) -> list[Row]:
        await one_at_a_time(tx, _CLAIMS)
        free = " SKIP LOCKED" if tx.engine == "postgres" else ""
        return await tx.fetch(
            # Chosen once, as in the inbox.
            "WITH chosen AS MATERIALIZED (SELECT id FROM cards WHERE id IN ("  # noqa: S608 - fixed texts
            f" SELECT MIN(c.id) {_OUTDATED} AND NOT EXISTS ("
            "  SELECT 1 FROM cards h WHERE h.chat_id = c.chat_id AND h.lease_until >= $2)"
            f" GROUP BY c.chat_id ORDER BY MIN(c.id) LIMIT $4) {in_order(tx)}{free})"
            " UPDATE cards SET lease_owner = $1, lease_until = $3 WHERE id IN (SELECT id FROM chosen)"
            " AND (lease_until IS NULL OR lease_until < $2) RETURNING *",
            owner,
            now,
            until,
            limit,
        )

    return [Card.model_validate(row) for row in await db.run(work)]


async def renew(db: Database, owner: str, ids: Sequence[int], until: datetime) -> set[int]:
    """Keep for longer what this instance has in hand; return what it still has leased."""
    return await renew_rows(db, _RENEW, (owner, until), ids)


async def give_back(db: Database, owner: str) -> None:
    """Give back everything leased under a name: by this instance, or before its restart."""
    async with db.transaction() as tx:
        await tx.execute(
            "UPDATE cards SET lease_owner = NULL, lease_until = NULL WHERE id IN ("  # noqa: S608 - fixed
            f" SELECT id FROM cards WHERE lease_owner = $1 {in_order(tx)})",
            owner,
        )


async def rest(tx: Transaction, card: Card, owner: str, until: datetime) -> None:
    """Leave the group of a leased card alone until a moment of the real clock."""
    await tx.execute(
        "UPDATE cards SET lease_owner = $3, lease_until = $4 WHERE id = $1 AND lease_owner = $2",
        card.id,
        owner,
        _RESTING,
        until,
    )


async def showed(
    tx: Transaction, card: Card, owner: str, message_id: int | None, at: datetime
) -> bool:
    """Note that a message shows a card with the changes that there were when it was leased.

    False where the lease went to another instance, or the group moved meanwhile.
    """
    changed = await tx.execute(
        "UPDATE cards SET shown = $3, message_id = $4, sent_at = $5, lease_owner = NULL,"
        " lease_until = NULL WHERE id = $1 AND lease_owner = $2 AND chat_id = $6",
        card.id,
        owner,
        card.changes,
        message_id,
        at,
        card.chat_id,
    )
    return changed == 1
