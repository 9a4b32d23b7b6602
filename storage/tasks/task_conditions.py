"""Which tasks are meant: conditions that lists, the summary and the digest put together."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from operator import or_

from storage.engine.database import Value

_SLOT = re.compile(r"\$(\d+)")


@dataclass(frozen=True)
class Condition:
    """A condition on a task `t`, its `lead` and its open request `r`, with the values of $1, $2, ..."""

    sql: str
    values: tuple[Value, ...] = ()
    all_of: tuple["Condition", ...] = field(default=(), compare=False, repr=False)

    def __and__(self, other: "Condition") -> "Condition":
        """Return the condition that both hold; the other's slots come after this one's.

        What both say is said once: PostgreSQL would take it to leave fewer rows each time.
        """
        mine = self.all_of or (self,)
        more = tuple(one for one in other.all_of or (other,) if one not in mine)
        first = self if self.all_of else Condition(f"({self.sql})", self.values)
        found = reduce(lambda whole, one: whole.then(" AND (", one).then(")", _END), more, first)
        return replace(found, all_of=(*mine, *more))

    def __or__(self, other: "Condition") -> "Condition":
        """Return the condition that one of them holds; the other's slots come after this one's."""
        moved = _SLOT.sub(lambda slot: f"${int(slot[1]) + len(self.values)}", other.sql)
        return Condition(f"({self.sql}) OR ({moved})", (*self.values, *other.values))

    def then(self, between: str, other: "Condition") -> "Condition":
        """Return both texts, one after the other; the other's slots come after this one's."""
        moved = _SLOT.sub(lambda slot: f"${int(slot[1]) + len(self.values)}", other.sql)
        return Condition(f"{self.sql}{between}{moved}", (*self.values, *other.values))


_END = Condition("")
ALL = Condition("TRUE")
NONE = Condition("FALSE")
OPEN = Condition("t.closed_at IS NULL")
WORKED = Condition("t.status IN ('assigned', 'in_progress', 'returned')")
BLOCKED = Condition("t.blocker_id IS NOT NULL AND t.closed_at IS NULL")
_SAID = "SELECT 1 FROM reminders m WHERE m.task_id = t.id AND m.outcome IN ('sent', 'superseded')"
NOT_RECEIVED = Condition(  # the reminder is counted by who leads
    f"t.status = 'assigned' AND EXISTS ({_SAID} AND m.rung = 'receive'"  # noqa: S608 - columns
    " AND m.step = COALESCE((SELECT l.person_id FROM task_people l WHERE l.task_id = t.id"
    " AND l.part = 'lead' AND l.until_at IS NULL), 0))"
)
NOT_HEARD_OF = WORKED & Condition(
    f"EXISTS ({_SAID} AND m.rung = 'stale' AND m.settled_at > COALESCE(t.reported_at, t.created_at))"
)
VERY_RED = Condition(
    f"EXISTS ({_SAID} AND m.rung IN ('red_special', 'higher') AND m.since = t.due_at)"
)
_OPEN_ONE = Condition("s.closed_at IS NULL")
_WAITS_FOR_PARTS = Condition("t.status = 'submitted' AND t.done_when = 'all_parts'")


_ASKED_OF_LEAD = Condition(
    "t.id IN (SELECT q.task_id FROM requests q JOIN tasks k ON k.id = q.task_id"
    " WHERE q.state = 'open' AND q.kind = 'correction' AND q.asked_by = k.assigner_id)"
)


def has_part(people: Sequence[int]) -> Condition:
    """Tasks that any of these people leads, supports or follows."""
    return _with_part(among("p.person_id", people))


def assigned_by(people: Sequence[int], groups: Collection[int] = ()) -> Condition:
    """Tasks that one of these people assigned, or that were assigned for a group of leaders."""
    return _any_of(among("t.assigner_id", people), among("t.group_id", groups))


def entered_by(person_id: int) -> Condition:
    """Tasks that a person wrote, for themselves or on behalf of somebody."""
    return Condition("t.entered_by_id = $1", (person_id,))


def visible(people: Sequence[int], units: Collection[int], groups: Collection[int]) -> Condition:
    """Tasks of these units, those they support, and those these people assigned or have a part in.

    Those they entered on behalf of somebody are among them, and those whose knot is theirs to undo.
    """
    supported = _with_part(among("p.unit_id", units)) if units else NONE
    return _any_of(
        among("t.assigner_id", people),
        among("t.entered_by_id", people),
        among("t.decider_id", people),
        has_part(people),
        among("t.unit_id", units),
        supported,
        among("t.group_id", groups),
    )


def of_others(people: Sequence[int], units: Collection[int], groups: Collection[int]) -> Condition:
    """Closed tasks of other units than these that are `visible` all the same, each found by an index."""
    elsewhere = Condition(
        f"s.unit_id IS NULL OR NOT ({among('s.unit_id', units).sql})", tuple(units)
    )
    over = Condition("s.closed_at IS NOT NULL") & elsewhere
    return _with_stake(over, _stakes(people, groups), _parts(people, units))


def visible_open(
    people: Sequence[int], units: Collection[int], groups: Collection[int]
) -> Condition:
    """The open tasks that are `visible`, each found by an index."""
    stakes = [among("s.unit_id", units), *_stakes(people, groups)]
    return _with_stake(_OPEN_ONE, stakes, _parts(people, units))


def owned_open(owners: Collection[int]) -> Condition:
    """The open tasks of these owners (see `task_scope.owned_by`), each found by an index."""
    own = among("s.unit_id", owners) & Condition("s.body_id IS NULL")
    return _with_stake(_OPEN_ONE, [own, among("s.body_id", owners)], [])


def _stakes(people: Sequence[int], groups: Collection[int]) -> list[Condition]:
    columns = ("assigner_id", "entered_by_id", "decider_id")
    return [*(among(f"s.{column}", people) for column in columns), among("s.group_id", groups)]


def _parts(people: Sequence[int], units: Collection[int]) -> list[Condition]:
    return [among("p.person_id", people), among("p.unit_id", units)]


def _with_stake(
    tasks: Condition, stakes: Sequence[Condition], parts: Sequence[Condition]
) -> Condition:
    """Those of some tasks `s` that meet one of several conditions: a lookup for each of these."""
    direct = Condition("SELECT s.id FROM tasks s")
    by_part = Condition("SELECT s.id FROM task_people p JOIN tasks s ON s.id = p.task_id")
    living = Condition("p.until_at IS NULL")
    found = [
        *(direct.then(" WHERE ", one & tasks) for one in stakes if one is not NONE),
        *(by_part.then(" WHERE ", living & one & tasks) for one in parts if one is not NONE),
    ]
    whole = reduce(lambda some, more: some.then(" UNION ", more), found)
    return Condition(f"t.id IN ({whole.sql})", whole.values)


def lead_is(person_id: int) -> Condition:
    """Tasks that a person leads."""
    return _with_part(Condition("p.person_id = $1 AND p.part = 'lead'", (person_id,)))


def alive_between(since: datetime, until: datetime) -> Condition:
    """Tasks assigned before a moment and not over before another: open at some time between."""
    return Condition(
        "t.created_at < $2 AND (t.closed_at IS NULL OR t.closed_at >= $1)", (since, until)
    )


def numbered(task_ids: Sequence[int]) -> Condition:
    """Tasks of these numbers: the last one repeated, so that few texts of a statement are prepared."""
    slots = 1 << (len(task_ids) - 1).bit_length()
    return among("t.id", [*task_ids, *list(task_ids[-1:]) * (slots - len(task_ids))])


def part_of(task_id: int) -> Condition:
    """Tasks that a task was split into."""
    return Condition("t.parent_id = $1", (task_id,))


def late(now: datetime) -> Condition:
    """Tasks whose result came, or would come now, after the deadline; not told of those without one."""
    return Condition(_late("$1"), (now,))


def overdue(now: datetime) -> Condition:
    """Open tasks whose result came, or would come now, after the deadline."""
    return OPEN & late(now)


def in_bucket(bucket: str, now: datetime) -> Condition:
    """Tasks in one of the buckets of `storage.reporting.count_queries`, or `correcting`."""
    return Condition(f"{bucket_of('$1')} = $2", (now, bucket))


def bucket_of(moment: str) -> str:
    """Return the expression that tells a task's bucket; `moment` is the slot of now.

    The rule is that of `bot/rules/organisation/standing.py`, and a test holds the two together.
    """
    late = _late(moment)
    return (
        "CASE WHEN t.status = 'cancelled' THEN 'cancelled' WHEN t.in_correction THEN 'correcting'"
        f" WHEN t.status = 'done' THEN CASE WHEN {late} THEN 'done_late' ELSE 'done_on_time' END"
        " WHEN t.late_from IS NULL THEN 'no_deadline'"
        f" WHEN {late} THEN 'overdue' ELSE 'on_track' END"
    )


def _late(moment: str) -> str:
    return f"COALESCE(t.submitted_at, {moment}) > t.late_from"


def to_name(people: Sequence[int]) -> Condition:
    """Tasks that a unit supports for which these people, its heads, have not named anybody."""
    headed = among("h.person_id", people) & Condition("h.role = 'head' AND h.until_at IS NULL")
    units = f"SELECT h.unit_id FROM roles h WHERE {headed.sql}"  # noqa: S608 - columns
    unnamed = Condition("p.person_id IS NULL AND p.part = 'support'")
    return _with_part(unnamed & Condition(f"p.unit_id IN ({units})", headed.values))


def led_by(people: Sequence[int]) -> Condition:
    """Tasks that these people lead, or follow for a body outside that leads."""
    leads = Condition("p.part = 'lead' OR (p.part = 'follow' AND t.body_id IS NOT NULL)")
    return _with_part(among("p.person_id", people) & leads)


def owed(people: Sequence[int], until: datetime) -> Condition:
    """Tasks of which these people still owe a part that is late from a moment on, or from an earlier.

    The lead owes the result, for a body outside who follows it; who supports, and the head of a unit
    that has named nobody, owe until they report. Once the result is handed in, only what the task
    waits for is owed.
    """
    supports = among("p.person_id", people) & Condition("p.part = 'support' AND p.state = 'owes'")
    supported = _with_part(supports) | to_name(people)
    works = WORKED & (led_by(people) | supported)
    waited_for = _WAITS_FOR_PARTS & supported
    return OPEN & (works | waited_for) & Condition("t.late_from <= $1", (until,))


def to_decide(people: Sequence[int], groups: Collection[int] = ()) -> Condition:
    """Open tasks with a result or a request that waits for one of these people or groups.

    The first is who asks, the others those they stand in for. They decide as assigners, or as leads to
    whom another deadline was offered; on a correction also when the task is done, as leads on one that
    the assigner asked for, never on one of their own. Who leads decides neither for a group nor for who
    is away, and nobody on their own result.
    """
    own, mine = among("t.assigner_id", people[:1]), led_by(people[:1])
    for_others = _any_of(among("t.assigner_id", people), among("t.group_id", groups))
    assigned = own | (for_others & _not(led_by(people)))
    result = Condition("t.status = 'submitted'") & _not(mine)
    request = Condition(
        "t.id IN (SELECT q.task_id FROM requests q WHERE q.state = 'open' AND q.kind <> 'correction')"
    )
    waits = result | request
    asked = among("q.asked_by", people)
    fixes = Condition(
        "t.id IN (SELECT q.task_id FROM requests q WHERE q.state = 'open'"  # noqa: S608 - columns
        f" AND q.kind = 'correction' AND NOT ({asked.sql}))",
        asked.values,
    )
    offered = Condition("r.state = 'offered'") & led_by(people)
    theirs = assigned | (led_by(people) & _ASKED_OF_LEAD)
    return (OPEN & ((assigned & waits) | offered)) | (fixes & theirs)


_LEADS = "p.part = 'lead' OR (p.part = 'follow' AND t.body_id IS NOT NULL)"
OWN_RESULT = Condition(
    "t.status = 'submitted' AND EXISTS (SELECT 1 FROM task_people p WHERE p.task_id = t.id"  # noqa: S608 - fixed
    f" AND p.until_at IS NULL AND p.person_id = t.assigner_id AND ({_LEADS}))"
)
"""Results whose assigner leads the task, and so may not accept them."""


def to_answer(people: Sequence[int]) -> Condition:
    """Open tasks with a leader's remark that waits for these leads, or followers of a body outside."""
    remarked = Condition("t.id IN (SELECT m.task_id FROM remarks m WHERE m.answered_at IS NULL)")
    return OPEN & remarked & led_by(people)


