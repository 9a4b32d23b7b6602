"""Another moment beside a sure deadline that could be the deadline as well.

A wrong deadline costs more than a question. If nothing says what the other moment is (an event, data, a
start, taken back), both are offered.
"""

from bot.language.deadline.clause_position import BREAKS, clause_start
from bot.language.deadline.event_dates import is_event, is_own_act
from bot.language.deadline.limit_marks import LIMITS, Candidate, Role
from bot.language.deadline.plain_deadlines import is_plain_deadline
from bot.language.moments.context import Present
from bot.language.moments.days import Form
from bot.language.moments.due import day_due, has_passed, is_before, reading_of
from bot.language.readings import DeadlineReading
from bot.language.text.words import Sentence, any_of, vocabulary

_MUST = vocabulary(
    "nộp gửi gởi trình xong phải đưa có cần lấy báo nop gui goi trinh phai dua co can lay bao"
)
_TURNS = any_of(
    "thôi|khỏi|khoan|không|ko|chưa|đừng|nhưng|thay vì|à|bỏ|hủy|mà|chứ|lùi|dời|sang|ban đầu|kịp"
)
_SOONER = any_of(
    "|".join(
        f"{sooner} {some}"
        for sooner in ("trước", "sớm", "sớm hơn", "trước đó")
        for some in (
            "một buổi", "1 buổi", "nửa buổi", "nửa ngày", "vài tiếng", "mấy tiếng", "vài ngày",
            "mấy ngày", "vài hôm", "ít hôm", "mấy bữa", "vài bữa", "chút", "một chút", "một ít",
        )
    )
)  # fmt: skip
_OR = any_of("không thì|ko thì|k thì|hông thì|hổng thì|hoặc|hay|hoặc là|hay là")
_LONGEST_SUBJECT = 4
_AT_LATEST = vocabulary("tre cham muon cung")
"""First words of "trễ nhất", "cùng lắm". An earlier day beside such a limit is no rival."""
_LONGEST_HANDING = 4
_HANDING = vocabulary("trình nộp gửi gởi đưa xong trinh nop gui goi dua")
_LINKS = vocabulary("nên vậy mà để vì nen vay ma de vi nhưng nhung")
_GRANTED = any_of("cũng được|cũng kịp|cũng ok|là được|vậy|cũng ổn|thì hơn")
_LONGEST_GRANT = 5
_PAST_DAYS = vocabulary("hom bua hồi")
_NAMED = (Form.RELATIVE, Form.WEEKDAY, Form.DATE, Form.MONTH_DAY)
_TOLD = (Role.DUE, Role.HANDED)


def others_as_live(
    sentence: Sentence, kept: list[Candidate], one: Candidate, now: Present
) -> tuple[DeadlineReading, ...]:
    """Return the other moment that may be the deadline, and the chosen one; empty if all is clear."""
    sooner = _sooner_by_some(sentence, one, now)
    if sooner or len(kept) < 2:
        return sooner
    either = _one_or_the_other(sentence, kept, one, now)
    if either:
        return either
    on_either = () if one.moment.day else _on_which_day(sentence, kept, one, now)
    if on_either:
        return on_either
    for other in kept:
        apart = other.end <= one.start or other.start >= one.end
        if apart and _is_as_live(sentence, other, one, now):
            return _ahead(sentence, (other, one), now)
    return ()


def _sooner_by_some(
    sentence: Sentence, one: Candidate, now: Present
) -> tuple[DeadlineReading, ...]:
    """Offer the working day before and the day itself: "hạn 15/12, trình anh trước một buổi"."""
    if one.moment.day is None or not _SOONER.may_be_in(sentence):
        return ()
    places = (place for place in _SOONER.places(sentence) if place >= one.end)
    if not any(_SOONER.at(sentence.words, place) for place in places):
        return ()
    eve = now.workdays.add(one.moment.day.date, -1)
    both = (
        reading_of(sentence, one, eve, now),
        reading_of(sentence, one, one.moment.day.date, now),
    )
    return tuple(each for each in both if not has_passed(each, now))


def _one_or_the_other(
    sentence: Sentence, kept: list[Candidate], one: Candidate, now: Present
) -> tuple[DeadlineReading, ...]:
    """Offer both alternatives of "sáng mai, không thì chiều"."""
    comma = sentence.words[one.end].exact == ","
    said = _OR.at(sentence.words, one.end + comma)
    other = next((each for each in kept if said and each.start == said[1]), None)
    earlier = [each for each in kept if each.end < one.start and one.role not in LIMITS]
    before = _OR.at(sentence.words, earlier[-1].end) if earlier and other is None else None
    if before and before[1] == one.start:
        other = earlier[-1]
    if other is None:
        return ()
    if other.moment.day is None:
        other = other._replace(moment=other.moment._replace(day=one.moment.day))
    return _ahead(sentence, (one, other), now)


