"""Corrections of a figure: "ngày nộp 10/12 vì đã gửi bản giấy", "tiến độ 80%", "chất lượng tốt"."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.folding import fold, nfc
from bot.language.orders.products import find_product
from bot.language.orders.progress import read_progress
from bot.language.text.words import words_of
from bot.rules.workdays import Workdays

_REASON = re.compile(r"\b(?:vì|do|bởi|tại|lý do|lí do|vi|ly do|li do)\b[:\s]+(?=\S)", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?(?!\d)")
_CLOCK = re.compile(r"(?<![\d/])(\d{1,2})\s?(?:h|g|giờ|:)\s?(\d{2})?(?!\d)")
_NEAR = {"hom nay": 0, "hom qua": 1, "hom kia": 2}
_GRADES = {"xuat sac": "excellent", "tot": "good", "dat": "passed"}
_CLOSE_OF_BUSINESS = time(17)


class Figure(StrEnum):
    """The figures that can be corrected; each is a column of a task."""

    SUBMITTED_AT = "submitted_at"
    PERCENT = "percent"
    QUALITY = "quality"
    PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class FigureReading:
    """The correct value of a figure: a moment in UTC, a share, a grade, or the name of a product."""

    figure: Figure
    value: datetime | int | str
    has_reason: bool


def read_figure(text: str, now: datetime, workdays: Workdays) -> FigureReading | None:
    """Read which figure is wrong and its correct value; None when no figure or value is named."""
    text = nfc(text)
    reason = _REASON.search(text)
    said = text[: reason.start()] if reason else text
    folded = fold(said)
    value: datetime | int | str | None = None
    figure = Figure.SUBMITTED_AT
    if "nop" in folded.split():
        value = _moment(said, folded, now, workdays)
    elif "chat luong" in folded:
        figure, value = Figure.QUALITY, _grade(folded)
    elif "san pham" in folded:
        product = find_product(words_of(folded_after(said, "sản phẩm")), frozenset())
        figure, value = Figure.PRODUCT, product.name if product else None
    else:
        figure, value = Figure.PERCENT, read_progress(said).percent
    return None if value is None else FigureReading(figure, value, reason is not None)


def folded_after(said: str, phrase: str) -> str:
    """Return the words after a phrase, which may be typed with or without its diacritics."""
    at = fold(said).find(fold(phrase))
    return said[at + len(phrase) :] if at >= 0 else said


def _grade(folded: str) -> str | None:
    return next((grade for words, grade in _GRADES.items() if words in folded), None)


def _moment(said: str, folded: str, now: datetime, workdays: Workdays) -> datetime | None:
    """Return the moment named; a day without an hour means its close of business, or now if that is still ahead."""
    today = workdays.local(now).date()
    day = next((today - timedelta(n) for words, n in _NEAR.items() if words in folded), None)
    named = _DAY.search(said)
    if named:
        day = _past_day(int(named[1]), int(named[2]), named[3], today)
    if day is None:
        return None
    clock = _CLOCK.search(_DAY.sub(" ", said))
    try:
        hour = time(int(clock[1]), int(clock[2] or 0)) if clock else _CLOSE_OF_BUSINESS
    except ValueError:
        return None
    moment = workdays.at(day, hour)
    return now if clock is None and day == today and moment > now else moment


def _past_day(day: int, month: int, year: str | None, today: date) -> date | None:
    """Return the date, or None if the calendar has no such day; without a year, the last one that is not ahead."""
    try:
        named = date(int(year) if year else today.year, month, day)
        return named.replace(year=today.year - 1) if not year and named > today else named
    except ValueError:
        return None
