"""A text as words: each with its exact form, its folded form and its place.

A word typed without diacritics may stand for any accented word ("chieu" for "chiều"), with one
exception: in a text with diacritics, a bare word with a meaning of its own stands for itself ("sau" is
not "sáu"). If only a part of the text lacks diacritics, that part is read as a text without them:
"Trình anh Lĩnh truoc 16h thu Sau".
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, reduce
from itertools import chain, count, islice, repeat
from operator import add, or_
from typing import Generic, NamedTuple, TypeVar

from bot.folding import fold, nfc
from bot.language.text.syllables import needs_a_mark
from bot.language.text.typos import mend
from bot.language.text.word_pairs import meant_beside, partners_of

_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|\S")
_LONGEST_KEPT = 24
_ONE_DASH = {"\u2014": "\u2013"}
"""The long dash is read as the short one."""
_STOP_WITHIN = re.compile(r"(?<!\b[A-ZĐ])\.(?=\s+[0-9a-zà-ỹđ])")
"""A full stop that does not end a sentence: "14h. thứ Năm. 10/12"."""
_TONE_AT_END = dict(
    zip(
        ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"),
        ("òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"),
        strict=True,
    )
)


def vocabulary(text: str) -> frozenset[str]:
    """Return the words of a text, separated by white space, as a set."""
    return frozenset(text.split())


_OWN_MEANING = vocabulary(
    "ram sau nam hai ba tu mai thu sang ban qua kia nay phong thang ngay cu cong xong lam dan tin tai "
    "theo khi cho bao giao sinh ra gia vi xin anh em ai do trong cao van trang quyen binh son lan"
)


class Word(NamedTuple):
    exact: str
    folded: str
    start: int
    end: int
    loose: bool
    """Typed without diacritics, so that any accented form may be meant."""
    capital: bool
    value: int
    """The value of its digits, or -1."""
    starts: int
    """Bits of the `Phrases` that may have a phrase starting here, judged by this word and the next."""


END = Word("", "", 0, 0, False, False, -1, 0)
_ENDS = (END,) * 12


class Sentence(NamedTuple):
    """A text and its words; `words` ends in some `END`s, so that looking ahead needs no bounds check."""

    text: str
    words: tuple[Word, ...]
    length: int
    plain: bool
    """Typed without diacritics: fewer than one word in five has any."""
    folds: frozenset[str]
    """The folded form of every word."""
    starts: int
    """Bits of the `Phrases` that may have a phrase in it."""
    openings: tuple[int, ...]
    """`Word.starts` of every word."""
    numbers: tuple[int, ...]
    """The places of numbers in digits."""

    def opened_by(self, bits: int) -> Sequence[int]:
        """Return the places of words that have one of the bits in `Word.starts`."""
        if not self.starts & bits:
            return ()
        return [place for place, starts in enumerate(self.openings) if starts & bits]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the words from `start` up to `end` stand in the text."""
        return self.words[start].start, self.words[end - 1].end


class _Form(NamedTuple):
    exact: str
    folded: str
    marked: bool
    letters: bool
    loose: bool
    """May stand for any accented form even in a text with diacritics."""
    careless: bool
    """Typed without diacritics, although no word is spelled like that without them."""
    partnered: int
    """Whether a neighbour may correct it: 1 in a text with diacritics, 2 in any text, 0 in none."""
    capital: bool
    value: int
    alone: int
    """Bits of the `Phrases` that have it as a one-word phrase."""
    pairs: dict[str, int] | None
    """For each word after it, bits of the `Phrases` that have a phrase starting with these two words."""


