"""Talk about marks that marks nothing: the law and its teaching, that there is none, a ban for all, a film."""

from bot.rules.secrecy.places import is_alone, is_bracketed, is_carried, is_urgent, stops
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.vocabulary import NOT, keys, letters
from bot.rules.secrecy.words import DEGREES

_RULES = "luật|nghị định|thông tư|quy chế|nội quy|quy định|thẩm quyền|phân loại|khái niệm|định nghĩa|thể thức"
_TEACHING = (
    "tập huấn|bồi dưỡng|tuyên truyền|trắc nghiệm|hội thi|cuộc thi|tìm hiểu|bài giảng|đề cương|slide"
    "|quy trình|mẫu dấu|khắc dấu|nghiêm cấm|công tác bảo vệ|công tác quản lý|phổ biến pháp luật"
)
RULES = keys(_RULES) | letters(_RULES)
_TAUGHT = keys(f"{_RULES}|{_TEACHING}|cách") | letters(f"{_RULES}|{_TEACHING}")
LAW = _TAUGHT | keys("công tác|máy tính")
_ASKED = "gì|thế nào|ra sao|bao nhiêu|bao lâu|mấy|nào|khi nào|khác"
_ASKS = keys(f"{_ASKED}|ai") | letters(_ASKED)
_FILM = keys("phim|truyện|tiểu thuyết|game|gameshow|truyền hình")
_BANS = keys("cấm|đừng|tránh|chớ|hạn chế|không được|không nên")
_NONE_OF = letters("có|phát sinh|phải|thuộc|đóng|mang|ban hành|nhận|chứa")
_BANNED = letters(
    "gửi|đưa|chụp|lưu|soạn|đăng|chuyển|nhắn|chia|dùng|trao|in|photo|sao|để|tải|scan|đọc|phát tán"
)
_ONE_AT_HAND = keys("này|đây|kia|ấy|kèm|nay|day|vừa|mới|bản số|ban so")
_OF_ONE = keys("này|đó|kia|ấy|số|của|kèm|nay|so|cua|đã|vừa|gửi|từ|về|do|ngày")
_NET = keys(
    "mạng|zalo|internet|chatbot|facebook|email|telegram|bot|usb|cloud|drive|viber|messenger|gmail"
    "|thư điện|điện thoại|mang"
)
_FORBIDDEN = keys("không|cấm|nghiêm|tuyệt|khong|chớ|đừng")
_LABELS = letters("độ|dấu")
_GENERAL = keys("văn bản|tài liệu|công văn|hồ sơ|dấu|độ|bmnn|nhà nước") | letters(
    "văn bản|tài liệu|công văn|hồ sơ"
)
_NEAR, _SHORT = 8, 8


def is_talk(reading: Reading, at: int) -> bool:
    """Tell whether the mark that ends here is only talked about, and no paper at hand carries it."""
    words = reading.words
    first = at - 1 if words[at - 1].letters in DEGREES else at
    begin, end = reading.sentence(at)
    if reading.has(max(begin, first - 5), first, _FILM):
        return True
    if _is_denied(reading, first, at) or _is_forbidden(reading, at, end):
        return True
    set_off = is_urgent(reading, first, at) or is_bracketed(reading, first, at)
    if set_off or names_one(reading, begin, end):
        return False
    asked = "?" in words[end].gap or reading.has(begin, end, _ASKS)
    if words[first - 1].letters in _LABELS and asked and end - begin <= _SHORT:
        return True
    if reading.has(begin, end, RULES) and (asked or _degrees(reading, begin, end) > 1):
        return True
    return _is_taught(reading, first, at)


def names_one(reading: Reading, begin: int, end: int) -> bool:
    """Tell whether one paper is spoken of: "này", "đây", "kèm theo", "số 12" that is no law's."""
    if reading.has(begin, end, _ONE_AT_HAND):
        return True
    for place in range(begin, end - 1):
        numbered = reading.words[place].letters == "so" and reading.words[place + 1].is_number
        if numbered and not reading.has(max(begin, place - 2), place, RULES):
            return True
    return False


def _is_denied(reading: Reading, first: int, at: int) -> bool:
    """Tell whether it is said that there is none, or must be none: "không phát sinh văn bản mật nào"."""
    words = reading.words
    begin, end = reading.sentence(at)
    after = words[at + 1]
    ends = stops(after.gap) or after.letters == "nao"
    if not ends and (after.key in _OF_ONE or not reading.has(at, end, _NET)):
        return False
    for place in range(first, max(begin, first - _NEAR), -1):
        if stops(words[place].gap):
            return False
        if _denies(reading, place - 1):
            return True
    return False


def _denies(reading: Reading, at: int) -> bool:
    one, after, later = reading.words[at : at + 3]
    if one.key in _BANS or f"{one.key} {after.key}" in _BANS:
        return True
    said = {after.letters, f"{after.letters} {later.letters}"}
    return one.key in NOT and not said.isdisjoint(_NONE_OF | _BANNED)


def _is_forbidden(reading: Reading, at: int, end: int) -> bool:
    """Tell whether a ban for all follows: "tài liệu mật không được đưa lên mạng"."""
    after = reading.words[at + 1]
    return not stops(after.gap) and after.key in _FORBIDDEN and reading.has(at + 1, end, _NET)


def _is_taught(reading: Reading, first: int, at: int) -> bool:
    """Tell whether papers in general are a matter of teaching or of a rule: "tập huấn soạn văn bản mật"."""
    words = reading.words
    if first != at or words[at + 1].key in _OF_ONE or is_alone(reading, at, at):
        return False
    clause, (begin, _) = first, reading.sentence(at)
    while clause > begin and not stops(words[clause].gap):
        clause -= 1
    return is_carried(reading, at, _GENERAL) and reading.has(clause, first - 1, _TAUGHT)


def _degrees(reading: Reading, begin: int, end: int) -> int:
    """Return how many different degrees these words name."""
    marks = [place for place in range(begin, end) if reading.words[place].letters == "mat"]
    before = {reading.words[place - 1].letters for place in marks}
    return len(before & DEGREES) + bool(before - DEGREES - {"bi", "do"})
