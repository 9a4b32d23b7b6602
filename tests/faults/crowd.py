"""A crowd: many people, each leading one task of which a reminder is due at the same moment."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.playground.people import Person
from storage.engine.database import Transaction
from storage.engine.opening import open_database

FIRST = 760000001
"""The Telegram id of the first; the others follow on it."""

_TITLE = "Việc của "
_THEIRS = (
    f"FROM people p JOIN tasks t ON t.title = '{_TITLE}' || CAST(p.telegram_id AS TEXT)"
    " WHERE p.telegram_id >= $1 AND p.telegram_id < $2"
)


def accounts(count: int) -> Iterable[Person]:
    """Return the accounts of a crowd, who have all pressed Start."""
    return [Person(FIRST + n, f"Người {n}", started=True) for n in range(count)]


async def gather(url: str, count: int, due: datetime, start: int = 0) -> None:
    """Add so many people to an office's database, and the ladder's last rung before red of each.

    So many (`start`) were added before.
    """
    db = await open_database(url)
    try:
        await db.run(lambda tx: _gather(tx, range(start, start + count), due))
    finally:
        await db.close()


async def _gather(tx: Transaction, numbers: range, due: datetime) -> None:
    begun, first, end = due - timedelta(days=7), FIRST + numbers.start, FIRST + numbers.stop
    await tx.execute_many(
        "INSERT INTO people (name, folded, telegram_id, reach, created_at, told_at)"
        " VALUES ($1, $2, $3, 'reachable', $4, $4)",
        [(f"Người {n}", f"nguoi {n}", FIRST + n, begun) for n in numbers],
    )
    await tx.execute(
        "INSERT INTO roles (person_id, unit_id, role, from_at)"
        " SELECT id, (SELECT MIN(id) FROM units), 'staff', created_at FROM people"
        " WHERE telegram_id >= $1 AND telegram_id < $2",
        first,
        end,
    )
    await tx.execute_many(
        "INSERT INTO tasks (title, urgency, status, assigner_id, entered_by_id, unit_id,"
        " due_at, late_from, first_due_at, first_late_from, created_at, received_at)"
        " VALUES ($1, 'normal', 'in_progress', 1, 1, (SELECT MIN(id) FROM units),"
        " $2, $2, $2, $2, $3, $3)",
        [(f"{_TITLE}{FIRST + n}", due, begun) for n in numbers],
    )
    await tx.execute(
        "INSERT INTO task_people (task_id, person_id, unit_id, part, from_at)"
        f" SELECT t.id, p.id, t.unit_id, 'lead', t.created_at {_THEIRS}",
        first,
        end,
    )
    await tx.execute(
        f"INSERT INTO reminders (task_id, rung, since, at) SELECT t.id, 'due', t.due_at, t.due_at {_THEIRS}",
        first,
        end,
    )