def unreceived(people: Sequence[int]) -> Condition:
    """Tasks that these people lead and have not received, though they were reminded of it."""
    return NOT_RECEIVED & led_by(people)


def stale(people: Sequence[int]) -> Condition:
    """Tasks that these people lead, and of which nothing was heard since they were reminded of it."""
    return NOT_HEARD_OF & led_by(people)


def nobody_received(
    people: Sequence[int], groups: Collection[int], headed: Collection[int]
) -> Condition:
    """Tasks that these people assigned, or of units they head, whose lead was reminded in vain."""
    theirs = _any_of(assigned_by(people, groups), among("t.unit_id", headed))
    return NOT_RECEIVED & theirs & _not(led_by(people))


def exceptions(
    people: Sequence[int],
    groups: Collection[int],
    headed: Collection[int],
    led: Collection[int] | None,
    now: datetime,
) -> Condition:
    """Red or blocked tasks that wait for a decision of those above (domain.md, section 2).

    A head hears of every red one of the unit; a leader, in the units led (None: all), and whoever
    assigned or can undo the knot, of those said to be ĐỎ ĐẶC BIỆT, and these of blocked ones. What
    these people lead themselves is none.
    """
    decides = _any_of(assigned_by(people, groups), among("t.decider_id", people))
    above = decides | (ALL if led is None else among("t.unit_id", led))
    red = among("t.unit_id", headed) | (above & VERY_RED)
    own = led_by(people)
    others = Condition(f"NOT ({own.sql})", own.values)
    return OPEN & ((is_red(now) & red) | (BLOCKED & decides)) & others


