"""Reads boxes to tick: in "☐ Tối mật ☒ Mật ☐ Thường" only the ticked degree counts."""

import re

from bot.rules.secrecy.reading import BOX, Reading
from bot.rules.secrecy.verdict import Verdict
from bot.rules.secrecy.vocabulary import letters
from bot.rules.secrecy.words import DEGREES

_TICKED, _EMPTY = "☒", "☐"
_SIGNS = str.maketrans(
    {**dict.fromkeys("☑✅✔✓✗✘🗹🗷⊠▣◉", _TICKED), **dict.fromkeys("□▢◻⬜❏❑○◯", _EMPTY)}
)
_TYPED = re.compile(r"\[([xXvV✓ ]?)\]|\(([xXvV✓ ])\)")
_CHOICES = letters("mật|thường|không|khẩn|tốc")


def with_boxes(text: str) -> str:
    """Return a text with each box to tick, drawn or typed ("[x]"), replaced by one of two signs."""
    if "[" in text or "(" in text:
        text = _TYPED.sub(_drawn, text)
    return text.translate(_SIGNS)


def _drawn(found: re.Match[str]) -> str:
    return _TICKED if (found[1] or found[2] or " ").strip() else _EMPTY


def of_box(reading: Reading, first: int, last: int) -> Verdict | None:
    """Return the verdict of the box that belongs to the mark in these words; None if it has no box."""
    if not BOX.search(reading.words[first].gap + reading.words[last + 1].gap):
        return None
    if _stand_behind(reading):
        box = BOX.search(reading.words[last + 1].gap)
    else:
        box = BOX.search(reading.words[first].gap)
    if box is None:
        return None
    return Verdict.MARK if box[0] == _TICKED else Verdict.NONE


def _stand_behind(reading: Reading) -> bool:
    """Tell whether each box stands behind its choice: "Mật ☒ Tối mật ☐"."""
    before, one = reading.words[reading.first_box - 1 : reading.first_box + 1]
    box = BOX.search(one.gap)
    named = before.letters in _CHOICES | DEGREES
    return named and box is not None and ":" not in one.gap[: box.start()]
