"""Decides on "mat" behind a paper: "cong van mat so 12" is a mark, "ho so mat" may be one, "thong bao mat the" is none."""

from bot.rules.secrecy.places import is_carried, is_followed, is_numbered, stops
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.verdict import Verdict
from bot.rules.secrecy.vocabulary import (
    AFTER_BARE,
    COUNTED,
    GOES_ON,
    PAPERS_BARE,
    TELL_OF_LOSS,
    letters,
)
from bot.rules.secrecy.words import Word

_MESSAGES = letters("điện|fax|thư|phiếu|tin")
"""Words that mean a paper only with a number or a sender behind: "dien mat" by itself is a power failure."""
_LIKE_PAPERS = PAPERS_BARE | letters("loại")


def of_carried(reading: Reading, at: int) -> Verdict | None:
    """Decide on "mat" behind a paper: "cong van mat so 12" is a mark, "ho so mat" may be one."""
    if is_numbered(reading, at):
        carrier, one = reading.words[at - 1 : at + 1]
        if carrier.key in _MESSAGES or (carrier.letters == "ban" and not one.text.islower()):
            return Verdict.MARK
    if _is_message_from(reading, at):
        return Verdict.UNSURE
    if not is_carried(reading, at, _LIKE_PAPERS) and not is_behind_number(reading, at):
        return None
    if reading.tells_of_loss or _is_counted(reading, at):
        return Verdict.NONE
    if is_numbered(reading, at) or (reading.words[at].is_upper and not reading.is_shouted):
        return Verdict.MARK
    named = reading.is_file and not is_carried(reading, at, TELL_OF_LOSS)
    may_be = named or _may_go_on(reading, at)
    return Verdict.UNSURE if may_be else Verdict.NONE


def _is_message_from(reading: Reading, at: int) -> bool:
    """Tell whether a message names its sender behind "mat": "Dien_mat_BQP.pdf"."""
    carrier, one, after, later = reading.words[at - 1 : at + 3]
    if carrier.key in _MESSAGES and not stops(one.gap) and after.letters == "cua":
        return later.is_title  # "dien mat cua Van phong Trung uong"
    body = reading.is_file and after.is_upper and not reading.is_shouted and len(after.text) > 1
    return body and carrier.key in _MESSAGES and after.letters not in AFTER_BARE


def _is_counted(reading: Reading, at: int) -> bool:
    """Tell whether a number of things is lost: "ho so mat 3 trang"."""
    after, later = reading.words[at + 1 : at + 3]
    if not after.is_number or stops(after.gap) or after.text.startswith("0"):
        return False
    return later.letters in COUNTED or after.letters.lstrip("0123456789") in COUNTED


def _may_go_on(reading: Reading, at: int) -> bool:
    one, after = reading.words[at : at + 2]
    joined = one.gap == "" and "_" in after.gap
    if joined or stops(after.gap) or after.is_number:
        return True
    return (after.is_upper and not reading.is_shouted) or is_followed(reading, at, GOES_ON)


def is_behind_number(reading: Reading, at: int) -> bool:
    """Tell whether a paper's number stands before the word: "cong van so 12 mat", "CV 45/CAT mat", "12-CV-TU-MAT"."""
    words = reading.words
    if stops(words[at].gap):
        return False
    for place in range(max(2, at - 3), at):
        if words[place].text[-1:].isdigit():
            return _is_code(reading, place, at)
    return False


def _is_code(reading: Reading, place: int, at: int) -> bool:
    """Tell whether a number and the words from it to `at` are a paper's number. "2 mat" means two sides."""
    number, code = reading.words[place], reading.words[place + 1 : at]
    if not all(_is_of_code(reading, one) for one in code):
        return False
    said = reading.words[place - 1].letters == "so"
    if not code and len(number.text) == 1 and not said:
        return False
    return len(code) > 1 or is_carried(reading, place - said, PAPERS_BARE)


def _is_of_code(reading: Reading, one: Word) -> bool:
    """Tell whether a word continues a paper's number: "15-CV/TU", "45/CAT"."""
    if one.is_number or one.gap in {"-", "/", "_", "."}:
        return True
    return one.is_upper and not reading.is_shouted
