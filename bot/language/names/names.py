"""An index of names by their words. It finds the longest name at a place in a sentence."""

from bisect import insort
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from bot.language.text.words import Word, words_of

Owner = TypeVar("Owner", bound=Hashable)
Form = tuple[str, str]
"""The exact and the folded form of a word."""
Pattern = tuple[Form, ...]
_LONG_DASH = "–"
"""What telephones make of " - ", also within a name."""


class NameIndex(Generic[Owner]):
    """Names and the people or units that have them; several may have one name."""

    def __init__(self) -> None:
        self._bearers: dict[Pattern, dict[Owner, None]] = {}
        self._by_start: dict[str, dict[str, list[Pattern]]] = {}

    def add(self, name: str, owner: Owner) -> None:
        """Add one name."""
        sentence = words_of(name)
        self._add(sentence.words[: sentence.length], owner)

    def add_all(self, names: Iterable[str], owner: Owner) -> None:
        """Add several names of one owner."""
        for name in names:
            self.add(name, owner)

    def add_endings(self, name: str, owner: Owner) -> None:
        """Add a full name and every shorter form of it: its last word, its last two words and so on."""
        sentence = words_of(name)
        for start in range(sentence.length):
            self._add(sentence.words[start : sentence.length], owner)

    def _add(self, words: tuple[Word, ...], owner: Owner) -> None:
        if not words:
            return
        pattern = tuple((_one_dash(word.exact), _one_dash(word.folded)) for word in words)
        if (bearers := self._bearers.get(pattern)) is not None:
            bearers[owner] = None
            return
        self._bearers[pattern] = {owner: None}
        second = pattern[1][1] if len(pattern) > 1 else ""
        same_start = self._by_start.setdefault(pattern[0][1], {}).setdefault(second, [])
        insort(same_start, pattern, key=lambda known: -len(known))

    def firsts(self) -> Iterable[str]:
        """Return the folded first word of each name."""
        return self._by_start

    def at(self, words: tuple[Word, ...], place: int) -> tuple[list[Owner], int] | None:
        """Return the owners of the longest name at a place, and the place after it.

        A name typed with its diacritics wins over one that only folds to the same letters.
        """
        by_second = self._by_start.get(words[place].folded)
        if by_second is None:
            return None
        second = _one_dash(words[place + 1].folded)
        longer = (
            self._best(by_second[second], words, place) if second and second in by_second else None
        )
        return longer or self._best(by_second.get("", ()), words, place)

    def _best(
        self, patterns: Iterable[Pattern], words: tuple[Word, ...], place: int
    ) -> tuple[list[Owner], int] | None:
        folded: list[Owner] = []
        length = 0
        for pattern in patterns:
            if length and len(pattern) < length:
                break
            fit = _fit(pattern, words, place)
            if fit == _EXACTLY:
                return list(self._bearers[pattern]), place + len(pattern)
            if fit == _WITHOUT_MARKS:
                folded += self._bearers[pattern]
                length = len(pattern)
        return (folded, place + length) if folded else None


_NOT_AT_ALL, _WITHOUT_MARKS, _EXACTLY = range(3)


def _one_dash(word: str) -> str:
    return "-" if word == _LONG_DASH else word


def _fit(pattern: Pattern, words: tuple[Word, ...], place: int) -> int:
    fit = _EXACTLY
    for exact, plain in pattern:
        word = words[place]
        place += 1
        if word.exact == exact or (exact == "-" and word.exact == _LONG_DASH):
            continue
        if word.exact != plain:
            return _NOT_AT_ALL
        fit = _WITHOUT_MARKS
    return fit
