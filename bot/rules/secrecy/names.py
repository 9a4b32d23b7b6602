"""Whether "Mật" is somebody's name, or the name of a place."""

from bot.rules.secrecy.places import is_numbered, stops
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.vocabulary import GOES_ON, keys, letters
from bot.rules.secrecy.words import Word

_TITLES = keys(
    "anh|chị|em|cô|bác|bạn|bà|ông|chú|cậu|dì|mợ|thím|cụ|thầy|chí|sếp|cháu|mẹ|bố|bé|út|tên|họ|c|a|đc"
    "|chi|ong|ba|co"
)
_FAMILIES = keys(
    "nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|đoàn|lâm|trịnh|mai|đào"
    "|hà|lương|tạ|mạc|trương|tô|châu|quách|thái|vương|kiều|lưu|phùng|tống|triệu|nông|hứa|giàng|lò|cầm"
    "|sùng|quàng|bế|bạch|ninh|tăng|khổng|doãn|cù|thào|đàm|chu|vàng|ma"
) | letters(
    "nguyễn|trần|phạm|hoàng|huỳnh|phan|bùi|ngô|đinh|đoàn|trịnh|trương|quách|vương|kiều|phùng"
)
_MIDDLE = keys("văn|thị|đình|đức|hữu|viết|bá|sỹ|sĩ|van|thi|dinh|huu|viet")
_PLACES = keys(
    "núi|chùa|xóm|thôn|làng|ấp|cầu|suối|sông|đền|đình|kênh|rạch|hồ|đồi|chợ|hang|rú|buôn|sóc|đèo|khe"
)
_ASKED_FOR = letters(
    "trì|hợp|tên|họ|nhận|gửi|người|dõi|trách|hiện|soạn|ký|duyệt|giao|cử|gồm|viên|trực|hệ|trọng|chào"
)
"""The last word of a label behind which somebody's name stands: "Chủ trì: Mật"."""
_LONGEST = 4


def is_person(reading: Reading, at: int) -> bool:
    """Tell whether the words before make a name of the word here: "anh Mật", "Bùi Văn Mật", "Chủ trì: Mật"."""
    one, before = reading.words[at], reading.words[at - 1]
    if one.gap.strip() in {":", ","} and before.letters in _ASKED_FOR:
        return True
    if stops(one.gap) or is_numbered(reading, at):
        return False
    return _is_title(reading, at - 1) or _ends_a_name(reading, at)


def is_place(reading: Reading, at: int) -> bool:
    """Tell whether the words beside make the name of a place of it: "thôn Mật", "Mật Sơn"."""
    one, before, after = reading.words[at], reading.words[at - 1], reading.words[at + 1]
    if before.key in _PLACES and not stops(one.gap) and not one.text.islower():
        return True
    if not one.is_title or not after.is_title or stops(after.gap):
        return False
    return after.letters not in GOES_ON


def _is_title(reading: Reading, at: int) -> bool:
    one, before = reading.words[at], reading.words[at - 1]
    if one.key == "c" and before.key == "d":
        return True
    return one.key in _TITLES and (len(one.text) > 1 or one.text.islower())


def _ends_a_name(reading: Reading, at: int) -> bool:
    words = reading.words
    before, first = words[at - 1], words[at - 2]
    if before.key in _MIDDLE and first.key in _FAMILIES and not stops(before.gap):
        return True
    if not words[at].is_title:
        return False
    for place in range(at - 1, max(at - _LONGEST, 1), -1):
        if not words[place].is_title:
            return False
        if words[place].key in _FAMILIES:
            return _begins_there(reading, place)
        if stops(words[place].gap):
            return False
    return False


def _begins_there(reading: Reading, at: int) -> bool:
    """Tell whether a name begins here, and is no piece of a heading: "Tình Hình Tôn Giáo Mật"."""
    one, before = reading.words[at], reading.words[at - 1]
    if stops(one.gap) or not _has_capital(before) or stops(before.gap):
        return True
    return _is_title(reading, at - 1)


def _has_capital(one: Word) -> bool:
    return one.text[:1].isupper()
