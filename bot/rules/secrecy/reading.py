"""Splits a text into the words that the secrecy rule reads."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.rules.secrecy.joining import joined
from bot.rules.secrecy.parting import parted
from bot.rules.secrecy.vocabulary import FILE_ENDINGS, LOST
from bot.rules.secrecy.words import DEGREES, Word, word

_WORD = re.compile(r"[^\W_]+")
_ENDING = re.compile(rf"(?:\.(?:{FILE_ENDINGS})\b[\s\"'”)]*){{1,3}}\Z", re.IGNORECASE)
BOX = re.compile("[☒☐]")
_LONGEST_NAME = 300
_ENDS_SENTENCE = re.compile("[.!?;\n\f]")
_FAR = 60
"""The most words on each side of a word that count as its sentence."""

_EDGE = Word("", "\n", "", "")


@dataclass(frozen=True)
class Reading:
    """The words of a text. `words` has two empty words at each end. `is_file`: the text ends as a file name does."""

    words: Sequence[Word]
    is_file: bool

    @property
    def places(self) -> range:
        """The places of the text's own words in `words`."""
        return range(2, len(self.words) - 2)

    @cached_property
    def is_shouted(self) -> bool:
        """Whether more than two thirds of the words are in capitals, so that capitals mean nothing.

        Words of one letter and those of a mark do not count.
        """
        said = [one for one in self.words if len(one.text) > 1 and one.text.isalpha()]
        others = [one for one in said if one.letters != "mat" and one.letters not in DEGREES]
        return bool(others) and sum(one.is_upper for one in others) * 3 > len(others) * 2

    @cached_property
    def first_box(self) -> int:
        """The place of the word that the first box to tick stands before; the number of words without a box."""
        boxed = (at for at, one in enumerate(self.words) if BOX.search(one.gap))
        return next(boxed, len(self.words))

    @cached_property
    def tells_of_loss(self) -> bool:
        """Whether the text speaks of something that was lost."""
        said = f" {' '.join(one.letters for one in self.words)} "
        return any(f" {one} " in said for one in LOST)

    def has(self, begin: int, end: int, known: Collection[str]) -> bool:
        """Tell whether `known`, given by key, contains one of these words or two of them in a row."""
        begin, end = max(begin, 0), max(end, 0)
        return not (
            set(self._keys[begin:end]).isdisjoint(known)
            and set(self._pairs[begin : end - 1]).isdisjoint(known)
        )

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the place of the first word of the sentence around this word, and the place after its last word."""
        begin = self._begins[bisect_right(self._begins, at) - 1]
        after = bisect_left(self._begins, at + 1)
        end = self._begins[after] if after < len(self._begins) else self.places.stop
        return max(begin, at - _FAR, 2), min(end, at + _FAR, self.places.stop)

    @cached_property
    def _keys(self) -> list[str]:
        return [one.key for one in self.words]

    @cached_property
    def _pairs(self) -> list[str]:
        return [f"{one} {two}" for one, two in zip(self._keys, self._keys[1:], strict=False)]

    @cached_property
    def _begins(self) -> list[int]:
        begins = [at for at, one in enumerate(self.words) if _ENDS_SENTENCE.search(one.gap)]
        return [0, *begins]


def read(text: str) -> Reading:
    """Return the words of a text, which is in NFC."""
    named = _ENDING.search(text, max(0, len(text) - _LONGEST_NAME))
    said = text[: named.start()] if named else text
    found: list[Word] = []
    end = 0
    for one in _WORD.finditer(said):
        found += parted(word(one[0], said[end : one.start()]))
        end = one.end()
    if found:
        found[0] = found[0]._replace(gap=f"\n{found[0].gap}")
    tail = Word("", f"{said[end:]}\n", "", "")
    return Reading([_EDGE, _EDGE, *joined(found), tail, _EDGE], named is not None)
