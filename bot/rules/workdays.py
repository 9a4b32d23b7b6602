"""The office calendar: which days are working days, and when a day starts and ends (domain.md, section 4)."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CLOSE_OF_BUSINESS = time(17)
HOURS_A_DAY = 8
"""Hours of one day of effort (ngày công)."""
ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("VN", years=year, language="vi"))


@lru_cache(maxsize=64)
def _worked_weekends(year: int) -> frozenset[date]:
    vietnam = holidays.country_holidays("VN", years=year)
    return frozenset(day for day in getattr(vietnam, "weekend_workdays", ()) if day.year == year)


@lru_cache(maxsize=64)
def _usual_workdays(year: int) -> tuple[date, ...]:
    """Return the standard working days of a year, without an office's own table, in order."""
    days = (date(year, 1, 1) + ONE_DAY * n for n in range(366))
    return tuple(day for day in days if day.year == year and _is_usual(day))


@lru_cache(maxsize=4096)
def _is_usual(day: date) -> bool:
    if day in _worked_weekends(day.year):
        return True
    return day.weekday() < 5 and day not in _public_holidays(day.year)


@dataclass(frozen=True)
class Workdays:
    """The working days of one office: the days of the `holidays` package, changed by the office's own table."""

    timezone: ZoneInfo = OFFICE_ZONE
    morning: tuple[time, time] = (time(7, 30), time(11, 30))
    afternoon: tuple[time, time] = (time(13), time(17))
    waking: tuple[time, time] = (time(7, 15), time(17, 30))
    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Tell whether the office works that day. An override wins over weekend and holiday."""
        if day in self.overrides:
            return self.overrides[day]
        return _is_usual(day)

    def days_off(self, start: date, end: date) -> list[tuple[date, str]]:
        """Return the public holidays from `start` to `end` (inclusive) outside weekends, with their names."""
        years = (_public_holidays(year) for year in range(start.year, end.year + 1))
        named = (pair for year in years for pair in sorted(year.items()))
        return [(day, name) for day, name in named if start <= day <= end and day.weekday() < 5]

    def on_or_after(self, day: date) -> date:
        """Return the day itself if it is a working day, else the next working day."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """Return the day itself if it is a working day, else the working day before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def add(self, day: date, count: int) -> date:
        """Return the day `count` working days after a day, or before it if `count` is negative.

        The first day is not counted (Civil Code, article 147).
        """
        step = ONE_DAY if count >= 0 else -ONE_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def count(self, start: date, end: date) -> int:
        """Count the working days after `start` up to and including `end`; negative if `end` is earlier."""
        if end < start:
            return -self.count(end, start)
        years = (_usual_workdays(year) for year in range(start.year, end.year + 1))
        usual = sum(bisect_right(year, end) - bisect_right(year, start) for year in years)
        changed = (day for day in self.overrides if start < day <= end)
        return usual + sum(self.overrides[day] - _is_usual(day) for day in changed)

    def local(self, moment: datetime) -> datetime:
        """Return the moment in the office's zone."""
        return moment.astimezone(self.timezone)

    def at(self, day: date, clock: time) -> datetime:
        """Return the moment of a clock time on a day of the office's zone, in UTC."""
        return datetime.combine(day, clock, self.timezone).astimezone(UTC)

    def due(self, day: date, clock: time | None = None) -> tuple[datetime, datetime]:
        """Return when a deadline is due and from when a result is late (domain.md, R1 and R4), in UTC.

        Without a clock time it is due at the close of business and late from midnight. With one, both are
        that moment.
        """
        if clock is not None:
            moment = self.at(day, clock)
            return moment, moment
        return self.at(day, CLOSE_OF_BUSINESS), self.at(day + ONE_DAY, time())

    def is_awake(self, moment: datetime) -> bool:
        """Tell whether people may be written to at a moment: on a working day, within the waking hours.

        The last minute counts as within, because a message planned for it is checked some moments later.
        """
        local = self.local(moment)
        start, end = self.waking
        minute = local.time().replace(second=0, microsecond=0)
        return self.is_working(local.date()) and start <= minute <= end

    def next_awake(self, moment: datetime) -> datetime:
        """Return the moment itself if people are awake, else the next start of the waking hours on a working day."""
        if self.is_awake(moment):
            return moment
        local = self.local(moment)
        day = local.date() if local.time() < self.waking[0] else local.date() + ONE_DAY
        return self.at(self.on_or_after(day), self.waking[0])

    def last_awake(self, moment: datetime) -> datetime:
        """Return the moment itself if people are awake, else the last end of the waking hours before it."""
        if self.is_awake(moment):
            return moment
        local = self.local(moment)
        day = local.date() if local.time() > self.waking[1] else local.date() - ONE_DAY
        return self.at(self.on_or_before(day), self.waking[1])
