"""Which of the moments in a sentence is its deadline, and why (R1-R4, R8, R10-R12, R14)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.language.choosing import choose, contradict, corrected
from bot.language.days import Day, Form
from bot.language.due import day_due, deadline_at, has_passed, moved
from bot.language.marks import LIMITS, Candidate, Role, candidates
from bot.language.moments import Moment
from bot.language.present import Present, present
from bot.language.readings import DEFAULTS, DeadlineReading, ReadingSettings, Span, Unsure, Why
from bot.language.recurrence import (
    DAILY,
    WORKDAILY,
    Often,
    find_often,
    first_time,
    rule_of,
    rule_of_several,
)
from bot.language.surroundings import (
    clause_end,
    clause_start,
    is_event,
    is_ordinal,
    is_over,
)
from bot.language.vague import Vague, find_vague
from bot.language.words import Sentence, any_of, words_of
from bot.rules.workdays import Workdays

_SIGNING = any_of("ký|ban hành|có hiệu lực|phát hành|công bố")
_HOLIDAY = any_of("lễ|kỷ niệm|niệm|tết|ngày lễ")
_REPORT = any_of("cáo|bc")
_AT = any_of("vào")
_EVERYTHING_IS_SAID = "days minutes"


@dataclass(frozen=True, slots=True)
class DeadlineFound:
    """The deadline of a sentence, its recurrence, what to ask, and the words all this stands in."""

    deadline: DeadlineReading | None = None
    recurrence: str | None = None
    unsure: Unsure | None = None
    spans: tuple[Span, ...] = ()
    limited: bool = False
    """A word such as "trước" makes it a limit."""


def read_deadline(
    text: str,
    reference: datetime,
    workdays: Workdays,
    settings: ReadingSettings = DEFAULTS,
) -> DeadlineFound:
    """Read a text that is nothing but a deadline, such as an answer: "thứ 6", "17h mai"."""
    sentence = words_of(text)
    return find_deadline(sentence, present(reference, workdays, settings), alone=True)


def find_deadline(
    sentence: Sentence, now: Present, taken: frozenset[int] = frozenset(), alone: bool = False
) -> DeadlineFound:
    """Find the deadline among words not `taken` (places of names and citations).

    `alone` when the text is known to be a deadline, so that no word need make it one.
    """
    found = list(candidates(sentence, now, taken, _EVERYTHING_IS_SAID if alone else ""))
    often = find_often(sentence)
    chosen = choose(sentence, corrected(sentence, found), often, now, alone)
    vague = find_vague(sentence)
    if not chosen or (vague and _overrides(vague, chosen[-1])):
        return _without(sentence, found, often, vague, now)
    several = _on_several_days(sentence, found, often, now)
    if several:
        return several
    if contradict(chosen, now):
        return _several(sentence, chosen, now)
    return _settle(sentence, chosen, often, now)


def _on_several_days(
    sentence: Sentence, found: list[Candidate], often: Often | None, now: Present
) -> DeadlineFound | None:
    """Read "thứ Hai và thứ Năm hằng tuần": the first of them to come, with a rule for all."""
    if often is None:
        return None
    days = [one for one in found if one.moment.day]
    rule = rule_of_several(often, [one.moment.day for one in days if one.moment.day])
    if rule is None:
        return None
    readings = [_reading(sentence, one, day_due(one.moment, False, now), now) for one in days]
    ahead = [one for one in readings if not has_passed(one, now)]
    spans = (sentence.span(days[0].start, days[-1].end), sentence.span(often.start, often.end))
    return DeadlineFound(min(ahead, key=lambda one: one.due_at), rule, None, spans)


def _several(sentence: Sentence, chosen: list[Candidate], now: Present) -> DeadlineFound:
    """Ask which of the dates is meant; the last to come stands first."""
    readings = [
        _reading(sentence, one, day_due(one.moment, _before(one), now), now) for one in chosen
    ]
    ahead = [one for one in readings if not has_passed(one, now)]
    choices = tuple(sorted(ahead or readings, key=lambda one: one.due_at, reverse=True))
    spans = tuple(sentence.span(one.start, one.end) for one in chosen)
    return DeadlineFound(None, None, Unsure("deadline", Why.SEVERAL, choices, spans[-1]), spans)


def _before(candidate: Candidate) -> bool:
    return candidate.role is Role.BEFORE


def _reading(sentence: Sentence, candidate: Candidate, on: date, now: Present) -> DeadlineReading:
    span = sentence.span(candidate.start, candidate.end)
    return deadline_at(sentence, span, candidate.moment, on, _before(candidate), now)


def _settle(
    sentence: Sentence, chosen: list[Candidate], often: Often | None, now: Present
) -> DeadlineFound:
    one = chosen[-1]
    moment = one.moment
    span = sentence.span(one.start, one.end)
    day = moment.day
    spans = (span, sentence.span(often.start, often.end)) if often else (span,)
    rule = rule_of(often, day) if often else day.rule if day and _repeats(day) else None
    if (moment.clock and not moment.clock.possible) or (day and day.doubt is Why.IMPOSSIBLE):
        return DeadlineFound(None, rule, Unsure("deadline", Why.IMPOSSIBLE, (), span), spans)
    if rule and day:
        day = replace(
            day, date=first_time(day, now), doubt=None if day.doubt is Why.FAR else day.doubt
        )
        moment = replace(moment, day=day)
        one = replace(one, moment=moment)
    deadline, unsure = _sure_or_not(sentence, one, day, now)
    if rule in (DAILY, WORKDAILY) and deadline is None:
        deadline, unsure = _reading(sentence, one, now.workdays.add(now.today, 1), now), None
    return DeadlineFound(deadline, rule, unsure, spans, one.role in LIMITS)


def _repeats(day: Day) -> bool:
    """Tell whether the words of the day alone make it come back ("tháng cuối quý")."""
    return bool(day.rule) and "BYMONTH=" in str(day.rule) and day.form is Form.DATE


def _sure_or_not(
    sentence: Sentence, one: Candidate, day: Day | None, now: Present
) -> tuple[DeadlineReading | None, Unsure | None]:
    reading = _reading(sentence, one, day_due(one.moment, _before(one), now), now)
    before_tomorrow = (
        _before(one)
        and day is not None
        and day.form is Form.RELATIVE
        and one.moment.clock is None
        and one.moment.part is None
        and day.date == now.today + timedelta(days=1)
    )
    if before_tomorrow:
        today = _reading(sentence, one, now.today, now)
        choices = tuple(each for each in (today, reading) if not has_passed(each, now))
        return None, Unsure("deadline", Why.BEFORE_TOMORROW, choices, reading.span)
    others = tuple(_reading(sentence, one, each, now) for each in day.others) if day else ()
    if has_passed(reading, now):
        return _passed(sentence, one, day, reading, others, now)
    if day is None or day.doubt is None:
        return reading, None
    unsure = Unsure("deadline", day.doubt, (reading, *others), reading.span)
    return (reading if day.likely else None), unsure


def _passed(
    sentence: Sentence,
    one: Candidate,
    day: Day | None,
    reading: DeadlineReading,
    others: tuple[DeadlineReading, ...],
    now: Present,
) -> tuple[DeadlineReading | None, Unsure]:
    """Say so when the moment has gone: a full date stands, anything else is asked anew."""
    if day and day.has_year:
        return reading, Unsure("deadline", Why.PAST, (reading,), reading.span)
    later = others or tuple(_reading(sentence, one, each, now) for each in moved(day, now))
    ahead = tuple(each for each in later if not has_passed(each, now))
    return None, Unsure("deadline", Why.PAST, ahead, reading.span)


def _overrides(vague: Vague, one: Candidate) -> bool:
    """Tell whether the moment is only part of a vague phrase: "mai mốt", "sau lễ 30/4"."""
    return vague.end > vague.start + 1 and vague.start <= one.end and one.start <= vague.end


def _without(
    sentence: Sentence,
    found: list[Candidate],
    often: Often | None,
    vague: Vague | None,
    now: Present,
) -> DeadlineFound:
    """Say what can be said when no moment is the deadline: how often, an event, or soon."""
    spans = (sentence.span(often.start, often.end),) if often else ()
    if often and often.frequency:
        return _often_without_day(sentence, often, spans, now)
    after = next((one for one in found if _is_after(sentence, one)), None)
    if after:
        reading = _reading(sentence, after, day_due(after.moment, False, now), now)
        return DeadlineFound(None, None, Unsure("deadline", Why.AFTER, (reading,), reading.span))
    event = (
        None
        if vague and vague.why is Why.EVENT
        else next((one for one in found if _may_be(sentence, one, now)), None)
    )
    if event:
        return DeadlineFound(None, None, _ask_event(sentence, event, now))
    if vague:
        span = sentence.span(vague.start, vague.end)
        return DeadlineFound(
            None, None, Unsure("deadline", vague.why, offers(sentence, span, now), span)
        )
    return DeadlineFound()


def _often_without_day(
    sentence: Sentence, often: Often, spans: tuple[Span, ...], now: Present
) -> DeadlineFound:
    rule = rule_of(often, None)
    if rule:
        today = deadline_at(sentence, spans[0], Moment(0, 0), now.today, False, now)
        later = deadline_at(
            sentence, spans[0], Moment(0, 0), now.workdays.add(now.today, 1), False, now
        )
        return DeadlineFound(later if has_passed(today, now) else today, rule, None, spans)
    choices = offers(sentence, spans[0], now)
    return DeadlineFound(
        None, often.frequency, Unsure("deadline", Why.NO_DAY, choices, spans[0]), spans
    )


def _is_after(sentence: Sentence, one: Candidate) -> bool:
    """Tell "sau 3 ngày", which may be a deadline, from "sau 30 ngày kể từ ngày ký"."""
    day = one.moment.day
    if one.role is not Role.START or day is None or day.form is not Form.COUNTED:
        return False
    places = range(one.start, min(one.end + 3, sentence.length))
    return not any(_SIGNING.at(sentence.words, place) for place in places)


def _may_be(sentence: Sentence, one: Candidate, now: Present) -> bool:
    """Tell whether an unused moment is worth asking about: ahead, and a day or an event's hour."""
    day = one.moment.day
    if (
        one.role not in (Role.PLAIN, Role.HANDED)
        or day is None
        or is_ordinal(sentence, one)
        or is_over(one, now)
    ):
        return False
    if day.form is Form.WHOLE:
        return _is_at(sentence, one) or (day.near and _ends_a_report(sentence, one))
    if day.date < now.today:
        return False
    event = is_event(sentence, one)
    if _HOLIDAY.at(sentence.words, max(0, one.start - 1)):
        return False
    if day.form in (Form.DATE, Form.MONTH_DAY) and not event:
        return clause_start(sentence, one.start) or clause_end(sentence, one.end)
    return event and day.form is not Form.PERIOD


