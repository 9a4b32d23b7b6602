"""Which tasks a question selects, beside `conditions`: by days, units, people and states; and counts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from storage.conditions import ALL, NONE, OPEN, WORKED, Condition, among
from storage.database import Reader
from storage.records import Urgency

KEPT = Condition("t.status <> 'cancelled'")
OVER = Condition("t.closed_at IS NOT NULL")
WORKED_ON = OPEN & WORKED
"""Said to be open as well, so that the index of open tasks serves."""
DONE = Condition("t.status = 'done' AND NOT t.in_correction")
UNRECEIVED = OPEN & Condition("t.status = 'assigned'")
RETURNED = OPEN & Condition("t.status = 'returned'")
SUBMITTED = OPEN & Condition("t.status = 'submitted'")
PAUSED = OPEN & Condition("t.status = 'paused'")
UNDATED = OPEN & Condition("t.late_from IS NULL")
EXTENDED = OPEN & Condition("t.extensions > 0")
EXTENDING = OPEN & Condition(
    "t.id IN (SELECT q.task_id FROM requests q WHERE q.kind = 'extension'"
    " AND q.state IN ('open', 'offered'))"
)
HANDED_IN = Condition("t.submitted_at IS NOT NULL")
NOT_HANDED_IN = Condition("t.submitted_at IS NULL")
NEVER_HEARD = WORKED_ON & Condition("t.reported_at IS NULL")
_LEADS = (
    " JOIN task_people l ON l.task_id = t.id AND l.until_at IS NULL"
    " AND (l.part = 'lead' OR (l.part = 'follow' AND t.body_id IS NOT NULL))"
    " JOIN people p ON p.id = l.person_id"
)


def either_way(condition: Condition) -> Condition:
    """Return the same condition told of open and of closed tasks apart, as their indexes are."""
    return (OPEN & condition) | (OVER & condition)


def late(now: datetime) -> Condition:
    """Tasks, open or done, whose result came, or would come now, after the deadline."""
    kept = KEPT & Condition("NOT t.in_correction")
    return kept & Condition("COALESCE(t.submitted_at, $1) > t.late_from", (now,))


def in_time(now: datetime) -> Condition:
    """Tasks whose result came, or would come now, by the deadline, or that have none."""
    on_time = "t.late_from IS NULL OR COALESCE(t.submitted_at, $1) <= t.late_from"
    return Condition(on_time, (now,))


def within(column: str, start: datetime | None, end: datetime | None) -> Condition:
    """Tasks with a moment (due_at, created_at, closed_at) from `start` up to before `end`."""
    after = Condition(f"t.{column} >= $1", (start,)) if start else ALL
    before = Condition(f"t.{column} < $1", (end,)) if end else ALL
    return after & before


def owned_by(units: Collection[int]) -> Condition:
    """Tasks of these units; what a body outside the office leads is the body's."""
    own = among("t.unit_id", units) & Condition("t.body_id IS NULL")
    return own | among("t.body_id", units)


def worked_on_by(people: Sequence[int]) -> Condition:
    """Tasks that these people lead or support, or follow for a body outside that leads."""
    theirs = among("p.person_id", people)
    return Condition(
        "t.id IN (SELECT p.task_id FROM task_people p WHERE p.until_at IS NULL"  # noqa: S608 - slots
        f" AND {theirs.sql} AND (p.part <> 'follow' OR t.body_id IS NOT NULL))",
        theirs.values,
    )


def at_least(urgencies: Sequence[Urgency]) -> Condition:
    """Tasks of one of these urgencies."""
    slots = ", ".join(f"${n}" for n in range(1, len(urgencies) + 1))
    return Condition(f"t.urgency IN ({slots})", tuple(urgencies))


def unheard(before: Mapping[Urgency, datetime]) -> Condition:
    """Tasks that are worked on and of which nothing was heard since a moment for each urgency."""
    found = NONE
    for urgency, moment in before.items():
        said = "t.urgency = $1 AND COALESCE(t.reported_at, t.created_at) < $2"
        found = found | Condition(said, (urgency, moment))
    return WORKED_ON & found


async def by_unit(db: Reader, condition: Condition) -> list[tuple[int, str, int]]:
    """Return how many of some tasks each unit has: (id, name, tasks), the most first."""
    rows = await db.fetch(
        "SELECT u.id, u.name, COUNT(*) AS tasks FROM tasks t"  # noqa: S608 - conditions
        " JOIN units u ON u.id = COALESCE(t.body_id, t.unit_id)"
        f" WHERE {condition.sql} GROUP BY u.id, u.name ORDER BY COUNT(*) DESC, u.name, u.id",
        *condition.values,
    )
    return [(int(row["id"]), row["name"], int(row["tasks"])) for row in rows]


async def by_lead(db: Reader, condition: Condition) -> list[tuple[int, str, int]]:
    """Return how many of some tasks each person leads: (id, name, tasks), the most first."""
    rows = await db.fetch(
        f"SELECT p.id, p.name, COUNT(*) AS tasks FROM tasks t{_LEADS}"  # noqa: S608 - conditions
        f" WHERE {condition.sql} GROUP BY p.id, p.name ORDER BY COUNT(*) DESC, p.name, p.id",
        *condition.values,
    )
    return [(int(row["id"]), row["name"], int(row["tasks"])) for row in rows]
