"""Expand abbreviations and slips before a question is read: "vc j đag trễ k" is "việc gì đang trễ không"."""

import re

from bot.folding import fold
from bot.language.text.typos import slips_of

_SHORT = {
    "vc": "việc", "nvu": "nhiệm vụ", "j": "gì", "ji": "gì", "k": "không", "ko": "không", "hok": "không",
    "hong": "không", "hông": "không", "hk": "không", "khg": "không", "kg": "không", "dg": "đang", "đg": "đang",
    "hqua": "hôm qua", "hnay": "hôm nay", "r": "rồi", "rùi": "rồi", "bn": "bao nhiêu", "bnhiu": "bao nhiêu",
    "nhiu": "nhiều", "nhìu": "nhiều", "wá": "quá", "wa": "qua", "z": "vậy", "zậy": "vậy", "zay": "vay",
    "mn": "mọi người", "lm": "làm", "đv": "đơn vị", "trc": "trước", "tn": "thế nào", "ntn": "như thế nào",
    "bc": "báo cáo", "kq": "kết quả", "hthanh": "hoàn thành", "tgian": "thời gian", "qđ": "quyết định", "bgio": "bây giờ", "bgiờ": "bây giờ",
}  # fmt: skip
_SPOKEN = {
    "tui": "tôi", "nhứt": "nhất", "hổng": "không", "dzậy": "vậy", "vầy": "vậy", "mần": "làm",
}  # fmt: skip
"""Southern words spelled as they are spoken, each with the standard word."""
_AT_ITS_PLACE = [
    (re.compile(rf"(?<!\w){said}(?!\w)", re.IGNORECASE), meant)
    for said, meant in (
        (r"(?<=tuần )ni|(?<=tháng )ni|(?<=quý )ni|(?<=năm )ni", "này"),
        (r"(?<=bữa )ni|(?<=hôm )ni", "nay"),
        (
            r"(?<=việc )mô|(?<=phòng )mô|(?<=bên )mô|(?<=đơn vị )mô|(?<=người )mô|(?<=đồng chí )mô",
            "nào",
        ),
        (r"mô(?= rồi)|(?<=đến )mô|(?<=tới )mô", "tới đâu"),
        (
            r"(?<=việc )chi|(?<=những )chi|(?<=có )chi|(?<=nộp )chi|(?<=làm )chi|(?<=trình )chi",
            "gì",
        ),
        (r"răng(?= rồi)|(?<=thì )răng|(?<=ra )răng", "sao"),
        (r"rứa", "vậy"),
        (r"chừ", "giờ"),
        (r"t(?= (?:đã |vừa |mới )?(?:giao|phải|còn|đang))", "tôi"),
    )
]
"""Words that mean another word, most of them only beside the words given here.

They are "ni", "mô", "chi", "răng" and the like of Central Vietnam, and "t" for "tôi".
"""
_SLIPS = slips_of("những đang vướng mắc việc nhiều phòng duyệt quyết hạn quá trễ chậm khẩn nghiệm")
_WORD = re.compile(r"(?<![\w/.-])[^\W\d_]+(?![\w/-])")


def written_out(text: str) -> str:
    """Return an NFC text with its abbreviations written out and its slips corrected; names and symbols stay.

    A text typed without diacritics stays without them.
    """
    written = _WORD.sub(lambda found: _meant(found[0]), text)
    for said, meant in _AT_ITS_PLACE:
        written = said.sub(meant, written)
    return fold(written) if fold(text) == text.lower() and written != text else written


def _meant(word: str) -> str:
    return _SHORT.get(word) or _SPOKEN.get(word) or _SLIPS.get(word, word)
