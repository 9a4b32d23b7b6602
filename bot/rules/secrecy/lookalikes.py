"""Replaces letters that look like the letters of a mark, and removes invisible characters.

The look-alikes come from Unicode's table of confusable characters (UTS #39, confusables.txt, Unicode 13):
the letters of other alphabets that stand for a, e, i, m, o, t, u or y. The library for this table loads all
of it, 900 KB, at the start. Letters whose Unicode name contains the Latin letter (small capitals, letters
with a stroke) need no table.
"""

import re
import unicodedata

_TABLE = {
    "a": "ɑⱭΑαАаᎪᗅ⍶⍺ꓮꭺ𐊠𖽀ΛɅᗩ",
    "e": "ΕЕеҽҿᎬ℮⋿ⴹꓰꬲꭼ𐊆𑢦𑢮",
    "i": "ıƖǀɩΙιІіӀӏᎥᏞᒪᛁᵻᵼⲒⵏꓡꓲꙇꭵꮮ𐊊𐌉𐌠𑢣𑢲𑣃𖼖𖼨",
    "m": "ΜϺМмӍӎᎷᗰᛖⲘⲙꓟ𐊰𐌑ʍ",
    "o": "ɵΘΟθοσОоѲѳӨөՕօᎾᏫᴑⲞⲟⴱⵁⵔꓳꬽꬾꭴꮎꮻ𐊒𐊫𐐄𐐬𐓂𐓪𑢵𑣈𑣗",
    "t": "ΤτТтҬҭᎢᎿ₮⊤⟙Ⲧⲧꓔꭲ𐊗𐊱𐌕𑢼𖼊†",
    "u": "ɄυՍսሀᏌᑌᵾꓴꞟꮜ𐓎𐓶𑢸𑣘𖽂",
    "y": "¥ɣƔΥγУуҮүҰұყᎩᎽⲨꓬ𐊲𑢤𑣜𖽃",
}
_ALIKE = {one: latin for latin, alike in _TABLE.items() for one in alike}
_MARKS = "\u0323\u0302\u0306\u031b\u0301\u0300\u0309\u0303"
"""The marks that Vietnamese writes over and under letters, in the order in which they compose."""

_SEVERAL = re.compile(f"[{_MARKS}]{{2,}}")
_LEFT_OVER = re.compile(f"[{_MARKS}]")
_NAMED = re.compile(
    r"(?:NEGATIVE (?:SQUARED|CIRCLED) |REGIONAL INDICATOR SYMBOL |COMBINING |MODIFIER )?"
    r"(?:LATIN )?(?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL |SMALL )?([A-Z])(?: WITH .+)?"
)
_FILLERS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
_NO_LETTERS = frozenset({"Mn", "Me", "Cf", "Cn", "Co", "Cs"})
_SEVERAL_TIMES = re.compile(r"([a-z])\1+")
_VOWELS = re.compile(r"([aeiouy])\1+")
_MOST_KEPT = 10_000
_MISHEARD = ("mac", "\u0302\u0323")
"""The word "mậc": not a Vietnamese word, but how some people pronounce "mật"."""
_OF_A_MARK = frozenset({"mat", "mac", "toi", "tuyet"})

_BACKWARDS = re.compile("\u202e([^\u202c\n]{3,})\u202c")
"""Text shown from its end to its beginning: Unicode's right-to-left override."""


def as_it_looks(text: str) -> str:
    """Return a text with look-alikes replaced by the letters they look like, and invisible characters removed.

    Letters and their marks are separate (NFD). Vietnamese letters and marks stay as they are.
    """
    return _SEVERAL.sub(_in_order, text.translate(_SHOWN))


def ahead(text: str) -> str:
    """Return a text with the parts shown backwards put into reading order."""
    return _BACKWARDS.sub(lambda found: found[1][::-1], text)


def composed(text: str) -> str:
    """Return a text with each letter and its marks composed. Drops marks that do not compose with their letter."""
    apart = _SEVERAL.sub(_in_order, unicodedata.normalize("NFD", text))
    return _LEFT_OVER.sub("", unicodedata.normalize("NFC", apart))


def spelled(word: str) -> tuple[str, str]:
    """Return the letters of a word without its tone marks, in lower case and with đ as d, and its sorted tone marks.

    The tone marks belong to the whole word: "tuỵêt" has the same ones as "tuyệt". A repeated vowel counts
    once, and so does every repeated letter of a secrecy mark ("MẬTTT").
    """
    apart = unicodedata.normalize("NFD", word.lower())
    letters = "".join(c for c in apart if c not in _MARKS).replace("đ", "d")
    marks = "".join(sorted({c for c in apart if c in _MARKS}))
    if len(letters) > 3 and (once := _SEVERAL_TIMES.sub(r"\1", letters)) in _OF_A_MARK:
        return once, marks
    letters = _VOWELS.sub(r"\1", letters)
    return ("mat" if (letters, marks) == _MISHEARD else letters), marks


def _in_order(found: re.Match[str]) -> str:
    return "".join(sorted(set(found[0]), key=_MARKS.index))


class _Shown(dict[int, str]):
    """Maps each character when it first occurs. Invisible characters become an empty text.

    It remembers at most _MOST_KEPT characters, so that a text with every Unicode character cannot fill the memory.
    """

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", chr(code)))
        shown = "".join(map(_as_latin, apart))
        if len(self) < _MOST_KEPT:
            self[code] = shown
        return shown


def _as_latin(letter: str) -> str:
    if letter in _ALIKE:
        return _ALIKE[letter].upper() if letter.isupper() else _ALIKE[letter]
    if letter in _MARKS or letter in "đĐ" or letter.isspace():
        return letter
    if letter in _FILLERS or unicodedata.category(letter) in {"Cc"}:
        return ""
    named = None if letter.isascii() else _NAMED.fullmatch(unicodedata.name(letter, ""))
    if named:
        return named[1] if letter.isupper() or "CAPITAL" in named[0] else named[1].lower()
    return "" if unicodedata.category(letter) in _NO_LETTERS else letter


_SHOWN = _Shown()
