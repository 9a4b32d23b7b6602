"""A task, who has what part in it, and the words of its states."""

from datetime import date, datetime
from enum import StrEnum

from storage.records.record import Record


class Part(StrEnum):
    """What a person has to do with a task: chủ trì, phối hợp, theo dõi."""

    LEAD = "lead"
    SUPPORT = "support"
    FOLLOW = "follow"


class Status(StrEnum):
    """The stored states of domain.md, section 2; lateness is derived, never stored."""

    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DONE = "done"
    PAUSED = "paused"
    CANCELLED = "cancelled"


class Urgency(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"
    VERY_URGENT = "very_urgent"
    FLASH = "flash"


class PartState(StrEnum):
    """Whether somebody who supports a task still owes their part."""

    OWES = "owes"
    REPORTED = "reported"


class DoneWhen(StrEnum):
    """What closes a task: its lead's result accepted, or every supporting part reported as well."""

    LEAD = "lead"
    ALL_PARTS = "all_parts"


class Evidence(StrEnum):
    """What must come with a result: anything, a file, or a symbol with its date and receiver."""

    ANY = "any"
    FILE = "file"
    SYMBOL = "symbol"


class Quality(StrEnum):
    """The acceptor's grade: Không đạt, Đạt, Đạt tốt, Đạt xuất sắc (domain.md, section 8)."""

    FAILED = "failed"
    PASSED = "passed"
    GOOD = "good"
    EXCELLENT = "excellent"


class Task(Record):
    """One task; `id` is its number, global and never changed."""

    id: int
    title: str
    text_id: int | None
    product: str | None
    urgency: Urgency
    status: Status
    version: int
    assigner_id: int
    entered_by_id: int
    group_id: int | None = None
    unit_id: int | None
    body_id: int | None = None
    parent_id: int | None = None
    series_id: int | None = None
    occurs_on: date | None = None
    document_id: int | None = None
    receiver: str | None = None
    decider_id: int | None = None
    done_when: DoneWhen = DoneWhen.LEAD
    closes_itself: bool = False
    evidence: Evidence = Evidence.ANY
    evidence_symbol: str | None = None
    evidence_on: date | None = None
    evidence_to: str | None = None
    quality: Quality | None = None
    in_correction: bool = False
    accepted_by_id: int | None = None
    due_at: datetime | None
    late_from: datetime | None
    has_clock: bool
    first_due_at: datetime | None
    first_late_from: datetime | None
    extensions: int
    percent: int
    effort: int | None = None
    """How much work it is, in hours; None where nobody said."""
    note_id: int | None
    blocker_id: int | None
    state_text_id: int | None = None
    """The words its state came with: the result, or why it was returned, paused or cancelled."""
    created_at: datetime
    received_at: datetime | None
    reported_at: datetime | None
    """When it was last heard of, handed on or gone on with; None since it was assigned."""
    submitted_at: datetime | None
    closed_at: datetime | None


class Pressure(Record):
    """How a task presses those who work on it."""

    urgency: Urgency
    due_at: datetime | None


class TaskPerson(Record):
    """A part in a task: a person's, or a unit's until its head names who (person_id is None)."""

    task_id: int
    person_id: int | None
    unit_id: int | None
    part: Part
    state: PartState
    from_at: datetime
