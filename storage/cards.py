"""Where each task's cards stand, so that they can be edited in place."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from storage.database import Reader, Transaction
from storage.records import Card


class Placed(NamedTuple):
    """A card as it was sent."""

    task_id: int
    person_id: int
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
