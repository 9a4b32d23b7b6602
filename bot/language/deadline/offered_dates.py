"""What to answer when no moment is the deadline: how often, an event, or only soon (R10)."""

from datetime import timedelta

from bot.language.deadline.clause_position import clause_end, clause_start
from bot.language.deadline.data_periods import is_of_result
from bot.language.deadline.event_dates import is_event
from bot.language.deadline.limit_marks import Candidate, Role
from bot.language.deadline.past_moments import is_over
from bot.language.deadline.vague import Vague
from bot.language.moments.context import Present
from bot.language.moments.days import Form
from bot.language.moments.due import (
    DeadlineFound,
    day_due,
    deadline_at,
    has_passed,
    moved,
    reading_of,
)
from bot.language.moments.moments import Moment
from bot.language.moments.recurrence import Often, rule_of
from bot.language.readings import DeadlineReading, Span, Unsure, Why
from bot.language.text.numerals import is_number, is_ordinal
from bot.language.text.words import Sentence, any_of, vocabulary

_SIGNING = any_of("ký|ban hành|có hiệu lực|phát hành|công bố")
_HOLIDAY = any_of("lễ|kỷ niệm|niệm|tết|ngày lễ")
_REPORT = any_of("cáo|bc")
_AT = any_of("vào")
_HANDING = vocabulary("nộp gửi gởi trình xong phải là nop gui trinh phai la")
_DONE = vocabulary("da vua moi xong roi co")


def without_a_moment(
    sentence: Sentence,
    found: list[Candidate],
    often: Often | None,
    vague: Vague | None,
    now: Present,
) -> DeadlineFound:
    """Return what is known when no moment is the deadline: how often, or what to ask and which dates to offer."""
    spans = (sentence.span(often.start, often.end),) if often else ()
    if often and often.frequency:
        return _often_without_day(sentence, often, spans, now)
    after = next((one for one in found if _is_after(sentence, one)), None)
    if after:
        reading = reading_of(sentence, after, day_due(after.moment, False, now), now)
        return DeadlineFound(None, None, Unsure("deadline", Why.AFTER, (reading,), reading.span))
    event = (
        None
        if vague and vague.why is Why.EVENT
        else next((one for one in found if _may_be(sentence, one, now)), None)
    )
    if event:
        return DeadlineFound(None, None, _ask_event(sentence, event, now))
    gone = next((one for one in found if _has_just_gone(sentence, one)), None)
    if gone and not vague:
        span = sentence.span(gone.start, gone.end)
        choices = tuple(
            reading_of(sentence, gone, each, now) for each in moved(gone.moment.day, now)
        )
        return DeadlineFound(None, None, Unsure("deadline", Why.PAST, choices, span))
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


def _has_just_gone(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether a past date is still to be handled: "ngày 13/12 Uyên nộp", said on the 14th.

    False for what was done: "ngày 13/12 Uyên đã nộp".
    """
    day = one.moment.day
    gone = day is not None and day.form is Form.DATE and day.doubt is Why.FAR and not day.likely
    if not gone or one.role is not Role.PLAIN or is_event(sentence, one):
        return False
    follows = sentence.words[one.end]
    named = follows.capital or follows.exact in _HANDING
    return named and clause_start(sentence, one.start) and sentence.folds.isdisjoint(_DONE)


def _is_after(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether a count after "sau" may be a deadline: "sau 3 ngày", but not "sau 30 ngày kể từ ngày ký"."""
    day = one.moment.day
    if one.role is not Role.START or day is None or day.form is not Form.COUNTED:
        return False
    places = range(one.start, min(one.end + 3, sentence.length))
    return not any(_SIGNING.at(sentence.words, place) for place in places)


def _may_be(sentence: Sentence, one: Candidate, now: Present) -> bool:
    """Tell whether an unused moment is worth a question: it lies ahead and is a day or the hour of an event."""
    day = one.moment.day
    if (
        day is None
        or is_ordinal(sentence, one)
        or is_number(sentence, one)
        or is_over(sentence, one, now)
    ):
        return False
    if one.role not in (Role.PLAIN, Role.HANDED, Role.DUE):
        within = day.near or (day.form is Form.DATE and is_event(sentence, one))
        return (one.role is Role.WITHIN and within) or is_of_result(sentence, one)
    if day.form is Form.WHOLE:
        return _is_at(sentence, one) or (day.near and _ends_a_report(sentence, one))
    holiday = _HOLIDAY.at(sentence.words, max(0, one.start - 1))
    return day.date >= now.today and not holiday and _is_apart_or_event(sentence, one, day.form)


def _is_apart_or_event(sentence: Sentence, one: Candidate, form: Form) -> bool:
    event = is_event(sentence, one)
    if form in (Form.DATE, Form.MONTH_DAY) and not event:
        return clause_start(sentence, one.start) or clause_end(sentence, one.end)
    return event and form is not Form.PERIOD


def _is_at(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether "vào" stands before the moment: "nộp vào tháng 1"."""
    return _AT.at(sentence.words, max(0, one.moment.start - 1)) is not None


def _ends_a_report(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether a period ends "báo cáo tuần sau": the week may be when it is due or what it is about."""
    about = one.start > 0 and _REPORT.at(sentence.words, one.start - 1) is not None
    return about and clause_end(sentence, one.end)


def _ask_event(sentence: Sentence, event: Candidate, now: Present) -> Unsure:
    """Offer the working day before the event and the day of the event.

    The day itself comes first if no word shows that it is an event.
    """
    day = day_due(event.moment, False, now)
    if event.moment.day and has_passed(reading_of(sentence, event, day, now), now):
        day = next(iter(event.moment.day.others), day)
    eve = now.workdays.add(now.workdays.on_or_after(day), -1)
    span = sentence.span(event.start, event.end)
    choices = (
        deadline_at(sentence, span, Moment(0, 0), eve, False, now),
        reading_of(sentence, event, day, now),
    )
    ahead = tuple(one for one in choices if not has_passed(one, now))
    why = Why.EVENT if is_event(sentence, event) else Why.UNMARKED
    return Unsure("deadline", why, ahead[::-1] if why is Why.UNMARKED else ahead, span)


def ask_when(sentence: Sentence, span: Span, now: Present) -> DeadlineFound:
    """Ask for the date of work that is only called urgent."""
    choices = offers(sentence, span, now)
    return DeadlineFound(None, None, Unsure("deadline", Why.VAGUE, choices, span))


def offers(sentence: Sentence, span: Span, now: Present) -> tuple[DeadlineReading, ...]:
    """Offer the close of business of today, of the next working day and of the end of this week.

    Moments that have passed are left out.
    """
    week_end = now.today + timedelta(days=(4 - now.today.weekday()) % 7)
    days = {now.today, now.workdays.add(now.today, 1), now.workdays.on_or_before(week_end)}
    readings = [deadline_at(sentence, span, Moment(0, 0), day, False, now) for day in sorted(days)]
    return tuple(one for one in readings if not has_passed(one, now))
