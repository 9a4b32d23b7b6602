"""Counts whose first day comes at the end: "5 ngày để xong bản tổng hợp, tính từ ngày mai" (R6)."""

from dataclasses import replace
from datetime import datetime

from bot.language.deadline.limit_marks import Candidate, Role
from bot.language.moments.context import Present
from bot.language.moments.days import Day, Form
from bot.language.moments.durations import begun
from bot.language.moments.moments import read_moment
from bot.language.text.words import Sentence, vocabulary

_SINCE = vocabulary("ke tinh")
_APART = frozenset(".;!?\n")


def recounted(sentence: Sentence, found: list[Candidate], now: Present) -> list[Candidate]:
    """Return the moments, with each count that is followed by its first day counted from that day."""
    starts = {n for n in range(1, len(found)) if _is_first_day(sentence, *found[n - 1 : n + 1])}
    if not starts:
        return found
    counts = [
        _from(sentence, one, found[n + 1].moment.day, now) if n + 1 in starts else one
        for n, one in enumerate(found)
    ]
    return [one for n, one in enumerate(counts) if n not in starts]


def _is_first_day(sentence: Sentence, count: Candidate, start: Candidate) -> bool:
    """Tell whether `start` is the first day of `count`: "tính từ ngày mai" after "5 ngày để xong bản tổng hợp"."""
    day = count.moment.day
    if day is None or day.form is not Form.COUNTED or start.role is not Role.START:
        return False
    between = sentence.words[count.end : start.start]
    said = start.moment.day is not None and sentence.words[start.start].folded in _SINCE
    return said and not any(word.exact in _APART for word in between)


def _from(sentence: Sentence, count: Candidate, first: Day | None, now: Present) -> Candidate:
    if first is None:
        return count
    day = begun(first, now)
    moment = datetime.combine(day.date, now.now.time(), now.now.tzinfo)
    base = Present(moment, day.date, now.workdays, replace(now.settings, counted_from=None))
    counted = read_moment(sentence.words, count.moment.start, base, "days")
    return count._replace(moment=counted) if counted else count
