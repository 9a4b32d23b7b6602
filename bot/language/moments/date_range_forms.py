"""How people name a range of days. The first pattern that fits counts."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from bot.folding import fold
from bot.language.moments.context import month_end, real_date
from bot.language.moments.date_range import ONE_DAY, Stretch, day, month, quarter, week, whole, year
from bot.language.moments.office_term import find_term
from bot.language.text.words import vocabulary

Match = re.Match[str]
Read = Callable[[Match, date, bool], Stretch | None]
"""Takes a match, today, and whether the question asks about the past."""
_AGO = "truoc|roi|vua roi|vua qua|qua|ngoai"
_SHIFT = rf"(?!qua\s+han)(nay|{_AGO}|sau|toi(?!\s+(?:dau|nay|gio)\b)|ke tiep|ke)(?!\w)"
""""tới" in "tới đâu" does not mean the next period, nor "quá" in "quá hạn" the last one."""
_DATE = (
    r"(?:ngay\s+)?(\d{1,2})\s*(?:/|-|\.|\s+thang\s+)\s*(\d{1,2})"
    r"(?:\s*(?:/|-|\.|\s+nam\s+)\s*(20\d\d))?(?!\d)"
)
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4}
_SAID = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")
NUMBERS = {word: number for number, word in enumerate(_SAID, 1)} | {"vai": 3, "may": 3}
COUNT = rf"(\d{{1,3}}|{'|'.join(NUMBERS)})"
_MARKED = (
    (re.compile(r"(?<=tháng )sáu\b", re.IGNORECASE), "  6"),
    (re.compile(r"(?<=tháng )tư\b", re.IGNORECASE), " 4"),
)
"""June and April typed with diacritics. Folded, they would be "tháng sau" (next month) and "tháng từ"."""
_SELF = re.compile(r"\btôi\b", re.IGNORECASE)
"""The "tôi" of "trong tuần tôi phải nộp gì", which folded would give "tuần tới" (next week)."""
_UNIT = "(nam|quy|thang|tuan)"
_OTHER_WORDS = vocabulary("tuấn thắng thăng tự quá")
"""Words that fold to words of time but are none: names, "thứ tự", "quá hạn".

