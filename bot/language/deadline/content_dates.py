"""Dates that belong to what the work is about, so they are never its deadline (R12).

The kinds, with one word list each: facts about people and things (born, retired, in force), data and
their periods (counted, spent, received), aims of plans ("đến năm 2030"), what was said or sent, numbers
that look like dates, ordinals, absences, and everything that is clearly over.
"""

from datetime import timedelta

from bot.language.deadline.clause_position import BREAKS, clause_before, follows
from bot.language.deadline.fact_dates import is_a_feast, is_fact, is_own_fact, is_term_of_contract
from bot.language.deadline.limit_marks import LIMITS, Candidate, Role
from bot.language.deadline.past_events import is_bygone
from bot.language.deadline.past_moments import is_long_over
from bot.language.deadline.reported_events import (
    is_told,
    is_what_was_late,
    is_what_was_said,
    is_what_was_sent,
)
from bot.language.moments.context import Present
from bot.language.moments.days import Form
from bot.language.text.numerals import is_number, is_numbered_part
from bot.language.text.words import Sentence, any_of, vocabulary

_IF = vocabulary("nếu neu lỡ nhỡ hễ sử hợp")
"""Words of a condition. Of "giả sử" and "trường hợp" it is the last word, right before the moment."""
_IF_BESIDE = vocabulary("sử hợp")
_IF_YOU_CAN = vocabulary("thể được kịp rảnh tiện duoc kip ranh tien the")
_AFTER_A_CONDITION = BREAKS | vocabulary("thì thi")
_CONGRATULATING = any_of("chúc mừng|chào mừng")
_TILL_NOW = any_of("đến nay|tới nay|đến giờ|tới giờ|trở lại đây|đến hiện nay")
_LONGEST_GIVEN = 6
_TITLES = vocabulary("anh chi c a d chu bac co")
_SCHEDULE = any_of(
    "lịch|chương trình|thời khóa biểu|lịch trình|lịch làm việc|lịch họp|lich|chuong trinh"
)
_DUE_VERBS = vocabulary("nộp gửi trình hoàn xong nop gui trinh hoan")
_LABEL = 12
_YEARLY = any_of(
    "kiểm điểm|tổng kết|sơ kết|xếp loại|đánh giá|thi đua|khen thưởng|báo cáo|bình xét|kiểm kê|quyết toán|"
    "đối chiếu|công nợ|thưởng|kế hoạch|số liệu"
)
"""Papers named before the start, middle or end of a year: "kiểm điểm cuối năm"."""
_EDGES = vocabulary("cuoi dau giua")
_LONGEST_CONDITION = 12
_FAR_AIM = timedelta(days=400)


def is_content(sentence: Sentence, found: list[Candidate], place: int, now: Present) -> bool:
    """Tell whether the moment is a date that the work is about. For a range, facts are sought before its start."""
    one = found[place]
    if one.role is Role.START:
        return False
    before = found[place - 1] if place else None
    range_start = before if before and before.role is Role.START and is_range(before, one) else one
    return (
        is_number(sentence, one)
        or is_numbered_part(sentence, one)
        or _is_condition(sentence, one)
        or is_fact(sentence, range_start)
        or is_own_fact(sentence, one)
        or is_long_over(one, now)
        or is_what_was_late(sentence, one)
        or _is_aim(one, now)
        or is_what_was_said(sentence, one, now)
        or is_what_was_sent(sentence, one, now)
        or is_told(sentence, one, now)
        or is_a_feast(sentence, one.moment.end)
        or follows(sentence, one.start, _CONGRATULATING)
        or _is_left_till(sentence, one)
        or _is_given_to_another(sentence, one)
        or is_term_of_contract(sentence, one)
        or (one.role is Role.PLAIN and _TILL_NOW.at(sentence.words, one.end) is not None)
        or _is_of_a_schedule(sentence, found, one)
        or _is_a_yearly_paper(sentence, found, one)
        or is_bygone(sentence, one, now)
    )


def _is_condition(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether the moment belongs to a condition: "nếu mai mưa thì ...", "lỡ chiều nay mất điện".

    False for "nếu được thì mai nộp".
    """
    words, place = sentence.words, one.start - 1
    if place < 0 or (one.role in LIMITS - {Role.UP_TO} and words[place].exact not in _IF):
        return False
    first = max(0, place - _LONGEST_CONDITION)
    if words[place].exact in _IF_BESIDE:
        return words[place - 1].exact in ("giả", "trường")
    while place >= first and words[place].exact not in _AFTER_A_CONDITION:
        if words[place].exact in _IF - _IF_BESIDE:
            return not any(word.exact in _IF_YOU_CAN for word in words[place : one.start])
        place -= 1
    return False


def is_range(start: Candidate, end: Candidate) -> bool:
    return end.role is Role.UP_TO and end.start - start.end <= 1


def _is_aim(one: Candidate, now: Present) -> bool:
    """Tell whether it is the year until which a plan runs: "đề án đến năm 2030"."""
    day = one.moment.day
    if day is None or day.form is not Form.WHOLE or not day.has_year:
        return False
    return one.role is Role.UP_TO and day.date > now.today + _FAR_AIM


def _is_left_till(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether the words count the time left until then: "còn 86 ngày nữa hết năm", "đến 31/12 còn 11 ngày"."""
    words = sentence.words
    places = (*clause_before(sentence, one.start), one.end)
    return one.role is Role.UP_TO and any(
        words[place].folded == "con" and words[place + 1].value >= 0 for place in places
    )


def _is_given_to_another(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether a named person is given the days: "cho anh Lĩnh 2 ngày để đọc", but not "cho em 2 ngày"."""
    day, place = one.moment.day, one.start - 1
    if one.role is not Role.PLAIN or day is None or day.form is not Form.COUNTED:
        return False
    while place > one.start - _LONGEST_GIVEN and sentence.words[place].capital:
        place -= 1
    named = place < one.start - 1 and sentence.words[place].folded in _TITLES
    return named and place > 0 and sentence.words[place - 1].folded == "cho"


def _is_of_a_schedule(sentence: Sentence, found: list[Candidate], one: Candidate) -> bool:
    """Tell whether it is an hour of a schedule: "Chương trình làm việc: 8h khai mạc, 11h bế mạc"."""
    if one.role is not Role.PLAIN or _SCHEDULE.at(sentence.words, 0) is None:
        return False
    if any(sentence.words[each.end].exact in _DUE_VERBS for each in found):
        return False
    colon = any(word.exact == ":" for word in sentence.words[: min(found[-1].start, _LABEL)])
    return colon and sum(each.role is Role.PLAIN for each in found) > 1


def _is_a_yearly_paper(sentence: Sentence, found: list[Candidate], one: Candidate) -> bool:
    """Tell whether it names a yearly paper: "đầu tuần sau tôi cần bản kiểm điểm cuối năm".

    False for "cuối năm nộp bản kiểm điểm".
    """
    words = sentence.words[one.start : one.end]
    edge = len(words) == 2 and words[0].folded in _EDGES and words[1].folded == "nam"
    if not edge or one.role is not Role.PLAIN or not follows(sentence, one.start, _YEARLY):
        return False
    return any(each.moment.day and each.end <= one.start for each in found)
