"""The polite words before and after a question.

"Kính nhờ em báo giúp anh ...", "Dạ cho em xin danh mục ... ạ", "... tới đâu rồi nghen".
"""

import re


def form(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that matches whole words of folded text; a space in it matches any white space."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)".replace(" ", r"\s+"))


_POLITE = "(?:kinh|xin|nho|mong|phien|vui long|lam on|de nghi)"
_YOU = "(?:em|anh|chi|dong chi|d/c|dc|bot|van phong|cac dong chi)"
_ME = "(?:toi|anh|chi|minh|em)"
_TOLD = "(?:bao cao|bao|noi|diem|tom tat|ke|tong hop|thong ke|cung cap|gui|tra loi)"
_LOOKED = "(?:kiem tra|xem|ra soat|ra|coi|tra|dem|thong ke|hoi|liet ke|loc|tim)"
_ASKS = (
    rf"{_TOLD}(?: nhanh| lai| giup| gium| dum)*(?: cho)? {_ME}(?: biet| nghe| xem)?"
    rf"|{_LOOKED}(?: lai| thu| xem)*(?: giup| ho| gium| dum) {_ME}"
    rf"|cho {_ME} (?:xem|biet|hoi|xin|con so|danh sach|so lieu)(?: la)?|{_ME} (?:muon )?hoi(?: la)?"
    "|(?:xin )?cho (?:biet|hoi|xem|xin)(?: la)?|xin hoi|xem giup|xem|liet ke"
)
_LIST = "(?: (?:danh sach|danh muc|so lieu|so luong|thong tin))?"
ASKED_OF = form(
    rf"(?:{_POLITE}[ ,]+)*(?:{_YOU}[ ,]+)?(?:{_POLITE}[ ,]+)*(?:{_ASKS}){_LIST}"
    rf"|(?:{_POLITE} )+(?:danh sach|danh muc|so lieu|so luong|so(?= (?:viec|nhiem vu)))"
)
"""Openings by which a person asks to be told something. The question itself follows."""
LIST_ORDERED = form(
    r"(?:(?:de nghi|yeu cau|kinh de nghi) )*(?:thong ke|cung cap|liet ke|lap danh sach|tong hop)(?: lai)?"
    rf"{_LIST}(?= (?:cac |nhung )?(?:viec|nhiem vu|so viec|so nhiem vu) )"
)
"""An opening that orders a list. The bot can answer it at once, but it may also be work for somebody."""
_GREETING = re.compile(
    r"^\W*(?:(?:dạ|thưa|kính thưa|alo|à|ừ)(?:\s+(?:đồng chí|các đồng chí|đ/c|anh|chị|em|sếp))?[\s,]+)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?<!của)(?<!chúng)[\s,]+(?:vậy|vay|dzậy|thế|đấy|ạ|à|hả|ha|hè|hen|hén|heng|nhỉ|nha|nhá|nhé|nghe|nghen|nè"
    r"|ne|cà|ta|luôn|luon|trơn|ráo))+(?=[\s.?!]*$)",
    re.IGNORECASE,
)


def bare(text: str) -> str:
    """Return an NFC text without its greeting and closing words, which ask for nothing.

    Only words with the right diacritics count: "đã" is no greeting, and "liên hệ" does not end on "hè".
    """
    return _CLOSING.sub("", _GREETING.sub("", text))
