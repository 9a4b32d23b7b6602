"""Tells whether "Mật" is the name of a person or a place."""

from bot.rules.secrecy.places import is_carried, is_followed, is_numbered, stops
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.vocabulary import CARRIERS, GOES_ON, PAPERS_BARE, keys, letters
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
_GIVEN = keys(
    "hoa|linh|hùng|lan|nga|hạnh|hương|hà|minh|tuấn|dũng|sơn|bình|thảo|vy|trang|an|ân|thủy|thu|hải|long|nam"
    "|phương|yến|mai|đức|thành|trung|quang|huy|lộc|ninh|nhi|mơ|trầm|trâm|khiêm|nghĩa|vân|liên|loan|phúc"
    "|thắng|tâm|hiền|hòa|hằng|hoàng|hưng|khánh|kiên|kiệt|lâm|lợi|ngọc|nhung|oanh|phong|quân|quyên|quỳnh"
    "|tài|thanh|thịnh|thúy|tiến|toàn|tú|tùng|tuyết|uyên|việt|vinh|xuân|tư|ba|hai|bảy"
)
_PLACES = keys(
    "núi|chùa|xóm|thôn|làng|ấp|cầu|suối|sông|đền|đình|kênh|rạch|hồ|đồi|chợ|hang|rú|buôn|sóc|đèo|khe|miếu|am"
    "|xã|phường|phố|ngõ|đường|bến|đò|cồn|hòn|đảo|dốc|giếng|thung|mường|kẻ|thiền viện|tịnh xá"
)
_PLACES_BARE = letters("thôn|xóm|chùa|làng|suối|sông|núi|khe")
_LONG_PLACES = _PLACES - keys("hồ|cầu|đình|chợ|xã|phường|đường")
"""Words for places whose names may have two or three words: "thôn Kẻ Mật"."""
_ASKED = (
    "trì|hợp|tên|họ|nhận|gửi|người|dõi|trách|hiện|soạn|ký|duyệt|giao|cử|gồm|viên|trực|hệ|trọng|chào"
)
_ASKED_FOR = keys(_ASKED) | letters(_ASKED) - letters("hợp|họ")
"""Last words of labels that a person's name follows: "Chủ trì: Mật"."""
_SHIFTS = keys("sáng|chiều|tối|trưa|đêm|hai|ba|tư|năm|sáu|bảy|nhật|cn")
_NUMBERED = keys("t|thứ|ca|ngày|tổ|nhóm|kíp")
_WHO = keys("người")
_LEAST_DIGITS, _MOST_DIGITS = 9, 11
_LONGEST = 4


def is_person(reading: Reading, at: int) -> bool:
    """Tell whether the words around show a person's name here: "anh Mật", "Bùi Văn Mật", "Chủ trì: Mật"."""
    one, before = reading.words[at], reading.words[at - 1]
    if _is_labelled(reading, at) or (one.is_title and _is_telephone(reading, at + 1)):
        return True
    if one.gap in {"'", "’"} and before.text in {"H", "Y"}:
        return True
    if stops(one.gap) or is_numbered(reading, at):
        return False
    return _is_title(reading, at - 1) or _ends_a_name(reading, at)


def _is_labelled(reading: Reading, at: int) -> bool:
    """Tell whether a label for a person's name, or a shift, stands before: "Chủ trì: Mật", "Sáng: Mật"."""
    one, before = reading.words[at], reading.words[at - 1]
    if one.gap.strip() in {":", ","} and before.key in _ASKED_FOR:
        return True
    named = reading.has(at - 3, at - 1, _WHO) or (one.is_title and _is_shift(reading, at))
    return one.gap.strip() == ":" and named


def _is_telephone(reading: Reading, at: int) -> bool:
    digits = reading.words[at].text
    return digits.isdigit() and digits[0] == "0" and _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS


