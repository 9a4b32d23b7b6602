"""Which tasks are meant: conditions that lists, the summary and the digest put together."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from storage.database import Value

_SLOT = re.compile(r"\$(\d+)")


@dataclass(frozen=True)
class Condition:
    """A condition on a task `t`, its `lead` and its open request `r`, with the values of $1, $2, ..."""

    sql: str
    values: tuple[Value, ...] = ()

    def __and__(self, other: "Condition") -> "Condition":
        """Return the condition that both hold; the other's slots come after this one's."""
        moved = _SLOT.sub(lambda slot: f"${int(slot[1]) + len(self.values)}", other.sql)
        return Condition(f"({self.sql}) AND ({moved})", (*self.values, *other.values))


ALL = Condition("TRUE")
OPEN = Condition("t.closed_at IS NULL")
_HAS_PART = (
    "t.id IN (SELECT p.task_id FROM task_people p WHERE p.person_id = $1 AND p.until_at IS NULL)"
)


def has_part(person_id: int) -> Condition:
    """Tasks that a person leads, supports or follows."""
    return Condition(_HAS_PART, (person_id,))


def assigned_by(person_id: int) -> Condition:
    """Tasks that a person assigned."""
    return Condition("t.assigner_id = $1", (person_id,))


def visible(person_id: int, unit_ids: Collection[int]) -> Condition:
    """Tasks of these units, and those that a person assigned or has a part in."""
    slots = ", ".join(f"${n}" for n in range(2, len(unit_ids) + 2))
    units = f" OR t.unit_id IN ({slots})" if unit_ids else ""
    return Condition(f"t.assigner_id = $1 OR {_HAS_PART}{units}", (person_id, *unit_ids))


def overdue(now: datetime) -> Condition:
    """Open tasks whose result came, or would come now, after the deadline."""
    return OPEN & Condition("COALESCE(t.submitted_at, $1) > t.late_from", (now,))


def owed(person_id: int, until: datetime) -> Condition:
    """Tasks whose lead still owes a result that is late from a moment on, or from an earlier one."""
    return OPEN & Condition(
        "t.status IN ('assigned', 'in_progress', 'returned') AND lead.id = $1 AND t.late_from <= $2",
        (person_id, until),
    )


def to_decide(person_id: int) -> Condition:
    """Open tasks with a result or a request that waits for this assigner."""
    return OPEN & assigned_by(person_id) & Condition("t.status = 'submitted' OR r.id IS NOT NULL")


def needs_decision(now: datetime) -> Condition:
    """Open tasks that are overdue or blocked, or with a result or a request that waits."""
    return OPEN & Condition(
        "t.status = 'submitted' OR t.blocker_id IS NOT NULL OR r.id IS NOT NULL"
        " OR t.late_from < $1",
        (now,),
    )
