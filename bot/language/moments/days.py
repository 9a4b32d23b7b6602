"""Days, and dates with any separator and in words (R11)."""

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from bot.language.moments.clocks import is_dotted_clock
from bot.language.moments.context import Present, coming_months, month_end, months_on, real_date
from bot.language.readings import Why
from bot.language.text.numbers import read_number, read_number_words, read_year_words
from bot.language.text.words import Phrases, Word, any_of, vocabulary


class Form(StrEnum):
    """How a day was named, which decides how a day off changes it (R5)."""

    DATE = "date"
    MONTH_DAY = "month_day"  # "ngày 25"
    RELATIVE = "relative"
    WEEKDAY = "weekday"
    COUNTED = "counted"
    PERIOD = "period"  # the end of a period
    WHOLE = "whole"  # a period without a word such as "cuối": "tháng 12", "tuần sau"


class Day(NamedTuple):
    """A day or, with `moment`, a moment. `others` are other possible dates, the likelier first."""

    date: dt.date
    form: Form
    doubt: Why | None = None
    others: tuple[dt.date, ...] = ()
    moment: dt.datetime | None = None
    likely: bool = False
    """With a doubt: this day is still clearly the likelier one."""
    first_of_month: bool = False
    first: dt.date | None = None
    """The first day of a whole period or of a range of days."""
    rule: str | None = None
    """The RRULE of this day if a word such as "hằng tháng" makes it repeat."""
    has_year: bool = False
    near: bool = False
    """With a whole period: it is this one or the next, not a numbered one."""

    @property
    def dated(self) -> bool:
        """Tell whether a day and a month were named."""
        return self.form is Form.DATE


Found = tuple[Day, int]

_EACH = vocabulary("moi")
_DAY_WORD = any_of("ngày|ng|ngà|hôm|bữa")
_MONTH = any_of("tháng|thg|th|thang")
_YEAR = any_of("năm")
_THIS = ("này", "nay")
_IS_THE_DAY = ("là", "phải")
_OR = any_of("hoặc|hay|hay là|hoặc là")
_AFTER_A_DAY_OF_MONTH = vocabulary(
    "la phai nop trinh xong gui thi chot hop nhe nha nghe , . ; ! ? ) a can"
) | {""}
_FIRST_PLAIN_DAY = 11
_MONTHS_OF_A_YEAR = 12
_LAST_HOUR = 24
_FARTHEST_MONTHS = 60
"""A date farther ahead than this is more likely a typing slip ("2062") than a deadline."""
EARLY = any_of("mùng|mồng|ngày mùng|ngày mồng")
SOLAR = any_of("tây|dương lịch|dương")
_NEXT_MONTH = Phrases(
    {1: "tháng sau|tháng tới", 0: "tháng này|tháng nay", -1: "tháng trước|tháng rồi|tháng qua"}
)
_NEXT_YEAR = Phrases({1: "năm sau|năm tới|sang năm", 0: "năm nay"})
DATE_FIRSTS = _DAY_WORD.firsts | EARLY.firsts
_LIST_SIGNS = frozenset({",", "và", "va", "-", "–", "&"})
_SEPARATORS = ("/", "-", ".", "–")


