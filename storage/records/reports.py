"""A task as a report has it."""

from datetime import datetime

from storage.records.record import Record
from storage.records.tasks import Quality, Status, Urgency


class ReportLine(Record):
    """A task with all that a report says of it; `owner` is the body outside that leads, or the unit.

    `reported` is what its lead last said of it; `asked` the reason of its newest extension.
    """

    id: int
    title: str
    product: str | None
    urgency: Urgency
    status: Status
    in_correction: bool
    owner_id: int | None
    owner: str | None
    above: str | None
    lead_id: int | None
    lead: str | None
    assigner: str
    decider: str | None
    document: str | None
    created_at: datetime
    due_at: datetime | None
    late_from: datetime | None
    has_clock: bool
    first_due_at: datetime | None
    first_late_from: datetime | None
    submitted_at: datetime | None
    closed_at: datetime | None
    percent: int
    extensions: int
    returned: int
    """How many times its result was returned."""
    quality: Quality | None
    evidence: str | None
    blocker: str | None
    reported: str | None
    asked: str | None
