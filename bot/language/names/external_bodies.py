"""Bodies outside the office that a sentence gives a task to and that nobody has entered yet."""

import re

from bot.folding import nfc
from bot.language.text.words import vocabulary, words_of

LONGEST = 60
_KINDS = (
    "sở|bộ|cục|chi cục|tổng cục|ubnd|hđnd|ủy ban|uỷ ban|công an|bộ chỉ huy|ban|đảng ủy|đảng uỷ|quận ủy|"
    "huyện ủy|thành đoàn|tỉnh đoàn|hội|liên đoàn|mặt trận|viện|tòa án|kho bạc|trường|học viện|báo|đài|"
    "trung tâm|bảo hiểm xã hội|tổng công ty|công ty|bệnh viện|thanh tra|bưu điện"
)
_ORDER = "giao việc cho|giao cho|giao|đề nghị|yêu cầu|phân công"
_GIVEN = re.compile(rf"\W*(?i:{_ORDER})\s+(?=(?i:{_KINDS})\b)")
_AT_HEAD = re.compile(rf"\W*(?=(?i:{_KINDS})\b.{{2,80}}?(?i:\b(?:chủ trì|phụ trách)\b))")
_KIND = re.compile(rf"(?i:{_KINDS})\b")
_JOINS = vocabulary("và thành phố tỉnh phường xã quận huyện khối tp nhân dân tổ quốc")


def body_named(text: str) -> str | None:
    """Return the name of the body that a text gives a task to: "Sở Nội vụ"; None when there is none.

    The name lasts as long as its words have capitals. One word without a capital may follow each such word
    ("Nội vụ", "Xây dựng").
    """
    text = nfc(text)
    start = _GIVEN.match(text) or _AT_HEAD.match(text)
    kind = _KIND.match(text, start.end()) if start else None
    if start is None or kind is None or not text[kind.start()].isupper():
        return None
    end = _end(text, kind.end())
    name = text[kind.start() : end]
    return name if end > kind.end() and len(name) <= LONGEST else None


def _end(text: str, start: int) -> int:
    """Return where the name that continues from a place ends."""
    end = last = start
    draws = False
    for word in words_of(text[start:]).words:
        at = (start + word.start, start + word.end)
        if not word.exact or text[last : at[0]].strip() or not word.exact.isalnum():
            break
        if text[at[0]].isupper() or word.value >= 0:
            draws, end = not draws, at[1]
        elif draws:
            draws, end = False, at[1]
        elif word.exact not in _JOINS:
            break
        last = at[1]
    return end