def _is_shift(reading: Reading, at: int) -> bool:
    """Tell whether a shift stands before, as in a list of who is on duty: "T2: Mật; T3: Lan"."""
    first, before = reading.words[at - 2 : at]
    day = before.text[:1] in "tT" and before.text[1:].isdigit()
    return day or before.key in _SHIFTS or (before.text.isdigit() and first.key in _NUMBERED)


def is_among_names(reading: Reading, at: int) -> bool:
    """Tell whether other names stand beside the word: "Hoa, Mật, Linh", "Mật, Hoa trực"."""
    before, one, after = reading.words[at - 1 : at + 2]
    if not one.is_title:
        return False
    if {before.key, after.key} <= _GIVEN and before.is_title and after.is_title:
        return True
    if after.key in _GIVEN and after.is_title and after.gap.strip() in {",", ";"}:
        return True
    if not before.is_title or one.gap.strip() not in {",", ";"}:
        return False
    if is_carried(reading, at - 1, CARRIERS) or before.key in CARRIERS:
        return False
    return before.key in _GIVEN or after.is_title or not after.text


def is_place(reading: Reading, at: int) -> bool:
    """Tell whether the words beside show a place's name here: "thôn Mật", "Mật Sơn"."""
    one, before, after = reading.words[at], reading.words[at - 1], reading.words[at + 1]
    if before.key in _PLACES and not stops(one.gap) and not one.text.islower():
        return True
    if before.key in _PLACES_BARE and not stops(one.gap) and one.is_title:
        return True
    if one.is_title and _ends_a_place(reading, at):
        return True
    if not one.is_title or not after.is_title or stops(after.gap):
        return False
    goes_on = after.letters in GOES_ON or is_followed(reading, at, PAPERS_BARE)
    return not goes_on and not is_carried(reading, at, CARRIERS | PAPERS_BARE)


def _ends_a_place(reading: Reading, at: int) -> bool:
    """Tell whether the word ends a place's name of more than one word: "chùa Kim Mật"."""
    if stops(reading.words[at].gap) or is_carried(reading, at, CARRIERS | PAPERS_BARE):
        return False
    for place in range(at - 1, max(at - 3, 1), -1):
        one, before = reading.words[place - 1 : place + 1][::-1]
        if not one.is_title or stops(one.gap):
            return False
        if before.key in _LONG_PLACES:
            return True
    return False


def _is_title(reading: Reading, at: int) -> bool:
    one, before = reading.words[at], reading.words[at - 1]
    if one.key == "c" and before.key == "d":
        return True
    return one.key in _TITLES and (len(one.text) > 1 or one.text.islower())


def _ends_a_name(reading: Reading, at: int) -> bool:
    first, before, one = reading.words[at - 2 : at + 1]
    if before.key in _MIDDLE and first.key in _FAMILIES and not stops(before.gap):
        return True
    if one.is_upper:
        whole = before.key in _FAMILIES and before.is_upper and stops(before.gap)
        return whole and len(before.text) > 1
    if is_carried(reading, at, CARRIERS | PAPERS_BARE):
        return False
    return one.is_title and _begins_with_family(reading, at)


def _begins_with_family(reading: Reading, at: int) -> bool:
    """Tell whether the words before all have a capital and begin with a family name."""
    for place in range(at - 1, max(at - _LONGEST, 1), -1):
        one = reading.words[place]
        if not one.is_title:
            return False
        if one.key in _FAMILIES:
            return _begins_there(reading, place)
        if stops(one.gap):
            return False
    return False


def _begins_there(reading: Reading, at: int) -> bool:
    """Tell whether a name begins here. Part of a heading does not count: "Tình Hình Tôn Giáo Mật"."""
    one, before = reading.words[at], reading.words[at - 1]
    if stops(one.gap) or not _has_capital(before) or stops(before.gap):
        return True
    return _is_title(reading, at - 1)


def _has_capital(one: Word) -> bool:
    return one.text[:1].isupper()
