"""How a Vietnamese syllable is built. A word that cannot be a syllable is a typing slip."""

import re
import unicodedata

from bot.folding import fold, nfc

_ONSET = "(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|b|c|d|g|h|k|l|m|n|p|q|r|s|t|v|x)?"
_RIME = (
    "(?:a(?:c|ch|i|m|n|ng|nh|o|p|t|u|y)?|e(?:c|m|n|ng|nh|o|p|t|u|ch)?|"
    "i(?:a|ch|m|n|ng|nh|p|t|u|e[cmnptu]|eng)?|o(?:c|i|m|n|ng|p|t)?|oo(?:c|ng)?|"
    "oa(?:c|ch|i|m|n|ng|nh|o|p|t|y)?|oe(?:o|n|t)?|u(?:a|c|i|m|n|ng|o|p|t|u|y)?|"
    "ua(?:n|ng|t|y)|ue(?:ch|nh)?|uo(?:[cimntpu]|ng)|uy(?:a|ch|nh|t|u|en|et|n)?|"
    "y(?:ch|e[mntu])?)"
)
_SYLLABLE = re.compile(_ONSET + _RIME)
_STOPPED = re.compile(".*(?:[cpt]|ch)")
_NEVER_BARE = frozenset(
    [
        "gui",
        "tuan",
        "gio",
        "khong",
        "trinh",
        "cua",
        "voi",
        "nhe",
        "hoan",
        "dong",
        "muu",
        "thao",
        "luan",
        "den",
        "dau",
        "giua",
        "han",
        "vong",
        "roi",
        "phai",
        "toi",
        "tong",
        "yeu",
    ]
)
"""Words of office and time that nobody writes without diacritics on purpose, whatever they mean."""
_LOANS = frozenset(["chat", "up", "set", "top", "hot", "pat", "net", "test", "it", "cc"])
TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
"""Each tone mark with the letter that types it (Telex)."""


def untoned(word: str) -> tuple[str, str]:
    """Return the word without its tone mark, and the mark, or "" when it has none."""
    letters = unicodedata.normalize("NFD", word)
    tone = "".join(letter for letter in letters if letter in TONES)
    return nfc("".join(letter for letter in letters if letter not in TONES)), tone


def is_syllable(word: str) -> bool:
    """Tell whether a lower-case word may be Vietnamese, with its diacritics or with none at all."""
    folded = fold(word)
    if _SYLLABLE.fullmatch(folded) is None:
        return False
    bare, tone = untoned(word)
    return bool(tone) or bare == folded or _STOPPED.fullmatch(folded) is None


def needs_a_mark(folded: str) -> bool:
    """Tell whether a word without diacritics must lack some: "viec", "chieu", "truoc" are no words as they are."""
    if folded in _NEVER_BARE:
        return True
    written = _SYLLABLE.fullmatch(folded) is not None and folded not in _LOANS
    return written and (_STOPPED.fullmatch(folded) is not None or "ie" in folded or "uo" in folded)