def _is_at(sentence: Sentence, one: Candidate) -> bool:
    """Tell "nộp vào tháng 1"."""
    return _AT.at(sentence.words, max(0, one.moment.start - 1)) is not None


def _ends_a_report(sentence: Sentence, one: Candidate) -> bool:
    """Tell "báo cáo tuần sau", where the week is when, or what about."""
    about = one.start > 0 and _REPORT.at(sentence.words, one.start - 1) is not None
    return about and clause_end(sentence, one.end)


def _ask_event(sentence: Sentence, event: Candidate, now: Present) -> Unsure:
    """Offer the working day before the event, then the event itself."""
    day = day_due(event.moment, False, now)
    if event.moment.day and has_passed(_reading(sentence, event, day, now), now):
        day = next(iter(event.moment.day.others), day)
    eve = now.workdays.add(now.workdays.on_or_after(day), -1)
    span = sentence.span(event.start, event.end)
    choices = (
        deadline_at(sentence, span, Moment(0, 0), eve, False, now),
        _reading(sentence, event, day, now),
    )
    ahead = tuple(one for one in choices if not has_passed(one, now))
    why = Why.EVENT if is_event(sentence, event) else Why.UNMARKED
    return Unsure("deadline", why, ahead[::-1] if why is Why.UNMARKED else ahead, span)


def ask_when(sentence: Sentence, span: Span, now: Present) -> DeadlineFound:
    """Ask for the date of what is only called urgent."""
    choices = offers(sentence, span, now)
    return DeadlineFound(None, None, Unsure("deadline", Why.VAGUE, choices, span))


def offers(sentence: Sentence, span: Span, now: Present) -> tuple[DeadlineReading, ...]:
    """Offer today's close of business while it is ahead, the next working day, this week's end."""
    week_end = now.today + timedelta(days=(4 - now.today.weekday()) % 7)
    days = {now.today, now.workdays.add(now.today, 1), now.workdays.on_or_before(week_end)}
    readings = [deadline_at(sentence, span, Moment(0, 0), day, False, now) for day in sorted(days)]
    return tuple(one for one in readings if not has_passed(one, now))
