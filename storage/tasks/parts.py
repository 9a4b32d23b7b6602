"""The parts of those who support a task: units that name somebody, people who report theirs."""

from collections.abc import Sequence
from datetime import datetime

from storage.engine.database import Transaction
from storage.records import Part


async def add_units(
    tx: Transaction, task_id: int, parts: Sequence[tuple[int, Part]], at: datetime
) -> None:
    """Give units (id, part) a part in a task, for which their head will name somebody."""
    await tx.execute_many(
        "INSERT INTO task_people (task_id, unit_id, part, from_at) VALUES ($1, $2, $3, $4)",
        [(task_id, unit_id, part, at) for unit_id, part in parts],
    )


async def name(tx: Transaction, task_id: int, unit_id: int, person_id: int, at: datetime) -> bool:
    """Put a person in a supporting unit's place; False when the unit waits for nobody any more.

    Who supports the task already has one part, not two.
    """
    ended = await tx.execute(
        "UPDATE task_people SET until_at = $3 WHERE task_id = $1 AND unit_id = $2"
        " AND person_id IS NULL AND part = 'support' AND until_at IS NULL",
        task_id,
        unit_id,
        at,
    )
    if not ended:
        return False
    await tx.execute(
        "INSERT INTO task_people (task_id, person_id, unit_id, part, from_at)"
        " SELECT $1, $2, $3, 'support', $4 WHERE NOT EXISTS (SELECT 1 FROM task_people"
        " WHERE task_id = $1 AND person_id = $2 AND part = 'support' AND until_at IS NULL)",
        task_id,
        person_id,
        unit_id,
        at,
    )
    return True


async def report(
    tx: Transaction, task_id: int, person_id: int, text_id: int | None, at: datetime
) -> bool:
    """Note that a person's supporting part is done; False when it was, or when they have none."""
    changed = await tx.execute(
        "UPDATE task_people SET state = 'reported', text_id = $3, reported_at = $4"
        " WHERE task_id = $1 AND person_id = $2 AND part = 'support' AND state = 'owes'"
        " AND until_at IS NULL",
        task_id,
        person_id,
        text_id,
        at,
    )
    return changed > 0
