"""What is searched for: words and "phrases", folded."""

import re
from dataclasses import dataclass

from bot.folding import nfc, words

_PIECE = re.compile(r'["“”«»„]([^"“”«»„]*)["“”«»„]|([^\s"“”«»„]+)')


@dataclass(frozen=True, slots=True)
class Terms:
    """Phrases of folded words that must all be found; if `begins`, the last word is only a beginning."""

    phrases: tuple[tuple[str, ...], ...] = ()
    begins: bool = True


def read_terms(text: str) -> Terms:
    """Return what a text looks for; a symbol such as 2618-CV/VPTU is a phrase by itself.

    Words in quotes are searched as they are, up to the end of the last word.
    """
    found = [
        (tuple(words(piece[1] or piece[2] or "")), piece[1] is None)
        for piece in _PIECE.finditer(nfc(text))
    ]
    kept = [piece for piece in found if piece[0]]
    return Terms(tuple(phrase for phrase, _ in kept), kept[-1][1] if kept else True)
