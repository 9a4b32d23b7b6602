"""Decides on "độ mật", which names no degree by itself: it is a form's label, or a term about papers."""

from bot.rules.secrecy.places import is_carried, is_numbered, stops
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.verdict import Verdict
from bot.rules.secrecy.vocabulary import AT_HAND, CARRIERS, NO_DEGREE, keys, letters

(DO,) = keys("độ")
_HAS = letters("có|dấu|mang|đóng|thuộc|là|mức|chế|nước|bmnn|ở|ghi|theo")
_HEADINGS = keys("trích yếu|ký hiệu|stt|độ khẩn")
"""Words beside a "độ mật" that is a column's heading."""
_COLUMNS = letters(
    "độ khẩn|mức khẩn|số ký|ký hiệu|trích yếu|ngày ban|loại văn|nơi nhận|số trang|ngày đến|người ký|cơ quan|ghi chú"
)
"""Headings of the column beside "độ mật" in a table."""
_POINTS = keys("đó|kia|ấy|nớ")
_FIELDS = keys("ô|trường|mục|cột|thiếu")
_VALUED = frozenset(":|-–=>\t")
LEVELS = frozenset({"A", "B", "C", "M", "TM", "T"})
"""The letters by which envelopes and lists name the degrees: "độ mật C", "độ mật TM"."""
_QUOTES = "\"'”’` "


def of_label(reading: Reading, at: int) -> Verdict | None:
    """Decide on a label ("Độ mật:"): its value names a degree, says that there is none, or is missing."""
    before, one, after, later = reading.words[at - 1 : at + 3]
    if before.key != DO:
        return None
    if after.text in LEVELS and not stops(after.gap):
        return Verdict.MARK
    if _is_heading(reading, at):
        return Verdict.NONE
    sign, value = label_sign(after.gap), after.gap.lstrip(_QUOTES)[1:].strip(f"\t.…_{_QUOTES}")
    if after.key in NO_DEGREE and (sign in _VALUED or not stops(after.gap)):
        return Verdict.NONE if sign in _VALUED or stops(later.gap) else None
    if sign == ":":
        named = after.letters in {"mat", "toi", "tuyet"}
        return Verdict.NONE if value or not after.text or named else None
    begin, end = reading.sentence(at)
    return Verdict.NONE if reading.has(begin, end, _HEADINGS) and one.text.islower() else None


def _is_heading(reading: Reading, at: int) -> bool:
    """Tell whether "độ mật" names a field or a column: "ô độ mật", "độ mật (nếu có)", "độ mật; số ký hiệu"."""
    after, later = reading.words[at + 1 : at + 3]
    if (after.letters, later.letters) == ("neu", "co") or reading.words[at - 2].key in _FIELDS:
        return True
    beside = after.gap.strip("\"' ") in {";", ",", "|", ""}
    return beside and f"{after.letters} {later.letters}" in _COLUMNS


def label_sign(gap: str) -> str:
    """Return the sign between a label and its value. Skips quotation marks around the label."""
    return gap.lstrip(_QUOTES)[:1]


def of_degree_named(reading: Reading, at: int) -> Verdict | None:
    """Return NONE for a "độ mật" that the text only talks about; None if a paper is said to have one."""
    first, before, one, after = reading.words[at - 2 : at + 2]
    if before.key != DO or stops(one.gap) or not one.text.islower() or is_numbered(reading, at):
        return None
    has_one = (
        first.letters in _HAS or first.letters == "toa" or is_carried(reading, at - 1, CARRIERS)
    )
    if stops(before.gap) or has_one or not first.text:
        return None
    begin, end = reading.sentence(at)
    if first.key in _POINTS and is_carried(reading, at - 2, CARRIERS):
        return None  # "hồ sơ đó độ mật"
    return None if reading.has(begin, end, AT_HAND) or after.is_number else Verdict.NONE
