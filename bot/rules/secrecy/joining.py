"""Joins letters written apart ("M Ậ T", "m.ậ.t", one on each line) and a word broken in two ("MẬ T")."""

import re
from collections.abc import Iterator, Sequence

from bot.rules.secrecy.vocabulary import keys
from bot.rules.secrecy.words import DEGREES, EXACT, Word, letters_of, word

_EXACT_DEGREES = keys("tối|tuyệt")
_SPELLED = re.compile("(tuyet|toi)?mat$")
_LONGEST_GAP = 6
_MOST_LETTERS = 12
_LONGEST_BROKEN = 5


def joined(words: Sequence[Word]) -> Iterator[Word]:
    place = 0
    while place < len(words):
        run = _run(words, place)
        if run:
            yield from _spelled_out(run)
            place += len(run)
        elif whole := _broken(words, place):
            yield whole
            place += 2
        else:
            yield words[place]
            place += 1


def _run(words: Sequence[Word], place: int) -> Sequence[Word]:
    """Return the run of three or more single letters that begins here, or nothing."""
    end = place
    while end < len(words) and len(words[end].text) == 1 and words[end].text.isalpha():
        if end > place and len(words[end].gap) > _LONGEST_GAP:
            break
        end += 1
    return words[place:end] if end - place > 2 else ()


def _spelled_out(run: Sequence[Word]) -> Iterator[Word]:
    """Join the mark at the end of a run of single letters. It then stands alone, as a stamp does."""
    said = "".join(one.text for one in run[-_MOST_LETTERS:])
    if letters_of("".join(one.text for one in run)) == "bimatnhanuoc":
        yield word("MẬT", f"{run[0].gap}\n")
        return
    whole = letters_of(said)
    found = _SPELLED.search(whole) if len(whole) == len(said) else None
    if found is None or not (found[1] or len(run) == 3 or said[-2] not in "aA"):
        yield from run
        return
    size = len(found[0])
    yield from run[:-size]
    if found[1]:
        yield word(said[-size:-3], run[-size].gap)
    yield word("MẬT", " " if found[1] else f"{run[-3].gap}\n")


def _broken(words: Sequence[Word], place: int) -> Word | None:
    """Return the mark that is broken in two here, as in text copied from a page: "MẬ T", "TUY\\nỆT"."""
    if place + 1 == len(words) or not 0 < len(words[place + 1].gap) < 3:
        return None
    one, two = words[place], words[place + 1]
    if two.gap.strip(" \n-") or len(one.text) + len(two.text) > _LONGEST_BROKEN:
        return None
    whole = word(one.text + two.text, one.gap)
    if whole.letters != "mat":
        return whole if whole.key in _EXACT_DEGREES else None
    follows = place > 0 and words[place - 1].letters in DEGREES
    return whole if whole.key == EXACT or follows else None
