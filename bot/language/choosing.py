"""Choosing among the moments of a sentence: limits before what stands alone, the last word wins."""

from dataclasses import replace

from bot.language.days import Form
from bot.language.due import day_due
from bot.language.marks import LIMITS, Candidate, Role
from bot.language.present import Present
from bot.language.recurrence import DAILY, Often, rule_of
from bot.language.surroundings import (
    is_away,
    is_data,
    is_event,
    is_fact,
    is_number,
    is_of_data,
    is_ordinal,
    is_over,
    is_past,
    moves_event,
    stands_alone,
)
from bot.language.words import Sentence, any_of

_LEFT = any_of("còn|chỉ còn|mới được|đã được")
_OR = any_of("hoặc|hay|hay là|hoặc là")
_FOR = any_of("để")


def choose(
    sentence: Sentence, found: list[Candidate], often: Often | None, now: Present, alone: bool
) -> list[Candidate]:
    """Return the candidates that are the deadline: the limits, else what stands alone."""
    found = [one for one in found if not _LEFT.at(sentence.words, max(0, one.start - 1))]
    limits = [one for n, one in enumerate(found) if _is_limit(sentence, found, n, now, alone)]
    plain = [one for one in found if _is_plain_deadline(sentence, one, often, now, alone)]
    if not limits and len(plain) > 1 and _OR.at(sentence.words, plain[-2].end):
        return plain[-2:]
    if not limits:
        return (
            plain[-1:]
            if len(plain) < 2 or not _mergeable(plain[-2], plain[-1])
            else [_merged(plain[-2], plain[-1])]
        )
    either = _either(sentence, found, limits[-1])
    if either:
        return either
    ahead = [one for one in limits if not (one.role is Role.UP_TO and is_past(one, now))]
    limits = ahead or limits
    while len(limits) > 1 and _mergeable(limits[-2], limits[-1]):
        limits[-2:] = [_merged(limits[-2], limits[-1])]
    firm = [one for one in limits if one.role is not Role.UP_TO]
    limits = firm or limits
    for one in plain:
        if len(limits) == 1 and _mergeable(one, limits[0]):
            limits = [_merged(one, limits[0])]
    return limits


def _either(sentence: Sentence, found: list[Candidate], last: Candidate) -> list[Candidate]:
    """Return both of "trong hôm nay hoặc ngày mai"."""
    said = _OR.at(sentence.words, last.end)
    others = [one for one in found if said and one.start == said[1]]
    return [last, *others] if others else []


def _is_limit(
    sentence: Sentence, found: list[Candidate], place: int, now: Present, alone: bool
) -> bool:
    one = found[place]
    if one.role not in LIMITS:
        return False
    if alone:
        return True
    if moves_event(sentence, one) or _bounds_data(sentence, one, now):
        return False
    if one.role in (Role.UP_TO, Role.WITHIN):
        start = found[place - 1] if place and found[place - 1].role is Role.START else None
        whole = start and start.moment.day and start.moment.day.form is Form.WHOLE
        data = one.role is Role.UP_TO and is_data(sentence, start or one)
        if start and (is_event(sentence, start) or is_of_data(sentence, start)):
            return False
        past = start is not None and is_past(one, now)
        return not (whole or data or past or is_over(sentence, one, now))
    return True


def _bounds_data(sentence: Sentence, one: Candidate, now: Present) -> bool:
    day = one.moment.day
    if day is None:
        return False
    if one.role is Role.UP_TO:
        return is_away(sentence, one)
    whole = day.form is Form.WHOLE and (day.first is None or day.first <= now.today)
    if one.role is Role.BEFORE and _is_about_facts(sentence, one, now):
        return True
    if one.role is Role.BEFORE:
        return whole and (day.date < now.today or is_of_data(sentence, one))
    return one.role is Role.WITHIN and whole and is_of_data(sentence, one)


def _is_about_facts(sentence: Sentence, one: Candidate, now: Present) -> bool:
    """Tell "nghỉ hưu trước 31/12", "hợp đồng ký trước 15/6/2026" from "ký trước 15/12"."""
    if one.moment.clock or one.moment.part:
        return False
    return is_fact(sentence, one) or (is_past(one, now) and is_of_data(sentence, one))


def _is_plain_deadline(
    sentence: Sentence, one: Candidate, often: Often | None, now: Present, alone: bool
) -> bool:
    if one.role not in (Role.PLAIN, Role.DUE, Role.HANDED):
        return False
    near = often is not None and often.start <= one.end + 3
    repeats = rule_of(often, one.moment.day) if often and near else None
    if alone or (repeats and (one.moment.day or repeats == DAILY)):
        return True
    if is_over(sentence, one, now) or is_ordinal(sentence, one) or is_number(sentence, one):
        return False
    purpose = one.role is Role.DUE and _FOR.at(sentence.words, one.start) is not None
    is_of_event = (purpose or one.role is Role.PLAIN) and is_event(sentence, one)
    return stands_alone(sentence, one) and not is_of_event


def _mergeable(first: Candidate, second: Candidate) -> bool:
    """Tell whether one names only the day and the other only the hour."""
    one, other = first.moment, second.moment
    hours = (one.clock or one.part, other.clock or other.part)
    if (one.day and one.day.moment) or (other.day and other.day.moment):
        return False
    return bool(one.day) != bool(other.day) and bool(hours[0]) != bool(hours[1])


def _merged(first: Candidate, second: Candidate) -> Candidate:
    day = first if first.moment.day else second
    hour = second if day is first else first
    near = second.start - first.end <= 2
    moment = replace(
        hour.moment,
        day=day.moment.day,
        start=first.moment.start if near else second.moment.start,
        end=second.end,
    )
    limit = first if first.role in LIMITS else second
    return Candidate(limit.role, first.start if near else second.start, moment)


def contradict(chosen: list[Candidate], now: Present) -> bool:
    days = {(day_due(one.moment, False, now), one.moment.clock) for one in chosen}
    return len(days) > 1
