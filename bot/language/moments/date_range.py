"""A range of days that a question is about: "tháng 10", "tuần trước", "từ 1/11 đến 15/11".

Unlike a deadline it may lie in the past. The patterns are in `date_range_forms`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.language.moments.context import month_end

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from the first to the last, both included; None means no limit on that side."""

    first: date | None = None
    last: date | None = None


def day(one: date) -> Stretch:
    return Stretch(one, one)


def week(one: date) -> Stretch:
    """Return the calendar week of a day, Monday to Sunday."""
    monday = one - one.weekday() * ONE_DAY
    return Stretch(monday, monday + 6 * ONE_DAY)


def month(year: int, number: int) -> Stretch:
    """Return a month; its number may run past 12 or below 1."""
    last = month_end(year, number)
    return Stretch(last.replace(day=1), last)


def quarter(year: int, number: int) -> Stretch:
    """Return a quarter; its number may run past 4 or below 1."""
    return Stretch(month(year, 3 * number - 2).first, month_end(year, 3 * number))


def year(number: int) -> Stretch:
    return Stretch(date(number, 1, 1), date(number, 12, 31))


def whole(unit: str, today: date) -> Stretch:
    """Return the week (tuan), month (thang), quarter (quy) or year (nam) that a day is in."""
    if unit == "tuan":
        return week(today)
    if unit == "thang":
        return month(today.year, today.month)
    return quarter(today.year, (today.month + 2) // 3) if unit == "quy" else year(today.year)
