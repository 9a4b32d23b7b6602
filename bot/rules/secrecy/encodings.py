"""Decodes texts from a web address, a mail or a web page, or of a wrong character encoding."""

import html
import re
from binascii import Error
from email.errors import HeaderParseError
from email.header import decode_header
from urllib.parse import unquote

_ENCODED_WORD = re.compile(r"=\?[\w-]{3,20}\?[bBqQ]\?[^?\s]{1,400}\?=")
_HEX = re.compile(r"(?:=[0-9A-F]{2}){2,}")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_TAG = re.compile(
    r"</?(?:(?P<inline>a|b|i|u|s|em|strong|font|span|mark|small|big|su[bp]|code)|p|br|div|t[dhr]|table"
    r"|tbody|h[1-6]|[uo]l|li|center|html|body|head|pre|o:p)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_GARBLED = re.compile("áº|á»|Ã¡Âº|Ã¡Â»")
"""How the UTF-8 bytes of Vietnamese letters look when they are read as Western characters, once and twice."""


def undone(text: str) -> str:
    """Return the text as its writer typed it. Leaves text without such an encoding as it is."""
    if "=" in text:
        text = _ENCODED_WORD.sub(_decoded_word, text)
        text = _HEX.sub(lambda found: found[0].replace("=", "%"), text)
    if "%" in text:
        text = unquote(unquote(text, errors="ignore"), errors="ignore")
    if "\\u" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if "<" in text:
        text = _TAG.sub(lambda found: "" if found["inline"] else "\n", text)
    if "&" in text:
        text = html.unescape(text)
    for _ in range(2):
        if _GARBLED.search(text):
            text = b"".join(map(_byte, text)).decode("utf-8", "ignore")
    return text


def _decoded_word(found: re.Match[str]) -> str:
    try:
        ((said, charset),) = decode_header(found[0])
        return said if isinstance(said, str) else said.decode(charset or "ascii", "ignore")
    except (Error, HeaderParseError, LookupError, ValueError):
        return found[0]


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1" if ord(letter) < 0x100 else "utf-8", "ignore")
