"""Counts of tasks by unit and bucket, in one read."""

from collections.abc import Sequence
from datetime import datetime

from storage.engine.database import Reader
from storage.records import Counts, Group
from storage.reporting import count_queries
from storage.reporting.count_queries import Count
from storage.reporting.task_scope import OWNER, By, Span
from storage.tasks.task_conditions import Condition

_WORKING = (
    " JOIN task_people l ON l.task_id = t.id AND l.until_at IS NULL"
    " AND (l.part = 'lead' OR (l.part = 'follow' AND t.body_id IS NOT NULL))"
)


async def accepted_late(db: Reader, condition: Condition) -> list[tuple[str, int]]:
    """Return how many tasks that meet a condition on `t` each acceptor has, the most first.

    The acceptor is who assigned, or the group of leaders it was assigned for.
    """
    rows = await db.fetch(
        "SELECT COALESCE(g.name, p.name) AS name, COUNT(*) AS tasks FROM tasks t"  # noqa: S608 - conditions are written in storage
        " JOIN people p ON p.id = t.assigner_id LEFT JOIN leader_groups g ON g.id = t.group_id"
        f" WHERE {condition.sql} GROUP BY COALESCE(-g.id, p.id), COALESCE(g.name, p.name)"
        " ORDER BY COUNT(*) DESC, COALESCE(g.name, p.name), COALESCE(-g.id, p.id)",
        *condition.values,
    )
    return [(row["name"], int(row["tasks"])) for row in rows]


async def count(db: Reader, condition: Condition) -> int:
    """Return how many tasks meet a condition on `t`."""
    row = await db.fetch_one(
        f"SELECT COUNT(*) AS tasks FROM tasks t WHERE {condition.sql}",  # noqa: S608 - conditions
        *condition.values,
    )
    return int(row["tasks"]) if row else 0


async def by_unit(db: Reader, condition: Condition) -> list[tuple[int, str, int]]:
    """Return how many tasks that meet a condition on `t` each owner has: (id, name, tasks), most first."""
    return await _ranked(db, "units", f"{OWNER} AS key", "", condition)


async def by_lead(db: Reader, condition: Condition) -> list[tuple[int, str, int]]:
    """Return how many of some tasks each person leads: (id, name, tasks), the most first.

    Or follows for a body outside that leads, of which `By.PERSON` knows nothing.
    """
    return await _ranked(db, "people", "l.person_id AS key", _WORKING, condition)


async def _ranked(
    db: Reader, names: str, key: str, joined: str, condition: Condition
) -> list[tuple[int, str, int]]:
    counted = (
        f"SELECT {key}, COUNT(*) AS tasks FROM tasks t{joined} WHERE {condition.sql} GROUP BY 1"  # noqa: S608 - conditions
    )
    rows = await db.fetch(
        f"SELECT n.id, n.name, c.tasks FROM ({counted}) AS c JOIN {names} n ON n.id = c.key"  # noqa: S608 - as above
        " ORDER BY c.tasks DESC, n.name, n.id",
        *condition.values,
    )
    return [(int(row["id"]), row["name"], int(row["tasks"])) for row in rows]


async def deciders(db: Reader, task_ids: Sequence[int]) -> dict[int, str]:
    """Return who was named to undo the knot of these tasks, where somebody was."""
    if not task_ids:
        return {}
    slots = ", ".join(f"${n}" for n in range(1, len(task_ids) + 1))
    rows = await db.fetch(
        "SELECT t.id, p.name FROM tasks t JOIN people p ON p.id = t.decider_id"  # noqa: S608 - slots
        f" WHERE t.id IN ({slots})",
        *task_ids,
    )
    return {int(row["id"]): row["name"] for row in rows}


async def by(db: Reader, count: Count) -> list[Group]:
    """Return the buckets of all tasks, told apart as `count` says; groups without any are left out."""
    return await _groups(db, count, count_queries.as_it_stands(count, db.engine))


async def with_most_overdue(
    db: Reader, count: Count, limit: int, offset: int
) -> tuple[list[Group], int]:
    """Return a page of the people or documents with open tasks, and how many have any.

    First who has the most overdue, then the most open, and in the order of their keys: what is over is
    counted for the page alone.
    """
    live = count_queries.all_open(count, db.engine)
    n = len(live.values)
    rows = await db.fetch(
        "SELECT key, COUNT(*) OVER () AS groups"  # noqa: S608 - written in storage
        f" FROM (SELECT key, {_BUCKETS} FROM ({live.sql}) AS parts GROUP BY key) AS found"
        " ORDER BY overdue DESC, on_track + overdue + no_deadline DESC, COALESCE(key, 0)"
        f" LIMIT ${n + 1} OFFSET ${n + 2}",
        *live.values,
        limit,
        offset,
    )
    keys = [row["key"] for row in rows]
    if not keys:
        return [], 0
    found = await _groups(db, count, count_queries.as_it_stands(count, db.engine, keys))
    by_key = {one.key: one for one in found}
    return [by_key[key] for key in keys if key in by_key], int(rows[0]["groups"])


async def of_period(db: Reader, count: Count, span: Span) -> list[Group]:
    """Return the buckets, as they are now, of the tasks of a period."""
    return await _groups(db, count, count_queries.within(count, span))


async def open_at(db: Reader, count: Count, moment: datetime) -> dict[int | str | None, int]:
    """Return how many tasks were open at a moment, not after now, by key."""
    whole = count_queries.union(count_queries.open_at(count, moment))
    rows = await db.fetch(
        f"SELECT key, SUM(tasks) AS tasks FROM ({whole.sql}) AS counted GROUP BY key",  # noqa: S608 - written in storage
        *whole.values,
    )
    return {row["key"]: int(row["tasks"]) for row in rows if row["tasks"]}


_NAMED = {
    By.UNIT: "u.name, above.name AS above FROM ({}) AS c LEFT JOIN units u ON u.id = c.key"
    " LEFT JOIN units above ON above.id = u.parent_id",
    By.PERSON: "p.name, NULL AS above FROM ({}) AS c LEFT JOIN people p ON p.id = c.key",
    By.URGENCY: "NULL AS name, NULL AS above FROM ({}) AS c",
    By.DOCUMENT: "d.symbol AS name, d.title AS above FROM ({}) AS c"
    " LEFT JOIN documents d ON d.id = c.key",
}
_BUCKETS = ", ".join(
    f"COALESCE(SUM(tasks) FILTER (WHERE bucket = '{name}'), 0) AS {name}"
    for name in Counts.model_fields
)


async def _groups(db: Reader, count: Count, parts: count_queries.Parts) -> list[Group]:
    whole = count_queries.union(parts)
    counted = f"SELECT key, {_BUCKETS} FROM ({whole.sql}) AS parts GROUP BY key"  # noqa: S608 - written in storage
    rows = await db.fetch(f"SELECT c.*, {_NAMED[count.by].format(counted)}", *whole.values)
    found = [Group.model_validate(row) for row in rows]
    return sorted(
        (one for one in found if one.total or one.correcting),
        key=lambda one: (one.name is None, one.name or "", one.key or 0),
    )
