"""Weeks, months, quarters and years, and their edges: "cuối tháng", "đầu tuần sau" (R5, R7)."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.language.days import Day, Form, Found
from bot.language.numbers import read_number
from bot.language.present import Present, month_end
from bot.language.readings import Why
from bot.language.words import Phrases, Word, any_of

START, MIDDLE, LAST = "start", "middle", "last"
EDGE = Phrases({START: "đầu", MIDDLE: "giữa", LAST: "cuối"})
_OF = any_of("của|trong")
_WEEK = Phrases(
    {
        0: "tuần này|tuần",
        1: "tuần sau|tuần tới|tuần kế tiếp|tuần kế|tuần tiếp theo",
        2: "tuần sau nữa|tuần tới nữa",
    }
)
_MONTH = Phrases(
    {
        0: "tháng này|tháng",
        1: "tháng sau|tháng tới|tháng kế tiếp|tháng mới|tháng tiếp theo",
    }
)
_QUARTER = Phrases(
    {
        0: "quý này|quý",
        1: "quý sau|quý tới|quý tiếp theo|quý kế tiếp",
    }
)
_YEAR = Phrases(
    {
        0: "năm nay|năm này|năm",
        1: "năm sau|năm tới|năm mới",
    }
)
_NUMBERED_MONTH = any_of("tháng|thg")
_NUMBERED_QUARTER = any_of("quý|q")
_NUMBERED_YEAR = any_of("năm")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Period:
    """The days of a period; `bare` when neither number nor "này / sau" says which one."""

    first: date
    last: date
    middle: date
    unit: str
    bare: bool = False


PeriodFound = tuple[Period, int]


def read_period(words: tuple[Word, ...], at: int, now: Present) -> PeriodFound | None:
    """Read a week, month, quarter or year; a number without a year means the next such one."""
    return (
        _numbered_month(words, at, now)
        or _numbered_quarter(words, at, now)
        or _numbered_year(words, at)
        or _relative(words, at, now)
    )


def read_edge(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read a day such as "cuối tháng", "đầu tuần sau", "giữa quý"; or a whole period."""
    edge = EDGE.at(words, at)
    of = _OF.at(words, edge[1]) if edge else None
    found = read_period(words, of[1] if of else edge[1] if edge else at, now)
    if found is None:
        return None
    period, after = found
    if edge is None:
        return (whole(period, now), after) if not period.bare else None
    return Day(edge_of(period, edge[0], now), Form.PERIOD), after


def whole(period: Period, now: Present) -> Day:
    """Return the period as a day: its last working day."""
    day = edge_of(period, LAST, now)
    doubt = Why.PAST if day < now.today else None
    if doubt is None and period.unit != "week" and _far(day, now):
        doubt = Why.FAR
    return Day(day, Form.WHOLE, doubt, likely=doubt is Why.FAR)


def _far(day: date, now: Present) -> bool:
    return (day - now.today).days > 400


def edge_of(period: Period, edge: str, now: Present) -> date:
    """Return the first day, the middle or the last working day of a period."""
    if period.bare and _edge(period, edge, now) < now.today:
        period = _after(period)
    return _edge(period, edge, now)


def _edge(period: Period, edge: str, now: Present) -> date:
    if edge == START:
        return period.first
    if edge == MIDDLE:
        return period.middle
    last = period.last
    if period.unit == "week":
        last = period.first + timedelta(days=now.settings.weekend_weekday)
    worked = now.workdays.on_or_before(last)
    return worked if worked >= period.first else last


def _after(period: Period) -> Period:
    start = period.last + timedelta(days=1)
    if period.unit == "week":
        return week_of(start)
    months = {"month": 1, "quarter": 3, "year": 12}[period.unit]
    return _months(start.year, start.month, months, period.unit)


def week_of(day: date, weeks: int = 0, bare: bool = False) -> Period:
    """Return the calendar week of a day, Monday to Sunday, or one some weeks from it."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    middle = monday + timedelta(days=2)
    return Period(monday, monday + timedelta(days=6), middle, "week", bare)


def _months(year: int, month: int, count: int, unit: str, bare: bool = False) -> Period:
    first = month_end(year, month).replace(day=1)
    last = month_end(first.year, first.month + count - 1)
    middle = first.replace(day=15)
    if count > 1:
        half = month_end(first.year, first.month + (count - 1) // 2)
        middle = half if unit == "year" else half.replace(day=15)
    return Period(first, last, middle, unit, bare)


def _relative(words: tuple[Word, ...], at: int, now: Present) -> PeriodFound | None:
    today = now.today
    found = _WEEK.at(words, at)
    if found:
        return week_of(today, found[0], found[1] == at + 1), found[1]
    found = _MONTH.at(words, at)
    if found:
        bare = found[1] == at + 1
        return _months(today.year, today.month + found[0], 1, "month", bare), found[1]
    found = _QUARTER.at(words, at)
    if found:
        first = (today.month - 1) // 3 * 3 + 1
        return _months(today.year, first + 3 * found[0], 3, "quarter", found[1] == at + 1), found[1]
    found = _YEAR.at(words, at)
    if found:
        return _months(today.year + found[0], 1, 12, "year", found[1] == at + 1), found[1]
    return None


def _numbered_month(words: tuple[Word, ...], at: int, now: Present) -> PeriodFound | None:
    said = _NUMBERED_MONTH.at(words, at)
    number = read_number(words, said[1]) if said else None
    lunar = {"giêng": 1, "chạp": 12}
    if said is None or number is None or not 1 <= number[0] <= 12:
        return None
    if words[said[1]].exact in lunar:
        return None
    month, after = number
    year, after = _year_after(words, after)
    if year is None:
        year = now.today.year + (month < now.today.month)
    return _months(year, month, 1, "month"), after


def _numbered_quarter(words: tuple[Word, ...], at: int, now: Present) -> PeriodFound | None:
    said = _NUMBERED_QUARTER.at(words, at)
    if said is None:
        return None
    number = _ROMAN.get(words[said[1]].exact, words[said[1]].value)
    if not 1 <= number <= 4:
        return None
    year, after = _year_after(words, said[1] + 1)
    if year is None:
        year = now.today.year + (number * 3 < now.today.month)
    return _months(year, number * 3 - 2, 3, "quarter"), after


def _numbered_year(words: tuple[Word, ...], at: int) -> PeriodFound | None:
    said = _NUMBERED_YEAR.at(words, at)
    if said is None or not 2000 <= words[said[1]].value <= 2100:
        return None
    return _months(words[said[1]].value, 1, 12, "year"), said[1] + 1


def _year_after(words: tuple[Word, ...], at: int) -> tuple[int | None, int]:
    """Read "/2026", ".2026", "-2026", "năm 2026", "năm sau" after a month or a quarter."""
    start = at + 1 if words[at].exact in ("/", ".", "-") else at
    said = _NUMBERED_YEAR.at(words, start)
    year = words[said[1] if said else start].value
    if (said or start > at) and 2000 <= year <= 2100:
        return year, (said[1] if said else start) + 1
    return None, at
