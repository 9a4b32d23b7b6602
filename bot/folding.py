"""Vietnamese letters: the one spelling used for reading, for search and for the secrecy rule."""

import unicodedata


def nfc(text: str) -> str:
    """Return the text with every letter and its tone mark as one character (NFC)."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return the text in lower case without tone marks, with đ as d.

    An NFC text keeps its length, so a position in the folded text is a position in the text.
    """
    return nfc(text).translate(_FOLDED)


def words(text: str) -> list[str]:
    """Return the folded words and numbers of a text, in order: what search compares."""
    return "".join(c if c.isalnum() else " " for c in fold(text)).split()


class _FoldedLetters(dict[int, str]):
    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0].lower()
        self[code] = folded = base if len(base) == 1 else letter
        return folded


_FOLDED = _FoldedLetters({ord("đ"): "d", ord("Đ"): "d"})
