"""A word as the secrecy rule reads it."""

from functools import lru_cache
from typing import NamedTuple

from bot.rules.secrecy.lookalikes import spelled

EXACT = "".join(spelled("mật"))
"""The key of "mật" with its tone marks."""

DEGREES = frozenset({"toi", "tuyet"})
"""The letters of the words before "mật" that make it a higher mark."""


class Word(NamedTuple):
    """A word and the characters before it (`gap`).

    `letters` are its letters in lower case without tone marks; `key` is `letters` followed by the tone marks.
    """

    text: str
    gap: str
    letters: str
    key: str

    @property
    def is_upper(self) -> bool:
        return self.text.isupper()

    @property
    def is_title(self) -> bool:
        """Whether the word begins with a capital as a name does, and is not all in capitals."""
        return self.text[:1].isupper() and not self.text.isupper()

    @property
    def is_number(self) -> bool:
        """Whether the word begins with a digit."""
        return self.text[:1].isdigit()

    @property
    def has_marks(self) -> bool:
        return self.letters != self.key


_LONGEST_KEPT = 24
"""The most letters of a word whose spelling is cached. Longer ones are not real words and would fill the memory."""


def word(text: str, gap: str) -> Word:
    letters, key = _spelling(text)
    return Word(text, gap, letters, key)


def letters_of(text: str) -> str:
    """Return the letters of a word, without tone marks, in lower case."""
    return _spelling(text)[0]


def _spelling(text: str) -> tuple[str, str]:
    return _remembered(text) if len(text) <= _LONGEST_KEPT else _spelled(text)


def _spelled(text: str) -> tuple[str, str]:
    letters, marks = spelled(text)
    return letters, letters + marks


_remembered = lru_cache(maxsize=20_000)(_spelled)
