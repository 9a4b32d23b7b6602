"""A crowd: many people, each leading one task of which a reminder is due at the same moment."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from bot.playground.people import Person
from storage.sqlite_work import utc_text

FIRST = 760000001
"""The Telegram id of the first; the others follow on it."""


def accounts(count: int) -> Iterable[Person]:
    """Return the accounts of a crowd, who have all pressed Start."""
    return [Person(FIRST + n, f"Người {n}", started=True) for n in range(count)]


def gather(database: Path, count: int, due: datetime) -> None:
    """Add so many people to an office's database, and the ladder's last rung before red of each."""
    at, begun = utc_text(due), utc_text(due - timedelta(days=7))
    with closing(sqlite3.connect(database)) as db, db:
        (first,) = db.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM people").fetchone()
        (unit,) = db.execute("SELECT MIN(id) FROM units").fetchone()
        (task,) = db.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM tasks").fetchone()
        db.executemany(
            "INSERT INTO people (id, name, folded, telegram_id, reach, created_at, told_at)"
            " VALUES (?1, ?2, ?3, ?4, 'reachable', ?5, ?5)",
            ((first + n, f"Người {n}", f"nguoi {n}", FIRST + n, begun) for n in range(count)),
        )
        db.executemany(
            "INSERT INTO roles (person_id, unit_id, role, from_at) VALUES (?, ?, 'staff', ?)",
            ((first + n, unit, begun) for n in range(count)),
        )
        db.executemany(
            "INSERT INTO tasks (id, title, urgency, status, assigner_id, entered_by_id, unit_id,"
            " due_at, late_from, first_due_at, first_late_from, created_at, received_at)"
            " VALUES (?1, ?2, 'normal', 'in_progress', 1, 1, ?3, ?4, ?4, ?4, ?4, ?5, ?5)",
            ((task + n, f"Việc thử {n}", unit, at, begun) for n in range(count)),
        )
        db.executemany(
            "INSERT INTO task_people (task_id, person_id, unit_id, part, from_at)"
            " VALUES (?, ?, ?, 'lead', ?)",
            ((task + n, first + n, unit, begun) for n in range(count)),
        )
        db.executemany(
            "INSERT INTO reminders (task_id, rung, since, at) VALUES (?1, 'due', ?2, ?2)",
            ((task + n, at) for n in range(count)),
        )
