"""Find which moment of a sentence is its deadline, and why (R1-R4, R8, R10-R12, R14)."""

from datetime import datetime, timedelta

from bot.language.deadline.ambiguous import live_readings, rivals
from bot.language.deadline.choose import choose, contradict
from bot.language.deadline.clause_position import BREAKS
from bot.language.deadline.content_dates import is_content, is_range
from bot.language.deadline.corrections import corrected, spans_taken_back
from bot.language.deadline.event_dates import is_event
from bot.language.deadline.limit_marks import LIMITS, Candidate, Role, candidates
from bot.language.deadline.limit_moments import named_limits
from bot.language.deadline.offered_dates import without_a_moment
from bot.language.deadline.rival_moments import others_as_live
from bot.language.deadline.vague import Vague, find_vague
from bot.language.moments.back_references import pointed_at
from bot.language.moments.context import Present, present
from bot.language.moments.days import Day, Form
from bot.language.moments.due import (
    DeadlineFound,
    day_due,
    deadline_at,
    has_passed,
    is_before,
    moved,
    reading_of,
)
from bot.language.moments.durations_from import recounted
from bot.language.moments.ending import find_end, until
from bot.language.moments.moments import Moment
from bot.language.moments.offsets import find_offset, on_that_day
from bot.language.moments.recurrence import (
    DAILY,
    WORKDAILY,
    Often,
    find_listed,
    find_often,
    first_time,
    rule_of,
)
from bot.language.readings import DEFAULTS, DeadlineReading, ReadingSettings, Unsure, Why
from bot.language.text.words import Sentence, any_of, words_of
from bot.rules.workdays import Workdays

_ALMOST_A_YEAR = timedelta(days=334)
"""A date without a year that is farther ahead than this passed about a month ago at most."""
_OR_SO = any_of("gì đó|gì đấy|chi đó|hay sao đó|gì gì đó|hay gì đó")
_OR = any_of("hay|hoặc|hay là|hoặc là")
_LOOSE_BITS = _OR_SO.bit | _OR.bit
_DONE = "da"
_EVERYTHING_IS_SAID = "days minutes"


def read_deadline(
    text: str,
    reference: datetime,
    workdays: Workdays,
    settings: ReadingSettings = DEFAULTS,
) -> DeadlineFound:
    """Read a text that contains only a deadline, such as an answer: "thứ 6", "17h mai"."""
    sentence = words_of(text)
    return find_deadline(sentence, present(reference, workdays, settings), alone=True)


def find_deadline(
    sentence: Sentence, now: Present, taken: frozenset[int] = frozenset(), alone: bool = False
) -> DeadlineFound:
    """Find the deadline among words not `taken` (places of names and citations).

    `alone`: the text is known to be a deadline, so no word has to mark it as one.
    """
    found = list(candidates(sentence, now, taken, _EVERYTHING_IS_SAID if alone else ""))
    found = recounted(sentence, found, now)
    often = find_often(sentence)
    end = find_end(sentence, found, often)
    if end:
        found.remove(end)
    if not alone:
        found = _without_content(sentence, found, now)
    deadline = _among(sentence, found, often, now, alone)
    return _ended(sentence, deadline, end, now) if end else deadline


def _without_content(sentence: Sentence, found: list[Candidate], now: Present) -> list[Candidate]:
    """Drop the dates that the work is about. If the end of a range is dropped, its start is dropped too."""
    content = {n for n in range(len(found)) if is_content(sentence, found, n, now)}
    if not content:
        return found
    starts = {
        n - 1
        for n in content
        if n and found[n - 1].role is Role.START and is_range(found[n - 1], found[n])
    }
    return [one for n, one in enumerate(found) if n not in content | starts]


def _ended(sentence: Sentence, found: DeadlineFound, end: Candidate, now: Present) -> DeadlineFound:
    """Add the end of recurring work to its rule, and the words of that end to the spans."""
    if found.recurrence is None:
        return found
    spans = (*found.spans, sentence.span(end.start, end.end))
    return found._replace(recurrence=until(found.recurrence, end, now), spans=spans)


