"""What people have in hand and have done, as far as it is weighed."""

from datetime import datetime

from storage.records.record import Record
from storage.records.tasks import Part, Urgency


class Carried(Record):
    """Somebody's part in an open task that still wants work; `effort` are hours, None where not said."""

    person_id: int
    task_id: int
    part: Part
    urgency: Urgency
    due_at: datetime | None
    effort: int | None = None
    percent: int = 0


class Finished(Record):
    """How many tasks of one title and product somebody finished as lead."""

    person_id: int
    title: str
    product: str | None
    count: int
