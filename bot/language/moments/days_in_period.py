"""Days named by their place in a period: "ngày làm việc cuối cùng của tháng", "thứ Sáu đầu tiên"."""

from datetime import date, timedelta

from bot.language.moments.context import Present, months_on
from bot.language.moments.days import Day, Form, Found, read_date
from bot.language.moments.periods import (
    EDGE,
    LAST,
    MIDDLE,
    MONTHLY,
    START,
    Period,
    following,
    read_period,
    week_of,
)
from bot.language.moments.weekdays import WEEKDAY, WEEKDAYS
from bot.language.readings import Why
from bot.language.text.numbers import read_number
from bot.language.text.words import Phrases, Word, any_of

_WORKDAY = any_of("ngày làm việc|ng làm việc|ngày lv|ng lv|ngay làm việc")
_DAY = any_of("ngày|ng")
_NTH_WEEK = any_of("tuần|tuần lễ")
_ORDINAL = any_of("thứ")
_EDGE = Phrases({START: "đầu tiên|đầu|thứ nhất", LAST: "cuối cùng|cuối|sau cùng"})
_QUARTERLY = {START: "1,4,7,10", MIDDLE: "2,5,8,11", LAST: "3,6,9,12"}
_WEEKS_OF_A_MONTH = 5
_TO_WEDNESDAY = timedelta(days=2)
PLACE_FIRSTS = _DAY.firsts | WEEKDAY.firsts | _NTH_WEEK.firsts
_FIRST_WORKDAY_AFTER = any_of(
    "|".join(
        f"{day} {after}"
        for day in (
            "ngày làm việc đầu tiên",
            "ngày đầu tiên đi làm",
            "ngày đi làm đầu tiên",
            "bữa đầu tiên đi làm",
        )
        for after in (
            "sau",
            "sau lễ",
            "sau nghỉ lễ",
            "sau kỳ nghỉ",
            "sau kỳ nghỉ lễ",
            "sau dịp lễ",
            "sau đợt nghỉ lễ",
        )
    )
)
_SOLAR_NEW_YEAR = any_of("tết dương lịch|tết dương|tết tây|nghỉ tết dương lịch|nghỉ tết tây")
_OF = any_of("của|trong|mỗi|của mỗi|trong mỗi|hằng|hàng|của hằng|của các")


