"""Dates and periods that bound what the work is about: figures, papers of a period, absences (R12)."""

from bot.language.deadline.clause_position import BREAKS, clause_before, clause_start, follows
from bot.language.deadline.limit_marks import Candidate
from bot.language.moments.days import Form
from bot.language.text.words import Sentence, any_of, vocabulary

_DATA = any_of(
    "số liệu|dữ liệu|tính|giai đoạn|nhiệm kỳ|thời kỳ|phát sinh|lũy kế|niên độ|thống kê|"
    "kỳ báo cáo|cập nhật|thời điểm|camera|log|ghi hình|trích xuất|băng|nhật ký|lịch sử"
)
_OF_DATA = any_of(
    "ban hành|sinh|kết nạp|phát sinh|tình hình|số liệu|dữ liệu|xảy ra|diễn ra|diễn biến|thu chi|"
    "hoạt động|được cấp|vào đảng|ký|thành lập|nhập ngũ|tuyển dụng|có hiệu lực|công tác|bổ nhiệm|"
    "tiếp nhận|nhận được|chuyển đến|chuyển về|xây dựng|mua sắm|đã ký|ký kết|vào đoàn|cấp"
)
_RESULT = any_of(
    "giải ngân|thu chi|công nợ|kết quả|tiến độ|tình hình|số lượng|tồn kho|biến động|kinh phí|chi phí|"
    "thực hiện|doanh thu|thu ngân sách|đã làm|tổng số"
)
_TO_DO = any_of("thực hiện")
_AWAY = any_of(
    "nghỉ|nghỉ phép|nghỉ tết|nghỉ lễ|đi công tác|đi học|đi vắng|công tác tại|ở lại|lưu lại|lưu trú|tạm trú|ở đây"
)
_COUNTS = any_of("thống kê|đếm|liệt kê|kiểm kê|lập danh sách|tính số|báo cáo số")
_WEEKS = vocabulary("tuần tuan kỳ lịch")
_OF_A_WEEK = vocabulary("tuần tuan kỳ lịch quý tháng năm đợt nam quy thang")
_FINISHING = vocabulary("chot nop gui xong trinh giao")
_LONGEST_ABSENCE = 6


def is_data(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether the moment bounds the data that the work is about."""
    if candidate.start and sentence.words[candidate.start - 1].exact in _WEEKS:
        return True
    if _is_of_the_period_before(sentence, candidate):
        return True
    for place in range(max(0, candidate.start - 4), candidate.start):
        if _DATA.at(sentence.words, place) and not any(
            sentence.words[n].exact in BREAKS for n in range(place, candidate.start)
        ):
            return True
    return sentence.words[candidate.start].folded == "tinh"


def _is_of_the_period_before(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether a bracket explains the period before it: "tuần 49 (từ 30/11 đến 6/12)", "quý III (đến 30/9)".

    False for "soạn báo cáo (đến hết 22/1)".
    """
    words, place = sentence.words, candidate.start - 1
    if place < 2 or words[place].exact != "(":
        return False
    before = words[place - 2 : place]
    return any(word.exact in _OF_A_WEEK or word.value >= 0 for word in before)


def is_of_data(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether the moment says when the data arose: "ban hành trước năm 2020", "tình hình trong tuần".

    False for "chốt số liệu trong tuần".
    """
    if not follows(sentence, candidate.start, _OF_DATA):
        return False
    if candidate.start > 1 and sentence.words[candidate.start - 2].folded == "trinh":
        return False
    return not (candidate.start > 2 and sentence.words[candidate.start - 3].folded in _FINISHING)


def is_of_result(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether a date follows figures: "báo cáo giải ngân đến 15/12".

    It may be the deadline, or the day up to which the figures run.
    """
    dated = one.moment.day is not None and one.moment.day.form in (Form.DATE, Form.MONTH_DAY)
    timed = one.moment.clock or one.moment.part
    return (
        dated
        and not timed
        and not _is_to_do(sentence, one)
        and follows(sentence, one.start, _RESULT)
    )


def _is_to_do(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether "thực hiện" at the start of a clause means work to do.

    True for "thực hiện từ 8/3 - 19/3: lấy ý kiến", False for "kết quả thực hiện".
    """
    to_do = one.start > 1 and _TO_DO.at(sentence.words, one.start - 2)
    return bool(to_do) and clause_start(sentence, one.start - 2)


def counts(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether the clause counts or lists something that a period may bound: "thống kê ..."."""
    return any(
        _COUNTS.at(sentence.words, place) for place in clause_before(sentence, candidate.start)
    )


def is_away(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether the moment says how long somebody is away or stays: "nghỉ phép đến hết tuần"."""
    places = range(max(0, candidate.start - _LONGEST_ABSENCE), candidate.start)
    return any(_AWAY.at(sentence.words, place) for place in places)
