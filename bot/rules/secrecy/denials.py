"""Finds statements that there is no mark, or must be none: "không có văn bản mật", "cấm gửi tài liệu mật qua Zalo"."""

from bot.rules.secrecy.places import is_carried, stops
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.vocabulary import GENERAL_PAPERS, NOT, NOT_YET, OF_ONE, keys, letters
from bot.rules.secrecy.words import DEGREES

_BANS = keys("cấm|đừng|tránh|chớ|cam|dung")
_MAY = letters("từng|hề|bị|được|đc|dc|nên|thể|dám|việc|ai")
_NONE_OF = letters(
    "có|phát sinh|phải|thuộc|đóng|mang|ban hành|nhận|tiếp nhận|chứa|soạn thảo|lưu trữ|còn"
)
_BANNED = letters(
    "nhập|dán|up|post|copy|mang|đem|đọc|gửi|đưa|chụp|lưu|soạn|đăng|chuyển|nhắn|chia|dùng|sử dụng|trao|in|photo|sao|để|tải|scan|phát tán"
)
_ENDS = letters("nào|đâu|cả|hết|nhé|nha|nữa|gì|trong|ở|đến")
_UNSEEN = keys("chưa thấy|không thấy|chẳng thấy|không có|chưa có")
_COMES_OR_GOES = keys("đi|đến")
_STAMPS = keys("dấu|độ")
_HARDLY = NOT | keys("đâu|chả|nào")
_NUMBER_OF = keys("số|lượng")
_NET = keys(
    "nhóm|nhom|mạng|zalo|internet|chatbot|facebook|email|telegram|bot|usb|cloud|drive|viber|messenger|gmail"
    "|thư điện|điện thoại|mang|ai|ứng dụng|vào đây|lên đây"
)
_FORBIDDEN = keys("không|cấm|nghiêm|tuyệt|khong|chớ|đừng")
_OR = letters("hay|hoặc|và")
_BUT = keys("mà là|ma la|nhưng là")
"""Words that cancel a "không" before them: "không phải thường mà là mật"."""
_ATTACHED = keys("kèm theo|đính kèm|kem theo|dinh kem")
_EVER = letters("bao giờ")
_NEAR = 8


def is_denied(reading: Reading, first: int, at: int) -> bool:
    """Tell whether the text says that there is no mark or must be none: "không phát sinh văn bản mật nào"."""
    words = reading.words
    begin, end = reading.sentence(at)
    after = words[at + 1]
    if _is_said_to_have_none(reading, first, at):
        return True
    ends = stops(after.gap) or after.letters in _ENDS or _is_or(reading, at + 1)
    ends = ends or reading.has(at + 1, at + 3, _ATTACHED)
    if not ends and (after.key in OF_ONE or not reading.has(at, end, _NET)):
        return _is_counted_as_none(reading, first, at)
    for place in range(first, max(begin, first - _NEAR), -1):
        if stops(words[place].gap) and not says(reading, place, _NONE_OF | _BANNED):
            break
        if f"{words[place - 1].key} {words[place].key}" in _BUT:
            break
        if _denies(reading, place - 1):
            return True
    return _is_counted_as_none(reading, first, at)


def _is_or(reading: Reading, at: int) -> bool:
    """Tell whether "or" or "and" and another degree follow: "tối mật hay tuyệt mật"."""
    one, after = reading.words[at : at + 2]
    return one.letters in _OR and (after.letters in DEGREES or after.letters == "mat")


def _ends_in_dau(reading: Reading, at: int) -> bool:
    """Tell whether "đâu" or "gì đâu" ends a clause here: "có mật đâu", "có mật gì đâu"."""
    last = at + 1 if reading.words[at].letters == "gi" else at
    return reading.words[last].letters == "dau" and stops(reading.words[last + 1].gap)


def _is_said_to_have_none(reading: Reading, first: int, at: int) -> bool:
    """Tell whether the words right beside say that there is none.

    Examples: "đâu có mật", "văn bản mật: không phát sinh", "mật: 0", "có mật đâu".
    """
    first_but_one, before = reading.words[first - 2 : first]
    after, later = reading.words[at + 1 : at + 3]
    hardly = first_but_one.key in _HARDLY or _ends_in_dau(reading, at + 1)
    if before.letters == "co" and hardly:
        return True
    if after.text in {"0", "00"} and stops(later.gap):
        return True
    place = at + (after.key in _COMES_OR_GOES)
    counted = is_carried(reading, first, GENERAL_PAPERS)
    if reading.words[place + 1].gap.strip() == ":" and counted and _is_none(reading, place + 1):
        return True
    return _is_no_stamp(reading, first, at)


def _is_none(reading: Reading, at: int) -> bool:
    """Tell whether a value means none: "không", "không phát sinh". "không sao chụp" does not."""
    one, after = reading.words[at : at + 2]
    if one.text in {"0", "00"}:
        return True
    return one.key in NOT and (
        not after.text or stops(after.gap) or says(reading, at + 1, _NONE_OF)
    )


def _is_no_stamp(reading: Reading, first: int, at: int) -> bool:
    """Tell whether a stamp is said to be missing.

    "dấu mật không có trên bản này" and "chưa thấy dấu mật" say so; "dấu mật không rõ" does not.
    """
    after, later = reading.words[at + 1 : at + 3]
    if reading.words[first - 1].key not in _STAMPS:
        return False
    unseen = reading.has(first - 3, first - 1, _UNSEEN)
    return unseen or (not stops(after.gap) and after.key in NOT and later.letters in {"co", "thay"})


def is_forbidden(reading: Reading, at: int, end: int) -> bool:
    """Tell whether a general ban follows: "tài liệu mật không được đưa lên mạng"."""
    after, later = reading.words[at + 1 : at + 3]
    said = later if after.letters == "thi" else after
    return not stops(after.gap) and said.key in _FORBIDDEN and reading.has(at + 1, end, _NET)


def _denies(reading: Reading, at: int) -> bool:
    one, after = reading.words[at : at + 2]
    if one.key not in NOT and one.key not in _BANS:
        return False
    verb = at + 3 if says(reading, at + 1, _EVER) else at + 2 if after.letters in _MAY else at + 1
    tried = reading.words[verb + 1].letters == "duoc"  # "không gửi được"
    yet = one.key in NOT_YET  # "chưa in công văn mật" says that there is one
    return not tried and says(reading, verb, _NONE_OF if yet else _NONE_OF | _BANNED)


def _is_counted_as_none(reading: Reading, first: int, at: int) -> bool:
    """Tell whether the number of such papers is said to be none: "Số văn bản mật đến trong quý: 0"."""
    _, end = reading.sentence(at)
    counted = reading.has(first - 4, first - 2, _NUMBER_OF) and is_carried(
        reading, first, GENERAL_PAPERS
    )
    last = reading.words[end - 1]
    return counted and (last.text in {"0", "00"} or reading.has(at, end, keys("không có")))


def says(reading: Reading, at: int, known: frozenset[str]) -> bool:
    one, after = (
        reading.words[at].letters,
        reading.words[min(at + 1, len(reading.words) - 1)].letters,
    )
    return one in known or f"{one} {after}" in known
