"""Whose tasks a figure counts, which of them, and of which days: for lists and for counts alike."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import reduce
from operator import and_

from storage.tasks import task_conditions
from storage.tasks.task_conditions import ALL, Condition, among
from storage.tasks.task_filters import DONE, KEPT, UNQUESTIONED

OWNER = "COALESCE(t.body_id, t.unit_id)"
"""Figures are by owner: a body outside the office that leads counts as the unit."""


FEW = 40
"""Of more owners it is less to look through what is open than to look each task up."""


class By(StrEnum):
    """By what tasks are told apart."""

    UNIT = "unit"
    PERSON = "person"
    URGENCY = "urgency"
    DOCUMENT = "document"


class When(StrEnum):
    """What happened, or was to happen, in a period (domain.md, section 8): three of its four lists."""

    ASSIGNED = "assigned"
    FINISHED = "finished"
    """Accepted in it; whether on time is told, as ever, from the day it was handed in."""
    DUE = "due"


_MOMENTS = {When.ASSIGNED: "created_at", When.FINISHED: "closed_at", When.DUE: "due_at"}


def within(when: When, since: datetime | None, until: datetime | None) -> Condition:
    """The tasks to which that happened from a moment on and before another."""
    moment = f"t.{_MOMENTS[when]}"
    after = Condition(f"{moment} >= $1", (since,)) if since else ALL
    before = Condition(f"{moment} < $1", (until,)) if until else ALL
    return after & before


def owned_by(owners: Collection[int]) -> Condition:
    """The tasks whose OWNER is one of these, told so that an index finds them."""
    own = among("t.unit_id", owners) & Condition("t.body_id IS NULL")
    return own | among("t.body_id", owners)


@dataclass(frozen=True)
class Span:
    """The tasks to which something happened from a moment on and before another."""

    when: When
    since: datetime
    until: datetime

    @property
    def condition(self) -> Condition:
        return within(self.when, self.since, self.until)

    @property
    def counted(self) -> Condition:
        """Those of them that stand in the total: not cancelled, not under correction."""
        return self.condition & (DONE if self.when is When.FINISHED else KEPT & UNQUESTIONED)


def was_open_at(moment: datetime) -> Condition:
    """The tasks that were open at a moment, whatever came of them: the fourth list of a period."""
    return Condition("t.created_at < $1 AND (t.closed_at IS NULL OR t.closed_at >= $1)", (moment,))


@dataclass(frozen=True)
class Focus:
    """Of all tasks those of some owners (units, or bodies outside), of one lead or urgency, of documents."""

    owners: Collection[int] | None = None
    person_id: int | None = None
    urgency: str | None = None
    documents: Collection[int] | None = None

    @property
    def condition(self) -> Condition:
        return self._of(owned_by)

    @property
    def open_ones(self) -> Condition:
        """The open tasks among them, found by index; those of many units by looking at all that is open."""
        are_few = self.owners is None or len(self.owners) <= FEW
        return task_conditions.OPEN & self._of(task_conditions.owned_open if are_few else owned_by)

    def _of(self, owned: Callable[[Collection[int]], Condition]) -> Condition:
        found = [ALL]
        if self.owners is not None:
            found.append(owned(self.owners))
        if self.person_id is not None:
            found.append(task_conditions.lead_is(self.person_id))
        if self.urgency is not None:
            found.append(Condition("t.urgency = $1", (self.urgency,)))
        if self.documents is not None:
            found.append(among("t.document_id", self.documents))
        return reduce(and_, found)


@dataclass(frozen=True)
class Scope:
    """What somebody may see: all tasks of `units` (None: of the whole office), and others they share.

    Of other units' tasks they see those that `people` assigned, entered, can undo the knot of or
    have a part in, that `units` support, and that were assigned for `groups` of leaders.
    """

    units: Collection[int] | None
    people: Collection[int] = ()
    groups: Collection[int] = ()

    @property
    def condition(self) -> Condition:
        """The condition that a task may be seen."""
        if self.units is None:
            return ALL
        return task_conditions.visible(tuple(self.people), self.units, self.groups)

    @property
    def open_ones(self) -> Condition:
        """The open tasks that may be seen, found by index."""
        if self.units is None:
            return task_conditions.OPEN
        seen = task_conditions.visible_open(tuple(self.people), self.units, self.groups)
        return task_conditions.OPEN & seen

    @property
    def of_others(self) -> Condition:
        """The closed tasks that may be seen and are not of `units`, found by index."""
        return task_conditions.of_others(tuple(self.people), self.units or (), self.groups)


EVERYTHING = Scope(None)
