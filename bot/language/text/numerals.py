"""Detect numbers that look like dates, and ordinals that look like weekdays (R12)."""

from bot.language.deadline.clause_position import BREAKS, follows
from bot.language.deadline.limit_marks import Candidate, Role
from bot.language.moments.days import Form
from bot.language.moments.weekdays import WEEKDAY
from bot.language.text.words import Sentence, Word, any_of, vocabulary

_ORDINAL = any_of("lần|kỳ họp|phiên họp|phiên|hội nghị|kỳ|khóa|bài|chương|điểm|vòng|hạng|cấp")
_PART_OF = any_of(
    "nội dung|mục|vấn đề|nhóm|nhiệm vụ|giải pháp|trường hợp|tiêu chí|phần|đợt|tập|người|lý do|nguyên nhân|"
    "kiến nghị|đoạn|cột|giai đoạn|bước|phương án|ý|việc"
)
_COUNTED_PARTS = any_of(
    "chỉ tiêu|tiêu chí|tiêu chuẩn|điểm|khoản|mục|phần|nhóm|lớp|điều|chương|phụ lục|câu|buổi|tuần|năm|quý|tháng|tiết|quyển|đoạn|trang|ý|bước"
)
"""Nouns that take an ordinal with nothing after it: "chỉ tiêu thứ tư"."""
_LISTS = vocabulary("danh hang chuyen dia tai bo bai")
"""First syllables that make another noun of "mục", "điểm", "khoản", "phần": danh mục, tài khoản.

Such a noun is handed in, so the weekday after it stays a weekday.
"""
_HELD = any_of(
    "lớp|đợt|kỳ|khóa|hội nghị|đại hội|hội thảo|chuyến|cuộc|chương trình|phiên|buổi|tập huấn|lễ|chiến dịch|"
    "hội thi|diễn đàn|tuần lễ|đoàn|giải"
)
_OF_IT = any_of("của|trong")
_PERIODS = vocabulary("tuan thang")
_HANDING = vocabulary("gui nop trinh chuyen goi chot xong")
_LONG_PERIODS = vocabulary("nam quy thang")
_TIMES = any_of("ngày|ngày làm việc|hôm|buổi|buổi sáng|buổi chiều|sáng|chiều|phiên|tuần")
_LONGEST_HANDING = 6
_OF = any_of("trong|của|về|ở|tại|là|chưa|còn|trên|này")
"""Words after "nội dung thứ ba" that show that "thứ ba" is an ordinal."""
_NUMBERED = any_of(
    "phòng|trang|mục|điểm|khoản|điều|tầng|câu|bước|bản|phiên bản|phần|chương|gói|mẫu|tờ|quyển|số|tỷ lệ|"
    "tỉ lệ|đạt|hệ số|version|đường|phố|đại lộ|quốc lộ|tỉnh lộ|ngõ|hẻm|cầu|công viên|trường|chợ|bệnh viện|"
    "công ty|xí nghiệp|nhà máy|lô|thửa|ấp|khu phố|khu tập thể|tổ dân phố|cư xá|vòng xoay|bến"
)
_FILES = frozenset({("ho", "so"), ("co", "so")})
"""Hồ sơ and cơ sở without diacritics: their "so" is not "số", so no number follows."""
_COUNTED_THINGS = any_of(
    "khoản|đơn vị|chỉ tiêu|hồ sơ|xã|phường|chi bộ|đảng viên|người|việc|nhiệm vụ|trường hợp|mục|trang|"
    "ý kiến|câu|tiêu chí|cơ quan|cấp ủy|văn bản|đại biểu|phiếu|máy|kiến nghị|nội dung|ban"
)
_HANDED = vocabulary("gui nop trinh chuyen goi")
_DAY_WORD = any_of("ngày")


