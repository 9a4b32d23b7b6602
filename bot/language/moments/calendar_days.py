"""What an admin types about the office's calendar: "nghỉ 02/01/2026 nghỉ bù", "làm bù 10/01", "bỏ 10/01"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

LONGEST = timedelta(days=31)
_DAY = r"(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?"
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_ONE = re.compile(_DAY)
_WHAT = r"(?P<what>nghỉ|nghi|làm(?:\s+bù)?|lam(?:\s+bu)?|bỏ|bo)"
_WEEKDAY = (
    r"(?:(?:thứ|thu)\s*(?:hai|ba|tư|tu|năm|nam|sáu|sau|bảy|bay|[2-7])|t[2-7]"
    r"|(?:chủ|chu)\s+(?:nhật|nhat)|cn)[\s,]+"
)
_ON = rf"(?:ngày\s+|ngay\s+)?(?:{_WEEKDAY})?(?:ngày\s+|ngay\s+)?"
_DAYS = (
    rf"(?:từ\s+|tu\s+)?{_ON}(?P<first>{_DAY})"
    rf"(?:\s*(?:đến|den|tới|toi|–|-)\s*{_ON}(?P<last>{_DAY}))?"
)
_SAID = [
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        rf"{_WHAT}\s+{_DAYS}(?P<note>.*)",
        rf"{_DAYS}[\s,:]+{_WHAT}(?P<note>(?:\W.*)?)",
    )
]
"""The word that says what the day is stands before or after the day; the day may have its weekday."""


class CalendarWords(NamedTuple):
    """Some days and whether they are working days; `works` None takes back what was decided about them."""

    days: tuple[date, ...]
    works: bool | None
    note: str


def read_calendar_words(text: str, today: date) -> CalendarWords | None:
    """Read one line; None if it names no existing day, or more than 31 days after the first.

    A day without a year is the first such day from 31 days ago on: "12/12" said on 14/12 is two days ago.
    A past day can no longer be decided, but a decision about a past day can be taken back.
    """
    said = next(filter(None, (one.fullmatch(text.strip()) for one in _SAID)), None)
    first = read_calendar_day(said["first"], today - LONGEST) if said else None
    if said is None or first is None:
        return None
    last = read_calendar_day(said["last"], first) if said["last"] else first
    if last is None or not timedelta() <= last - first <= LONGEST:
        return None
    works = {"n": False, "l": True}.get(said["what"][0].lower())
    if works is not None and first < today:
        return None
    return CalendarWords(tuple(_from(first, last)), works, said["note"].strip(" ,:;.-()"))


def read_calendar_day(text: str, today: date) -> date | None:
    """Read "02/01/2026", "2/1" or "2026-01-02"; None if the calendar has no such day.

    Without a year it is the first such day from `today` on.
    """
    iso, found = _ISO.fullmatch(text.strip()), _ONE.fullmatch(text.strip())
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if found is None:
        return None
    day, month = int(found[1]), int(found[2])
    if found[3]:
        return _day(int(found[3]), month, day)
    near = (_day(year, month, day) for year in range(today.year, today.year + 5))
    return next((one for one in near if one is not None and one >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
