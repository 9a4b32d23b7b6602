"""The check-list of a task: small steps, ticked one by one."""

from collections.abc import Sequence
from datetime import datetime

from storage.engine.database import Reader, Transaction
from storage.records import CheckItem


async def add(tx: Transaction, task_id: int, text_ids: Sequence[int], at: datetime) -> None:
    """Add steps, whose words are kept, to the end of a task's list."""
    await tx.execute_many(
        "INSERT INTO check_items (task_id, text_id, created_at) VALUES ($1, $2, $3)",
        [(task_id, text_id, at) for text_id in text_ids],
    )


async def of_task(db: Reader, task_id: int) -> list[CheckItem]:
    """Return the steps of a task in the order they were written, without those struck out."""
    rows = await db.fetch(
        "SELECT c.id, c.task_id, c.text_id, t.body AS words, c.done_by, c.done_at FROM check_items c"
        " JOIN texts t ON t.id = c.text_id WHERE c.task_id = $1 AND c.ended_at IS NULL"
        " ORDER BY c.id",
        task_id,
    )
    return [CheckItem.model_validate(row) for row in rows]


async def tick(tx: Transaction, item_id: int, person_id: int | None, at: datetime | None) -> None:
    """Set who did a step and when; None and None is not done."""
    await tx.execute(
        "UPDATE check_items SET done_by = $2, done_at = $3 WHERE id = $1", item_id, person_id, at
    )


async def strike_out(tx: Transaction, item_id: int, at: datetime) -> None:
    """Take a step off the list."""
    await tx.execute("UPDATE check_items SET ended_at = $2 WHERE id = $1", item_id, at)
