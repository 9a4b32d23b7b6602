"""Reads Vietnamese in the letters of an old font, or as raw keys typed with the Vietnamese input method off.

Each form is read only where it spells a mark: "MËT" (TCVN3), "MAÄT" (VNI font), "maatj" (Telex), "ma65t"
(VNI keys), "ma^.t" (VIQR), "m4t". The whole text is then read in that form, because the words beside the mark
decide.
"""

import re
import unicodedata
from collections.abc import Callable

from bot.rules.secrecy.lookalikes import composed

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_ROOF, _BOWL, _HORN = "\u0302", "\u0306", "\u031b"
_TCVN3 = str.maketrans(
    "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊË®ÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóôõö÷øùúûüýþ¡¢§£¤¥¦\xad",
    "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụừửữứựỳỷỹýỵĂÂĐÊÔƠƯư",
)
_TCVN3_MARK = re.compile("mËt", re.IGNORECASE)
_VNI_MARK = re.compile("maÄt", re.IGNORECASE)
_DOTTED = (("E\u0308", "Ë"), ("e\u0308", "ë"), ("A\u0308", "Ä"), ("a\u0308", "ä"))
_OF_FONT = {
    **dict(zip("ùøûõï", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)),
    **dict(zip("âáàåãä", ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)),
    **dict(zip("êéèúüë", ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)),
}
_FONT_VOWEL = re.compile(r"([aeouyôö])([ùøûõïâáàåãäêéèúüë])", re.IGNORECASE)
_FONT_LETTERS = str.maketrans({"ô": "ơ", "ö": "ư", "ñ": "đ", "Ô": "Ơ", "Ö": "Ư", "Ñ": "Đ"})
_OF_KEY = {
    **dict(zip("sfrxj", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)),
    **dict(
        zip(
            "123456789", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT, _ROOF, _HORN, _BOWL, ""), strict=True
        )
    ),
}
_TYPED = re.compile(r"(?<![^\W_])m[aâạậ]+(?:[aj65]+t[aj65]*|t[aj65]+)(?![^\W_])", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]{2,12}")
_VIQR = (("a^.", "ậ"), ("A^.", "Ậ"), ("e^.", "ệ"), ("E^.", "Ệ"), ("o^'", "ố"), ("O^'", "Ố"))
_DIGITS = (
    (re.compile(r"(?<![^\W_])m[4@]t(?![^\W_@])", re.IGNORECASE), "mật"),
    (re.compile(r"(?<![^\W_])t[uU]y[3€]t(?![^\W_])", re.IGNORECASE), "tuyệt"),
    (re.compile(r"(?<![^\W_])t0[i1](?=[\W_]{0,3}m[aậâ4@])", re.IGNORECASE), "toi"),
)


def from_old_font(text: str) -> str:
    """Return a text written for a special font (TCVN3, VNI) in the letters that the font showed."""
    if "\u0308" in text:
        for apart, one in _DOTTED:
            text = text.replace(apart, one)
    if _TCVN3_MARK.search(text):
        text = text.translate(_TCVN3)
    if _VNI_MARK.search(text):
        text = _FONT_VOWEL.sub(_with_font_mark, text.translate(_FONT_LETTERS))
    return text


def from_keys(text: str) -> str:
    """Return a text, which is in NFC, as its raw keys (Telex, VNI, VIQR, digits for letters) were meant."""
    if "^" in text:
        for keys, letter in _VIQR:
            text = text.replace(keys, letter)
    if _TYPED.search(text):
        text = _WORD.sub(_as_keys, text)
    for pattern, word in _DIGITS:
        text = pattern.sub(_in_case(word), text)
    return text


def _with_font_mark(found: re.Match[str]) -> str:
    mark = found[2].lower()
    hat = _ROOF if mark in "âáàåãä" else _BOWL if mark in "êéèúüë" else ""
    return unicodedata.normalize("NFC", found[1] + hat + _OF_FONT[mark])


def _as_keys(found: re.Match[str]) -> str:
    """Read a word as pressed keys: a tone key stands anywhere behind its vowel, "aa" is "â", "dd" is "đ"."""
    read: list[str] = []
    vowel = -1
    for key in found[0]:
        low = key.lower()
        if vowel >= 0 and (low in _OF_KEY or low == "w"):
            read[vowel] += _OF_KEY.get(low) or (_BOWL if read[vowel][0] in "aA" else _HORN)
        elif low in "aeo" and read and read[-1].lower() == low:
            read[-1] += _ROOF
        elif low == "d" and len(read) == 1 and read[0] in "dD":
            read[0] = "đ" if read[0] == "d" else "Đ"
        else:
            read.append(key)
            vowel = len(read) - 1 if unicodedata.normalize("NFD", low)[0] in "aeiouy" else vowel
    return composed("".join(read))


def _in_case(word: str) -> Callable[[re.Match[str]], str]:
    return lambda found: word.upper() if found[0][:1].isupper() else word
