"""Numbers that only look like dates, and ordinals that only look like weekdays (R12)."""

from bot.language.days import Form
from bot.language.marks import Candidate, Role
from bot.language.surroundings import follows
from bot.language.words import Sentence, Word, any_of, vocabulary

_ORDINAL = any_of("lần|kỳ họp|phiên họp|phiên|hội nghị|kỳ|khóa|bài|chương|điểm|vòng|hạng|cấp")
_PART_OF = any_of(
    "nội dung|mục|vấn đề|nhóm|nhiệm vụ|giải pháp|trường hợp|tiêu chí|phần|đợt|tập|người|lý do|nguyên nhân|"
    "kiến nghị|đoạn|cột|giai đoạn|bước|phương án|ý|việc"
)
_OF = any_of("trong|của|về|ở|tại|là|chưa|còn|trên|này")
"""After "nội dung thứ ba", what makes an ordinal of it."""
_NUMBERED = any_of(
    "phòng|trang|mục|điểm|khoản|điều|tầng|câu|bước|bản|phiên bản|phần|chương|gói|mẫu|tờ|quyển|số|tỷ lệ|"
    "tỉ lệ|đạt|hệ số|version|đường|phố|đại lộ|quốc lộ|tỉnh lộ|ngõ|hẻm|cầu|công viên|trường|chợ|bệnh viện|"
    "công ty|xí nghiệp|nhà máy|lô|thửa|ấp|khu phố|khu tập thể|tổ dân phố|cư xá|vòng xoay|bến"
)
_COUNTED_THINGS = any_of(
    "khoản|đơn vị|chỉ tiêu|hồ sơ|xã|phường|chi bộ|đảng viên|người|việc|nhiệm vụ|trường hợp|mục|trang|"
    "ý kiến|câu|tiêu chí|cơ quan|cấp ủy|văn bản|đại biểu|phiếu|máy|kiến nghị|nội dung|ban"
)
_HANDED = vocabulary("gui nop trinh chuyen goi")
_DAY_WORD = any_of("ngày")


def is_number(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell "phiên bản 2.5", "24/7", "12/15 chỉ tiêu" and a telephone number from a date."""
    words, start, end = sentence.words, candidate.moment.start, candidate.moment.end
    if start and words[start].value >= 0 and _is_glued(sentence, start):
        return True
    if words[end - 1].value >= 0 and _is_code(words[end + 1]) and _is_glued(sentence, end + 1):
        return True
    dotted = words[start].value >= 0 and words[start + 1].exact == "."
    if dotted and candidate.role is Role.PLAIN and follows(sentence, start, _NUMBERED):
        return True
    if candidate.role is not Role.PLAIN or end != start + 3 or words[start].value < 0:
        return False
    first, sign, last = words[start:end]
    if sign.exact == ".":
        return follows(sentence, start, _NUMBERED) or not _is_dotted_date(sentence, candidate)
    counted = sign.exact == "/" and _COUNTED_THINGS.at(words, end) is not None
    numbered = follows(sentence, start, _NUMBERED)
    return (first.value, last.value) == (24, 7) or counted or numbered


def _is_code(word: Word) -> bool:
    """Tell the "001" of "2026-12-14-001"."""
    return word.value >= 0 and word.end - word.start > 2


def _is_glued(sentence: Sentence, start: int) -> bool:
    """Tell the "15.12" of "0912.15.12.26", and "2026-12-14" before "-001"."""
    sign, before = sentence.words[start - 1], sentence.words[start - 2]
    joined = sign.end == sentence.words[start].start and before.end == sign.start
    return start > 1 and joined and sign.exact in ("/", ".", "-") and before.value >= 0


def _is_dotted_date(sentence: Sentence, one: Candidate) -> bool:
    """Tell "25.3 trình" and ", 25.12." from a number: such a date stands apart, before its verb."""
    starts = one.start == 0 or sentence.words[one.start - 1].exact in ",;"
    return starts and sentence.words[one.end].folded in _HANDED | {"xong", "phai", "la", "bao"}


def is_ordinal(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell "lần thứ hai", "ngày thứ hai của hội nghị" from a weekday."""
    day = candidate.moment.day
    if day is None or day.form is not Form.WEEKDAY or candidate.start == 0:
        return False
    before = candidate.start - 1
    if _ORDINAL.at(sentence.words, before) or _ORDINAL.at(sentence.words, max(0, before - 1)):
        return candidate.moment.end == candidate.start + 2
    if follows(sentence, candidate.start, _PART_OF) and _OF.at(sentence.words, candidate.end):
        return candidate.moment.end == candidate.start + 2
    named = sentence.words[candidate.start + 1]
    return (
        _DAY_WORD.at(sentence.words, before) is not None and not named.capital and named.value < 0
    )
