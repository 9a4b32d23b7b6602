"""Recurring work: the days of a rule (RFC 5545), the working day on which each is due, and the rule in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Literal

from dateutil.rrule import rrulestr

from bot.rules.workdays import ONE_DAY, Workdays

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EVERY_WORKDAY = "MO,TU,WE,TH,FR"
DayOff = Literal["before", "after", "keep"]


@dataclass(frozen=True)
class Repeats:
    """The office's settings: how many working days ahead a task is made, and where a day off moves its deadline."""

    ahead: int = 10
    day_off: DayOff = "before"


@dataclass(frozen=True)
class Occurrence:
    """A day of the rule, the day on which its task is due, and the moment when the task is made (UTC)."""

    day: date
    due_on: date
    make_at: datetime


def parts(rule: str) -> dict[str, str]:
    """Return a rule's parts by name: {"FREQ": "MONTHLY", "BYMONTHDAY": "25"}."""
    pairs = (part.partition("=") for part in rule.split(";"))
    return {name: value for name, _, value in pairs}


def complete(rule: str, day: date) -> str:
    """Return a rule that names a day. If it says only how often, the day is taken from `day`.

    In a month too short for the day, the last day of the month counts.
    """
    said = parts(rule)
    if any(name.startswith("BY") for name in said) or said["FREQ"] == "DAILY":
        return rule
    end = f";UNTIL={said['UNTIL']}" if "UNTIL" in said else ""
    if said["FREQ"] == "WEEKLY":
        which = f"BYDAY={WEEKDAYS[day.weekday()]}"
    elif said["FREQ"] == "YEARLY":
        which = f"BYMONTH={day.month};BYMONTHDAY={day.day}"
    else:
        which = _month_day(day.day)
    return f"{rule.removesuffix(end)};{which}{end}"


def _month_day(day: int) -> str:
    if day <= 28:
        return f"BYMONTHDAY={day}"
    return f"BYMONTHDAY={','.join(str(n) for n in range(28, day + 1))};BYSETPOS=-1"


def days(rule: str, start: date, workdays: Workdays) -> Iterator[date]:
    """Yield the days of a rule, beginning at `start`. Raises ValueError for text that is not a rule.

    A rule for every day or every working day skips days off.
    """
    begins = datetime.combine(start, time(), workdays.timezone)
    said = parts(rule)
    daily = said["FREQ"] == "DAILY" or _each_workday(said)
    for moment in rrulestr(rule, dtstart=begins):
        if not daily or workdays.is_working(moment.date()):
            yield moment.date()


def _each_workday(said: Mapping[str, str]) -> bool:
    return said["FREQ"] == "WEEKLY" and said.get("BYDAY") == EVERY_WORKDAY


def coming(
    rule: str,
    start: date,
    after: date | None,
    workdays: Workdays,
    repeats: Repeats,
    previous: date | None = None,
) -> Iterator[Occurrence]:
    """Yield the occurrences after the day `after` (None: from the first day on), soonest first.

    A task is made in the morning, `ahead` working days before its deadline, but not before the first
    working day after the previous occurrence. So the task of each Friday is made on Monday, and a daily
    task on the morning of its own day. `previous` is the last day of another rule before the first day.
    """
    for day in days(rule, start, workdays):
        if after is None or day > after:
            due_on = due_day(rule, day, workdays, repeats)
            yield Occurrence(day, due_on, _made(due_on, previous, workdays, repeats))
        previous = day


def _made(due_on: date, previous: date | None, workdays: Workdays, repeats: Repeats) -> datetime:
    earliest = workdays.add(due_on, -repeats.ahead)
    if previous is not None:
        latest = workdays.on_or_before(due_on)
        earliest = min(latest, max(earliest, workdays.on_or_after(previous + ONE_DAY)))
    return workdays.at(earliest, workdays.morning[0])


def due_day(rule: str, day: date, workdays: Workdays, repeats: Repeats) -> date:
    """Return the day on which the task of a day of the rule is due (domain.md, R5).

    The end of a period moves to an earlier working day. Any other day off moves as `repeats.day_off` says;
    "keep" does not move it.
    """
    said = parts(rule)
    period_end = said.get("BYMONTHDAY") == "-1" or (
        said.get("BYDAY") == EVERY_WORKDAY and said.get("BYSETPOS") == "-1"
    )
    if period_end or repeats.day_off == "before":
        return workdays.on_or_before(day)
    return day if repeats.day_off == "keep" else workdays.on_or_after(day)


