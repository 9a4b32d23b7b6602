"""Talk about marks that marks nothing: the law and its teaching, a question, a ban for all, that there is none, a film."""

from bot.rules.secrecy.denials import is_denied, is_forbidden, says
from bot.rules.secrecy.places import is_alone, is_bracketed, is_carried, is_urgent, stops
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.vocabulary import AT_HAND, GENERAL_PAPERS, NOT, OF_ONE, keys, letters
from bot.rules.secrecy.words import DEGREES

_RULES = (
    "luật|nghị định|thông tư|quy chế|nội quy|quy định|thẩm quyền|phân loại|khái niệm|định nghĩa|thể thức"
    "|thời hạn bảo vệ|xử phạt|làm lộ|mẫu dấu|phân biệt"
)
_TEACHING = (
    "tập huấn|bồi dưỡng|tuyên truyền|trắc nghiệm|hội thi|cuộc thi|tìm hiểu|bài giảng|đề cương|slide"
    "|quy trình|khắc dấu|nghiêm cấm|công tác bảo vệ|công tác quản lý|thủ tục|câu hỏi"
)
_RULES_SAID = keys(_RULES) | letters(_RULES)
_TAUGHT = _RULES_SAID | keys(f"{_TEACHING}|cách|hướng dẫn") | letters(_TEACHING)
LAW = _TAUGHT | keys("công tác|máy tính")
_ASKED = (
    "là gì|thế nào|ra sao|bao nhiêu|bao lâu|mấy độ|mấy loại|mấy cấp|mấy mức|khi nào|khác gì|khác nhau"
    "|có được|có nhận|được không"
)
_ASKS = keys(f"{_ASKED}|có gửi") | letters(_ASKED)
_ASKS_OF_RULES = _ASKS | keys("ai|mấy|nào|gì") | letters("mấy|nào|gì")
_FILM = keys("phim|truyện|tiểu thuyết|game|gameshow|truyền hình")
_STORY = keys(
    "triển lãm|bảo tàng|thời chiến|kháng chiến|câu chuyện|điệp viên|sinh nhật|quà|liên hoan|tiệc"
)
_HELD = keys(
    "để|giữ|cầm|nhận được|gửi anh|gửi chị|gửi em|em gửi|anh gửi|chưa|đâu|hôm|sáng|chiều|rồi"
)
_KEPT_IN = keys("máy tính|két|tủ|camera|kho|phòng|thiết bị")
_TO_KEEP = letters("soạn thảo|đựng|bảo quản|lưu trữ|lưu giữ|cất")
_TIMES = letters("tối|hôm|sáng|chiều|trưa|đêm|ngày|năm|tháng|tuần|lâu|đến|xưa|hiện")
_LABELS = letters("độ|dấu")
_GENERAL = keys("văn bản|tài liệu|thông tin|dấu|độ|bmnn|nhà nước") | letters("văn bản|tài liệu")
_SHORT = 8


def is_talk(reading: Reading, at: int) -> bool:
    """Tell whether the mark that ends here is only talked about, and no paper at hand carries it."""
    first = at - 1 if reading.words[at - 1].letters in DEGREES else at
    begin, end = reading.sentence(at)
    if reading.has(max(begin, first - 5), first, _FILM):
        return True
    if is_denied(reading, first, at) or is_forbidden(reading, at, end):
        return True
    set_off = is_urgent(reading, first, at) or is_bracketed(reading, first, at)
    if set_off or names_one(reading, begin, end):
        return False
    if _is_history(reading, first, begin, end) or _degrees(reading, begin, end) == len(DEGREES) + 1:
        return True
    return _is_asked(reading, first, at) or _is_taught(reading, first, at)


def names_one(reading: Reading, begin: int, end: int) -> bool:
    """Tell whether one paper is spoken of: "này", "đây", "kèm theo", "số 12" that is no law's."""
    if reading.has(begin, end, AT_HAND):
        return True
    for place in range(begin, end - 1):
        one, before = reading.words[place : place - 2 : -1]
        if one.letters == "nay" and before.letters not in _TIMES:
            return True
        numbered = reading.words[place].letters == "so" and reading.words[place + 1].is_number
        if numbered and not reading.has(max(begin, place - 2), place, _RULES_SAID):
            return True
    return False


def _is_asked(reading: Reading, first: int, at: int) -> bool:
    """Tell whether a question is put that is of papers in general: "Tối mật là gì?", "ai ký văn bản mật?"."""
    begin, end = reading.sentence(at)
    if reading.has(begin, end, _RULES_SAID):
        return "?" in reading.words[end].gap or reading.has(begin, end, _ASKS_OF_RULES)
    if not reading.has(begin, end, _ASKS):
        return False
    label = reading.words[first - 1].letters in _LABELS and end - begin <= _SHORT
    general = is_carried(reading, first, _GENERAL) or not is_carried(reading, first, GENERAL_PAPERS)
    return label or (general and not _is_held(reading, begin, end))


def _is_held(reading: Reading, begin: int, end: int) -> bool:
    """Tell whether somebody has, sends or awaits it, or it is somebody's: "tài liệu mật để đâu?"."""
    return reading.has(begin, end, _HELD | keys("của|cua"))


def _is_history(reading: Reading, first: int, begin: int, end: int) -> bool:
    """Tell whether it is of the past, of a museum or of a party; or secret no more: "đã được giải mật"."""
    if reading.has(begin, end, _STORY):
        return True
    long_ago = any(_is_year_past(reading, place) for place in range(begin, end))
    if long_ago and not is_carried(reading, first, GENERAL_PAPERS):
        return True
    freed = reading.has(begin, end, keys("giải mật")) and reading.has(begin, end, keys("đã|được"))
    return freed and not reading.has(begin, end, NOT)


def _is_year_past(reading: Reading, at: int) -> bool:
    """Tell whether a year is named of which all is history, and in which nobody was born: "năm 1941"."""
    first, before, one = reading.words[at - 2 : at + 1]
    year = one.text.isdigit() and "1800" < one.text < "1976"
    return year and len(one.text) == 4 and before.letters == "nam" and first.letters != "sinh"


def _is_taught(reading: Reading, first: int, at: int) -> bool:
    """Tell whether papers in general are a matter of teaching, of a rule, or of what they are kept in."""
    words = reading.words
    begin, _ = reading.sentence(at)
    after, later = words[at + 1 : at + 3]
    of_one = (
        after.key in OF_ONE and f"{later.letters} {words[at + 3].letters}" not in GENERAL_PAPERS
    )
    if of_one or is_alone(reading, first, at) or not is_carried(reading, first, _GENERAL):
        return False
    clause = first
    while clause > begin and not stops(words[clause].gap):
        clause -= 1
    if reading.has(clause, first - 1, _TAUGHT) or reading.has(
        begin, min(begin + 4, first - 1), _TAUGHT
    ):
        return True
    kept = any(says(reading, place, _TO_KEEP) for place in range(clause, first - 1))
    return kept and reading.has(clause, first - 1, _KEPT_IN)


def _degrees(reading: Reading, begin: int, end: int) -> int:
    """Return how many different degrees these words name."""
    marks = [place for place in range(begin, end) if reading.words[place].letters == "mat"]
    before = {reading.words[place - 1].letters for place in marks}
    return len(before & DEGREES) + bool(before - DEGREES - {"bi", "do"})
