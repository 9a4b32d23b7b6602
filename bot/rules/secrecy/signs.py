"""Finds signs of a state secret without its mark: "tài liệu BMNN này", the words on an envelope, the letter M."""

from bot.rules.secrecy.labels import LEVELS
from bot.rules.secrecy.places import is_bracketed, is_carried, is_line, stops
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.talk import LAW, names_one
from bot.rules.secrecy.verdict import Verdict
from bot.rules.secrecy.vocabulary import NOT, PAPERS_BARE, keys, letters

_CALLED = ("bi mat nha nuoc", "bi mat cua nha nuoc")
_OPENED_BY = "chi nguoi co ten moi duoc boc bi"
_LABELS = keys("độ|dấu")
_CODE = 5
_NEAR = 4
_ENVELOPE = letters("bì|thư|phong")
_SENT = keys("gửi|chuyển|scan|chụp|đính|gui|chuyen|chup")
_COPY = letters("bản sao|trích sao|bản trích")
_HOLDS = letters("chứa|có|thuộc|mang|dung")
_HOLDERS = PAPERS_BARE | letters("cuộc họp|phiên họp|vụ việc|bản sao")
_SUPPOSED = keys("nếu|khi|trường hợp|neu|truong hop")
_LIST = letters("danh mục")
_PAPERS = letters("tài liệu|văn bản|hồ sơ|công văn|tờ trình|kết luận|tl|vb|hs|cv|ttr")
_PAPERS |= {one.replace(" ", "") for one in _PAPERS}
_LESSONS = keys("những|cần biết|hỏi đáp|kiến thức|nhung|can biet|hoi dap|kien thuc")
_KEEPS = keys("bảo vệ|bao ve|lớp|lop|kiểm tra|kiem tra|tập huấn|tap huan|lộ")
"""Words that speak of all state secrets: "công tác bảo vệ bí mật nhà nước"."""


def of_signs(reading: Reading) -> Verdict:
    """Return the verdict on a text in which no "mật" is a mark."""
    if _OPENED_BY in " ".join(one.letters for one in reading.words):
        return Verdict.MARK
    if any(_is_called(reading, at) and _is_at_hand(reading, at) for at in reading.places):
        return Verdict.MARK
    if any(_is_in_column(reading, at) for at in reading.places):
        return Verdict.MARK
    unsure = any(_is_letter(reading, at) for at in reading.places)
    return Verdict.UNSURE if unsure else Verdict.NONE


def _is_called(reading: Reading, at: int) -> bool:
    return reading.words[at].letters == "bmnn" or bool(_length(reading, at))


def _is_at_hand(reading: Reading, at: int) -> bool:
    """Tell whether one paper is called a state secret, and not the law or all such papers."""
    begin, end = reading.sentence(at)
    if reading.has(begin, end, LAW | _KEEPS):
        return False
    if _heads(reading, at) or _is_of_paper(reading, at):
        return True
    if reading.has(begin, at, NOT) or is_carried(reading, at, _LIST):
        return False
    if is_carried(reading, at, _COPY) or _is_statement(reading, at):
        return True
    near = range(max(begin, at - _NEAR) + 1, at + 1)
    carried = any(is_carried(reading, place, PAPERS_BARE) for place in near)
    if carried and any(one.key in _SENT for one in reading.words[begin:at]):
        return True
    of_paper = any(is_carried(reading, place, PAPERS_BARE) for place in range(begin + 1, end))
    return of_paper and names_one(reading, begin, end)


def _length(reading: Reading, at: int) -> int:
    """Return the number of words of the "bí mật nhà nước" or "bí mật của nhà nước" here; 0 if neither is here."""
    said = " ".join(one.letters for one in reading.words[at : at + 5])
    return next((one.count(" ") + 1 for one in _CALLED if f"{said} ".startswith(f"{one} ")), 0)


def _last(reading: Reading, at: int) -> int:
    """Return the place of the last word of the "bmnn" or "bí mật nhà nước" here."""
    return at + max(1, _length(reading, at)) - 1


def _heads(reading: Reading, at: int) -> bool:
    """Tell whether a line begins with these words and goes on: "BÍ MẬT NHÀ NƯỚC - không được mang ra ngoài"."""
    after = reading.words[_last(reading, at) + 1]
    _, end = reading.sentence(at)
    told = ":" in after.gap or reading.has(at, end, _LESSONS)
    if told or not after.text or "\n" not in reading.words[at].gap:
        return False
    return stops(after.gap) or (
        reading.is_file and is_carried(reading, _last(reading, at) + 3, PAPERS_BARE)
    )


def _is_of_paper(reading: Reading, at: int) -> bool:
    """Tell whether papers are called state secrets.

    Examples: "4 tài liệu bí mật nhà nước", "Tài liệu BMNN phòng Tổng hợp.zip",
    "tài liệu thuộc danh mục bí mật nhà nước". A sentence with a negation does not count.
    """
    begin, end = reading.sentence(at)
    if reading.has(begin, end, NOT):
        return False
    if is_carried(reading, at, _LIST):
        return reading.words[at - 3].letters == "thuoc" and is_carried(reading, at - 3, _PAPERS)
    counted = reading.words[at - 3].is_number
    return (counted or reading.is_file) and is_carried(reading, at, _PAPERS)


def _is_statement(reading: Reading, at: int) -> bool:
    """Tell whether the sentence says it of a paper or a meeting: "Tài liệu chứa ...", "Nội dung cuộc họp thuộc ..."."""
    begin, _ = reading.sentence(at)
    supposed = reading.has(begin, begin + 3, _SUPPOSED)
    if supposed or not any(one.letters in _HOLDS for one in reading.words[at - 3 : at]):
        return False
    return any(is_carried(reading, place, _HOLDERS) for place in range(begin + 1, at))


def _is_in_column(reading: Reading, at: int) -> bool:
    """Tell whether a table's cell holds a shortened degree, and a column before it is headed "Độ mật"."""
    if reading.words[at].text not in LEVELS or not is_line(reading, at, at):
        return False
    return any(
        reading.words[place - 1].letters == "do" and reading.words[place].letters == "mat"
        and is_line(reading, place - 1, place)
        for place in range(3, at)
    )  # fmt: skip


def _is_letter(reading: Reading, at: int) -> bool:
    """Tell whether a letter stands where offices write it as a mark: "Số 12 (M)", "văn bản M", "bì chữ C"."""
    before, one, after = reading.words[at - 1 : at + 2]
    if one.text in {"TM", "T"}:
        whole = one.text == "TM" or (after.text == "M" and after.gap == ".")
        return whole and before.key in _LABELS and not stops(one.gap)
    if one.text not in {"M", "A", "B", "C"}:
        return False
    if one.text == "M" and before.key in _LABELS and not stops(one.gap):
        return True
    if before.letters in {"chu", "hieu", "dau"}:
        return any(near.letters in _ENVELOPE for near in reading.words[max(0, at - _NEAR) : at])
    return one.text == "M" and _is_m(reading, at) and "." not in after.gap


def _is_m(reading: Reading, at: int) -> bool:
    before, one, after = reading.words[at - 1 : at + 2]
    near = reading.words[max(0, at - _CODE) : at]
    if is_bracketed(reading, at, at):
        return before.is_number or (before.is_upper and any(word.is_number for word in near))
    if reading.is_file and one.gap == "-" and not after.text:
        return before.is_upper and any(word.is_number for word in near)
    return is_carried(reading, at, PAPERS_BARE) and not stops(one.gap)
