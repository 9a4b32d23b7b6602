"""The days of an absence: "từ 9/12 đến 12/12", "3 ngày từ thứ Tư", "cả tuần sau"."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from bot.language.deadline.limit_marks import Candidate, Role, candidates
from bot.language.moments.context import Present, months_on
from bot.language.moments.days import Day, Form
from bot.language.moments.moments import read_moment
from bot.language.readings import Why
from bot.language.text.numbers import read_number
from bot.language.text.words import Sentence, words_of

_UNITS = {"ngay": 1, "hom": 1, "bua": 1, "tuan": 5}
"""How many working days each unit of a count has."""
_MONTH = "thang"
_APART = re.compile(r"\s*(?:-|–|,|\bvà\b|\bva\b|\bđến\b|\bden\b)\s*")
_BARE_START = re.compile(
    r"(?:từ|tu)\s+(?:ngày\s+|ngay\s+)?(\d{1,2})\s*(?=(?:đến|den|tới|toi|-|–)\s)", re.I
)
_DOUBTS = {Why.FAR, Why.IMPOSSIBLE, Why.PAST, Why.EVENT, Why.SEVERAL}


def read_days(text: str, now: Present) -> tuple[date | None, date | None, str]:
    """Return the first and last day that a text names, and the text with blanks in place of their words.

    "từ 9/12" alone has no last day, "đến 12/12" no first one; "3 ngày" are working days.
    """
    months, rest = _count(text, {_MONTH: 1})
    count, rest = (0, rest) if months else _count(text, _UNITS)
    bare = _BARE_START.search(rest)
    if bare:
        rest = blank(rest, *bare.span(1))
    sentence = words_of(rest)
    found = [one for one in candidates(sentence, now, frozenset()) if _day(one) is not None]
    for one in found:
        rest = blank(rest, *sentence.span(one.start, one.end))
    if not found:
        return (
            (*_until(count, months, now.today, now), rest)
            if count or months
            else (None, None, rest)
        )
    last = _last(found[-1], now)
    first = _first(found[0], sentence, now)
    if len(found) > 1 and all(_form(one) is Form.WEEKDAY for one in found):
        first += timedelta(weeks=max(0, (last - first).days // 7))
    if bare:
        first = _in_month(int(bare[1]), last)
    if count or months:
        return (*_until(count, months, first, now), rest)
    return (*_ordered(first, last, found, now), rest)


def _ordered(
    first: date, last: date, found: list[Candidate], now: Present
) -> tuple[date | None, date | None]:
    """Return the first and last day in order; an absence that began in the past starts today.

    Days in the wrong order are returned as they are, but "thứ Sáu đến thứ Ba" ends in the next week.
    """
    begun = any(_doubt(one) in {Why.PAST, Why.FAR} for one in found[:1])
    if _doubt(found[-1]) in _DOUBTS or (not begun and _doubt(found[0]) in _DOUBTS):
        return None, None
    if len(found) == 1 and found[0].role is Role.START:
        return max(first, now.today), None
    if len(found) == 1 and found[0].role in {Role.UP_TO, Role.UNTIL} and first == last:
        return None, last
    if first > last and _form(found[-1]) is Form.WEEKDAY:
        last += timedelta(weeks=1)
    if first > last and not begun:
        return first, last
    if first > last:
        first = now.today
    return (max(first, now.today), last) if last >= now.today else (None, None)


def _doubt(one: Candidate) -> Why | None:
    day = _day(one)
    return day.doubt if day else None


def _day(one: Candidate) -> Day | None:
    day = one.moment.day
    return None if day is None or day.form is Form.COUNTED else day


def _form(one: Candidate) -> Form | None:
    return one.moment.day.form if one.moment.day else None


def _last(one: Candidate, now: Present) -> date:
    day = _day(one)
    return day.date if day else now.today


def _first(one: Candidate, sentence: Sentence, now: Present) -> date:
    """Return the first day of an expression such as "tuần sau", "9-11/12", "thứ Tư và thứ Năm"."""
    day = _day(one)
    assert day is not None
    if day.first is not None:
        return day.first
    start, end = sentence.span(one.moment.start, one.end)
    pieces = _APART.split(sentence.text[start:end].strip())
    if len(pieces) == 1:
        return day.date
    number = pieces[0].split()[-1]
    if number.isdecimal() and int(number) <= day.date.day and day.form is not Form.WEEKDAY:
        return _in_month(int(number), day.date)
    moment = read_moment(words_of(pieces[0]).words, 0, now, "")
    found = moment.day.date if moment and moment.day else day.date
    return min(found, day.date)


def _in_month(day: int, last: date) -> date:
    """Return the latest day with this number in its month that is not after `last`."""
    month = last if day <= last.day else last.replace(day=1) - timedelta(days=1)
    return month.replace(day=max(1, min(day, month.day if month is not last else day)))


def _count(text: str, units: Mapping[str, int]) -> tuple[int, str]:
    """Return how many days or months a text counts ("3 ngày", "hai tuần"), and the text without the count."""
    sentence = words_of(text)
    for place in range(sentence.length):
        number = read_number(sentence.words, place)
        after = sentence.words[number[1]] if number else None
        if number is None or after is None or after.folded not in units:
            continue
        if 0 < number[0] <= 200 and _is_counted(sentence, place, number[1]):
            return number[0] * units[after.folded], blank(
                text, *sentence.span(place, number[1] + 1)
            )
    return 0, text


def _is_counted(sentence: Sentence, place: int, unit: int) -> bool:
    """Tell whether a number counts days and is no part of a date: "ngày 3 ngày 4", "thứ 3 tuần sau" are dates."""
    before, after = sentence.words[place - 1].folded if place else "", sentence.words[unit + 1]
    is_week = sentence.words[unit].folded == "tuan"
    follows = is_week and after.folded in {"sau", "nay", "toi"}
    return before not in {"thu", "ngay", "t"} and after.value < 0 and not follows


def _until(count: int, months: int, first: date, now: Present) -> tuple[date, date]:
    """Return the first and last day of `count` working days, or of `months` whole months."""
    if months:
        return first, months_on(first, months) - timedelta(days=1)
    return _counted(count, first, now)


def _counted(count: int, first: date, now: Present) -> tuple[date, date]:
    begins = now.workdays.on_or_after(first)
    return first, now.workdays.add(begins, count - 1) if count > 1 else begins


def blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
