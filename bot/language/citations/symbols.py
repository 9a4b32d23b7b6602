"""The official spelling of a document's symbol (domain.md, section 3): "5-tb/tu" is "05-TB/TU"."""

import re

from bot.folding import fold, nfc

_TYPES = (
    "NQ QĐ CT KL QC TB BC KH CTr CTHĐ CTrHĐ ĐA PA TTr CV BB HD TT BS LCT GM NĐ CĐ TLT TTLT NQLT"
)
_BODIES = (
    "TW TU ĐU CB VPTU VPĐU VPTW UBKTTU UBKTĐU BTCTU BTGDVTU BNCTU BTVTU BTVĐU BCĐ BCTĐ BXDĐ "
    "CP TTg UBND HĐND BNV BTC VPCP MTTQ VP QH BCH BTV"
)
_PROPER = {fold(part): part for part in (*_TYPES.split(), *_BODIES.split())}
_JOINS = re.compile(r"[-–./]")


def proper(symbol: str) -> str:
    """Return a symbol in its official spelling, with a missing Đ and the leading 0 restored.

    An unknown type or body keeps its letters; it is put in capitals if it was all in small letters.
    """
    symbol = nfc(symbol).replace("–", "-")
    number, _, rest = symbol.partition("-")
    if number.isdecimal():
        symbol = f"{int(number):02}-{rest}"
    return "".join(_part(one) for one in re.split(r"([-/.])", symbol))


def _part(part: str) -> str:
    known = _PROPER.get(fold(part))
    return known or (part.upper() if part.islower() else part)


def key(symbol: str) -> str:
    """Return a form that all spellings of one symbol share: no case, no diacritics, no leading 0."""
    first, *rest = _JOINS.split(fold(symbol))
    return "-".join([first.lstrip("0") or first, *rest])
