"""The periods of a report: week, month, quarter, year, term, or any days, in the office's zone."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.rules.workdays import ONE_DAY, Workdays

_ROMAN = ("I", "II", "III", "IV")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Kind(StrEnum):
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    TERM = "term"
    DAYS = "days"
    """From any day to any day."""


@dataclass(frozen=True)
class Period:
    """The days of a period, including the last one."""

    kind: Kind
    first: date
    last: date

    @property
    def length(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1

    def moments(self, workdays: Workdays) -> tuple[datetime, datetime]:
        """Return when it begins and when it ends, in UTC. The end itself does not belong to it."""
        return workdays.at(self.first, time()), workdays.at(self.last + ONE_DAY, time())

    @property
    def name(self) -> str:
        """Its name in Vietnamese: "tháng 11 năm 2026"; a week or other days by both dates."""
        days = f"từ {self.first:%d/%m/%Y} đến {self.last:%d/%m/%Y}"
        names = {
            Kind.WEEK: f"tuần {days}",
            Kind.MONTH: f"tháng {self.first:%m} năm {self.first.year}",
            Kind.QUARTER: f"quý {_ROMAN[(self.first.month - 1) // 3]} năm {self.first.year}",
            Kind.YEAR: f"năm {self.first.year}",
            Kind.TERM: f"nhiệm kỳ {days}",
        }
        return names.get(self.kind, days)

    @property
    def before(self) -> "Period | None":
        """The period before it. Before a period of kind DAYS, as many days; None for a term."""
        if self.kind is Kind.TERM:
            return None
        return containing(self.kind, self.first - ONE_DAY) or self._moved(-self.length)

    @property
    def next(self) -> "Period | None":
        """The period after it, by the rules of `before`."""
        if self.kind is Kind.TERM:
            return None
        return containing(self.kind, self.last + ONE_DAY) or self._moved(self.length)

    def compared(self, today: date) -> "Period | None":
        """Return the period to compare with: the one before. For a period under way, only as many days of it."""
        before = self.before
        if before is None or self.last <= today or self.first > today:
            return before
        elapsed = (today - self.first).days
        return replace(before, last=min(before.last, before.first + timedelta(days=elapsed)))

    def _moved(self, days: int) -> "Period":
        by = timedelta(days=days)
        return replace(self, first=self.first + by, last=self.last + by)


def containing(kind: Kind, day: date, term_from: date | None = None) -> Period | None:
    """Return the week, month, quarter or year of a day, or the term from its first day to this day.

    Returns None for kind DAYS, and for a term whose first day is not known.
    """
    if kind is Kind.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Period(kind, monday, monday + timedelta(days=6))
    if kind is Kind.TERM:
        return Period(kind, min(term_from, day), day) if term_from else None
    if kind not in _MONTHS:
        return None
    months = _MONTHS[kind]
    first = date(day.year, day.month - (day.month - 1) % months, 1)
    following = first + timedelta(days=31 * months)
    return Period(kind, first, following.replace(day=1) - ONE_DAY)
