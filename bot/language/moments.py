"""A clock, a part of the day and a day said side by side make one moment, in any order."""

from dataclasses import dataclass, replace
from datetime import date

from bot.language.clocks import Clock, read_clock, read_part
from bot.language.counted import read_counted
from bot.language.days import Day, Form, Found, read_date, read_relative, read_weekday
from bot.language.periods import read_edge
from bot.language.present import Present
from bot.language.readings import Why
from bot.language.words import Word, any_of

_BETWEEN = any_of("của|vào|lúc|,|ngày|vào lúc|vào ngày|(|-|trong|hôm")
_CLOSING = frozenset({")"})


@dataclass(frozen=True, slots=True)
class Moment:
    """What stands side by side; `start` and `end` are places of words."""

    start: int
    end: int
    clock: Clock | None = None
    part: Clock | None = None
    day: Day | None = None

    @property
    def empty(self) -> bool:
        return self.clock is None and self.part is None and self.day is None


def read_moment(words: tuple[Word, ...], at: int, now: Present, spans: str) -> Moment | None:
    """Read the moment that starts there; `spans`: the counted units that are one as they stand."""
    moment = Moment(at, at)
    place = at
    while True:
        wider = _widen(words, place, moment, now, spans)
        if wider is None:
            between = _BETWEEN.at(words, place) if not moment.empty else None
            wider = _widen(words, between[1], moment, now, spans) if between else None
        if wider is None:
            return None if moment.empty else moment
        moment = wider
        place = moment.end
        if words[place].exact in _CLOSING and words[at].exact != "(":
            place += 1


def _widen(
    words: tuple[Word, ...], at: int, moment: Moment, now: Present, spans: str
) -> Moment | None:
    day = _read_day(words, at, now, spans if moment.empty else "")
    if day:
        return _with_day(moment, *day)
    if moment.clock is None:
        clock = read_clock(words, at)
        if clock:
            return replace(moment, clock=clock[0], end=clock[1])
    if moment.part is None:
        part = read_part(words, at)
        if part:
            return replace(moment, part=part[0], end=part[1])
    return None


def _read_day(words: tuple[Word, ...], at: int, now: Present, spans: str) -> Found | None:
    return (
        read_counted(words, at, now, spans)
        or read_date(words, at, now)
        or read_weekday(words, at, now)
        or read_edge(words, at, now)
        or read_relative(words, at, now)
    )


def _with_day(moment: Moment, day: Day, after: int) -> Moment | None:
    known = moment.day
    if known is None:
        return replace(moment, day=day, end=after)
    if known.form is Form.WEEKDAY and day.form in (Form.DATE, Form.MONTH_DAY):
        return replace(moment, day=_agreed(known, day), end=after)
    if day.form is Form.WEEKDAY and known.form in (Form.DATE, Form.MONTH_DAY):
        return replace(moment, day=_agreed(day, known), end=after)
    return None


def _agreed(weekday: Day, day: Day) -> Day:
    if weekday.date.weekday() == day.date.weekday():
        return day
    others: tuple[date, ...] = (weekday.date,)
    return replace(day, doubt=Why.DISAGREE, others=others, likely=False)
