"""Parts words written as one that contain a mark: "CongVanMat12", "KH05MAT", "tàiliệutốimật", "congvanmat"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.rules.secrecy.vocabulary import AFTER_BARE, BEFORE_BARE, LONG_PAPERS, WRITTEN_AS_ONE
from bot.rules.secrecy.words import Word, letters_of, word

_EXACT = re.compile(r"(?:(?<![^\W_])m+|m)ậ+t", re.IGNORECASE)
_NUMBERED = re.compile(r"^([^\W\d_]{2,})(\d+)$")
_SHORT = re.compile("(?:CV|VB|TL|BC|KH|TB|QĐ|QD|NQ|KL|HS|BB|TTr|PA|GM|CĐ|CD|PL)(?=[^\\W\\d_])")
"""A paper's abbreviation right before another word: "CVmat", "CVSo05Mat"."""
_VERSION = re.compile("(?:v|ver|final|scan|copy)$")
_PART = re.compile(r"[^\W\d_]+|\d+")
_BEFORE_MARK = ("tuyet", "toi", "do")
_URGENT = re.compile("(?:hoatoc|thuongkhan)$")
_PAPER = re.compile(f"(?:{'|'.join(_BEFORE_MARK)})$")


def parted(one: Word) -> Iterator[Word]:
    """Yield the pieces of a word, those after the first with an empty gap. A simple word is its own only piece."""
    if "mat" in one.letters and one.letters != "mat":
        pieces = _pieces(one.text)
    else:
        pieces = _NUMBERED.sub(r"\1 \2", one.text).split()
    yield word(pieces[0], one.gap)
    for piece in pieces[1:]:
        yield word(piece, "")


def _pieces(text: str) -> list[str]:
    if exact := _EXACT.search(text):
        end = _end(text, exact.end())
        parts = _PART.findall(text[: exact.start()])
        before = [*parts[:-1], *_before(parts[-1])] if parts else []
        return [*before, text[exact.start() : end], *_after(text[end:])]
    parts = [piece for part in _PART.findall(text) for piece in _by_case(part)]
    pieces = [piece for part in parts for piece in _known(part)]
    return pieces if any(letters_of(piece) == "mat" for piece in pieces) else [text]


def _end(text: str, end: int) -> int:
    """Return the place behind the mark's last letter, which may be repeated. In "mậtthiết" it is not."""
    last = end
    while text[last : last + 1] == text[end - 1] and not _begins(text, last):
        last += 1
    return end if text[last : last + 1].islower() else last


def _by_case(part: str) -> list[str]:
    """Part words that each begin with a capital. "tUYệT" is one word."""
    if short := _SHORT.match(part):
        return [short[0], *_by_capitals(part[short.end() :])]
    return _by_capitals(part)


def _by_capitals(part: str) -> list[str]:
    cuts = [place for place in range(1, len(part)) if _begins(part, place)]
    pieces = [part[a:b] for a, b in pairwise([0, *cuts, len(part)])]
    return pieces if max(map(len, pieces)) > 2 else [part]


def _begins(part: str, place: int) -> bool:
    if not part[place].isupper():
        return False
    return part[place - 1].islower() or part[place + 1 : place + 2].islower()


def _known(part: str) -> list[str]:
    """Part text that does not show where its words begin, if all of it consists of known words."""
    whole = letters_of(part)
    place = whole.find("mat")
    if place < 0 and whole.endswith("so") and whole[:-2] in WRITTEN_AS_ONE:
        return [part[:-2], part[-2:]]  # "congvanso05mat"
    if whole == "mat" or place < 0 or len(whole) != len(part):
        return [part]
    paper, after = _URGENT.sub("", _PAPER.sub("", whole[:place])), whole[place + 3 :]
    if paper and not (paper in WRITTEN_AS_ONE or _is_of_paper(whole[:place])):
        return [part]
    goes_on = (
        after in WRITTEN_AS_ONE or _VERSION.match(after) or after.startswith(tuple(AFTER_BARE))
    )
    if after and paper not in LONG_PAPERS and not goes_on:
        return [part]
    return [*_before(part[:place]), part[place : place + 3], *_after(part[place + 3 :])]


def _is_of_paper(letters: str) -> bool:
    """Tell whether letters before "mat" are a paper's name: "hosonhansu", "totrinhnhansutoi"."""
    if letters.endswith("tuyet"):
        return True
    if letters.endswith("toi"):
        return letters.startswith(tuple(one for one in WRITTEN_AS_ONE if len(one) > 3))
    return letters.startswith(LONG_PAPERS) and not letters.endswith(tuple(BEFORE_BARE))


def _before(text: str) -> list[str]:
    if len(pieces := _by_case(text)) > 1:
        return [*pieces[:-1], *_before(pieces[-1])]
    whole = letters_of(text)
    for last in _BEFORE_MARK:
        if whole.endswith(last) and len(whole) == len(text):
            return [piece for piece in (text[: -len(last)], text[-len(last) :]) if piece]
    return [text] if text else []


def _after(text: str) -> list[str]:
    if len(pieces := _by_case(text)) > 1:
        return [*(pieces[:1] if text[0].isupper() else _after(pieces[0])), *pieces[1:]]
    whole = letters_of(text)
    first = max((one for one in AFTER_BARE if whole.startswith(one)), key=len, default="")
    place = len(first) if len(whole) == len(text) else 0
    return [piece for piece in (text[:place], text[place:]) if piece]