def _among(
    sentence: Sentence, found: list[Candidate], often: Often | None, now: Present, alone: bool
) -> DeadlineFound:
    """Find the deadline among the moments that are no dates of the content."""
    several = _on_several_days(sentence, found, often, now)
    if several:
        return several
    named = named_limits(sentence, found)
    offset = pointed_at(sentence, named) or find_offset(sentence, named, now)
    if offset:
        return _settle(sentence, [offset], None, now)
    kept = corrected(sentence, found)
    chosen = choose(sentence, kept, often, now, alone) if kept else []
    if not chosen and len(kept) < len(found) and not any(is_event(sentence, o) for o in found):
        chosen = [one for one in kept if one.moment.day and one.role is Role.PLAIN][-1:]
    vague = find_vague(sentence)
    if not chosen or (vague and _overrides(sentence, vague, chosen[-1])):
        return without_a_moment(sentence, found, often, vague, now)
    chosen = on_that_day(sentence, found, chosen, now)
    if contradict(chosen, now):
        return _several(sentence, chosen, now)
    offered = () if alone or often else rivals(sentence, kept, chosen[-1], now)
    if not (alone or often or len(offered) > 1):
        offered = others_as_live(sentence, kept, chosen[-1], now)
    if len(offered) > 1:
        return _ask(sentence, chosen[-1], Why.SEVERAL, offered)
    settled = _settle(sentence, chosen, often, now)
    lost = spans_taken_back(sentence, found, kept) if len(kept) < len(found) else ()
    return settled._replace(spans=(*settled.spans, *lost)) if lost else settled


def _on_several_days(
    sentence: Sentence, found: list[Candidate], often: Often | None, now: Present
) -> DeadlineFound | None:
    """Read "thứ Hai và thứ Năm hằng tuần" as the first of these days to come, with one rule for all."""
    listed = find_listed(sentence, often) if often else None
    if often is None or listed is None:
        return None
    timed = [one.moment for one in found if one.moment.clock or one.moment.part]
    hours = timed[0] if timed else Moment(listed.start, listed.end)
    span = sentence.span(listed.start, listed.end)
    times = [
        deadline_at(sentence, span, hours._replace(day=Day(day, Form.MONTH_DAY)), day, False, now)
        for day in listed.coming(now)
    ]
    ahead = [one for one in times if not has_passed(one, now)]
    spans = tuple(
        sorted(
            {span, sentence.span(often.start, often.end)}
            | {sentence.span(one.start, one.end) for one in found if one.moment in timed[:1]}
        )
    )
    first = min(ahead, key=lambda one: one.due_at)
    return DeadlineFound(first, listed.rule, None, spans)


def _ask(
    sentence: Sentence, one: Candidate, why: Why, offered: tuple[DeadlineReading, ...]
) -> DeadlineFound:
    span = sentence.span(one.start, one.end)
    return DeadlineFound(None, None, Unsure("deadline", why, offered, span), (span,))


def _several(sentence: Sentence, chosen: list[Candidate], now: Present) -> DeadlineFound:
    """Ask which of the dates is meant; the latest date is offered first."""
    readings = [
        reading_of(sentence, one, day_due(one.moment, is_before(one), now), now) for one in chosen
    ]
    ahead = [one for one in readings if not has_passed(one, now)]
    choices = tuple(sorted(ahead or readings, key=lambda one: one.due_at, reverse=True))
    spans = tuple(sentence.span(one.start, one.end) for one in chosen)
    return DeadlineFound(None, None, Unsure("deadline", Why.SEVERAL, choices, spans[-1]), spans)


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
        day = day._replace(
            date=first_time(day, now), doubt=None if _comes_sooner(rule, day) else day.doubt
        )
        moment = moment._replace(day=day)
        one = one._replace(moment=moment)
    offered = live_readings(sentence, one, now)
    if offered:
        return DeadlineFound(None, rule, Unsure("deadline", Why.UNCLEAR, offered, span), spans)
    deadline, unsure = _sure_or_not(sentence, one, day, now)
    if rule in (DAILY, WORKDAILY) and deadline is None:
        deadline, unsure = reading_of(sentence, one, now.workdays.add(now.today, 1), now), None
    if deadline and unsure is None and _is_loose(sentence, one):
        return DeadlineFound(None, rule, Unsure("deadline", Why.UNCLEAR, (deadline,), span), spans)
    return DeadlineFound(deadline, rule, unsure, spans, one.role in LIMITS)


