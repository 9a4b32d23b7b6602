"""Turn a moment in words into a moment in time: the hour (R1, R9), the day before (R2), the past."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from bot.language.deadline.limit_marks import Candidate, Role
from bot.language.moments.clocks import Clock
from bot.language.moments.context import Present
from bot.language.moments.days import Day, Form
from bot.language.moments.moments import Moment
from bot.language.readings import DeadlineReading, Span, Unsure, Warn
from bot.language.text.words import Sentence

ONE_DAY = timedelta(days=1)
_FIRST_EVENING_MINUTE = 18 * 60
_EXPLICIT = frozenset({Form.DATE, Form.MONTH_DAY})


def day_due(moment: Moment, before: bool, now: Present) -> date:
    """Return the day of a deadline; "trước" the 1st of a month means the day before it (R2).

    "trước" a whole period means the last working day before the period.
    """
    day = moment.day
    if day is None:
        return now.today
    if not before or moment.clock or moment.part:
        return day.date
    if day.form is Form.WHOLE and day.first:
        return now.workdays.on_or_before(day.first - ONE_DAY)
    exclusive = now.settings.before_day == "exclusive" and day.form is not Form.PERIOD
    if exclusive or (day.first_of_month and day.form in _EXPLICIT):
        return day.date - ONE_DAY
    return day.date


def hour_due(moment: Moment, before: bool) -> Clock | None:
    """Return the hour of a deadline; None is the close of business. "trước tối nay" gives None too."""
    part = moment.part
    if moment.clock or part is None:
        return moment.clock
    evening = part.minutes >= _FIRST_EVENING_MINUTE and not part.named
    return None if before and evening else part


def deadline_at(
    sentence: Sentence, span: Span, moment: Moment, on: date, before: bool, now: Present
) -> DeadlineReading:
    """Return the deadline of a moment that falls on the day `on`."""
    words = sentence.text[span[0] : span[1]]
    exact = moment.day.moment if moment.day else None
    if exact:
        due = exact.astimezone(now.workdays.at(on, time(0)).tzinfo)
        return DeadlineReading(due, due, True, span, words, _warning(exact, now), before)
    clock = hour_due(moment, before)
    due = _at(on, clock, now)
    named = moment.clock is not None
    late = due if named else max(due, now.workdays.at(on + ONE_DAY, time(0)))
    return DeadlineReading(
        due, late, named, span, words, _warning(_local(on, clock, now), now), before
    )


def _at(on: date, clock: Clock | None, now: Present) -> datetime:
    if clock is None:
        return now.workdays.at(on, now.close)
    return now.workdays.at(on + clock.minutes // 1440 * ONE_DAY, _time(clock))


def _local(on: date, clock: Clock | None, now: Present) -> datetime:
    hour = time(23, 59) if clock and clock.minutes >= 1440 else _time(clock) if clock else now.close
    return datetime.combine(on, hour, now.workdays.timezone)


def _time(clock: Clock) -> time:
    return time(clock.minutes // 60 % 24, clock.minutes % 60)


def _warning(local: datetime, now: Present) -> Warn | None:
    if local < now.now:
        return Warn.PAST
    if not now.workdays.is_working(local.date()):
        return Warn.DAY_OFF
    start, end = now.workdays.waking
    return None if start <= local.time() <= end else Warn.OUTSIDE_HOURS


def has_passed(reading: DeadlineReading, now: Present) -> bool:
    """Tell whether the deadline is now or in the past."""
    return reading.due_at <= now.now


def moved(day: Day | None, now: Present) -> tuple[date, ...]:
    """Return up to three days to offer instead of a past day: tomorrow, the next working day, a week later."""
    week_on = (day.date if day else now.today) + timedelta(weeks=1)
    days = {now.today + ONE_DAY, now.workdays.add(now.today, 1), week_on}
    return tuple(sorted(one for one in days if one > now.today))[:3]


class DeadlineFound(NamedTuple):
    """The deadline of a sentence, its recurrence, what to ask, and the spans of all these words."""

    deadline: DeadlineReading | None = None
    recurrence: str | None = None
    unsure: Unsure | None = None
    spans: tuple[Span, ...] = ()
    limited: bool = False
    """A word such as "trước" makes it a limit."""


def is_before(candidate: Candidate) -> bool:
    """Tell whether the words say "before that day" (R2)."""
    return candidate.role is Role.BEFORE


def reading_of(sentence: Sentence, candidate: Candidate, on: date, now: Present) -> DeadlineReading:
    """Return the deadline of a candidate that falls on the day `on`."""
    span = sentence.span(candidate.start, candidate.moment.end)
    return deadline_at(sentence, span, candidate.moment, on, is_before(candidate), now)
