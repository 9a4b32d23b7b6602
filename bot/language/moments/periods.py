"""Weeks, months, quarters and years, and their edges: "cuối tháng", "đầu tuần sau" (R5, R7)."""

from datetime import date, timedelta
from typing import NamedTuple

from bot.language.moments.context import Present, month_end
from bot.language.moments.days import Day, Form, Found
from bot.language.readings import Why
from bot.language.text.numbers import NUMBER_FIRSTS, read_number
from bot.language.text.words import Phrases, Word, any_of, vocabulary

START, MIDDLE, LAST = "start", "middle", "last"
_HALF = "nua"
EDGE = Phrases({START: "đầu", MIDDLE: "giữa|nửa đầu", LAST: "cuối|nửa cuối"})
_OF = any_of("của|trong|mỗi|của mỗi|hằng|hàng")
_WEEK = Phrases(
    {
        0: "tuần này|tuần nay|tuần",
        1: "tuần sau|tuần tới|sang tuần|qua tuần|sang tuần sau|sang tuần tới|qua tuần sau|qua tuần tới|tuần kế tiếp|tuần kế|tuần tiếp theo",
        2: "tuần sau nữa|tuần tới nữa",
        -1: "tuần qua|tuần rồi|tuần vừa qua|tuần vừa rồi",
    }
)
_MONTH = Phrases(
    {
        0: "tháng này|tháng nay|tháng|th này",
        1: "th sau|th tới|sang tháng|sang tháng sau|sang tháng tới|qua tháng|qua tháng sau|qua tháng tới|tháng sau|tháng tới|tháng kế tiếp|tháng mới|tháng tiếp theo",
        -1: "tháng qua|tháng rồi|tháng vừa qua|tháng vừa rồi",
    }
)
_QUARTER = Phrases(
    {
        0: "quý này|quý",
        1: "sang quý|sang quý sau|qua quý|quý sau|quý tới|quý tiếp theo|quý kế tiếp",
        -1: "quý qua|quý rồi|quý vừa qua|quý vừa rồi",
    }
)
_YEAR = Phrases(
    {
        0: "năm nay|năm này|năm",
        1: "năm sau|năm tới|năm mới|sang năm",
        -1: "năm ngoái|năm qua|năm rồi|năm vừa qua|năm vừa rồi",
    }
)
_NUMBERED_MONTH = any_of("tháng|thg|th|thang")
_NUMBERED_QUARTER = any_of("quý|q")
_DAYS = any_of("ngày")
_NUMBERED_YEAR = any_of("năm")
PERIOD_FIRSTS = (
    EDGE.firsts | _WEEK.firsts | _MONTH.firsts | _QUARTER.firsts | _YEAR.firsts
    | _NUMBERED_MONTH.firsts | _NUMBERED_QUARTER.firsts | NUMBER_FIRSTS
)  # fmt: skip
_PERIOD_BITS = (
    _NUMBERED_MONTH.bit | _NUMBERED_QUARTER.bit | _NUMBERED_YEAR.bit
    | _WEEK.bit | _MONTH.bit | _QUARTER.bit | _YEAR.bit
)  # fmt: skip
_COMING = any_of("này|tới|tới đây|sắp tới")
_LUNAR_MONTHS = ("giêng", "chạp", "ta", "âm")
_THEN = vocabulary("gui nop trinh bao chuyen goi")
_PARTS_OF_A_DAY = vocabulary("sang trua chieu toi")
"""Words before "th 3" that show that it is a weekday and not a month."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


class Period(NamedTuple):
    """The days of a period; `bare` when neither a number nor "này" or "sau" says which one."""

    first: date
    last: date
    middle: date
    unit: str
    bare: bool = False
    near: bool = False
    """This period or the next, not a numbered one."""
    dated: bool = False
    """A year was named."""
    months: str = ""
    """For a month named by its place in a quarter ("tháng cuối quý"): the numbers of all such months."""


MONTHLY = {"month": "FREQ=MONTHLY", "quarter": "FREQ=MONTHLY;BYMONTH=3,6,9,12"}
_EDGE_RULES = {
    ("week", START): "FREQ=WEEKLY;BYDAY=MO",
    ("week", MIDDLE): "FREQ=WEEKLY;BYDAY=WE",
    ("week", LAST): "FREQ=WEEKLY;BYDAY=FR",
    ("month", START): "FREQ=MONTHLY;BYMONTHDAY=1",
    ("month", MIDDLE): "FREQ=MONTHLY;BYMONTHDAY=15",
    ("month", LAST): "FREQ=MONTHLY;BYMONTHDAY=-1",
    ("quarter", LAST): "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
    ("year", LAST): "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31",
    ("year", MIDDLE): "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30",
}
PeriodFound = tuple[Period, int]


def read_period(words: tuple[Word, ...], at: int, now: Present) -> PeriodFound | None:
    """Read a week, month, quarter or year; a number without a year means the next such one."""
    word = words[at]
    counted = word.value >= 0 or word.folded in NUMBER_FIRSTS
    part = _part_of_year(words, at, now) if counted else None
    if part or not word.starts & _PERIOD_BITS:
        return part
    return (
        _numbered_month(words, at, now)
        or _numbered_quarter(words, at, now)
        or _numbered_year(words, at)
        or _relative(words, at, now)
    )


def read_edge(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read a day such as "cuối tháng", "đầu tuần sau", "giữa quý"; or a whole period."""
    counted = words[at].value >= 0 or words[at].folded in NUMBER_FIRSTS
    days = _edge_days(words, at, now) if counted else None
    if days:
        return days
    half = _part_of_year(words, at, now) if words[at].folded == _HALF else None
    if half:
        return whole(half[0], now), half[1]
    edge = EDGE.at(words, at)
    of = _OF.at(words, edge[1]) if edge else None
    found = read_period(words, of[1] if of else edge[1] if edge else at, now)
    if found is None:
        return None
    period, after = found
    if edge is None:
        return (whole(period, now), after) if not period.bare else None
    rule = _EDGE_RULES.get((period.unit, edge[0]))
    day = edge_of(period, edge[0], now)
    doubt = Why.PAST if period.dated and day < now.today else None
    return Day(day, Form.PERIOD, doubt, likely=True, rule=rule, has_year=period.dated), after


