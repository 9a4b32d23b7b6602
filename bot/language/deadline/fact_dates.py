"""Dates that are facts about people and things: born, retired, in force, a feast (R12)."""

from bot.language.deadline.clause_position import BREAKS, clause_before, follows
from bot.language.deadline.limit_marks import Candidate, Role
from bot.language.moments.days import Form
from bot.language.text.words import Sentence, any_of, vocabulary

_FACT = any_of(
    "nghỉ hưu|sinh|sinh ra|sinh năm|tuyển dụng|vào đảng|được cấp|nhập ngũ|về hưu|đủ tuổi|hết tuổi|"
    "hết hạn|hết hiệu lực|đáo hạn|hết nhiệm kỳ|mãn nhiệm|có hiệu lực|hiệu lực|có giá trị|"
    "hạn dùng|hạn sử dụng|hạn bảo hành|được bổ nhiệm|được kết nạp|đã kết nạp|đã ban hành|đã ký|"
    "được thành lập|được tuyển dụng|đến tuổi"
)
"""Facts about people and things. A date after one is no deadline unless "chậm nhất" or the like precedes it."""
_DATA_OF_THING = any_of(
    "bảo hành|còn hạn|tuổi đảng|phát sinh|đã chi|đã thu|đã nhận|nhận được|đã giải ngân|xảy ra|quá hạn|"
    "hiện có|thời điểm|đợt|giai đoạn|nhiệm kỳ|niên khóa|năm học|tồn đọng|còn nợ|nghỉ phép|lũy kế|"
    "tích lũy|thường trực giao|bí thư giao|lãnh đạo giao|cấp trên giao|thành ủy giao|thường vụ giao|đã giao|mới giao|"
    "số dư|đã thực hiện|đã hoàn thành|đã xử lý|được giao|áp dụng|thi hành|giá trị|thâm niên"
)
"""Data that a date or a period after it bounds, unless "trước" makes that date a limit."""
_OWN_FACT = any_of("hết hạn|hết hiệu lực|hiệu lực|đến hạn|tới hạn|đáo hạn")
"""Limit words that tell a fact about the noun before them: "các việc đến hạn trong tuần"."""
_DUE_THINGS = vocabulary(
    "việc vụ sơ đồng thẻ phép nợ vay bản cáo chỉ chứng viec so dong the no ban cao tiêu vốn"
)
_FEAST = any_of(
    "là ngày thành lập|là ngày truyền thống|là ngày kỷ niệm|là ngày lễ|là ngày giỗ|là ngày hội|"
    "là ngày nghỉ|là ngày sinh|là lễ|là sinh nhật|là giỗ"
)
"""Words after a day that only has a name."""
_CONTRACT = any_of("hợp đồng|thuê|bảo hành|bảo trì|bảo hiểm")
_IS_THE_DAY = any_of("là ngày")
_FEAST_BITS = _IS_THE_DAY.bit | _FEAST.bit
_FORMS_OF_FACTS = (Form.DATE, Form.MONTH_DAY, Form.WHOLE, Form.PERIOD)
_JUST_OR_SOON = vocabulary("sap moi vua")
_FINISHES = vocabulary("hoan xong")


def is_fact(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether the moment is a fact about people or things, never a deadline: "cán bộ nghỉ hưu trước 31/12"."""
    moment = candidate.moment
    if moment.clock or moment.part or candidate.role is Role.UNTIL:
        return False
    if moment.day is None or moment.day.form not in _FORMS_OF_FACTS:
        return False
    if follows(sentence, candidate.start, _FACT):
        return True
    finishes = sentence.words[candidate.start].folded in _FINISHES
    limited = candidate.role in (Role.BEFORE, Role.DUE) or finishes
    return not limited and follows(sentence, candidate.start, _DATA_OF_THING)


def is_own_fact(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether a limit word belongs to the noun before it.

    "hợp đồng có hiệu lực đến 31/12", "các việc đến hạn trong tuần".
    """
    said = _OWN_FACT.at(sentence.words, one.start)
    if said is None or said[1] > one.moment.start or one.start == 0:
        return False
    before = sentence.words[one.start - 1]
    if sentence.words[one.start].folded in ("den", "toi"):
        return before.exact in _DUE_THINGS or before.folded in _JUST_OR_SOON
    return before.exact not in BREAKS


def is_term_of_contract(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether it is the term of a contract: "hợp đồng bảo vệ ký 1/1/2026 thời hạn 12 tháng".

    False for "thời hạn 12 ngày".
    """
    day, words = one.moment.day, sentence.words
    long = words[one.end - 1].folded in ("thang", "nam")
    if day is None or day.form is not Form.COUNTED or words[one.start].folded != "thoi" or not long:
        return False
    return any(_CONTRACT.at(words, place) for place in clause_before(sentence, one.start))


def is_a_feast(sentence: Sentence, after: int) -> bool:
    """Tell whether a day is named as a feast: "22/12 là ngày thành lập", "20/10 là Ngày Phụ nữ".

    False for "20/12 là ngày nộp".
    """
    if not sentence.words[after].starts & _FEAST_BITS:
        return False
    named = _IS_THE_DAY.at(sentence.words, after)
    capital = named is not None and sentence.words[named[1] - 1].capital
    return capital or _FEAST.at(sentence.words, after) is not None