def is_red(now: datetime) -> Condition:
    """Tasks that are worked on past their deadline."""
    late = Condition("NOT t.in_correction AND t.late_from < $1", (now,))
    return WORKED & late


def accepted_late(now: datetime) -> Condition:
    """Results handed in on time that nobody accepted by the deadline: the acceptor's lateness."""
    return Condition(
        "t.status = 'submitted' AND NOT t.in_correction AND t.submitted_at <= t.late_from"
        " AND t.late_from < $1",
        (now,),
    )


def red_undecided(now: datetime) -> Condition:
    """Overdue tasks of which nobody said who can undo the knot."""
    return overdue(now) & Condition("t.decider_id IS NULL AND NOT t.in_correction")


def needs_decision(now: datetime) -> Condition:
    """Open tasks that are overdue or blocked, or with a result or a request that waits."""
    return OPEN & Condition(
        "t.status = 'submitted' OR t.blocker_id IS NOT NULL OR t.late_from < $1 OR t.id IN"
        " (SELECT q.task_id FROM requests q WHERE q.state IN ('open', 'offered'))",
        (now,),
    )


def _with_part(part: Condition) -> Condition:
    living = f"p.until_at IS NULL AND ({part.sql})"
    return Condition(
        f"t.id IN (SELECT p.task_id FROM task_people p WHERE {living})",  # noqa: S608 - columns
        part.values,
    )


def _not(condition: Condition) -> Condition:
    return Condition(f"NOT ({condition.sql})", condition.values)


def among(column: str, ids: Collection[int]) -> Condition:
    """Rows whose column is one of these ids; of no ids, none."""
    return Condition(f"{column} IN ({_slots(ids)})", tuple(ids)) if ids else NONE


def _any_of(*conditions: Condition) -> Condition:
    return reduce(or_, (one for one in conditions if one is not NONE))


def _slots(ids: Collection[int]) -> str:
    return ", ".join(f"${n}" for n in range(1, len(ids) + 1))
