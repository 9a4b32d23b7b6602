"""Days of the lunar calendar: rằm, mùng, 23 tháng Chạp, 28 Tết."""

from datetime import date

from lunardate import LunarDate

from bot.language.moments.context import Present, coming_months, real_date
from bot.language.moments.days import EARLY, SOLAR, Day, Form, Found
from bot.language.readings import Why
from bot.language.text.numbers import read_number
from bot.language.text.words import Phrases, Word, any_of

_FULL_MOON = any_of("rằm|ngày rằm")
_DAY = any_of("ngày")
_OF_MONTH = any_of("tháng|của tháng|th|thang")
_NAMED_MONTH = Phrases({1: "giêng", 12: "chạp"})
_LUNAR = any_of("âm lịch|âl|âm|(âl)|(âm lịch)|( âl )|( âm lịch )")
_NEARBY_MONTH = any_of("tháng sau|tháng tới|tháng này")
_NEW_YEAR = any_of("tết|tết nguyên đán")
_JOINED = ("/", "-", ".")
_LUNAR_BITS = _NEW_YEAR.bit | _OF_MONTH.bit | _LUNAR.bit
LUNAR_FIRSTS = _FULL_MOON.firsts | EARLY.firsts | _DAY.firsts
_LAST_DAY_OF_YEAR = 30
_FIRST_PLAIN_DAY = 11
"""Smaller numbers in words fold to other words without diacritics: "sau Tet" is not "sáu Tết"."""


def read_lunar(words: tuple[Word, ...], at: int, now: Present) -> Found | None:
    """Read a lunar day; "mùng 5" is marked as doubtful when nothing says which calendar is meant."""
    full_moon = _FULL_MOON.at(words, at)
    if full_moon and words[full_moon[1]].value >= 0:
        return None
    if full_moon:
        month = _month(words, full_moon[1])
        return _found(15, month[0] if month else None, month[1] if month else full_moon[1], now)
    early = EARLY.at(words, at)
    said = early or _DAY.at(words, at)
    number = read_number(words, said[1] if said else at)
    if early and number and _is_solar(words, number[1]):
        return None
    if number is None or not 1 <= number[0] <= _LAST_DAY_OF_YEAR:
        return None
    if said is None and number[0] < _FIRST_PLAIN_DAY and words[at].value < 0:
        return None
    return _numbered(words, *number, now, early is not None)


def _is_solar(words: tuple[Word, ...], at: int) -> bool:
    """Tell whether the words name the solar calendar: "mùng 1 tây", "mồng 10 tháng 12 dương lịch"."""
    month = _month(words, at)
    return SOLAR.at(words, month[1] if month else at) is not None


def _numbered(
    words: tuple[Word, ...], day: int, after: int, now: Present, early: bool
) -> Found | None:
    follows = words[after]
    if not early and follows.exact not in _JOINED and not follows.starts & _LUNAR_BITS:
        return None
    new_year = _NEW_YEAR.at(words, after)
    if new_year:
        return _found(day, 1 if early or day <= 10 else 12, new_year[1], now)
    month = _month(words, after)
    said_lunar = _LUNAR.at(words, month[1] if month else after)
    named = month is not None and month[2]
    if month and (named or said_lunar):
        return _found(day, month[0], said_lunar[1] if said_lunar else month[1], now)
    if early:
        nearby = _NEARBY_MONTH.at(words, after)
        end = month[1] if month else nearby[1] if nearby else after
        return _either(day, month, end, now)
    return None


def _month(words: tuple[Word, ...], at: int) -> tuple[int, int, bool] | None:
    """Return the month, the place after it, and whether it has a lunar name ("giêng", "chạp")."""
    if words[at].exact in _JOINED and 1 <= words[at + 1].value <= 12:
        return words[at + 1].value, at + 2, False
    said = _OF_MONTH.at(words, at)
    named = _NAMED_MONTH.at(words, said[1]) if said else None
    if named:
        return *named, True
    number = read_number(words, said[1]) if said else None
    return (*number, False) if number and 1 <= number[0] <= 12 else None


def _found(day: int, month: int | None, after: int, now: Present) -> Found | None:
    solar = _next(day, month, now)
    if solar is None:
        return None
    far = (solar - now.today).days > now.settings.far_days
    return Day(solar, Form.DATE, Why.FAR if far else None, likely=far), after


def _either(
    day: int, month: tuple[int, int, bool] | None, after: int, now: Present
) -> Found | None:
    lunar = _next(day, month[0] if month else None, now)
    solar = _next_solar(day, month[0] if month else None, now)
    days = [one for one in (lunar, solar) if one]
    if not days:
        return None
    return Day(days[0], Form.DATE, Why.LUNAR, others=tuple(days[1:])), after


def _next(day: int, month: int | None, now: Present) -> date | None:
    """Return the next solar date of a lunar day; the 30th of a short month is its 29th."""
    months = range(1, 13) if month is None else (month,)
    days = (
        solar
        for year in (now.today.year - 1, now.today.year, now.today.year + 1)
        for one in months
        if (solar := _solar(year, one, day)) and solar >= now.today
    )
    return min(days, default=None)


def _solar(year: int, month: int, day: int) -> date | None:
    for existing in (day, day - 1):
        try:
            solar: date = LunarDate(year, month, existing, 0).to_solar_date()
        except ValueError:
            continue
        return solar
    return None


def _next_solar(day: int, month: int | None, now: Present) -> date | None:
    for year, each in coming_months(now.today):
        solar = real_date(year, each, day)
        if solar and solar >= now.today and month in (None, each):
            return solar
    return None