def is_number(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether a date is only a number: "phiên bản 2.5", "24/7", "12/15 chỉ tiêu", a telephone number."""
    words, start, end = sentence.words, candidate.moment.start, candidate.moment.end
    glued = words[start].value >= 0 and _is_glued(sentence, start)
    if start and (glued or _are_nights(sentence, start, end)):
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
    issues = (words[end].folded, words[end + 1].folded) == ("ban", "hanh")
    counted = sign.exact == "/" and _COUNTED_THINGS.at(words, end) is not None and not issues
    filed = start > 1 and (words[start - 2].folded, words[start - 1].exact) in _FILES
    numbered = follows(sentence, start, _NUMBERED) and not filed
    return (first.value, last.value) == (24, 7) or counted or numbered


def _are_nights(sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether the moment is the "ngày 1 đêm" of "thuê xe 2 ngày 1 đêm"."""
    words = sentence.words
    ends = words[start].folded == "ngay" and words[end - 1].folded == "dem"
    return ends and words[start - 1].value >= 0


def _is_code(word: Word) -> bool:
    """Tell whether a word is a number of three digits or more, as the "001" of "2026-12-14-001"."""
    return word.value >= 0 and word.end - word.start > 2


def _is_glued(sentence: Sentence, start: int) -> bool:
    """Tell whether a number is joined to the number before it, with only "/", "." or "-" between.

    True for the "15.12" of "0912.15.12.26", and for the "001" of "2026-12-14-001".
    """
    sign, before = sentence.words[start - 1], sentence.words[start - 2]
    joined = sign.end == sentence.words[start].start and before.end == sign.start
    return start > 1 and joined and sign.exact in ("/", ".", "-") and before.value >= 0


def _is_dotted_date(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether "25.3 trình", ", 25.12 nộp" is a date: it starts a clause and its verb follows."""
    starts = one.start == 0 or sentence.words[one.start - 1].exact in ",;"
    return starts and sentence.words[one.end].folded in _HANDED | {"xong", "phai", "la", "bao"}


def is_ordinal(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether a weekday is an ordinal: "lần thứ hai", "ngày thứ hai của hội nghị"."""
    day = candidate.moment.day
    if day is None or day.form is not Form.WEEKDAY or candidate.start == 0:
        return False
    if candidate.end > candidate.start + 2 and candidate.role is Role.PLAIN:
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


def is_numbered_part(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether a moment is a numbered part and not a day, with or without a limit word before it.

    "ngày thứ hai của lớp", "chỉ tiêu thứ tư", "trong năm thứ hai".
    """
    day, end, words = candidate.moment.day, candidate.moment.end, sentence.words
    if day is None or end < 2:
        return False
    if day.form is Form.WEEKDAY:
        said = words[end - 2].folded == "thu" and not words[end - 1].capital
        return said and _numbers_a_part(sentence, end - 2)
    numbered = words[end].folded == "thu" and words[end - 1].folded in _LONG_PERIODS
    return numbered and not words[end + 1].capital and WEEKDAY.at(words, end) is not None


def _numbers_a_part(sentence: Sentence, place: int) -> bool:
    """Tell whether the ordinal at a place counts the days of an event, or the parts of a paper."""
    if follows(sentence, place, _TIMES) and _is_of_something_held(sentence, place + 2):
        return True
    if not follows(sentence, place, _COUNTED_PARTS):
        return False
    listed = place > 1 and sentence.words[place - 2].folded in _LISTS
    return not (listed or _is_handed(sentence, place))


def _is_handed(sentence: Sentence, place: int) -> bool:
    """Tell whether a verb of handing in stands before the ordinal in its clause.

    "gửi phần thứ hai" may then mean Monday.
    """
    for word in reversed(sentence.words[max(0, place - _LONGEST_HANDING) : place]):
        if word.exact in BREAKS:
            return False
        if word.folded in _HANDING:
            return True
    return False


def _is_of_something_held(sentence: Sentence, after: int) -> bool:
    """Tell whether an event follows a day: "của hội nghị", "đợt giám sát", but not "của tuần tới"."""
    of = _OF_IT.at(sentence.words, after)
    named = sentence.words[of[1]] if of else None
    if named:
        return named.folded not in _PERIODS and named.value < 0
    return _HELD.at(sentence.words, after) is not None
