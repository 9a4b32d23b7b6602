"""How long things are kept: what is archived (thời hạn bảo quản), what was typed and told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

_KIND = re.compile(r"^\d+(?:/\d{4})?[-/]([A-ZĐ]+[A-Za-zĐđ]*)", re.UNICODE)


@dataclass(frozen=True)
class Retention:
    """How long what no task needs is kept: updates that could not be handled, dialogs, messages told.

    A message that was told in brief can be asked for in full as long as it is kept.
    """

    updates: timedelta = timedelta(days=6)
    drafts: timedelta = timedelta(days=90)
    messages: timedelta = timedelta(days=90)


@dataclass(frozen=True)
class Keeping:
    """Where packages lie, and whole years kept: by the type of the assigning document, in capitals, else `years`.

    0 years is for ever. Years are counted from the end of the one in which a task ended.
    """

    folder: Path = Path("data/archive")
    years: int = 10
    years_by_kind: Mapping[str, int] = field(default_factory=dict)

    def is_over(self, closed_on: date, symbol: str | None, today: date) -> bool:
        """Tell whether the time to keep a task is over."""
        years = self.years_by_kind.get(kind_of(symbol).upper(), self.years)
        return years > 0 and today.year > closed_on.year + years


def kind_of(symbol: str | None) -> str:
    """Return the type in a symbol: "KL" of 12-KL/TU; "" where there is none."""
    found = _KIND.match(symbol or "")
    return found[1] if found else ""
