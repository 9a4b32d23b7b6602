"""Archives: the packages made of closed tasks, and which task is in which package."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from storage.engine.database import Reader, Transaction
from storage.records import Archive, Archived
from storage.tasks.task_conditions import Condition

_FAMILIES = """
WITH RECURSIVE family AS (
    SELECT t.id AS root, t.id, t.unit_id FROM tasks t WHERE t.parent_id IS NULL
    UNION ALL
    SELECT f.root, t.id, f.unit_id FROM family f JOIN tasks t ON t.parent_id = f.id
), whole AS (
    SELECT f.root, COUNT(*) AS tasks, COUNT(t.closed_at) AS closed, COUNT(a.task_id) AS archived,
           MAX(t.closed_at) AS ended, MAX(CASE WHEN t.in_correction THEN 1 ELSE 0 END) AS correcting
    FROM family f JOIN tasks t ON t.id = f.id LEFT JOIN archived_tasks a ON a.task_id = f.id
    GROUP BY f.root
)
"""
"""Families of tasks: each task together with the parts it was split into. A family is archived as a whole."""
_MOST = 5000
"""Most values in one statement; PostgreSQL takes 32,767."""
_WHOLE = "w.closed = w.tasks AND w.archived = 0 AND w.correcting = 0"


def ended_between(since: datetime, until: datetime) -> Condition:
    """Families whose last task ended at or after `since` and before `until`."""
    return Condition("w.ended >= $1 AND w.ended < $2", (since, until))


def of_units(unit_ids: Sequence[int]) -> Condition:
    """Families whose first task belongs to one of these units."""
    slots = ", ".join(f"${n}" for n in range(1, len(unit_ids) + 1))
    return Condition(f"f.unit_id IN ({slots})", tuple(unit_ids))


async def ready(db: Reader, which: Condition) -> list[int]:
    """Return the tasks that can be archived: their whole family is closed and not archived yet."""
    rows = await db.fetch(
        f"{_FAMILIES}SELECT f.id FROM family f JOIN whole w ON w.root = f.root"  # noqa: S608 - conditions
        f" WHERE {_WHOLE} AND ({which.sql}) ORDER BY f.id",
        *which.values,
    )
    return [int(row["id"]) for row in rows]


async def waiting(db: Reader, which: Condition) -> int:
    """Count the closed tasks that wait for another task of their family, or for a correction."""
    row = await db.fetch_one(
        f"{_FAMILIES}SELECT COUNT(*) AS tasks FROM family f JOIN whole w ON w.root = f.root"  # noqa: S608 - conditions
        f" JOIN tasks t ON t.id = f.id WHERE NOT ({_WHOLE}) AND w.archived = 0"
        f" AND t.closed_at IS NOT NULL AND ({which.sql})",
        *which.values,
    )
    return int(row["tasks"]) if row else 0


async def hold(tx: Transaction, task_ids: Sequence[int]) -> bool:
    """Lock these tasks until the transaction ends; tell whether all of them can still be archived."""
    lock = " FOR UPDATE" if tx.engine == "postgres" else ""
    for start in range(0, len(task_ids), _MOST):
        some = task_ids[start : start + _MOST]
        slots = ", ".join(f"${n}" for n in range(1, len(some) + 1))
        held = await tx.fetch(
            "SELECT closed_at IS NOT NULL AND NOT in_correction AS over FROM tasks"  # noqa: S608 - slots
            f" WHERE id IN ({slots}) ORDER BY id{lock}",
            *some,
        )
        if not all(row["over"] for row in held) or await archived(tx, some):
            return False
    return True


async def begin(
    tx: Transaction,
    *,
    name: str,
    kind: str,
    year: int | None,
    unit_id: int | None,
    task_ids: Sequence[int],
    made_by_id: int | None,
    at: datetime,
) -> Archive:
    """Seal tasks for a package that is still to be written. Sealed tasks no longer change."""
    row = await tx.fetch_one(
        "INSERT INTO archives (name, kind, year, unit_id, tasks, made_by_id, begun_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *",
        name,
        kind,
        year,
        unit_id,
        len(task_ids),
        made_by_id,
        at,
    )
    archive = Archive.model_validate(row)
    await put(tx, [(task_id, archive.id) for task_id in task_ids])
    return archive


async def put(tx: Transaction, sealed: Sequence[tuple[int, int]]) -> None:
    """Record in which package tasks are; `sealed` has pairs of task and archive."""
    await tx.execute_many(
        "INSERT INTO archived_tasks (task_id, archive_id) VALUES ($1, $2)", sealed
    )


async def finish(
    tx: Transaction,
    archive_id: int,
    fingerprint: str,
    hashes: Sequence[tuple[int, str]],
    at: datetime,
) -> bool:
    """Record that a package is complete, and the hash of each task in it; False if it was complete before."""
    await tx.execute_many("UPDATE archived_tasks SET sha256 = $2 WHERE task_id = $1", hashes)
    changed = await tx.execute(
        "UPDATE archives SET made_at = $2, fingerprint = $3 WHERE id = $1 AND made_at IS NULL",
        archive_id,
        at,
        fingerprint,
    )
    return changed == 1


async def unfinished(
    db: Reader, kind: str, year: int | None, unit_id: int | None
) -> Archive | None:
    """Return the archive of a year or unit whose package is still to be written."""
    row = await db.fetch_one(
        "SELECT * FROM archives WHERE kind = $1 AND COALESCE(year, 0) = $2"
        " AND COALESCE(unit_id, 0) = $3 AND made_at IS NULL",
        kind,
        year or 0,
        unit_id or 0,
    )
    return Archive.model_validate(row) if row else None


async def add_restored(tx: Transaction, about: Mapping[str, Any], fingerprint: str) -> Archive:
    """Add the archive that a package of another database describes."""
    row = await tx.fetch_one(
        "INSERT INTO archives (name, kind, year, unit_id, tasks, begun_at, made_at, fingerprint,"
        " restored) VALUES ($1, $2, $3, $4, $5, $6, $6, $7, TRUE) RETURNING *",
        *(about[name] for name in ("name", "kind", "year", "unit_id", "tasks")),
        datetime.fromisoformat(about["begun_at"]),
        fingerprint,
    )
    return Archive.model_validate(row)


async def named(db: Reader, name: str) -> Archive | None:
    row = await db.fetch_one("SELECT * FROM archives WHERE name = $1", name)
    return Archive.model_validate(row) if row else None


async def all_of_them(db: Reader) -> list[Archive]:
    """Return every archive, the newest first."""
    rows = await db.fetch("SELECT * FROM archives ORDER BY id DESC")
    return [Archive.model_validate(row) for row in rows]


async def tasks_after(db: Reader, archive_id: int, last: int, limit: int) -> list[int]:
    """Return at most `limit` tasks of an archive whose numbers come after `last`."""
    rows = await db.fetch(
        "SELECT task_id FROM archived_tasks WHERE archive_id = $1 AND task_id > $2"
        " ORDER BY task_id LIMIT $3",
        archive_id,
        last,
        limit,
    )
    return [int(row["task_id"]) for row in rows]


async def last_event(db: Reader, archive_id: int) -> int:
    """Return the number of the newest event of an archive's tasks; 0 if there is none.

    The number grows if an event was added after the tasks were sealed.
    """
    row = await db.fetch_one(
        "SELECT MAX(e.id) AS id FROM events e JOIN archived_tasks a ON a.task_id = e.task_id"
        " WHERE a.archive_id = $1",
        archive_id,
    )
    return (row and row["id"]) or 0


async def archived(db: Reader, task_ids: Sequence[int]) -> dict[int, Archived]:
    """Return those of these tasks that are archived, by number, with their archive."""
    if not task_ids:
        return {}
    slots = ", ".join(f"${n}" for n in range(1, len(task_ids) + 1))
    rows = await db.fetch(
        "SELECT t.task_id, t.archive_id, t.sha256, t.disposal_id, t.disposed_at, a.name"  # noqa: S608 - slots
        " FROM archived_tasks t JOIN archives a ON a.id = t.archive_id"
        f" WHERE t.task_id IN ({slots})",
        *task_ids,
    )
    return {int(row["task_id"]): Archived.model_validate(row) for row in rows}
