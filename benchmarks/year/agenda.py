"""The time of a simulated year: its working days, what happens when, and which moment is the present."""

import heapq
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from benchmarks.year.office import Colleague
from bot.actions.office import Office
from bot.refusals import Refusal

FIRST = date(2027, 1, 4)
FOUNDED = datetime(2027, 1, 1, tzinfo=UTC)
HOURS_A_DAY = 8
_DAYS_A_MONTH = 30.4
_MINUTES = (4 * 60, HOURS_A_DAY * 60)
"""Minutes of work until noon, and in a day."""

Event = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Days:
    """The working days of a simulated year; a moment is a number of them, the part after the point
    being the share of a day's working hours."""

    office: Office
    all: list[date]

    @classmethod
    def of(cls, office: Office, first: date, last: date) -> "Days":
        every = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return cls(office, [day for day in every if office.workdays.is_working(day)])

    def moment(self, at: float) -> datetime:
        """Return the moment in UTC."""
        day, workdays = self.all[int(at)], self.office.workdays
        minutes = (at % 1) * _MINUTES[1]
        half = workdays.morning if minutes < _MINUTES[0] else workdays.afternoon
        past = minutes if minutes < _MINUTES[0] else minutes - _MINUTES[0]
        return workdays.at(day, half[0]) + timedelta(minutes=past)


@dataclass
class Agenda:
    """What is still to happen in the first `months` of a year, and by which chance."""

    office: Office
    chance: random.Random
    people: list[Colleague]
    months: int
    now: datetime = FOUNDED
    today: float = 0.0
    refused: Counter[str] = field(default_factory=Counter)
    _events: list[tuple[float, int, Event]] = field(default_factory=list)
    _count: int = 0

    def __post_init__(self) -> None:
        """Know the days of a few months more: deadlines reach beyond what is lived."""
        self.days = Days.of(self.office, FIRST, self._after(self.months + 3))
        end = self._after(self.months)
        self.last = float(sum(day < end for day in self.days.all))
        self.lived = self.days.all[: int(self.last)]

    def _after(self, months: int) -> date:
        return FIRST + timedelta(days=round(_DAYS_A_MONTH * months))

    def at(self, moment: float, event: Event) -> None:
        """Let something happen at a moment; after the year nothing does."""
        if moment < self.last:
            self._count += 1
            heapq.heappush(self._events, (moment, self._count, event))

    def later(self, one: Colleague, event: Event) -> bool:
        """Who is on leave does it when they are back; tell whether that is so."""
        number = int(self.today)
        if not one.is_away(self.days.all[number]):
            return False
        while one.is_away(self.days.all[number]):
            number += 1
        self.at(number + self.chance.random() / 4, event)
        return True

    def present(self) -> float:
        """Return the present as a number of working days."""
        workdays = self.office.workdays
        local = workdays.local(self.now)
        half = 0.5 if local.time() >= workdays.afternoon[0] else 0.0
        begins = (workdays.afternoon if half else workdays.morning)[0]
        begun = datetime.combine(local.date(), begins, local.tzinfo)
        return self.today + half + (local - begun).total_seconds() / 3600 / HOURS_A_DAY

    def ahead(self) -> list[datetime]:
        """Return the moment of the next event, if there is one."""
        return [self.days.moment(moment) for moment, *_ in self._events[:1]]

    async def happen(self) -> None:
        """Let the next event happen if its moment has come."""
        if not any(moment <= self.now for moment in self.ahead()):
            return
        try:
            await heapq.heappop(self._events)[2]()
        except Refusal as refusal:
            self.refused[refusal.kind.value] += 1
