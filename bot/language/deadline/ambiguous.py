"""Moments that can be read in two ways. The bot asks, since a wrong deadline costs more than a question.

The word after a moment belongs to it but cannot be read ("trước 16h thứ Xáu", "10h sáng mau"); without
diacritics "toi chu nhat" is "tối" (evening) or "tới" (until); "han th 5" is a Thursday or May.
"""

from datetime import timedelta

from bot.language.deadline.clause_position import BREAKS
from bot.language.deadline.event_dates import is_event, is_own_act
from bot.language.deadline.limit_marks import Candidate, Role
from bot.language.moments.clocks import Clock, within
from bot.language.moments.context import Present
from bot.language.moments.days import Form
from bot.language.moments.due import day_due, has_passed, is_before, reading_of
from bot.language.readings import DeadlineReading
from bot.language.text.typos import one_letter_amiss
from bot.language.text.words import Sentence, vocabulary

_POLITE = vocabulary(
    "nhé nha nhe ạ a nghe nghen giúp giup nộp nop gửi gui trình trinh phải phai xong anh chị chi em được"
)
_LIKE_TOMORROW = frozenset(one_letter_amiss("mai")) - vocabulary("mai mà may máy mấy")
_NAMES_A_DAY = vocabulary("thứ thư")
_NUMERALS = vocabulary("hai ba tu nam sau bay")
_LIKE_NUMERALS = _NUMERALS.union(*(one_letter_amiss(numeral) for numeral in _NUMERALS))
_EVENING_OR_UNTIL = "toi"
_CLOSE_DAYS = vocabulary("nay mai mot hom ni")
_UNTIL_AFTER = vocabulary("tuan thang quy nam sap nay gio day cho han lui doi keo gia")
_OF_A_MONTH = vocabulary("trong het cuoi dau giua cua den tu") | vocabulary(
    " ".join(str(number) for number in range(1, 32))
)
_NAMED_DAYS = frozenset({Form.DATE, Form.MONTH_DAY, Form.WEEKDAY, Form.RELATIVE})
_NOT_A_RIVAL = frozenset({Role.START, Role.UP_TO, Role.EVE})
_EVENING = Clock(20 * 60, named=False)
_ONE_DAY = timedelta(days=1)


def live_readings(sentence: Sentence, one: Candidate, now: Present) -> tuple[DeadlineReading, ...]:
    """Return the possible deadlines of a moment, the likelier first; empty if it can be read in one way only."""
    if _is_cut_short(sentence, one, now):
        days = (now.today, now.today + _ONE_DAY, now.workdays.add(now.today, 2))
        offered = [reading_of(sentence, one, day, now) for day in sorted(set(days))]
    else:
        offered = _evening_or_close(sentence, one, now) or _weekday_or_month(sentence, one, now)
    return tuple(each for each in offered if not has_passed(each, now))


def _evening_or_close(sentence: Sentence, one: Candidate, now: Present) -> list[DeadlineReading]:
    """Read "toi chu nhat" both as "tối" and as "tới".

    Empty for "toi mai", which is the evening, and for "la toi can", where "toi" is "tôi".
    """
    moment = one.moment
    if _EVENING_OR_UNTIL not in sentence.folds:
        return []
    said = (n for n in range(one.start, one.end) if sentence.words[n].exact == _EVENING_OR_UNTIL)
    place = next(said, None)
    if place is None or moment.clock or moment.day is None or moment.day.form is Form.COUNTED:
        return []
    if sentence.words[place + 1].folded in _CLOSE_DAYS or (
        place and sentence.words[place - 1].folded in _UNTIL_AFTER
    ):
        return []
    day = day_due(moment, False, now)
    return [
        reading_of(sentence, one._replace(moment=moment._replace(part=part)), day, now)
        for part in (_EVENING, None)
    ]


