"""The end of recurring work: "thứ Sáu hằng tuần đến hết năm 2027" (UNTIL in RFC 5545)."""

from datetime import UTC, date, datetime, time

from bot.language.deadline.limit_marks import Candidate
from bot.language.moments.context import Present, month_end
from bot.language.moments.days import Day, Form
from bot.language.moments.recurrence import YEARLY, Often
from bot.language.text.words import Sentence, any_of

_TO_THE_END = any_of(
    "từ nay đến|từ nay tới|từ nay đến hết|cho đến hết|cho đến|cho tới|đến hết|tới hết|hết|đến|tới"
)
_LONGEST_WEEKS = 20
_LAST_MOMENT = time(23, 59, 59)


def find_end(sentence: Sentence, found: list[Candidate], often: Often | None) -> Candidate | None:
    """Return the moment until which the work recurs, or None when none is named."""
    if often is None or not often.frequency:
        return None
    ends = [one for one in found if _is_end(sentence, one, often)]
    return ends[-1] if ends else None


def _is_end(sentence: Sentence, one: Candidate, often: Often) -> bool:
    moment = one.moment
    if moment.day is None or moment.clock or moment.part:
        return False
    if moment.day.form is Form.DATE and often.frequency == YEARLY and not moment.day.has_year:
        return False
    named = moment.day.form in (Form.DATE, Form.WHOLE, Form.PERIOD) and not moment.day.rule
    return named and _TO_THE_END.at(sentence.words, one.start) is not None


def until(rule: str, end: Candidate, now: Present) -> str:
    """Return the rule with UNTIL set to the end of that day or period, in UTC as RFC 5545 requires."""
    assert end.moment.day
    last = datetime.combine(_last_day(end.moment.day), _LAST_MOMENT, now.workdays.timezone)
    return f"{rule};UNTIL={last.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _last_day(day: Day) -> date:
    """Return the day itself; for a month or longer, the last day of the month, even if it is no working day."""
    if day.first is None or (day.date - day.first).days < _LONGEST_WEEKS:
        return day.date
    return month_end(day.date.year, day.date.month)