class _Columns(NamedTuple):
    """The forms of a sentence, field by field."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    marked: tuple[bool, ...]
    letters: tuple[bool, ...]
    loose: tuple[bool, ...]
    careless: tuple[bool, ...]
    partnered: tuple[int, ...]
    capital: tuple[bool, ...]
    value: tuple[int, ...]
    alone: tuple[int, ...]
    pairs: tuple[dict[str, int] | None, ...]


def spelled(word: str) -> str:
    """Return the word in lower case with the tone mark in the new place (hoà as hòa, uỷ as ủy)."""
    word = word.lower()
    return word[:-2] + _TONE_AT_END.get(word[-2:], word[-2:])


def _form(text: str) -> _Form:
    if text[0] in "0123456789":
        number = int(text) if len(text) <= 9 else -1
        starts = _ALONE.get(text, 0), _PAIRS.get(text)
        return _Form(text, text, False, False, True, False, 0, False, number, *starts)
    exact = spelled(mend(spelled(_ONE_DASH.get(text, text))))
    folded = fold(exact)
    marked = exact != folded
    loose = not marked and folded not in _OWN_MEANING
    careless = not marked and needs_a_mark(folded)
    capital = text[0].isupper()
    starts = _ALONE.get(folded, 0), _PAIRS.get(folded)
    partnered = partners_of(exact)
    letters = folded.isalpha()
    return _Form(exact, folded, marked, letters, loose, careless, partnered, capital, -1, *starts)


_kept_form = lru_cache(maxsize=20_000)(_form)


def words_of(text: str) -> Sentence:
    """Split a text into words, numbers and single signs."""
    text = nfc(text)
    tokens = _TOKEN.findall(text)
    forms = [_kept_form(token) if len(token) <= _LONGEST_KEPT else _form(token) for token in tokens]
    if not forms:
        return Sentence(text, _ENDS, 0, False, frozenset(), 0, (), ())
    if _STOP_WITHIN.search(text):
        forms = _with_commas(text, tokens, forms)
    columns = _Columns(*zip(*forms, strict=True))
    plain = sum(columns.marked) * 5 < sum(columns.letters)
    if max(columns.partnered) > plain:
        forms = _beside(forms, columns, plain)
        columns = _Columns(*zip(*forms, strict=True))
    loose = _loose(forms, columns, plain)
    starts = [found.start() for found in _TOKEN.finditer(text)]
    ends = map(add, starts, map(len, tokens))
    openings = _openings(columns)
    capital = columns.capital if not text.isupper() else repeat(False)
    exact, folded, value = columns.exact, columns.folded, columns.value
    fields = zip(exact, folded, starts, ends, loose, capital, value, openings, strict=False)
    return Sentence(
        text,
        (*map(_new, repeat(Word), fields), *_ENDS),
        len(forms),
        plain,
        frozenset(folded),
        reduce(or_, openings),
        tuple(openings),
        tuple([place for place, number in enumerate(value) if number >= 0]),
    )


def _openings(columns: _Columns) -> list[int]:
    """Return `Word.starts` of every word."""
    follows = chain(islice(columns.folded, 1, None), ("",))
    return [
        alone | pairs[after] if pairs is not None and after in pairs else alone
        for alone, pairs, after in zip(columns.alone, columns.pairs, follows, strict=True)
    ]


def _loose(forms: Sequence[_Form], columns: _Columns, plain: bool) -> Sequence[bool]:
    """Return for each word whether it may stand for any accented form."""
    if plain:
        return [not marked for marked in columns.marked]
    if True not in columns.careless:
        return columns.loose
    bare = _stretches(forms)
    return [form.loose or place in bare for place, form in enumerate(forms)]


def _with_commas(text: str, tokens: Sequence[str], forms: list[_Form]) -> list[_Form]:
    """Return the forms with a comma in place of each full stop that does not end a sentence."""
    within = {found.start() for found in _STOP_WITHIN.finditer(text)}
    stops = [place for place, sign in enumerate(tokens) if sign == "."]
    mended = list(forms)
    at = -1
    for place in stops:
        at = text.index(".", at + 1)
        if at in within:
            mended[place] = _kept_form(",")
    return mended


def _beside(forms: list[_Form], columns: _Columns, plain: bool) -> list[_Form]:
    """Return the forms with the slips corrected that their neighbours reveal."""
    words = list(columns.exact)
    mended = list(forms)
    for place, form in enumerate(forms):
        meant = meant_beside(words, columns.capital, place, plain) if form.partnered > plain else ""
        if meant:
            mended[place] = _kept_form(meant)._replace(capital=form.capital)
            words[place] = meant
    return mended


def _stretches(forms: Sequence[_Form]) -> set[int]:
    """Return the places of runs of words typed without diacritics around each careless word."""
    found: set[int] = set()
    for place, form in enumerate(forms):
        if not form.careless or place in found:
            continue
        for step in (-1, 1):
            at = place
            while 0 <= at < len(forms) and _may_be_bare(forms[at]):
                found.add(at)
                at += step
    return found


def _may_be_bare(form: _Form) -> bool:
    return form.value >= 0 or (form.letters and not form.marked)


_new = tuple.__new__
_ALONE: dict[str, int] = {}
"""For each folded word, bits of the `Phrases` that have it as a one-word phrase."""
_PAIRS: dict[str, dict[str, int]] = {}
"""For each folded word and the one after it, bits of the `Phrases` with a phrase starting so."""
_BITS = count()
Value = TypeVar("Value")
Pattern = tuple[tuple[str, str], ...]


class Phrases(Generic[Value]):
    """Phrases, each with its meaning; `at` finds the longest one at a place of a sentence."""

    def __init__(self, phrases: Mapping[Value, str]) -> None:
        """Take each meaning with the phrases that have it, separated by "|"."""
        entries = [
            (_pattern(phrase), value)
            for value, texts in phrases.items()
            for phrase in texts.split("|")
        ]
        entries.sort(key=lambda entry: -len(entry[0]))
        self.firsts = frozenset(pattern[0][1] for pattern, _ in entries)
        """The folded first word of each phrase."""
        self.lasts = frozenset(pattern[-1][1] for pattern, _ in entries)
        """The folded last word of each phrase."""
        self.bit = 1 << next(_BITS)
        """Set in `Word.starts` and `Sentence.starts` where a phrase may start."""
        self._by_start: dict[str, dict[str, list[tuple[Pattern, Value]]]] = {}
        for pattern, value in entries:
            first, second = pattern[0][1], pattern[1][1] if len(pattern) > 1 else ""
            of_word, key = (_PAIRS.setdefault(first, {}), second) if second else (_ALONE, first)
            of_word[key] = of_word.get(key, 0) | self.bit
            by_second = self._by_start.setdefault(first, {})
            by_second.setdefault(second, []).append((pattern, value))
        _kept_form.cache_clear()

    def places(self, sentence: Sentence) -> Sequence[int]:
        """Return the places where one of the phrases may start."""
        return sentence.opened_by(self.bit) if sentence.starts & self.bit else ()

    def may_be_in(self, sentence: Sentence) -> bool:
        """Tell whether a phrase may start somewhere in the sentence."""
        return bool(sentence.starts & self.bit)

    def at(self, words: tuple[Word, ...], place: int) -> tuple[Value, int] | None:
        """Return the meaning of the longest phrase at a place, and the place after it.

        After a word typed without diacritics the next word may lack them too: in any text "cuoi nam" is
        "cuối năm", but "nam" alone is not "năm".
        """
        word = words[place]
        if not word.starts & self.bit:
            return None
        by_second = self._by_start[word.folded]
        second = words[place + 1].folded
        if second in by_second and second:
            for pattern, value in by_second[second]:
                if _fits(pattern, words, place):
                    return value, place + len(pattern)
        for pattern, value in by_second.get("", ()):
            if word.exact == pattern[0][0] or (word.loose and word.exact == pattern[0][1]):
                return value, place + 1
        return None


def _fits(pattern: Pattern, words: tuple[Word, ...], place: int) -> bool:
    bare = False
    for exact, folded in pattern:
        word = words[place]
        place += 1
        if word.exact == exact:
            continue
        if word.exact != folded or not (word.loose or bare):
            return False
        bare = True
    return True


def any_of(texts: str) -> Phrases[bool]:
    """Return phrases, separated by "|", that all mean the same."""
    return Phrases({True: texts})


def _pattern(phrase: str) -> Pattern:
    found = _TOKEN.findall(nfc(phrase))
    return tuple((spelled(word), fold(spelled(word))) for word in found)
