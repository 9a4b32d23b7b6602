"""Signs of a state secret without its mark: "tài liệu BMNN này", what an envelope says, the letter M."""

from bot.rules.secrecy.places import is_bracketed, is_carried, stops
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.talk import LAW, names_one
from bot.rules.secrecy.verdict import Verdict
from bot.rules.secrecy.vocabulary import NOT, PAPERS_BARE, letters

_CALLED = "bi mat nha nuoc"
_OPENED_BY = "chi nguoi co ten moi duoc boc bi"
_CODE = 5
_NEAR = 4
_ENVELOPE = letters("bì|thư|phong")
_SENT = letters("gửi|chuyển|scan|chụp|đính")


def of_signs(reading: Reading) -> Verdict:
    """Return what a text is in which no "mật" is a mark."""
    if _OPENED_BY in " ".join(one.letters for one in reading.words):
        return Verdict.MARK
    if any(_is_called(reading, at) and _is_at_hand(reading, at) for at in reading.places):
        return Verdict.MARK
    unsure = any(_is_letter(reading, at) for at in reading.places)
    return Verdict.UNSURE if unsure else Verdict.NONE


def _is_called(reading: Reading, at: int) -> bool:
    one = reading.words[at]
    if one.letters != "bi":
        return one.letters == "bmnn"
    return " ".join(one.letters for one in reading.words[at : at + 4]) == _CALLED


def _is_at_hand(reading: Reading, at: int) -> bool:
    """Tell whether it is one paper that is called a state secret, neither the law nor all such papers."""
    begin, end = reading.sentence(at)
    near = range(max(begin, at - _NEAR) + 1, at + 1)
    if not any(is_carried(reading, place, PAPERS_BARE) for place in near):
        return False
    if reading.has(begin, end, LAW) or reading.has(begin, at, NOT):
        return False
    sent = any(one.letters in _SENT for one in reading.words[begin:at])
    return sent or names_one(reading, begin, end)


def _is_letter(reading: Reading, at: int) -> bool:
    """Tell whether a letter stands where offices write it for a mark: "Số 12 (M)", "văn bản M", "bì chữ C"."""
    before, one, after = reading.words[at - 1 : at + 2]
    if one.text not in {"M", "A", "B", "C"}:
        return False
    if before.letters in {"chu", "hieu"}:
        return any(near.letters in _ENVELOPE for near in reading.words[max(0, at - _NEAR) : at])
    return one.text == "M" and _is_m(reading, at) and "." not in after.gap


def _is_m(reading: Reading, at: int) -> bool:
    before, one, after = reading.words[at - 1 : at + 2]
    if is_bracketed(reading, at, at):
        return before.is_number
    if reading.is_file and one.gap == "-" and not after.text:
        near = reading.words[max(0, at - _CODE) : at]
        return before.is_upper and any(word.is_number for word in near)
    return is_carried(reading, at, PAPERS_BARE) and not stops(one.gap)
