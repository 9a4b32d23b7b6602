"""Which tasks a question selects, beside `conditions` and `scope`: by people and states."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from storage.records import Urgency
from storage.tasks import task_conditions
from storage.tasks.task_conditions import NONE, OPEN, WORKED, Condition, among

KEPT = Condition("t.status <> 'cancelled'")
OVER = Condition("t.closed_at IS NOT NULL")
WORKED_ON = OPEN & WORKED
"""Said to be open as well, so that the index of open tasks serves."""
UNQUESTIONED = Condition("NOT t.in_correction")
DONE = Condition("t.status = 'done'") & UNQUESTIONED
UNRECEIVED = OPEN & Condition("t.status = 'assigned'")
RETURNED = OPEN & Condition("t.status = 'returned'")
SUBMITTED = OPEN & Condition("t.status = 'submitted'")
PAUSED = OPEN & Condition("t.status = 'paused'")
UNDATED = OPEN & UNQUESTIONED & Condition("t.late_from IS NULL")
EXTENDED = OPEN & Condition("t.extensions > 0")
EXTENDING = OPEN & Condition(
    "t.id IN (SELECT q.task_id FROM requests q WHERE q.kind = 'extension'"
    " AND q.state IN ('open', 'offered'))"
)
HANDED_IN = Condition("t.submitted_at IS NOT NULL")
NOT_HANDED_IN = Condition("t.submitted_at IS NULL")
NEVER_HEARD = WORKED_ON & Condition("t.reported_at IS NULL")


def either_way(condition: Condition) -> Condition:
    """Return the same condition told of open and of closed tasks apart, as their indexes are."""
    return (OPEN & condition) | (OVER & condition)


def late(now: datetime) -> Condition:
    """Tasks, open or done, whose result came, or would come now, after the deadline."""
    return KEPT & UNQUESTIONED & task_conditions.late(now)


def in_time(now: datetime) -> Condition:
    """Tasks whose result came, or would come now, by the deadline, or that have none."""
    after = task_conditions.late(now)
    return Condition("t.late_from IS NULL") | Condition(f"NOT ({after.sql})", after.values)


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
