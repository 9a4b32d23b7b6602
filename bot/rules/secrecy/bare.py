"""Decides on "mat" with no or wrong tone marks and no degree before it: mật, mất, mặt and mắt look the same."""

import re

from bot.rules.secrecy.bare_labels import (
    EXACT_SIGNS,
    LABELLED,
    SIGNS,
    is_graded,
    of_bare_label,
    of_bare_value,
)
from bot.rules.secrecy.bare_papers import of_carried
from bot.rules.secrecy.labels import label_sign
from bot.rules.secrecy.names import is_person, is_place
from bot.rules.secrecy.places import (
    heads_a_file,
    is_alone,
    is_bracketed,
    is_carried,
    is_followed,
    is_line,
    is_numbered,
    is_urgent,
    is_version,
    stops,
)
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.verdict import Verdict, first_said
from bot.rules.secrecy.vocabulary import (
    AFTER_BARE,
    BEFORE_BARE,
    LONG_PAPERS,
    NOT,
    NOT_YET,
    OTHER_WORDS,
    PAPERS_BARE,
    TELL_OF_LOSS,
    keys,
    letters,
)

_LABELS = letters("độ|mật|loại|mức|cấp")
_MAY_BE_LOST = PAPERS_BARE - TELL_OF_LOSS
_CAMEL = re.compile("[^\\W\\d_A-Z][A-Z]")
(_NO_DOT,) = keys("mât")
_NOT_SO = frozenset({"false", "null", "none", "0", "no"})


def of_bare(reading: Reading, at: int) -> Verdict:
    """Return what the "mat" here is."""
    return first_said(_STEPS, reading, at) or Verdict.NONE


def _denied(reading: Reading, at: int) -> Verdict | None:
    """Return NONE for "khong mat": there is no mark, or nothing is lost."""
    before, one = reading.words[at - 1 : at + 1]
    return Verdict.NONE if before.key in NOT and not stops(one.gap) else None


def _not_freed(reading: Reading, at: int) -> Verdict | None:
    """Return UNSURE for "chua duoc giai mat": the paper is not declassified yet."""
    before, one = reading.words[at - 1 : at + 1]
    freed = before.letters == "giai" and not stops(one.gap) and one.key not in OTHER_WORDS
    return Verdict.UNSURE if freed and reading.has(at - 4, at - 1, NOT_YET) else None


def _other_word(reading: Reading, at: int) -> Verdict | None:
    """Sort out other words.

    "mặt" or "mất" is a mark only where a label announces a mark ("dấu Mặt"). "mat khau" is never a mark.
    """
    before, one, after = reading.words[at - 1 : at + 2]
    stamped = one.is_upper and not reading.is_shouted and before.letters in SIGNS
    stamped = stamped or (before.letters == "do" and is_graded(reading, at))
    if is_followed(reading, at, AFTER_BARE) and not (stamped and not stops(one.gap)):
        return Verdict.UNSURE if heads_a_file(reading, at) else Verdict.NONE
    if one.key not in OTHER_WORDS:
        return None
    if is_numbered(reading, at) and is_carried(reading, at, _MAY_BE_LOST):
        return Verdict.UNSURE  # "công văn mất số 3"
    if stops(one.gap) or before.key not in EXACT_SIGNS:
        return Verdict.NONE
    if label_sign(after.gap) in LABELLED:
        return of_bare_value(reading, at)
    shouted = reading.is_shouted and not stops(after.gap) and not is_numbered(reading, at)
    return Verdict.NONE if shouted or one.text.islower() else Verdict.MARK


def _set_off(reading: Reading, at: int) -> Verdict | None:
    before, one, after = reading.words[at - 1 : at + 2]
    if reading.is_file and before.letters == "khan" and after.letters in PAPERS_BARE:
        return Verdict.MARK
    if label_sign(after.gap) == ":" and after.key in _NOT_SO:
        return Verdict.NONE  # "mat": false
    if is_bracketed(reading, at, at) or is_urgent(reading, at, at):
        return Verdict.MARK
    if one.key == _NO_DOT and is_alone(reading, at, at):
        return Verdict.MARK
    return Verdict.MARK if one.gap.strip() == ":" and before.letters in _LABELS else None


def _name(reading: Reading, at: int) -> Verdict | None:
    return Verdict.NONE if is_person(reading, at) or is_place(reading, at) else None


def _line(reading: Reading, at: int) -> Verdict | None:
    """Decide on a word alone on a line or in a table's cell."""
    before, one, after = reading.words[at - 1 : at + 2]
    if not is_line(reading, at, at):
        return None
    if one.is_upper:
        return Verdict.MARK
    is_all = not before.text and not after.text
    return Verdict.UNSURE if is_all or one.is_title else None


def _capitals(reading: Reading, at: int) -> Verdict | None:
    """Decide on "MAT" in a text that is not all in capitals, and on "mat" between two stops."""
    before, one, after = reading.words[at - 1 : at + 2]
    if is_alone(reading, at, at):
        if one.is_upper:
            return Verdict.MARK
        begins = one.is_title and not before.text and "," not in after.gap
        return Verdict.UNSURE if reading.is_file or begins or "#" in one.gap else None
    told = before.letters in BEFORE_BARE and not stops(one.gap) and "_" not in one.gap
    return Verdict.MARK if one.is_upper and not reading.is_shouted and not told else None


def _file(reading: Reading, at: int) -> Verdict | None:
    """Decide on a word at either end of a file's name: "mat_kh05.pdf", "Ho so nhan su mat.docx"."""
    before, one, after = reading.words[at - 1 : at + 2]
    if not reading.is_file:
        return None
    if before.text and after.text and not is_version(after):
        numbered = is_numbered(reading, at) and one.is_title
        return Verdict.UNSURE if numbered else None  # "PL-KemCV-Mat-so-88.docx"
    if not before.text:
        told = after.is_number or is_followed(reading, at, PAPERS_BARE)
        return Verdict.UNSURE if told else None
    if "_" in one.gap and _CAMEL.search(before.text):
        return Verdict.UNSURE
    if before.is_number or before.letters.endswith(tuple(BEFORE_BARE)):
        return None
    begins = reading.words[2].letters.startswith(LONG_PAPERS)
    return Verdict.UNSURE if begins or is_carried(reading, 4, _MAY_BE_LOST) else None


_STEPS = (
    _denied,
    _not_freed,
    _other_word,
    _set_off,
    of_bare_label,
    _name,
    _line,
    of_carried,
    _capitals,
    _file,
)