def _comes_sooner(rule: str, day: Day) -> bool:
    """Tell whether a far date needs no question, since the rule fixes the year."""
    return day.doubt is Why.FAR and "INTERVAL=6" not in rule


def _is_loose(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether words after the moment make it vague: "thứ Tư gì đó", "trong năm 2028 hay 2029"."""
    if not sentence.words[one.moment.end].starts & _LOOSE_BITS:
        return False
    said = _OR.at(sentence.words, one.end)
    return _OR_SO.at(sentence.words, one.end) is not None or (
        said is not None and sentence.words[said[1]].value >= 0
    )


def _repeats(day: Day) -> bool:
    """Tell whether the words of the day alone make it recur ("tháng cuối quý")."""
    return bool(day.rule) and "BYMONTH=" in str(day.rule) and day.form is Form.DATE


def _sure_or_not(
    sentence: Sentence, one: Candidate, day: Day | None, now: Present
) -> tuple[DeadlineReading | None, Unsure | None]:
    reading = reading_of(sentence, one, day_due(one.moment, is_before(one), now), now)
    before_tomorrow = (
        is_before(one)
        and day is not None
        and day.form is Form.RELATIVE
        and one.moment.clock is None
        and one.moment.part is None
        and day.date == now.today + timedelta(days=1)
    )
    if before_tomorrow:
        today = reading_of(sentence, one, now.today, now)
        choices = tuple(each for each in (today, reading) if not has_passed(each, now))
        return None, Unsure("deadline", Why.BEFORE_TOMORROW, choices, reading.span)
    others = tuple(reading_of(sentence, one, each, now) for each in day.others) if day else ()
    if has_passed(reading, now) and one.role is Role.PLAIN and _DONE in sentence.folds:
        return None, None
    if has_passed(reading, now):
        return _passed(sentence, one, day, reading, others, now)
    if day is None or day.doubt is None:
        return reading, None
    just_over = day.date - now.today > _ALMOST_A_YEAR and not day.has_year
    if day.doubt is Why.FAR and day.form is Form.DATE and just_over:
        return None, _just_over(sentence, one, reading, now)
    unsure = Unsure("deadline", day.doubt, (reading, *others), reading.span)
    return (reading if day.likely else None), unsure


def _just_over(
    sentence: Sentence, one: Candidate, next_year: DeadlineReading, now: Present
) -> Unsure:
    """Ask whether "hạn 5/12", said on 7/12, means today, the next working day or next year."""
    days = (now.today, now.workdays.add(now.today, 1))
    near = [reading_of(sentence, one, day, now) for day in days]
    choices = (*(each for each in near if not has_passed(each, now)), next_year)
    return Unsure("deadline", Why.PAST, choices, next_year.span)


def _passed(
    sentence: Sentence,
    one: Candidate,
    day: Day | None,
    reading: DeadlineReading,
    others: tuple[DeadlineReading, ...],
    now: Present,
) -> tuple[DeadlineReading | None, Unsure]:
    """Ask about a moment that has passed. A date with its year is kept; otherwise later days are offered."""
    if day and day.has_year:
        return reading, Unsure("deadline", Why.PAST, (reading,), reading.span)
    later = others or tuple(reading_of(sentence, one, each, now) for each in moved(day, now))
    ahead = tuple(each for each in later if not has_passed(each, now))
    return None, Unsure("deadline", Why.PAST, ahead, reading.span)


def _overrides(sentence: Sentence, vague: Vague, one: Candidate) -> bool:
    """Tell whether the moment is only part of a vague phrase: "mai mốt", "sau lễ 30/4"."""
    period = one.moment.day is not None and one.moment.day.form in (Form.PERIOD, Form.WHOLE)
    if period and vague.why is Why.EVENT and one.role is Role.PLAIN and vague.end < one.start:
        between = sentence.words[vague.end : one.start]
        return not any(word.exact in BREAKS for word in between)
    inside = one.start <= vague.start and vague.end < one.end
    beside = vague.why is Why.EVENT
    meet = vague.start < one.end + beside and one.start < vague.end + beside
    return vague.end > vague.start + 1 and meet and not inside