def first_day(rule: str, due_on: date, workdays: Workdays, repeats: Repeats) -> date:
    """Return the day of the rule that a first deadline stands for: the day whose deadline is nearest to it.

    INTERVAL is ignored: the first day decides in which week, month or year the work occurs. If no day of
    the rule is near, `due_on` itself is returned.
    """
    said = {name: value for name, value in parts(rule).items() if name not in _WHEN}
    each = ";".join(f"{name}={value}" for name, value in said.items())
    reach = _REACH[said["FREQ"]]
    near = takewhile(lambda day: day <= due_on + reach, days(each, due_on - reach, workdays))
    return min(
        near,
        key=lambda day: (abs(due_day(rule, day, workdays, repeats) - due_on), day),
        default=due_on,
    )


_WHEN = {"INTERVAL", "UNTIL"}
_REACH = dict.fromkeys(("DAILY", "WEEKLY"), timedelta(14)) | dict.fromkeys(
    ("MONTHLY", "YEARLY"), timedelta(400)
)


def as_often(rule: str, days_of: str) -> str:
    """Return a rule with the interval and end of `rule`, and the frequency and days of `days_of`."""
    kept, named = parts(rule), parts(days_of)
    joined = {
        "FREQ": named["FREQ"],
        **{name: value for name, value in kept.items() if name == "INTERVAL"},
        **{name: value for name, value in named.items() if name.startswith("BY")},
        **{name: value for name, value in kept.items() if name == "UNTIL"},
    }
    return ";".join(f"{name}={value}" for name, value in joined.items())


_DAY_NAMES = dict(
    zip(
        WEEKDAYS,
        ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
        strict=True,
    )
)
_EACH = {
    "DAILY": "hằng ngày, trừ ngày nghỉ",
    "WEEKLY": "hằng tuần",
    "MONTHLY": "hằng tháng",
    "YEARLY": "hằng năm",
}
_UNITS = {"DAILY": "ngày", "WEEKLY": "tuần", "MONTHLY": "tháng", "YEARLY": "năm"}
QUARTER_ENDS = "3,6,9,12"
_PLACES = {"1": "đầu tiên", "-1": "cuối cùng"}


def in_words(rule: str) -> str:
    """Return a rule in an office's words: "ngày 25 hằng tháng", "thứ Tư, 2 tuần một lần"."""
    said = parts(rule)
    words = "mỗi ngày làm việc" if _each_workday(said) else _often(said, _which(said))
    return words + (f", đến hết {_until(said['UNTIL'])}" if "UNTIL" in said else "")


def _often(said: Mapping[str, str], which: str) -> str:
    interval = said.get("INTERVAL", "1")
    if said.get("BYMONTH") == QUARTER_ENDS:
        return f"{which} quý" if which.endswith("cuối") else f"{which} tháng cuối quý"
    if "BYMONTH" in said:
        months = said["BYMONTH"].replace(",", ", ")
        day = said.get("BYMONTHDAY", "")
        on = f"ngày {day}/{months}" if day.isdecimal() and "," not in months else ""
        return f"{on or f'{which} tháng {months}'} hằng năm".strip()
    if interval == "1":
        each = "mỗi tháng" if which.endswith((" đầu", " cuối")) else _EACH[said["FREQ"]]
        return f"{which} {each}".strip()
    often = f"{interval} {_UNITS[said['FREQ']]} một lần"
    return f"{which}, {often}" if which else often


def _which(said: Mapping[str, str]) -> str:
    month_days, week_days = said.get("BYMONTHDAY"), said.get("BYDAY")
    if month_days:
        return _month_days(month_days.split(","), said.get("BYSETPOS"))
    if week_days == EVERY_WORKDAY:
        return "ngày làm việc " + ("đầu" if said.get("BYSETPOS") == "1" else "cuối")
    return ", ".join(_weekday(one) for one in week_days.split(",")) if week_days else ""


def _month_days(named: list[str], places: str | None) -> str:
    if named == ["-1"]:
        return "ngày cuối"
    if places:
        early = len(places.split(",")) - 1
        named = [*named[:early], named[-1]]
    return "ngày " + ", ".join(named)


def _weekday(one: str) -> str:
    name, place = _DAY_NAMES[one[-2:]], one[:-2]
    return f"{name} {_PLACES.get(place, f'lần {place}')}" if place else name


def _until(moment: str) -> str:
    """Return the last day of a rule, given its last moment in UTC: 16:59:59 is the end of the office's day."""
    return f"{moment[6:8]}/{moment[4:6]}/{moment[:4]}"
