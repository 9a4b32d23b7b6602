"""What people have in hand, as far as it is weighed."""

from dataclasses import dataclass
from datetime import datetime

from storage.records.tasks import Part, Urgency


@dataclass(frozen=True, slots=True)
class Carried:
    """Somebody's part in an open task that still wants work; `effort` are hours, None where not said."""

    person_id: int
    task_id: int
    part: Part
    urgency: Urgency
    due_at: datetime | None
    effort: int | None = None
    percent: int = 0
