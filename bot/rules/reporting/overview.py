"""All the work as it stands, and how it came to that: what a picture of the summary shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storage.records import Counts, Group


@dataclass(frozen=True)
class Overview:
    """The figures of `/tonghop` by unit and by who leads, and of the last weeks by their Mondays.

    Of a week: what was finished in it, and what was overdue at its end. `at` is in the office's zone;
    from `holds_until` on the figures may differ though nothing happened: a deadline, midnight.
    """

    body: str
    at: datetime
    units: Sequence[Group]
    people: Sequence[Group]
    weeks: Sequence[tuple[date, Counts]]
    holds_until: datetime
