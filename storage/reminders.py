"""Reminders as rows: what is due is found, never remembered."""

from collections.abc import Sequence
from datetime import datetime

from storage.database import Reader, Transaction
from storage.records import Reminder


async def plan(tx: Transaction, task_id: int, rungs: Sequence[tuple[str, datetime]]) -> None:
    """Add the rungs (name, moment) of a task's ladder."""
    await tx.execute_many(
        "INSERT INTO reminders (task_id, rung, at) VALUES ($1, $2, $3)",
        [(task_id, rung, at) for rung, at in rungs],
    )


async def drop(tx: Transaction, task_id: int, outcome: str, at: datetime) -> None:
    """Settle all rungs of a task that are still ahead."""
    await tx.execute(
        "UPDATE reminders SET settled_at = $3, outcome = $2"
        " WHERE task_id = $1 AND settled_at IS NULL",
        task_id,
        outcome,
        at,
    )


async def due(db: Reader, now: datetime, limit: int) -> list[Reminder]:
    """Return all that is due up to now of so many tasks, the longest due first."""
    rows = await db.fetch(
        "SELECT * FROM reminders WHERE settled_at IS NULL AND at <= $1 AND task_id IN ("
        " SELECT task_id FROM reminders WHERE settled_at IS NULL AND at <= $1"
        " GROUP BY task_id ORDER BY MIN(at), task_id LIMIT $2) ORDER BY at, id",
        now,
        limit,
    )
    return [Reminder.model_validate(row) for row in rows]


async def settle(tx: Transaction, reminder_id: int, outcome: str, at: datetime) -> bool:
    """Settle one rung; False when another process was faster."""
    changed = await tx.execute(
        "UPDATE reminders SET settled_at = $3, outcome = $2 WHERE id = $1 AND settled_at IS NULL",
        reminder_id,
        outcome,
        at,
    )
    return changed == 1


async def put_off(tx: Transaction, reminder_id: int, until: datetime) -> None:
    """Let a rung come due later."""
    await tx.execute("UPDATE reminders SET at = $2 WHERE id = $1", reminder_id, until)


async def of_task(db: Reader, task_id: int) -> list[Reminder]:
    """Return every rung ever planned for a task, in the order of their moments."""
    rows = await db.fetch("SELECT * FROM reminders WHERE task_id = $1 ORDER BY at, id", task_id)
    return [Reminder.model_validate(row) for row in rows]


async def settle_before(tx: Transaction, moment: datetime) -> None:
    """Count every rung that was due before a moment as sent."""
    await tx.execute(
        "UPDATE reminders SET settled_at = at, outcome = 'sent'"
        " WHERE settled_at IS NULL AND at < $1",
        moment,
    )