def _edge_days(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read "10 ngày đầu tháng 12", "3 ngày cuối tuần này" as the last of those days."""
    count = read_number(words, at)
    said = _DAYS.at(words, count[1]) if count else None
    edge = EDGE.at(words, said[1]) if said else None
    found = read_period(words, edge[1], now) if edge else None
    if count is None or edge is None or found is None or edge[0] == MIDDLE:
        return None
    period, after = found
    day = period.first + timedelta(days=count[0] - 1)
    if edge[0] == LAST or day > period.last:
        return Day(edge_of(period, LAST, now), Form.PERIOD, has_year=period.dated), after
    if period.bare and day < now.today:
        day = following(period.last, period.unit).first + timedelta(days=count[0] - 1)
    return Day(day, Form.PERIOD, has_year=period.dated), after


def read_bare(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read "tuần", "tháng", "quý", "năm" after "hết" or "trong" as the present period.

    If the last working day of that period has passed, it is the next one.
    """
    found = read_period(words, at, now)
    if found is None or not found[0].bare or words[found[1]].exact in _LUNAR_MONTHS:
        return None
    if words[found[1]].exact in ("trước", "truoc") and words[found[1] + 1].value < 0:
        return None
    return whole(found[0], now), found[1]


def whole(period: Period, now: Present) -> Day:
    """Return the period as a day, namely its last working day."""
    day = edge_of(period, LAST, now)
    doubt = Why.PAST if day < now.today else None
    next_year = period.unit == "quarter" and period.first.year > now.today.year
    if (period.unit == "month" or next_year) and not period.dated and _far(day, now):
        doubt = doubt or Why.FAR
    return Day(
        day,
        Form.WHOLE,
        doubt,
        likely=doubt is Why.PAST,
        has_year=period.dated,
        first=period.first,
        near=period.near,
    )


def _far(day: date, now: Present) -> bool:
    return (day - now.today).days > now.settings.far_days + 31


def edge_of(period: Period, edge: str, now: Present) -> date:
    """Return the first day, the middle or the last working day of a period.

    For a bare period whose day has passed, it is the day of the next period.
    """
    if period.bare and _edge(period, edge, now) < now.today:
        period = following(period.last, period.unit)
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


def following(last: date, unit: str) -> Period:
    """Return the period of that unit that starts on the day after `last`."""
    start = last + timedelta(days=1)
    if unit == "week":
        return week_of(start)
    return _months(start.year, start.month, {"month": 1, "quarter": 3, "year": 12}[unit], unit)


def week_of(day: date, weeks: int = 0, bare: bool = False) -> Period:
    """Return the calendar week (Monday to Sunday) of a day, or the week that is `weeks` weeks later."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    middle = monday + timedelta(days=2)
    return Period(monday, monday + timedelta(days=6), middle, "week", bare)


def _months(
    year: int, month: int, count: int, unit: str, bare: bool = False, dated: bool = False
) -> Period:
    first = month_end(year, month).replace(day=1)
    last = month_end(first.year, first.month + count - 1)
    middle = first.replace(day=15)
    if count > 1:
        half = month_end(first.year, first.month + (count - 1) // 2)
        middle = half if unit == "year" else half.replace(day=15)
    return Period(first, last, middle, unit, bare, dated=dated)


def _relative(words: tuple[Word, ...], at: int, now: Present) -> PeriodFound | None:
    today = now.today
    found = _WEEK.at(words, at)
    if found and found[0] < 0 and _is_then(words, at):
        found = 0, at + 1
    if found:
        week = week_of(today, found[0], found[1] == at + 1)
        return week._replace(near=True), found[1]
    found = _MONTH.at(words, at)
    if found:
        bare = found[1] == at + 1
        month = _months(today.year, today.month + found[0], 1, "month", bare)
        return month._replace(near=True), found[1]
    found = _QUARTER.at(words, at)
    if found:
        first = (today.month - 1) // 3 * 3 + 1
        return _months(today.year, first + 3 * found[0], 3, "quarter", found[1] == at + 1), found[1]
    found = _YEAR.at(words, at)
    if found:
        return _months(today.year + found[0], 1, 12, "year", found[1] == at + 1), found[1]
    return None


def _is_then(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether "rồi" means "then", as in "trong tuần rồi gửi anh", and not last week ("tuần rồi")."""
    within = at > 0 and words[at - 1].folded == "trong"
    return within and words[at + 1].folded == "roi" and words[at + 2].folded in _THEN


def _part_of_year(words: tuple[Word, ...], at: int, now: Present) -> PeriodFound | None:
    """Read "6 tháng đầu năm", "3 tháng cuối năm 2026", "nửa đầu năm"."""
    half = words[at].folded == _HALF
    count = (6, at + 1) if half else read_number(words, at)
    said = count if half else _NUMBERED_MONTH.at(words, count[1]) if count else None
    edge = EDGE.at(words, said[1]) if said else None
    year = _YEAR.at(words, edge[1]) if edge else None
    if count is None or edge is None or year is None or not 1 <= count[0] <= 11:
        return None
    dated = 2000 <= words[year[1]].value <= 2100
    named = words[year[1]].value if dated else now.today.year + year[0]
    first = 1 if edge[0] == START else 13 - count[0]
    period = _months(named, first, count[0], "part", dated=dated)
    if period.last < now.today and not dated:
        period = _months(named + 1, first, count[0], "part")
    return period, year[1] + dated


def _numbered_month(words: tuple[Word, ...], at: int, now: Present) -> PeriodFound | None:
    said = _NUMBERED_MONTH.at(words, at)
    number = read_number(words, said[1]) if said else None
    lunar = {"giêng": 1, "chạp": 12}
    if said is None or number is None or not 1 <= number[0] <= 12:
        return None
    if words[said[1]].exact in lunar or _is_next(words, said[1]):
        return None
    if words[at].exact == "th" and words[at - 1].folded in _PARTS_OF_A_DAY:
        return None
    month, after = number
    year, after = _year_after(words, after, now)
    dated = year is not None
    if year is None:
        year = now.today.year + (month < now.today.month)
    coming = _COMING.at(words, after)
    return _months(year, month, 1, "month", dated=dated), coming[1] if coming else after


def _is_next(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether "thang sau" without diacritics is next month, and not June as in "thang sau nam 2027"."""
    follows = words[at + 1]
    return words[at].exact == "sau" and follows.exact not in ("/", "nam", "năm")


def _numbered_quarter(words: tuple[Word, ...], at: int, now: Present) -> PeriodFound | None:
    said = _NUMBERED_QUARTER.at(words, at)
    if said is None:
        return None
    number = _ROMAN.get(words[said[1]].exact, words[said[1]].value)
    if not 1 <= number <= 4:
        return None
    year, after = _year_after(words, said[1] + 1, now)
    dated = year is not None
    if year is None:
        year = now.today.year + (number * 3 < now.today.month)
    return _months(year, number * 3 - 2, 3, "quarter", dated=dated), after


def _numbered_year(words: tuple[Word, ...], at: int) -> PeriodFound | None:
    said = _NUMBERED_YEAR.at(words, at)
    if said is None or not 2000 <= words[said[1]].value <= 2100:
        return None
    return _months(words[said[1]].value, 1, 12, "year", dated=True), said[1] + 1


def _year_after(words: tuple[Word, ...], at: int, now: Present) -> tuple[int | None, int]:
    """Read "/2026", ".2026", "-2026", "năm 2026", "năm sau" after a month or a quarter."""
    relative = _YEAR.at(words, at)
    if relative and relative[1] > at + 1:
        return now.today.year + relative[0], relative[1]
    start = at + 1 if words[at].exact in ("/", ".", "-") else at
    said = _NUMBERED_YEAR.at(words, start)
    year = words[said[1] if said else start].value
    if (said or start > at) and 2000 <= year <= 2100:
        return year, (said[1] if said else start) + 1
    return None, at
