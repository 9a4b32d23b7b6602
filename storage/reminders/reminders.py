"""Reminders as rows: what is due is found, never remembered."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from storage.engine.database import Reader, Transaction
from storage.records import Reminder, Scheduled

Rung = tuple[str, datetime, int, datetime]
"""A rung's name, the moment it is counted from, its step and when it is due."""

IS_FLASH = "EXISTS (SELECT 1 FROM tasks t WHERE t.id = task_id AND t.urgency = 'flash')"
"""Of reminders, those that are not kept back at night."""


async def plan(tx: Transaction, task_id: int, rungs: Sequence[Rung]) -> None:
    """Add rungs of a task's ladder, in one statement; those that are ahead already are passed over."""
    if not rungs:
        return
    slots = ", ".join(
        f"($1, ${n}, ${n + 1}, ${n + 2}, ${n + 3})" for n in range(2, 2 + 4 * len(rungs), 4)
    )
    await tx.execute_many(
        f"INSERT INTO reminders (task_id, rung, since, step, at) VALUES {slots}"  # noqa: S608 - slots
        " ON CONFLICT (task_id, rung, since, step) WHERE settled_at IS NULL AND rung <> 'snooze' DO NOTHING",
        [(task_id, *(value for rung in rungs for value in rung))],
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


async def due(db: Reader, now: datetime, limit: int, *, at_night: bool = False) -> list[Reminder]:
    """Return all that is due up to now of so many tasks, the longest due first.

    At night only of those that are hỏa tốc. The plus keeps SQLite from grouping by the index of
    tasks, which is to read every reminder there ever was, each second.
    """
    which = f"settled_at IS NULL AND at <= $1{f' AND {IS_FLASH}' if at_night else ''}"
    rows = await db.fetch(
        f"SELECT * FROM reminders WHERE {which} AND task_id IN ("  # noqa: S608 - two fixed texts
        f" SELECT +task_id FROM reminders WHERE {which}"
        " GROUP BY +task_id ORDER BY MIN(at), +task_id LIMIT $2) ORDER BY at, id",
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


async def settle_all(
    tx: Transaction, reminder_ids: Sequence[int], outcome: str, at: datetime
) -> None:
    """Settle those of these rungs that are still ahead."""
    await tx.execute_many(
        "UPDATE reminders SET settled_at = $3, outcome = $2 WHERE id = $1 AND settled_at IS NULL",
        [(one, outcome, at) for one in reminder_ids],
    )


async def recount(tx: Transaction, reminder_id: int, since: datetime, at: datetime) -> None:
    """Count a rung that is still ahead from a later moment."""
    await tx.execute(
        "UPDATE reminders SET since = $2, at = $3 WHERE id = $1 AND settled_at IS NULL",
        reminder_id,
        since,
        at,
    )


async def snooze(tx: Transaction, task_id: int, person_id: int, at: datetime) -> None:
    """Remind one person of a task again, in place of an earlier wish that is still ahead."""
    await tx.execute(
        "INSERT INTO reminders (task_id, rung, since, step, at) VALUES ($1, 'snooze', $3, $2, $3)"
        " ON CONFLICT (task_id, step) WHERE rung = 'snooze' AND settled_at IS NULL"
        " DO UPDATE SET since = excluded.since, at = excluded.at",
        task_id,
        person_id,
        at,
    )


async def drop_snooze(
    tx: Transaction, task_id: int, person_id: int, outcome: str, at: datetime
) -> None:
    """Settle what is still ahead of one person's wish to be reminded of a task again."""
    await tx.execute(
        "UPDATE reminders SET settled_at = $4, outcome = $3 WHERE task_id = $1 AND step = $2"
        " AND rung = 'snooze' AND settled_at IS NULL",
        task_id,
        person_id,
        outcome,
        at,
    )


async def of_task(db: Reader, task_id: int) -> list[Reminder]:
    """Return every rung ever planned for a task, in the order of their moments."""
    rows = await db.fetch("SELECT * FROM reminders WHERE task_id = $1 ORDER BY at, id", task_id)
    return [Reminder.model_validate(row) for row in rows]


async def counted_over(db: Reader, first: datetime, last: datetime) -> list[Scheduled]:
    """Return the rungs ahead, of all tasks, that are counted over a moment of this time."""
    rows = await db.fetch(
        "SELECT r.rung, r.since, r.step, r.at, t.urgency, t.due_at, t.late_from, t.has_clock,"
        " COUNT(*) AS tasks FROM reminders r JOIN tasks t ON t.id = r.task_id"
        " WHERE r.settled_at IS NULL AND (r.at <= $2 OR r.since <= $2)"
        " AND (r.at >= $1 OR r.since >= $1) GROUP BY r.rung, r.since, r.step, r.at, t.urgency,"
        " t.due_at, t.late_from, t.has_clock",
        first,
        last,
    )
    return await asyncio.to_thread(lambda: [Scheduled.model_validate(row) for row in rows])


async def move(tx: Transaction, rungs: Sequence[tuple[Scheduled, datetime]]) -> None:
    """Let rungs that are still ahead be due at another moment, those of all their tasks at once."""
    await tx.execute_many(
        "UPDATE reminders SET at = $1 WHERE settled_at IS NULL AND at = $2 AND rung = $3"
        " AND since = $4 AND step = $5 AND EXISTS (SELECT 1 FROM tasks t"
        " WHERE t.id = reminders.task_id AND t.urgency = $6 AND t.has_clock = $7"
        " AND t.due_at IS NOT DISTINCT FROM $8 AND t.late_from IS NOT DISTINCT FROM $9)",
        [
            (at, *(one.at, one.rung, one.since, one.step, one.urgency, one.has_clock),
             one.due_at, one.late_from)
            for one, at in rungs
        ],
    )  # fmt: skip


async def settle_before(tx: Transaction, moment: datetime) -> None:
    """Count every rung that was due before a moment as sent."""
    await tx.execute(
        "UPDATE reminders SET settled_at = at, outcome = 'sent'"
        " WHERE settled_at IS NULL AND at < $1",
        moment,
    )
