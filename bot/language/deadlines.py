"""Which of the moments in a sentence is its deadline, and why (R1-R4, R8, R10-R12, R14)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.language.clocks import Clock
from bot.language.days import Day, Form
from bot.language.moments import Moment, read_moment
from bot.language.present import Present, present
from bot.language.readings import (
    DEFAULTS,
    DeadlineReading,
    ReadingSettings,
    Span,
    Unsure,
    Warn,
    Why,
)
from bot.language.words import Phrases, Sentence, Word, any_of, words_of
from bot.rules.workdays import Workdays

ONE_DAY = timedelta(days=1)


class Role(StrEnum):
    BEFORE = "before"
    UNTIL = "until"
    WITHIN = "within"
    START = "start"
    PLAIN = "plain"


LIMITS = frozenset({Role.BEFORE, Role.UNTIL, Role.WITHIN})
_COUNTED_AFTER = {
    Role.BEFORE: "",
    Role.UNTIL: "days",
    Role.WITHIN: "days hours",
    Role.START: "",
    Role.PLAIN: "",
}
_MARKS = Phrases(
    {
        Role.BEFORE: "trước|trc|trước thời điểm|trước lúc|chậm nhất trước|hạn trước|xong trước",
        Role.UNTIL: (
            "chậm nhất|chậm nhất là|chậm nhất vào|chậm nhất đến|muộn nhất|muộn nhất là|muộn nhất vào|trễ nhất|"
            "trễ nhất là|không quá|ko quá|không muộn hơn|không chậm hơn|đến hết|cho đến hết|tới hết|"
            "hết|hạn chót|hạn chót là|hạn cuối|hạn cuối là|hạn|hạn là|thời hạn|hạn đến|deadline|dl|đến hạn|đến|"
            "cho đến|tới|từ nay đến|từ nay tới|từ nay đến hết|xong|kịp|gia hạn đến|lùi đến|dời đến|dời sang|lùi sang|chuyển sang"
        ),
        Role.WITHIN: (
            "trong|trong vòng|trong thời hạn|trong thời gian|nội trong|thời hạn là|tối đa|"
            "thời gian hoàn thành|thời gian thực hiện|trong thời gian tối đa"
        ),
        Role.START: "từ|kể từ|bắt đầu từ|tính từ|sau|từ sau|bắt đầu|bắt đầu vào|từ ngày|họp|họp vào|họp lúc",
    }
)
_LINK = any_of("là|vào|lúc|:|ngày|khoảng|trong|,|-")
_VAGUE = Phrases(
    {
        Why.VAGUE: (
            "gấp|khẩn trương|ngay|càng sớm càng tốt|sớm|asap|bữa kia|hôm kia|mai mốt|ngay lập tức|"
            "làm ngay|ngày kìa|ngày kia nữa|vài ngày nữa|mấy ngày nữa|ít hôm nữa|nay mai"
        ),
        Why.EVENT: (
            "sau tết|trước tết|ra giêng|trước hội nghị|trước đại hội|trước kỳ họp|trước cuộc họp|"
            "trước giao ban|trước giờ họp|sau hội nghị|sau cuộc họp|trước buổi họp|trước phiên họp"
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Candidate:
    role: Role
    start: int
    moment: Moment


@dataclass(frozen=True, slots=True)
class Found:
    """The deadline of a sentence, what to ask about it, and the words (by place) it stands in."""

    deadline: DeadlineReading | None = None
    unsure: Unsure | None = None
    places: tuple[int, int] | None = None


def read_deadline(
    text: str,
    reference: datetime,
    workdays: Workdays,
    settings: ReadingSettings = DEFAULTS,
) -> Found:
    """Read a text that is nothing but a deadline, such as an answer: "thứ 6", "17h mai"."""
    now = present(reference, workdays, settings)
    sentence = words_of(text)
    return find_deadline(sentence, now, frozenset())


def find_deadline(sentence: Sentence, now: Present, taken: frozenset[int]) -> Found:
    """Find the deadline among words that are not `taken` (places of names and citations)."""
    candidates = _candidates(sentence, now, taken)
    limits = [one for one in candidates if one.role in LIMITS]
    plain = [one for one in candidates if one.role is Role.PLAIN and _stands_alone(one.moment)]
    chosen = (limits or plain)[-1:]
    if not chosen:
        return _vague(sentence, now, taken)
    return _settle(sentence, chosen[0], now)


def _candidates(sentence: Sentence, now: Present, taken: frozenset[int]) -> list[Candidate]:
    found: list[Candidate] = []
    place = 0
    while place < sentence.length:
        candidate = None if place in taken else _candidate(sentence.words, place, now)
        if candidate is None or any(
            n in taken for n in range(candidate.start, candidate.moment.end)
        ):
            place += 1
            continue
        found.append(candidate)
        place = candidate.moment.end
    return found


def _candidate(words: tuple[Word, ...], place: int, now: Present) -> Candidate | None:
    mark = _MARKS.at(words, place)
    role, at = Role.PLAIN, place
    while mark:
        role, at = mark
        link = _LINK.at(words, at)
        mark = _MARKS.at(words, at) or (_MARKS.at(words, link[1]) if link else None)
    span_units = _COUNTED_AFTER[role]
    moment = read_moment(words, at, now, span_units)
    link = _LINK.at(words, at) if moment is None and role is not Role.PLAIN else None
    if link:
        moment = read_moment(words, link[1], now, span_units)
    return Candidate(role, place, moment) if moment else None


def _stands_alone(moment: Moment) -> bool:
    return moment.clock is not None or (
        moment.day is not None and moment.day.form is not Form.WHOLE
    )


def _settle(sentence: Sentence, candidate: Candidate, now: Present) -> Found:
    moment, places = candidate.moment, (candidate.start, candidate.moment.end)
    span = sentence.span(*places)
    before = candidate.role is Role.BEFORE
    if (moment.clock and not moment.clock.possible) or _is_impossible(moment.day):
        return Found(None, Unsure("deadline", Why.IMPOSSIBLE, (), span), places)
    doubt = moment.day.doubt if moment.day else None
    day = _limit_day(moment, before, now)
    clock = moment.clock or moment.part
    reading = _deadline(sentence, span, day, moment, clock, before, now)
    if reading.due_at < now.now:
        return _past(sentence, span, places, day, moment, clock, now, reading)
    if doubt is None:
        return Found(reading, None, places)
    others = moment.day.others if moment.day else ()
    choices = (
        reading,
        *(_deadline(sentence, span, other, moment, clock, before, now) for other in others),
    )
    likely = moment.day is not None and moment.day.likely
    return Found(reading if likely else None, Unsure("deadline", doubt, choices, span), places)


def _is_impossible(day: Day | None) -> bool:
    return day is not None and day.doubt is Why.IMPOSSIBLE


def _limit_day(moment: Moment, before: bool, now: Present) -> date:
    if moment.day is None:
        return now.today
    day = moment.day.date
    if before and moment.clock is None and moment.part is None:
        if moment.day.first_of_month and moment.day.form in (Form.DATE, Form.MONTH_DAY):
            return day - ONE_DAY
        if now.settings.before_day == "exclusive" and moment.day.form is not Form.WHOLE:
            return day - ONE_DAY
    return day


def _past(
    sentence: Sentence,
    span: Span,
    places: tuple[int, int],
    day: date,
    moment: Moment,
    clock: Clock | None,
    now: Present,
    reading: DeadlineReading,
) -> Found:
    if moment.day is not None and moment.day.doubt is Why.PAST:
        return Found(reading, Unsure("deadline", Why.PAST, (reading,), span), places)
    later = [now.today + ONE_DAY, now.workdays.add(now.today, 1), day + timedelta(weeks=1)]
    days = sorted({one for one in later if one > now.today})
    choices = tuple(_deadline(sentence, span, one, moment, clock, False, now) for one in days)
    return Found(None, Unsure("deadline", Why.PAST, choices, span), places)


def _deadline(
    sentence: Sentence,
    span: Span,
    day: date,
    moment: Moment,
    clock: Clock | None,
    before: bool,
    now: Present,
) -> DeadlineReading:
    if moment.day and moment.day.moment:
        due = moment.day.moment
        return DeadlineReading(
            now.workdays.at(due.date(), due.time()),
            now.workdays.at(due.date(), due.time()),
            True,
            span,
            sentence.text[span[0] : span[1]],
            None,
            before,
        )
    due_at = _at(day, clock, now)
    has_clock = moment.clock is not None
    late = due_at if has_clock else now.workdays.at(day + ONE_DAY, time(0))
    warning = None if now.workdays.is_working(day) else Warn.DAY_OFF
    words = sentence.text[span[0] : span[1]]
    return DeadlineReading(due_at, max(late, due_at), has_clock, span, words, warning, before)


def _at(day: date, clock: Clock | None, now: Present) -> datetime:
    if clock is None:
        return now.workdays.at(day, now.close)
    if clock.minutes >= 1440:
        return now.workdays.at(day + ONE_DAY, time(0))
    return now.workdays.at(day, time(clock.minutes // 60, clock.minutes % 60))


def _vague(sentence: Sentence, now: Present, taken: frozenset[int]) -> Found:
    for place in range(sentence.length):
        vague = None if place in taken else _VAGUE.at(sentence.words, place)
        if vague:
            why, after = vague
            span = sentence.span(place, after)
            return Found(None, Unsure("deadline", why, _offers(sentence, span, now), span))
    return Found()


def _offers(sentence: Sentence, span: Span, now: Present) -> tuple[DeadlineReading, ...]:
    """Offer today's close of business while it is ahead, the next working day, this week's end."""
    week_end = now.today + timedelta(days=(4 - now.today.weekday()) % 7)
    days = {now.today, now.workdays.add(now.today, 1), now.workdays.on_or_before(week_end)}
    ahead = sorted(day for day in days if now.workdays.at(day, now.close) > now.now)
    plain = Moment(0, 0)
    return tuple(_deadline(sentence, span, day, plain, None, False, now) for day in ahead)
