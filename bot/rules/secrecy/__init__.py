"""The secrecy gate: texts that carry a mark of state secrecy may not be stored or logged.

State secrets may not be kept on a networked device (Luật 117/2025/QH15). The marks are Mật, Tối mật and
Tuyệt mật. The word "mật" is far more often harmless ("mật khẩu", "bảo mật", a name), and "mat" without tone
marks may be mặt, mắt or mất. A text is read in these steps:

encodings, lookalikes, keyboards    restore each letter as it was meant, or as it looks
masked, boxes                       restore struck-out letters of a mark; read boxes to tick, drawn or typed
words, parting, joining, reading    make words: part words written as one, join letters written apart
degrees, exact, bare                decide by its neighbours what each "mật" or "mat" is
                                    (labels, bare_labels, bare_papers, names, places)
talk, denials, asking, asides       tell whether a text only talks about marks: the law, a ban, a question, the news,
                                    or a statement that there are none
signs                               find other signs that a paper is a state secret
"""

import re

from bot.rules.secrecy.bare import of_bare
from bot.rules.secrecy.boxes import of_box, with_boxes
from bot.rules.secrecy.degrees import degree_at, of_degree
from bot.rules.secrecy.encodings import undone
from bot.rules.secrecy.exact import of_exact
from bot.rules.secrecy.keyboards import from_keys, from_old_font
from bot.rules.secrecy.lookalikes import ahead, as_it_looks, composed
from bot.rules.secrecy.masked import unmasked
from bot.rules.secrecy.reading import Reading, read
from bot.rules.secrecy.signs import of_signs
from bot.rules.secrecy.talk import is_talk
from bot.rules.secrecy.verdict import Verdict
from bot.rules.secrecy.words import EXACT

__all__ = ["MAT", "NO_MARK", "TOI_MAT", "TUYET_MAT", "UNSURE", "secret_mark"]

MAT, TOI_MAT, TUYET_MAT = "Mật", "Tối mật", "Tuyệt mật"
UNSURE = "Chưa rõ"
"""Stands in place of a mark when the text may carry one ("ho so mat"). Only the writer of the text can decide."""

NO_MARK = "doubt.clear"
"""The kind of the button by which a sender says that their text carries no mark. The press brings the text back."""

_ORDER = ("", UNSURE, MAT, TOI_MAT, TUYET_MAT)
_DEGREES = {"toi": TOI_MAT, "tuyet": TUYET_MAT}
_MAY_BE = re.compile(
    r"m[\W_]{0,8}[a4@][aj654@\W_]{0,20}[tc]|bmnn|b\W?o\W?c b\W?i|(?<![^\W_])(?-i:[MABC]|T\.?M)(?![^\W_])"
    r"|m[*#?….\-]{1,3}t|ta[\u0323\u0302]{2}m|mo[\W_]{1,4}a[\u0323\u0302]{2}t|t(?:uye\W*t|o\W*i) m",
    re.IGNORECASE,
)
"""Every text that carries a mark matches this. Most texts do not match and are not read any further."""


def secret_mark(text: str) -> str | None:
    """Return which mark of secrecy a text carries (the highest), UNSURE where it may carry one, or None."""
    turned = ahead(text)
    found = _mark(text)
    return found if found or turned == text else _mark(turned)


def _mark(text: str) -> str | None:
    seen = as_it_looks(from_old_font(undone(text)))
    if _MAY_BE.search(seen) is None:
        return None
    reading = read(with_boxes(unmasked(from_keys(composed(seen)))))
    found = ""
    for at in reading.places:
        found = max(found, _mark_at(reading, at, found), key=_ORDER.index)
    if not found and (sign := of_signs(reading)) is not Verdict.NONE:
        return MAT if sign is Verdict.MARK else UNSURE
    return found or None


def _mark_at(reading: Reading, at: int, least: str) -> str:
    """Return the mark that the word here is, or an empty text for none.

    A mark no higher than `least` is not examined and gives an empty text.
    """
    degree = degree_at(reading, at)
    if degree is None and reading.words[at].letters != "mat":
        return ""
    mark = _DEGREES[degree] if degree else MAT
    if _ORDER.index(mark) <= _ORDER.index(least):
        return ""
    ticked = of_box(reading, at - (degree is not None), at)
    if ticked is not None:
        return mark if ticked is Verdict.MARK else ""
    of_kind = of_exact if reading.words[at].key == EXACT else of_bare
    verdict = of_degree(reading, at) if degree else of_kind(reading, at)
    if verdict is Verdict.NONE or is_talk(reading, at):
        return ""
    return mark if verdict is Verdict.MARK else UNSURE