Their diacritics tell them from tuần, tháng, thứ tư, tuần qua.
"""


def number(said: str) -> int:
    """Return a count written in digits or as one word."""
    return int(said) if said.isdecimal() else NUMBERS[said]


def find_stretch(
    text: str, today: date, past: bool = False, *, term_from: date | None = None
) -> tuple[Stretch, tuple[int, int]] | None:
    """Return the range of days that an NFC text names, and its span in the text; None if it names none.

    With `past` the question asks about the past, so a bare month or weekday is the latest one. `term_from`
    is the first day of the term of office; None if it is not known.
    """
    written = _SELF.sub("___", text)
    for month_said, figure in _MARKED:
        written = month_said.sub(figure, written)
    folded = fold(written)
    if term_from and (term := find_term(folded, today, term_from)):
        return term
    for form, read in _FORMS:
        for found in form.finditer(folded):
            if not _is_spelled_so(text[slice(*found.span())]):
                continue
            stretch = read(found, today, past)
            if stretch is not None:
                return stretch, found.span()
    return None


def _is_spelled_so(said: str) -> bool:
    """Tell by its diacritics whether a match is a word of time.

    "tuần qua" is one, the name in "Tuấn qua" is not; "mai" is one, the "mại" of "thương mại" is not.
    """
    said_words = said.lower().split()
    if len(said_words) == 1 and said.isalpha():
        return said_words[0] == fold(said)
    return _OTHER_WORDS.isdisjoint(said_words)


def _steps(said: str) -> int:
    """Return -1 for the previous period, 0 for this one, 1 for the next."""
    said = " ".join(said.split())
    if said == "nay":
        return 0
    return -1 if said in _AGO.split("|") else 1


def _month_year(said: int, today: date, past: bool = False) -> int:
    """Return the year of a month named without one: the near year; with `past`, one that is not ahead."""
    if said > today.month and (past or said - today.month > 6):
        return today.year - 1
    return today.year + (not past and today.month - said >= 9)


def _date(parts: Sequence[str], today: date) -> date | None:
    """Return the date for a day, a month and perhaps a year; None if the calendar has no such day."""
    said, in_month, in_year = parts
    month_no = int(in_month)
    return real_date(int(in_year or _month_year(month_no, today)), month_no, int(said))


def _range(found: Match, today: date, past: bool) -> Stretch | None:
    """Read two days. If both have a year, they may stand in either order."""
    first, last = _date(found.group(1, 2, 3), today), _date(found.group(4, 5, 6), today)
    if not (first and last):
        return None
    if found[3] and found[6]:
        return Stretch(min(first, last), max(first, last))
    return Stretch(first, last) if first <= last else None


def _months(found: Match, today: date, past: bool) -> Stretch | None:
    first, last, in_year = int(found[1]), int(found[2]), int(found[3] or today.year)
    if not 1 <= first <= last <= 12:
        return None
    return Stretch(date(in_year, first, 1), month_end(in_year, last))


def _until(found: Match, today: date, past: bool) -> Stretch | None:
    """Read "trước ngày 30/11" as all days up to that day, or from today on if it says "từ nay"."""
    last = _date(found.group(2, 3, 4), today)
    return Stretch(today if "nay" in found[1] else None, last) if last else None


def _since(found: Match, today: date, past: bool) -> Stretch | None:
    first = _date(found.group(1, 2, 3), today)
    return Stretch(first, today if first <= today else None) if first else None


def _so_far(found: Match, today: date, past: bool) -> Stretch:
    return Stretch(whole(found[1], today).first, today)


def _to_end(found: Match, today: date, past: bool) -> Stretch:
    return Stretch(today, whole(found[1], today).last)


def _counted(found: Match, today: date, past: bool) -> Stretch:
    """Read "3 ngày tới", "2 tuần qua", with today included.

    If no word says which direction, `past` decides.
    """
    days = number(found[1]) * {"ngay": 1, "tuan": 7, "thang": 30}[found[2]]
    back = past if not found[3] else "qua" in found[3] or "gan" in found[3]
    if back:
        return Stretch(today - (days - 1) * ONE_DAY, today)
    return Stretch(today, today + days * ONE_DAY)


def _part_of_year(found: Match, today: date, past: bool) -> Stretch:
    months, in_year = int(found[1]), int(found[3] or today.year)
    if found[2] == "dau":
        return Stretch(date(in_year, 1, 1), month_end(in_year, months))
    return Stretch(date(in_year, 13 - months, 1), date(in_year, 12, 31))


def _quarter(found: Match, today: date, past: bool) -> Stretch:
    said = int(found[1]) if found[1].isdecimal() else _QUARTERS[found[1]]
    return quarter(int(found[2] or today.year), said)


def _month(found: Match, today: date, past: bool) -> Stretch:
    said = 10 + number(found[2]) if found[2] else number(found[1])
    return month(int(found[3] or _month_year(said, today, past)), said)


def _shifted(found: Match, today: date, past: bool) -> Stretch:
    steps = _steps(found[2])
    if found[1] == "tuan":
        return week(today + 7 * steps * ONE_DAY)
    if found[1] == "thang":
        return month(today.year, today.month + steps)
    if found[1] == "quy":
        return quarter(today.year, (today.month + 2) // 3 + steps)
    return year(today.year + steps)


def _next(found: Match, today: date, past: bool) -> Stretch:
    """Read "sang tuần"."""
    return whole(found[1], (whole(found[1], today).last or today) + ONE_DAY)


def _weekday(found: Match, today: date, past: bool) -> Stretch:
    said = found[1]
    at = 6 if said is None else int(said) - 2 if said.isdecimal() else _WEEKDAYS[said]
    if found[2]:
        monday = week(today + 7 * _steps(found[2]) * ONE_DAY).first or today
        return day(monday + at * ONE_DAY)
    away = (at - today.weekday()) % 7
    return day(today + (away - 7 if past and away else away) * ONE_DAY)


def _one_day(found: Match, today: date, past: bool) -> Stretch | None:
    one = _date(found.group(1, 2, 3), today)
    return day(one) if one else None


def _day_of_month(found: Match, today: date, past: bool) -> Stretch | None:
    one = real_date(today.year, today.month, int(found[1]))
    return day(one) if one else None


def _if_tomorrow(read: Read) -> Read:
    """Wrap a reader so that "mai 26/11", "mai thứ Năm" is read only if that day is tomorrow."""

    def day_said(found: Match, today: date, past: bool) -> Stretch | None:
        said = read(found, today, False)
        return said if said == day(today + ONE_DAY) else None

    return day_said


def _near(days: int) -> Read:
    return lambda found, today, past: day(today + timedelta(days=days))


def _forms() -> Iterator[tuple[str, Read]]:
    end = r"(?:\s*(?:/|nam|-)\s*(20\d\d))?"
    yield rf"(?:tu )?{_DATE}\s*(?:-|–|den|toi)\s*(?:het\s+)?{_DATE}", _range
    yield rf"tu thang (\d+) (?:den|toi) (?:het )?thang (\d+){end}", _months
    yield rf"(tu nay den|tu nay toi|truoc|den|toi) (?:het )?{_DATE}", _until
    yield rf"(?:tu|sau|ke tu) {_DATE}(?: (?:den|toi) nay)?", _since
    yield rf"dau {_UNIT}(?: nay)? (?:den|toi) (?:nay|gio)", _so_far
    yield rf"tu dau {_UNIT}(?: nay)?", _so_far
    yield rf"(?:tu (?:nay|gio) )?(?:den|toi) (?:het|cuoi) {_UNIT}(?: nay)?", _to_end
    ways = "vua qua|qua|gan day|gan nhat|toi|sap toi|nua|tiep theo"
    yield rf"{COUNT} (ngay|tuan|thang) (?:lam viec )?({ways})(?!\w)", _counted
    yield rf"trong (?:vong )?{COUNT} (ngay|tuan)()(?!\w)", _counted
    yield r"(\d) thang (dau|cuoi) nam(?: (?:nay|(20\d\d)))?", _part_of_year
    yield rf"quy ([1-4]|iv|i{{1,3}}|mot|hai|ba|bon|tu)(?!\w)(?: nay)?{end}", _quarter
    days = "(?:thu ?|t)([2-7]|hai|ba|tu|nam|sau|bay)|chu nhat|cn"
    yield rf"(?:ngay )?mai,? \(?{_DATE}\)?", _if_tomorrow(_one_day)
    yield rf"(?:ngay )?mai,? (?:{days})(?!\w)()", _if_tomorrow(_weekday)
    yield _DATE, _one_day
    yield rf"(?:{days})(?!\w)(?: tuan {_SHIFT})?", _weekday
    yield rf"{_UNIT} {_SHIFT}", _shifted
    yield rf"sang {_UNIT}(?= toi| sau|(?! nay)\W)(?: toi| sau)?", _next
    said = "muoi (mot|hai)|muoi|hai|ba|bon|nam|sau|bay|tam|chin"
    yield rf"(?:thang |t)(1[0-2]|0?[1-9]|{said})(?!\w){end}", _month
    yield rf"trong {_UNIT}(?!\w)", lambda found, today, past: whole(found[1], today)
    yield r"nam (20\d\d)", lambda found, today, past: year(int(found[1]))
    yield r"(?:ngay )?(?:hom|bua) qua", _near(-1)
    yield r"(?:hom|bua) kia", _near(-2)
    yield (
        r"(?:(?:hom|bua|ngay) )?nay(?: ?,| va) (?:ngay )?mai",
        lambda found, today, past: Stretch(today, today + ONE_DAY),
    )
    yield r"(?:hom|bua|sang|chieu|ngay) nay|hnay|nay(?= (?:co|viec|phai|ai|den))", _near(0)
    yield r"ngay (?:kia|mot)(?!\w)", _near(2)
    flowers = r"(?<!thuong\s)(?<!khuyen\s)(?<!hoa\s)(?<!cay\s)(?<!chau\s)(?<!canh\s)"
    yield rf"{flowers}(?:ngay |sang |chieu |toi )?mai", _near(1)
    yield r"ngay (\d{1,2})(?!\w|\s*[/.-]\s*\d)", _day_of_month


_FORMS = [
    (re.compile(rf"(?<!\w){form.replace(' ', chr(92) + 's+')}(?!\w)"), read)
    for form, read in _forms()
]


def words_in(form: re.Pattern[str]) -> frozenset[str]:
    """Return the words of two letters or more in a pattern."""
    return frozenset(re.findall("[a-z]{2,}", form.pattern))


DAY_WORDS = frozenset[str]().union(*(words_in(form) for form, _ in _FORMS))
