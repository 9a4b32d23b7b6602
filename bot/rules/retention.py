"""How long records are kept: archived tasks (thời hạn bảo quản), typed drafts, and sent messages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

_KIND = re.compile(r"^\d+(?:/\d{4})?[-/]([A-ZĐ]+[A-Za-zĐđ]*)", re.UNICODE)


@dataclass(frozen=True)
class Retention:
    """How long data that no task needs is kept: updates that could not be handled, drafts, sent messages.

    A message sent in brief can be requested in full as long as it is kept.
    """

    updates: timedelta = timedelta(days=6)
    drafts: timedelta = timedelta(days=90)
    messages: timedelta = timedelta(days=90)


@dataclass(frozen=True)
class Keeping:
    """The folder of the packages, and for how many whole years tasks are kept.

    `years_by_kind` gives the years by the type of the assigning document, in capitals; `years` holds for all
    other types. 0 means for ever. Counting starts at the end of the year in which the task was closed.
    """

    folder: Path = Path("data/archive")
    years: int = 10
    years_by_kind: Mapping[str, int] = field(default_factory=dict)

    def is_over(self, closed_on: date, symbol: str | None, today: date) -> bool:
        """Tell whether the retention period of a task is over."""
        years = self.years_by_kind.get(kind_of(symbol).upper(), self.years)
        return years > 0 and today.year > closed_on.year + years


def kind_of(symbol: str | None) -> str:
    """Return the document type in a symbol: "KL" of 12-KL/TU; "" if there is none."""
    found = _KIND.match(symbol or "")
    return found[1] if found else ""