def _ahead(
    sentence: Sentence, both: tuple[Candidate, Candidate], now: Present
) -> tuple[DeadlineReading, ...]:
    """Return both deadlines if they differ and neither has passed; else nothing."""
    readings = [
        reading_of(sentence, each, day_due(each.moment, is_before(each), now), now) for each in both
    ]
    ahead = tuple(each for each in readings if not has_passed(each, now))
    return ahead if len({each.due_at for each in ahead}) > 1 else ()


def _on_which_day(
    sentence: Sentence, kept: list[Candidate], one: Candidate, now: Present
) -> tuple[DeadlineReading, ...]:
    """Offer the hour both on the day named and today: "sáng mai Lam đi kho bạc, 15h báo cáo"."""
    if one.role is Role.HANDED and one.moment.part:
        return ()
    for other in kept:
        day = other.moment.day
        past = other.start and sentence.words[other.start - 1].folded in _PAST_DAYS
        if day and day.form in _NAMED and day.date > now.today and not (day.doubt or past):
            timed = one._replace(moment=one.moment._replace(day=day))
            both = (
                reading_of(sentence, timed, day.date, now),
                reading_of(sentence, one, now.today, now),
            )
            return tuple(each for each in both if not has_passed(each, now))
    return ()


def _is_as_live(sentence: Sentence, other: Candidate, one: Candidate, now: Present) -> bool:
    if other.role in LIMITS or is_own_act(sentence, other):
        return False
    whole = other.moment.day is not None and other.moment.day.form is Form.WHOLE
    if whole or not is_plain_deadline(sentence, other, None, now, alone=False):
        return False
    if one.role in LIMITS:
        counted = one.role is Role.UP_TO and _is_told(sentence, other)
        counted = counted and clause_start(sentence, other.start)
        later = other.start > one.start
        timed = one.role is Role.WITHIN and one.moment.part is not None and other.moment.clock
        if later and (counted or timed or _is_granted(sentence, other)):
            return True
        firm = sentence.words[one.start].folded in _AT_LATEST or is_event(sentence, other)
        return not firm and _is_handed_in(sentence, other) and not _is_said_again(other, one)
    if other.moment.clock and not one.moment.clock:
        return not is_event(sentence, other)
    said = range(max(0, min(other.start, one.start) - 3), one.start)
    turned = any(_TURNS.at(sentence.words, place) for place in said)
    both_timed = other.moment.clock is not None and one.moment.clock is not None
    told = _is_told(sentence, other)
    return not turned and (told or both_timed) and not _is_told(sentence, one)


def _is_handed_in(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether a verb of handing in before the moment belongs to it.

    "trình chị Nhi 16h ngày 17/12", "mình xong 15h30".
    """
    day = one.moment.day
    if one.moment.clock is None and not (day and day.form in _NAMED):
        return False
    timed = one.moment.clock or one.moment.part
    if one.role in _TOLD and (timed or (day and day.form is not Form.RELATIVE)):
        return True
    for word in reversed(sentence.words[max(0, one.start - _LONGEST_HANDING) : one.start]):
        if word.exact in BREAKS or word.exact in _HANDING:
            return word.exact in _HANDING and one.moment.clock is not None
    return False


def _is_said_again(other: Candidate, one: Candidate) -> bool:
    """Tell whether the other moment repeats the day of the limit or gives the limit its missing hour."""
    day, limit = other.moment.day, one.moment.day
    if day and limit:
        return day.date == limit.date and not (other.moment.clock and one.moment.clock)
    return other.moment.clock is None or one.moment.clock is None


def _is_told(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether a verb of handing in stands before the moment or soon after it: "3 giờ chiều chị cần"."""
    before = sentence.words[one.start - 1].exact if one.start else ""
    if one.role in _TOLD or before in _MUST:
        return True
    for word in sentence.words[one.end : one.end + _LONGEST_SUBJECT]:
        if word.exact in _MUST or word.exact in BREAKS or word.exact in _LINKS:
            return word.exact in _MUST
    return False


def _is_granted(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether the moment is allowed as well: "3h chiều mai gửi cũng được"."""
    places = range(one.end, one.end + _LONGEST_GRANT)
    return any(_GRANTED.at(sentence.words, place) for place in places)