def read_place(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read a day by its place in a week, month, quarter or year."""
    return (
        _after_holiday(words, at, now)
        or _edge_day(words, at, now)
        or _weekday_of(words, at, now)
        or _week_of_month(words, at, now)
        or _day_of(words, at, now)
    )


def _period(words: tuple[Word, ...], at: int, now: Present) -> tuple[Period, int] | None:
    """Read the period that contains the day. "tháng cuối quý" is a month by its place in a quarter."""
    of = _OF.at(words, at)
    found = read_period(words, of[1] if of else at, now)
    if found is None or found[0].unit != "month":
        return found
    edge = EDGE.at(words, found[1])
    quarter = read_period(words, edge[1], now) if edge else None
    if edge is None or quarter is None or quarter[0].unit == "week":
        return found
    return _month_in(quarter[0], edge[0], now), quarter[1]


def _month_in(period: Period, edge: str, now: Present) -> Period:
    inside = period
    for _ in range(2):
        day = inside.first if edge == START else inside.last
        month = following(day.replace(day=1) - timedelta(days=1), "month")
        if month.last >= now.today or not period.bare:
            return month._replace(months=_QUARTERLY[edge])
        inside = following(inside.last, inside.unit)
    return month._replace(months=_QUARTERLY[edge])


def _edge_day(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    worked = _WORKDAY.at(words, at)
    said = worked or _DAY.at(words, at)
    edge = _EDGE.at(words, said[1]) if said else None
    found = _period(words, edge[1], now) if edge else None
    if edge is None or found is None:
        return None
    period = found[0]
    day = _edge(period, edge[0], worked is not None, now)
    if period.bare and day < now.today:
        day = _edge(following(period.last, period.unit), edge[0], worked is not None, now)
    sign = "1" if edge[0] == START else "-1"
    rule = f"BYDAY=MO,TU,WE,TH,FR;BYSETPOS={sign}" if worked else f"BYMONTHDAY={sign}"
    return Day(day, Form.PERIOD if worked else Form.DATE, rule=_monthly(period, rule)), found[1]


def _after_holiday(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read "ngày làm việc đầu tiên sau Tết Dương lịch", "... sau lễ 30/4"."""
    said = _FIRST_WORKDAY_AFTER.at(words, at)
    if said is None:
        return None
    new_year = _SOLAR_NEW_YEAR.at(words, said[1])
    if new_year:
        holiday, after = date(now.today.year + 1, 1, 1), new_year[1]
    else:
        found = read_date(words, said[1], now)
        if found is None:
            return None
        holiday, after = found[0].date, found[1]
    return Day(now.workdays.on_or_after(holiday + timedelta(days=1)), Form.PERIOD), after


def read_new_year(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read the "Tết Dương lịch" of "trước Tết Dương lịch", the only holiday name that gives an exact date."""
    said = _SOLAR_NEW_YEAR.at(words, at)
    day = date(now.today.year + 1, 1, 1)
    return (Day(day, Form.DATE, first_of_month=True), said[1]) if said else None


def _monthly(period: Period, rule: str) -> str | None:
    return f"{MONTHLY[period.unit]};{rule}" if period.unit in MONTHLY else None


def _edge(period: Period, edge: str, worked: bool, now: Present) -> date:
    if edge == START:
        return now.workdays.on_or_after(period.first) if worked else period.first
    return now.workdays.on_or_before(period.last) if worked else period.last


def _weekday_of(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read "thứ Sáu đầu tiên của tháng 1", "thứ Hai thứ ba của tháng", "thứ Tư tuần đầu tháng 1"."""
    weekday = WEEKDAY.at(words, at)
    if weekday is None:
        return None
    week = _nth_week(words, weekday[1], now)
    if week:
        return Day(week[0] + timedelta(days=weekday[0]), Form.WEEKDAY), week[1]
    nth = _nth(words, weekday[1])
    found = _period(words, nth[1], now) if nth else None
    if nth is None or found is None or found[0].unit == "week":
        return None
    period = found[0]
    day = _nth_weekday(period, weekday[0], nth[0])
    if period.bare and day < now.today:
        day = _nth_weekday(following(period.last, period.unit), weekday[0], nth[0])
    rule = _monthly(period, f"BYDAY={nth[0]}{WEEKDAYS[weekday[0]]}")
    return Day(day, Form.WEEKDAY, rule=rule), found[1]


def _nth(words: tuple[Word, ...], at: int) -> tuple[int, int] | None:
    """Return the position that "đầu tiên", "cuối cùng", "thứ ba" name (1, -1, 3), and the place after it."""
    edge = _EDGE.at(words, at)
    if edge:
        return (1 if edge[0] == START else -1), edge[1]
    ordinal = _ORDINAL.at(words, at)
    number = read_number(words, ordinal[1]) if ordinal else None
    return number if number and 1 <= number[0] <= _WEEKS_OF_A_MONTH else None


def _nth_weekday(period: Period, weekday: int, nth: int) -> date:
    if nth > 0:
        first = period.first + timedelta(days=(weekday - period.first.weekday()) % 7)
        return first + timedelta(weeks=nth - 1)
    return period.last - timedelta(days=(period.last.weekday() - weekday) % 7)


def _week_of_month(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read "tuần thứ hai của tháng 1", "tuần cuối tháng 9" as the week's last working day in that month."""
    week = _nth_week(words, at, now)
    if week is None:
        return None
    monday, after, month = week
    friday = min(monday + timedelta(days=now.settings.weekend_weekday), month.last)
    return Day(now.workdays.on_or_before(friday), Form.PERIOD), after


def _nth_week(words: tuple[Word, ...], at: int, now: Present) -> tuple[date, int, Period] | None:
    """Return the Monday of the week, the place after its words, and the month of the week."""
    said = _NTH_WEEK.at(words, at)
    if said is None:
        return None
    number = read_number(words, said[1])
    nth = _nth(words, said[1]) or number
    found = _period(words, nth[1], now) if nth else None
    if nth is None or found is None or found[0].unit != "month":
        return None
    weeks = _weeks(found[0])
    if nth[0] > len(weeks):
        return None
    return weeks[nth[0] - 1 if nth[0] > 0 else -1], found[1], found[0]


def _weeks(month: Period) -> list[date]:
    """Return the Mondays of the weeks of a month: a week belongs to the month that contains its Wednesday."""
    monday = week_of(month.first).first
    mondays = [monday + timedelta(weeks=count) for count in range(6)]
    return [one for one in mondays if month.first <= one + _TO_WEDNESDAY <= month.last]


def _day_of(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read "ngày 20 của tháng sau", "ngày 25 tháng cuối quý"."""
    said = _DAY.at(words, at)
    number = read_number(words, said[1]) if said else None
    if number is None or not 1 <= number[0] <= 31:
        return None
    found = _period(words, number[1], now)
    if found is None or found[0].unit != "month":
        return None
    month = found[0]
    if not month.months and (month.bare or not month.near):
        return None
    if number[0] > month.last.day and not month.months:
        return Day(now.today, Form.DATE, doubt=Why.IMPOSSIBLE), found[1]
    last = min(number[0], month.last.day)
    rule = f"FREQ=YEARLY;BYMONTH={month.months};BYMONTHDAY={number[0]}" if month.months else None
    day = month.first.replace(day=last)
    if month.months and day < now.today:
        day = months_on(day, 3)
    return Day(day, Form.DATE, first_of_month=number[0] == 1, rule=rule), found[1]
