"""The moment at which a sentence is read, and the calendar used to read it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from bot.language.readings import ReadingSettings
from bot.rules.workdays import Workdays


class Present(NamedTuple):
    """The present moment of a reading; `now` is in the office's zone."""

    now: datetime
    today: date
    workdays: Workdays
    settings: ReadingSettings

    @property
    def close(self) -> time:
        return self.workdays.afternoon[1]

    @property
    def noon(self) -> time:
        return self.workdays.morning[1]


def present(reference: datetime, workdays: Workdays, settings: ReadingSettings) -> Present:
    """Return the present for an aware moment."""
    now = workdays.local(reference)
    return Present(now, now.date(), workdays, settings)


def real_date(year: int, month: int, day: int) -> date | None:
    """Return the date, or None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """Return the last day of a month; the month may run past 12 or below 1."""
    first = date(year + month // 12, month % 12 + 1, 1)
    return first - timedelta(days=1)


def months_on(day: date, count: int) -> date:
    """Return the same day `count` months later, or the last day of that month if it is shorter."""
    last = month_end(day.year, day.month + count)
    return last.replace(day=min(day.day, last.day))


def coming_months(day: date) -> Iterator[tuple[int, int]]:
    """Yield year and month for 60 months, beginning with the month of the day."""
    for count in range(60):
        end = month_end(day.year, day.month + count)
        yield end.year, end.month
