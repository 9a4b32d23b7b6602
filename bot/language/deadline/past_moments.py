"""Moments in the past, or so far ahead that the last such day is meant (R12)."""

from datetime import timedelta

from bot.language.deadline.clause_position import clause_start
from bot.language.deadline.limit_marks import LIMITS, Candidate, Role
from bot.language.moments.context import Present
from bot.language.moments.days import Day, Form
from bot.language.readings import Why
from bot.language.text.words import Sentence

_LONG_AGO = timedelta(days=60)


def is_past(candidate: Candidate, now: Present) -> bool:
    """Tell whether the moment's day has passed, or comes again only in about a year."""
    day = candidate.moment.day
    return day is not None and (day.date < now.today or day.doubt is Why.FAR)


def is_over(sentence: Sentence, candidate: Candidate, now: Present) -> bool:
    """Tell whether a moment that is no clear limit has passed, so that it is what the work is about."""
    day = candidate.moment.day
    if day is None or candidate.role in (Role.BEFORE, Role.UNTIL):
        return False
    if day.form is Form.WEEKDAY and _is_last(sentence, candidate):
        return True
    limit = candidate.role in LIMITS
    if day.date < now.today:
        said_anew = day.form in (Form.WEEKDAY, Form.PERIOD)
        return day.form is Form.WHOLE or not (limit or said_anew)
    ordered = candidate.role is Role.HANDED and clause_start(sentence, candidate.start - 1)
    limit = limit or ordered
    return _has_just_passed(day) and not limit and day.form is Form.DATE


def _is_last(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether "hôm" makes a weekday the last one: "hôm thứ Hai", but not "thứ Hai"."""
    place, end = candidate.moment.start, candidate.moment.end
    if any(word.folded == "tuan" for word in sentence.words[place:end]):
        return False
    return place > 0 and sentence.words[place - 1].exact in ("hôm", "hom")


def _has_just_passed(day: Day) -> bool:
    impossible = day.doubt is Why.IMPOSSIBLE
    return day.doubt is not None and not (impossible or day.likely or day.others)


def is_long_over(one: Candidate, now: Present) -> bool:
    """Tell whether a limit passed long ago, or figures run up to a past day: "đã chi đến 30/11"."""
    day = one.moment.day
    if day is None or one.moment.clock or one.role not in LIMITS:
        return False
    if day.has_year and day.date < now.today:
        return one.role is Role.UP_TO or day.date < now.today - _LONG_AGO
    recent = day.doubt is Why.FAR and not day.likely
    return recent and one.role in (Role.UP_TO, Role.WITHIN)