def read_date(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read a date: "25/12", "25-12-2026", "ngày 5 tháng 2", "2026-12-14", "ngày 25"."""
    said = EARLY.at(words, at) or _DAY_WORD.at(words, at)
    if said and at and words[at - 1].folded in _EACH:
        return None
    start = said[1] if said else at
    if words[start].value >= 0:
        if is_dotted_clock(words, start):
            return None
        found = _iso(words, start, now) or separated(words, start, now)
        found = found or _one_or_other(words, start, now)
        found = found or (_unreal(words, start, now) if said else None)
        if found:
            return found
    number = read_number(words, start) if words[start].value >= 0 else None
    if said and number is None:
        number = read_number_words(words, start)
    return _in_words(words, number, now, said is not None) if number else None


def read_day_of_this_month(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read "hăm ba này", "15 này" as the next such day; "15 này việc" is a count."""
    number = read_number(words, at)
    if number is None or not 1 <= number[0] <= 31:
        return None
    said_in_words = words[at].value < 0
    if said_in_words and number[0] > _MONTHS_OF_A_YEAR and _MONTH.at(words, number[1]):
        return _in_words(words, number, now, said=False)
    if said_in_words and number[0] < _FIRST_PLAIN_DAY:
        return None
    after = number[1] + (words[number[1]].exact in _THIS)
    if after == number[1] and not (said_in_words and words[after].exact in _IS_THE_DAY):
        return None
    if words[after].capital or words[after].folded in _AFTER_A_DAY_OF_MONTH:
        return day_of_month(number[0], now, after, None)
    return None


def read_day_number(
    words: tuple[Word, ...], at: int, now: Present, is_hour_too: bool
) -> Found | None:
    """Read the "25" of "hạn 25".

    With `is_hour_too` (after "trước") a number up to 24 is marked as unclear, since it may be an hour.
    """
    day, follows = words[at].value, words[at + 1]
    if not 1 <= day <= 31 or not (follows.capital or follows.folded in _AFTER_A_DAY_OF_MONTH):
        return None
    found = day_of_month(day, now, at + 1, None)
    if found and is_hour_too and day <= _LAST_HOUR:
        return found[0]._replace(doubt=Why.UNCLEAR), found[1]
    return found


def _one_or_other(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read "12 hoặc 13/11" as one of two days, with the doubt which one."""
    either = _OR.at(words, at + 1)
    other = separated(words, either[1], now) if either else None
    if other is None or not 1 <= words[at].value <= 31:
        return None
    day = real_date(other[0].date.year, other[0].date.month, words[at].value)
    if day is None or day == other[0].date:
        return None
    return other[0]._replace(date=day, doubt=Why.SEVERAL, others=(other[0].date,)), other[1]


def _joined(words: tuple[Word, ...], start: int, count: int) -> bool:
    return all(words[n].end == words[n + 1].start for n in range(start, start + count - 1))


def _iso(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    year, month, day = words[at].value, words[at + 2].value, words[at + 4].value
    signs = words[at + 1].exact, words[at + 3].exact
    if not 2000 <= year <= 2100 or signs not in (("-", "-"), ("/", "/")) or min(month, day) < 0:
        return None
    real = real_date(year, month, day)
    return _dated(day, month, year, now, at + 5) if real else None


def separated(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read "25/12", "25-12-2026", "10-11/11" (the later day), "15-16 tháng 12"."""
    sign = words[at + 1].exact
    day, month = words[at].value, words[at + 2].value
    if sign in ("-", "–"):
        later = _later_of_two(words, at, now)
        if later:
            return later
    if sign not in _SEPARATORS or month < 0 or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if not _joined(words, at, 3):
        return None
    year = words[at + 4].value
    if words[at + 3].exact == sign and year >= 0 and _joined(words, at + 2, 3):
        if not _is_year(words[at + 4]):
            return None
        return _dated(day, month, year, now, at + 5)
    return _with_year(words, day, month, at + 3, now)


def _later_of_two(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read "10-11/11", "15-16 tháng 12" as the later day."""
    if words[at + 3].exact in ("/", ".") and _joined(words, at + 2, 3):
        found = separated(words, at + 2, now)
        if found is None or not 0 < words[at].value < found[0].date.day:
            return None
        first = found[0].date.replace(day=words[at].value)
        return found[0]._replace(first=first), found[1]
    if _MONTH.at(words, at + 3):
        return _in_words(words, (words[at + 2].value, at + 3), now, said=False)
    return None


def _unreal(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read "ngày 35/12", "ngày 15/13": meant as a date that does not exist."""
    day, month = words[at].value, words[at + 2].value
    written = words[at + 1].exact == "/" and _joined(words, at, 3)
    if not written or not (1 <= day <= 99 and 1 <= month <= 99):
        return None
    return Day(now.today, Form.DATE, doubt=Why.IMPOSSIBLE), at + 3


def _is_year(word: Word) -> bool:
    length = word.end - word.start
    return length == 2 or (length == 4 and 1900 <= word.value <= 2100)


def _with_year(
    words: tuple[Word, ...], day: int, month: int, at: int, now: Present
) -> Found | None:
    other = _NEXT_YEAR.at(words, at)
    if other:
        return _dated(day, month, now.today.year + other[0], now, other[1])
    said = _YEAR.at(words, at)
    if said and _is_year(words[said[1]]) and words[said[1]].value >= 0:
        return _dated(day, month, words[said[1]].value, now, said[1] + 1)
    aloud = read_year_words(words, said[1]) if said else None
    if aloud:
        return _dated(day, month, aloud[0], now, aloud[1])
    return _dated(day, month, None, now, at)


def _in_words(
    words: tuple[Word, ...], number: tuple[int, int], now: Present, said: bool
) -> Found | None:
    day, after = number
    if not 1 <= day <= 31:
        return None
    solar = SOLAR.at(words, after)
    if solar:
        said, after = True, solar[1]
    found = _of_a_month(words, day, after, now, said)
    solar = SOLAR.at(words, found[1]) if found else None
    return (found[0], solar[1]) if found and solar else found


def _of_a_month(
    words: tuple[Word, ...], day: int, after: int, now: Present, said: bool
) -> Found | None:
    comma = after + 1 if words[after].exact == "," else after
    other = _NEXT_MONTH.at(words, after)
    if other and said:
        return day_of_month(day, now, other[1], other[0])
    month_word = _MONTH.at(words, comma)
    month = read_number(words, month_word[1]) if month_word else None
    if month and 1 <= month[0] <= 12:
        slash = words[month[1]].exact in ("/", ".", "-") and _is_year(words[month[1] + 1])
        if slash and words[month[1] + 1].value >= 0:
            return _dated(day, month[0], words[month[1] + 1].value, now, month[1] + 2)
        return _with_year(words, day, month[0], month[1], now)
    if not said or month_word:
        return None
    this = words[after].exact in _THIS
    listed = _last_of_list(words, after, now)
    if listed and day < listed[0].date.day:
        return listed[0]._replace(first=listed[0].date.replace(day=day)), listed[1]
    return listed or day_of_month(day, now, after + this, None)


def _last_of_list(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read "15, 16 và 17/12" after "ngày" as the last of these days."""
    place = at
    while words[place].exact in _LIST_SIGNS and words[place + 1].value > 0:
        found = separated(words, place + 1, now)
        if found:
            return found
        if _MONTH.at(words, place + 2):
            return _in_words(words, (words[place + 1].value, place + 2), now, said=False)
        place += 2
    return None


def day_of_month(day: int, now: Present, after: int, months: int | None) -> Found | None:
    """Return the next such day, or that day in the month `months` after this one; `after` is passed through."""
    if months == -1:
        last = month_end(now.today.year, now.today.month - 1)
        past = real_date(last.year, last.month, day)
        return (Day(past, Form.DATE), after) if past else None
    skip = 0 if months is None else months
    for count, (year, month) in enumerate(coming_months(now.today)):
        real = real_date(year, month, day)
        if count < skip:
            continue
        if months is not None and real is None:
            return None
        if real and (real >= now.today or months == 0):
            return Day(real, Form.MONTH_DAY, first_of_month=day == 1), after
    return None


def _dated(day: int, month: int, year: int | None, now: Present, after: int) -> Found:
    if year is not None:
        real = real_date(year + 2000 if year < 100 else year, month, day)
        if real is None:
            return Day(now.today, Form.DATE, doubt=Why.IMPOSSIBLE), after
        if real > months_on(now.today, _FARTHEST_MONTHS):
            near = _next_date(day, month, now).date
            slip = Day(real, Form.DATE, Why.FAR, (near,), first_of_month=day == 1, has_year=True)
            return slip, after
        doubt = Why.PAST if real < now.today else None
        return Day(
            real, Form.DATE, doubt, likely=True, first_of_month=day == 1, has_year=True
        ), after
    return _next_date(day, month, now), after


def _next_date(day: int, month: int, now: Present) -> Day:
    for year in range(now.today.year, now.today.year + 9):
        real = real_date(year, month, day)
        if real and real >= now.today:
            far = (real - now.today).days > now.settings.far_days
            past = real_date(year - 1, month, day) if far else None
            recent = past is not None and (now.today - past).days <= now.settings.far_days // 2
            return Day(
                real,
                Form.DATE,
                Why.FAR if far else None,
                likely=far and not recent,
                first_of_month=day == 1,
            )
    return Day(now.today, Form.DATE, doubt=Why.IMPOSSIBLE)
