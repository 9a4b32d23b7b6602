"""Where each task's cards stand, and which of those in groups are out of date."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from storage.database import Reader, Transaction
from storage.records import Card


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
        "UPDATE cards SET changes = changes + 1 WHERE task_id = $1 AND person_id IS NULL",
        [(task_id,) for task_id in task_ids],
    )


async def outdated(reader: Reader, limit: int) -> list[Card]:
    """Return cards in groups, where the bot still is, that do not show the last changes."""
    rows = await reader.fetch(
        "SELECT c.* FROM cards c JOIN group_chats g ON g.chat_id = c.chat_id"
        " WHERE c.changes > c.shown AND g.ended_at IS NULL ORDER BY c.id LIMIT $1",
        limit,
    )
    return [Card.model_validate(row) for row in rows]


async def showed(tx: Transaction, card: Card, message_id: int | None, at: datetime) -> None:
    """Note that a message shows a card with the changes that there were when it was read."""
    await tx.execute(
        "UPDATE cards SET shown = $2, message_id = $3, sent_at = $4 WHERE id = $1",
        card.id,
        card.changes,
        message_id,
        at,
    )
