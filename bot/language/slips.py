"""Typing slips in the words a deadline is made of: one letter wrong, or a mark left out."""

_MENDED: dict[str, str] = {}


def mend(word: str) -> str:
    """Return the word meant by a known slip, else the word itself."""
    return _MENDED.get(word, word)
