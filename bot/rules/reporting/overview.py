"""The data of the summary's picture: all work as it stands now, and how it developed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storage.records import Counts, Group


@dataclass(frozen=True)
class Overview:
    """The figures of `/tonghop` by unit and by lead, and of the last weeks by their Mondays.

    A week's figures are the tasks finished in it and those overdue at its end. `at` is in the office's zone.
    From `holds_until` on (a deadline or midnight) the figures may change although nothing happened.
    """

    body: str
    at: datetime
    units: Sequence[Group]
    people: Sequence[Group]
    weeks: Sequence[tuple[date, Counts]]
    holds_until: datetime
