"""A task with the names that are shown with it."""

from datetime import datetime
from typing import Any

from pydantic import Json

from storage.records.people import Reach
from storage.records.record import Record
from storage.records.requests import RequestState
from storage.records.tasks import Part, PartState, Status, Task, Urgency


class OtherPart(Record):
    """A person or (person_id None) a unit that supports or follows a task.

    A person whom a supporting unit named keeps its `unit_id`; `outside` is a body of no people here.
    """

    person_id: int | None
    unit_id: int | None
    name: str
    part: Part
    state: PartState
    outside: bool = False


class Note(Record):
    """What somebody said about a task."""

    author: str
    text: str


class TaskLine(Record):
    """What a list shows of a task."""

    id: int
    title: str
    product: str | None
    status: Status
    due_at: datetime | None
    late_from: datetime | None
    submitted_at: datetime | None
    closed_at: datetime | None
    lead_name: str | None
    assigner_name: str
    blocker: str | None
    request_id: int | None
    in_correction: bool = False
    urgency: Urgency
    created_at: datetime
    reported_at: datetime | None
    archive_id: int | None = None
    disposed_at: datetime | None = None


class DatedTask(Record):
    """What a calendar shows of a task with a deadline; `changed_at` is when it was last written of."""

    id: int
    title: str
    status: Status
    version: int
    due_at: datetime
    lead_name: str | None
    assigner_name: str
    document_symbol: str | None
    changed_at: datetime


class TaskView(Task):
    """A task with the names that its card shows; `others` in the order they were named.

    `remark` is the oldest of a leader's remarks without an answer, `correction` the open request.
    """

    lead_id: int | None
    lead_name: str | None
    lead_position: str | None
    lead_reach: Reach | None
    assigner_name: str
    unit_name: str | None
    body_name: str | None = None
    note: str | None
    blocker: str | None
    state_text: str | None = None
    request_id: int | None
    request_due_at: datetime | None
    request_has_clock: bool | None
    request_reason: str | None
    request_state: RequestState | None = None
    group_name: str | None = None
    entered_by_name: str | None = None
    decider_name: str | None = None
    above: str | None = None
    """The unit whose leaders receive the result where nobody else was named; set by `find`."""
    stale_from: datetime | None = None
    """From when it counts as "chưa cập nhật" unless more is heard of it; set by `find`."""
    document_symbol: str | None = None
    remark_id: int | None = None
    remark: str | None = None
    remark_author: str | None = None
    remark_due_at: datetime | None = None
    correction_id: int | None = None
    correction_by: int | None = None
    correction_facts: Json[dict[str, Any]] | None = None
    correction_reason: str | None = None
    decline_id: int | None = None
    decline_text_id: int | None = None
    decline_reason: str | None = None
    proposed_id: int | None = None
    proposed_name: str | None = None
    others: Json[tuple[OtherPart, ...]]
    parent_title: str | None = None
    series_rule: str | None = None
    """How often it comes back; None when it does not, or no more."""
    sub_tasks: int = 0
    """How many parts it was split into, without the cancelled ones."""
    sub_tasks_done: int = 0
    checks: int = 0
    checks_done: int = 0
    files: int = 0
    archive_id: int | None = None
    """In which package it is sealed; None while it may change."""
    disposed_at: datetime | None = None
    """When all but its number was disposed of."""
    notes: Json[tuple[Note, ...]] = ()
    """The newest two, the newest first."""

    def people_in(self, part: Part) -> list[int]:
        """Return the people who support or follow."""
        return [one.person_id for one in self.others if one.part is part and one.person_id]

    def units_in(self, part: Part) -> list[int]:
        """Return the units of the office with a part for which nobody is named yet."""
        unnamed = [one for one in self.others if one.person_id is None and not one.outside]
        return [one.unit_id for one in unnamed if one.part is part and one.unit_id]
