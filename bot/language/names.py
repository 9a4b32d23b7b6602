"""Names by their words: found at a place in a sentence, the longest first."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from bot.language.words import Word, words_of

Owner = TypeVar("Owner")
Form = tuple[str, str]
"""A word's exact and folded form."""


class NameIndex(Generic[Owner]):
    """Names and who or what bears them; one name may have several bearers."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[Form, ...], list[Owner]]]] = {}

    def add(self, name: str, owner: Owner) -> None:
        """Add one name."""
        sentence = words_of(name)
        self._add(sentence.words[: sentence.length], owner)

    def add_all(self, names: Iterable[str], owner: Owner) -> None:
        """Add several names of one bearer."""
        for name in names:
            self.add(name, owner)

    def add_endings(self, name: str, owner: Owner) -> None:
        """Add a full name and what people call its bearer: its last words, one to all."""
        sentence = words_of(name)
        for start in range(sentence.length):
            self._add(sentence.words[start : sentence.length], owner)

    def _add(self, words: tuple[Word, ...], owner: Owner) -> None:
        if not words:
            return
        pattern = tuple((word.exact, word.folded) for word in words)
        entries = self._by_first.setdefault(pattern[0][1], [])
        for known, owners in entries:
            if known == pattern:
                if owner not in owners:
                    owners.append(owner)
                return
        entries.append((pattern, [owner]))
        entries.sort(key=lambda entry: -len(entry[0]))

    def firsts(self) -> Iterable[str]:
        """Return the folded first word of each name."""
        return self._by_first

    def at(self, words: tuple[Word, ...], place: int) -> tuple[list[Owner], int] | None:
        """Return the bearers of the longest name there, and the place after it.

        A name written with its marks wins over one that only folds to the same letters.
        """
        folded: tuple[list[Owner], int] | None = None
        for pattern, owners in self._by_first.get(words[place].folded, ()):
            if folded and len(pattern) < folded[1] - place:
                break
            exactly = True
            for offset, (exact, plain) in enumerate(pattern):
                word = words[place + offset]
                if word.exact == exact:
                    continue
                if word.exact != plain:
                    break
                exactly = False
            else:
                if exactly:
                    return owners, place + len(pattern)
                after = place + len(pattern)
                folded = (folded[0] + owners, after) if folded else (list(owners), after)
        return folded
