"""A text as words: each with its exact form, its folded form and its place.

A word written without marks may stand for any accented one ("chieu" for "chiều"), unless the
sentence is written with marks and the bare word has a meaning of its own ("sau" is not "sáu").
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from bot.language.slips import mend
from bot.letters import fold, nfc

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|\S")
_LONGEST_KEPT = 24
_TONE_AT_END = dict(
    zip(
        ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"),
        ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"),
        strict=True,
    )
)


def vocabulary(text: str) -> frozenset[str]:
    """Return the words of a text that lists them."""
    return frozenset(text.split())


_OWN_MEANING = vocabulary(
    "sau nam hai ba tu mai thu sang ban qua kia nay phong thang ngay cu cong xong lam dan tin tai "
    "theo khi cho bao giao sinh ra gia vi xin anh em ai do trong cao van trang quyen binh son lan"
)


class Word(NamedTuple):
    exact: str
    folded: str
    start: int
    end: int
    loose: bool
    """Written without marks, so that any accented form may be meant."""
    capital: bool
    value: int
    """The number that its digits say, or -1."""


END = Word("", "", 0, 0, False, False, -1)
_PADDING = 12


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text and its words; `words` ends in some `END`s, so that looking ahead needs no check."""

    text: str
    words: tuple[Word, ...]
    length: int
    plain: bool
    """Written without tone marks."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the words from `start` up to `end` stand in the text."""
        return self.words[start].start, self.words[end - 1].end


class _Form(NamedTuple):
    exact: str
    folded: str
    marked: bool
    capital: bool
    value: int


def spelled(word: str) -> str:
    """Return the word in lower case with the tone mark in the new place (hoà as hòa, uỷ as ủy)."""
    word = word.lower()
    return word[:-2] + _TONE_AT_END.get(word[-2:], word[-2:])


def _form(text: str) -> _Form:
    if text[0] in "0123456789":
        return _Form(text, text, False, False, int(text) if len(text) <= 9 else -1)
    exact = mend(spelled(text))
    folded = fold(exact)
    return _Form(exact, folded, exact != folded, text[0].isupper(), -1)


_kept_form = lru_cache(maxsize=20_000)(_form)


def words_of(text: str) -> Sentence:
    """Split a text into words, numbers and single signs."""
    text = nfc(text)
    found = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    forms = [
        _kept_form(word) if len(word) <= _LONGEST_KEPT else _form(word) for word, _, _ in found
    ]
    letters = sum(form.folded.isalpha() for form in forms)
    shouted = text.isupper()
    plain = sum(form.marked for form in forms) * 5 < letters
    words = [
        Word(
            form.exact,
            form.folded,
            start,
            end,
            not form.marked and (plain or form.folded not in _OWN_MEANING),
            form.capital and not shouted,
            form.value,
        )
        for form, (_, start, end) in zip(forms, found, strict=True)
    ]
    return Sentence(text, (*words, *[END] * _PADDING), len(words), plain)


Value = TypeVar("Value")
Pattern = tuple[tuple[str, str], ...]


class Phrases(Generic[Value]):
    """Phrases and what each means; the longest that fits is found at a place in a sentence."""

    def __init__(self, phrases: Mapping[Value, str]) -> None:
        """Take what the phrases mean, each with the phrases that mean it, "|" between them."""
        self._by_first: dict[str, list[tuple[Pattern, Value]]] = {}
        for value, texts in phrases.items():
            for phrase in texts.split("|"):
                pattern = _pattern(phrase)
                self._by_first.setdefault(pattern[0][1], []).append((pattern, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))
        self.firsts = frozenset(self._by_first)
        """The folded first word of each phrase."""

    def at(self, words: tuple[Word, ...], place: int) -> tuple[Value, int] | None:
        """Return the meaning of the longest phrase there, and the place after it."""
        for pattern, value in self._by_first.get(words[place].folded, ()):
            for offset, (exact, folded) in enumerate(pattern):
                word = words[place + offset]
                if word.exact != exact and not (word.loose and word.folded == folded):
                    break
            else:
                return value, place + len(pattern)
        return None


def any_of(texts: str) -> Phrases[bool]:
    """Return phrases that all mean the same, "|" between them."""
    return Phrases({True: texts})


def _pattern(phrase: str) -> Pattern:
    found = _TOKEN.findall(nfc(phrase))
    return tuple((spelled(word), fold(spelled(word))) for word in found)