def _weekday_or_month(sentence: Sentence, one: Candidate, now: Present) -> list[DeadlineReading]:
    """Read "han th 5" both as thứ Năm and as tháng Năm."""
    moment, words = one.moment, sentence.words
    number = words[moment.end - 1].value
    if words[moment.end - 2].exact != "th" or number not in range(2, 8):
        return []
    if moment.end - 3 >= 0 and words[moment.end - 3].folded in _OF_A_MONTH:
        return []
    weekday = now.today + timedelta(days=(number - 2 - now.today.weekday()) % 7)
    day = day_due(moment, False, now)
    return [reading_of(sentence, one, each, now) for each in (weekday, day)]


def _is_cut_short(sentence: Sentence, one: Candidate, now: Present) -> bool:
    day = one.moment.day
    last, follows = sentence.words[one.end - 1], sentence.words[one.end]
    if day and not (day.date == now.today and last.folded == "ngay"):
        return False
    if follows.exact in _NAMES_A_DAY or _is_bare_weekday(sentence, one.end):
        return True
    after = sentence.words[one.end + 1]
    ends = after.exact in BREAKS or after.exact in _POLITE or after.capital
    return follows.exact in _LIKE_TOMORROW and ends and not follows.capital


def _is_bare_weekday(sentence: Sentence, place: int) -> bool:
    """Tell whether a mistyped weekday starts here: "thu saau" in "truoc 15h thu saau", but not "15h thu hồ sơ"."""
    word, name = sentence.words[place], sentence.words[place + 1]
    return word.exact == "thu" and name.folded in _LIKE_NUMERALS


def rivals(
    sentence: Sentence, found: list[Candidate], one: Candidate, now: Present
) -> tuple[DeadlineReading, ...]:
    """Return the possible deadlines when an unused hour or day may complete the moment, or replace its day."""
    if len(found) == 1:
        return ()
    for other in found:
        apart = other.end <= one.start or other.start >= one.end
        if (
            apart
            and not _is_past_or_far(sentence, other)
            and other.role not in _NOT_A_RIVAL
            and not (is_event(sentence, other) or is_own_act(sentence, other))
        ):
            both = _joined(one, other) or (_other_day(one, other))
            if both:
                days = [day_due(each.moment, is_before(each), now) for each in both]
                offered = [
                    reading_of(sentence, *each, now) for each in zip(both, days, strict=True)
                ]
                return tuple(each for each in offered if not has_passed(each, now))
    return ()


def _is_past_or_far(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether the day is doubtful or follows "hôm": "kỳ 1 tháng 12" said in that month, "ý kiến hôm thứ Ba"."""
    day = one.moment.day
    said = sentence.words[max(0, one.start - 1) : one.start + 1]
    return (day is not None and day.doubt is not None) or any(word.folded == "hom" for word in said)


def _joined(one: Candidate, other: Candidate) -> list[Candidate]:
    """Return the moment with the hour or the day of the other one added, and the moment alone.

    In "thứ Năm ... 15h ai cũng phải xong" the hour may belong to that day or to another one.
    """
    moment, beside = one.moment, other.moment
    if moment.day and beside.clock and not (moment.clock or beside.day or moment.day.moment):
        clock = within(beside.clock, moment.part) if moment.part else beside.clock
        return [one._replace(moment=moment._replace(clock=clock)), one] if clock else []
    if moment.clock and beside.day and not (moment.day or beside.clock or beside.part):
        whole = beside.day.form in (Form.WHOLE, Form.PERIOD) or beside.day.moment
        return [] if whole else [one._replace(moment=moment._replace(day=beside.day)), one]
    return []


def _other_day(one: Candidate, other: Candidate) -> list[Candidate]:
    """Return both moments if they are different days side by side: "đừng để đến thứ Sáu thứ Tư nộp"."""
    touches = other.end == one.start or one.end == other.start
    days = one.moment.day, other.moment.day
    named = all(day and day.form in _NAMED_DAYS for day in days)
    differ = named and len({day.date for day in days if day}) > 1
    return [other, one] if touches and differ else []
