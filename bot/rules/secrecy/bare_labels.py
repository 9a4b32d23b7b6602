"""Decides on "do mat" and "dau mat" without tone marks: độ mật or do mất, dấu mật or đau mắt."""

from bot.rules.secrecy.labels import LEVELS, label_sign
from bot.rules.secrecy.places import is_carried, is_followed, parts, stops
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.verdict import Verdict
from bot.rules.secrecy.vocabulary import GOES_ON, NO_DEGREE, PAPERS_BARE, keys, letters

SIGNS = letters("độ|dấu")
EXACT_SIGNS = keys("độ|dấu")
_STAMPED = letters("đóng|có|mang|ghi|khác|dấu|mức")
_HURT = letters("bị|bệnh|em|cháu|tôi|anh|chị|hay")
LABELLED = frozenset(":=>")
_NEAR = 6


def of_bare_label(reading: Reading, at: int) -> Verdict | None:
    """Decide on "do mat" and "dau mat": độ mật or do mất, dấu mật or đau mắt."""
    first, before, one, after = reading.words[at - 2 : at + 2]
    if parts(one.gap) or before.letters not in SIGNS:
        return None
    if label_sign(after.gap) in LABELLED:
        return of_bare_value(reading, at)
    lost = first.letters == "muc" and after.letters == "mat"  # "mức độ mất mát"
    if (after.key in NO_DEGREE or lost) and not stops(after.gap):
        return Verdict.NONE
    levelled = after.text in LEVELS and not stops(after.gap)
    if (before.letters == "do" and (levelled or is_graded(reading, at))) or (
        one.is_upper and not reading.is_shouted
    ):  # "do mat TM"
        return Verdict.MARK
    hurt = before.letters == "dau" and first.letters in _HURT and not stops(before.gap)
    if hurt or not _ends(reading, at):
        return Verdict.NONE
    return Verdict.MARK if _is_announced(reading, at) else Verdict.NONE


def of_bare_value(reading: Reading, at: int) -> Verdict:
    """Return the verdict on a label "Do mat:": NONE if its value says none or is missing."""
    label, after = reading.words[at - 1], reading.words[at + 1]
    closes = label.gap.endswith("</")  # "<do_mat>Mat</do_mat>"
    empty = not {",", ";"}.isdisjoint(after.gap)
    none = after.key in NO_DEGREE or not after.text or closes or empty
    return Verdict.NONE if none else Verdict.MARK


def _ends(reading: Reading, at: int) -> bool:
    """Tell whether nothing follows that a person could lose. In "do mat dien" something does."""
    first, after = reading.words[at - 2], reading.words[at + 1]
    if reading.is_file or stops(after.gap) or after.is_number:
        return True
    if after.letters in {"mat", "toi", "tuyet"}:
        return True
    return bool(first.text) and is_followed(reading, at, GOES_ON)


def _is_announced(reading: Reading, at: int) -> bool:
    """Tell whether the words before "do mat" or "dau mat" speak of a stamp or a paper, or the text begins there."""
    first, before, one = reading.words[at - 2 : at + 1]
    if first.letters in _STAMPED or not first.text or one.is_title or before.key in EXACT_SIGNS:
        return True
    begin = max(2, at - _NEAR)
    near = " ".join(one.letters for one in reading.words[begin : at - 1])
    if "bmnn" in near or "bi mat nha nuoc" in near:
        return True
    return any(is_carried(reading, place, PAPERS_BARE) for place in range(begin + 1, at))


def is_graded(reading: Reading, at: int) -> bool:
    """Tell "bmnn do mat", "ket luan 45 co do mat roi" from "do mat dien"."""
    begin, _ = reading.sentence(at)
    first, after = reading.words[at - 2], reading.words[at + 1]
    has = first.letters == "co" and after.letters == "roi"
    papers = any(is_carried(reading, place, PAPERS_BARE) for place in range(begin + 1, at - 1))
    return first.letters == "bmnn" or (has and papers)
