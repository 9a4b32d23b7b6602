"""The secrecy gate: texts that carry a mark of state secrecy may not be stored or logged.

State secrets may not be kept on a networked device (Luật 117/2025/QH15). The marks are Mật, Tối mật
and Tuyệt mật; the word "mật" alone is far more often harmless ("mật khẩu", "bảo mật", a name), and
"mat" without marks may be mặt, mắt or mất, so these count only where they stand as a mark does.
"""

import re
import unicodedata
from typing import NamedTuple

from bot.letters import fold

MAT, TOI_MAT, TUYET_MAT = "Mật", "Tối mật", "Tuyệt mật"

_TOKEN = re.compile(r"[^\W_]+|[^\s\w]|_|\n")
_JOINED = re.compile(r"(?<=[^\W_])[_-]+(?=[^\W_])")
_AS_ONE = {
    "tốimật": ("tối", "mật"),
    "tuyệtmật": ("tuyệt", "mật"),
    "toimat": ("toi", "mat"),
    "tuyetmat": ("tuyet", "mat"),
}


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split("|"))


_CARRIERS = _listed(
    "văn bản|tài liệu|công văn|hồ sơ|báo cáo|thông tin|tờ trình|kế hoạch|thông báo|quyết định|"
    "nghị quyết|kết luận|phụ lục|đề án|công điện|giấy mời|chỉ thị|biên bản|bản|dấu|mức|loại|"
    "danh mục|cấp|đóng|chế độ|điện|văn kiện|tin|fax|phiếu|dự thảo|bản sao|mang tính|diện|số liệu|"
    "mức độ|vật|độ|hướng dẫn|giấy tờ|cv|vb|tl|bc|kh|tb|qđ|nq"
)
_HARMLESS_AFTER = _listed(
    "khẩu|độ|ong|mã|thiết|thư|gấu|mía|vụ|ngữ|danh|tông|báo|phục|nghị|đàm|ước|rỉ|lợn|cá|ngọt|hoa|"
    "thám|hiệu|rắn|bò|heo|dịch|vàng|xanh|ngưng|tử|ngầm"
)
_BOUNDARIES = frozenset("()[]{}<>\"'“”‘’«»*_-–—:;,./|#!\n")
_ENDINGS = _listed(
    "pdf|doc|docx|xls|xlsx|ppt|pptx|odt|ods|rtf|txt|csv|jpg|jpeg|png|heic|zip|rar|7z"
)
_TITLES = _listed("chị|chi|anh|em|cô|co|bác|bạn|bà|chí|c|mẹ|bé")
_WAIVING = _listed("không|khong|bí|bi|bảo|bao|cơ|co|thân|than")
_FOLDED_CARRIERS = frozenset(fold(carrier) for carrier in _CARRIERS)


class _Token(NamedTuple):
    text: str
    lower: str
    folded: str

    @property
    def upper(self) -> bool:
        return self.text.isupper()


_EDGE = _Token("\n", "\n", "\n")


def secret_mark(text: str) -> str | None:
    """Return which mark of secrecy the text carries ("Mật", "Tối mật", "Tuyệt mật"), or None.

    Words tied by "_" or "-" are read tied, and apart as well: "Cong_van_mat.pdf", "tối-mật".
    """
    found = [*_marks(text), *(_marks(_JOINED.sub(" ", text)) if _JOINED.search(text) else ())]
    return max(found, key=(MAT, TOI_MAT, TUYET_MAT).index, default=None)


def _marks(text: str) -> list[str]:
    tokens = _tokens(text)
    shouting = _is_shouted(tokens)
    return [
        mark for n, token in enumerate(tokens) if (mark := _mark_at(tokens, n, token, shouting))
    ]


def _tokens(text: str) -> list[_Token]:
    seen = "".join(
        c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf"
    )
    words = [_Token(word, word.lower(), fold(word)) for word in _TOKEN.findall(seen)]
    return [_EDGE, _EDGE, *_joined(words), _EDGE, _EDGE]


def _joined(tokens: list[_Token]) -> list[_Token]:
    """Join letters written apart ("M Ậ T", "M.Ậ.T") and part words written as one ("tốimật")."""
    joined: list[_Token] = []
    place = 0
    while place < len(tokens):
        apart = _apart(tokens, place)
        if apart:
            joined.append(_EDGE)
            joined += [_Token(word.upper(), word, fold(word)) for word in apart[0].split()]
            joined.append(_EDGE)
            place = apart[1]
            continue
        token = tokens[place]
        parts = _AS_ONE.get(token.lower)
        joined += [_Token(w, w, fold(w)) for w in parts] if parts else [token]
        place += 1
    return joined


def _apart(tokens: list[_Token], place: int) -> tuple[str, int] | None:
    if not tokens[place].lower.isalpha():
        return None
    letters, at = "", place
    while at < len(tokens) and len(letters) <= 7 and len(tokens[at].lower) == 1:
        if tokens[at].lower.isalpha():
            letters += tokens[at].lower
        elif tokens[at].lower not in ".-_*":
            break
        at += 1
        for word, spelled in (("mật", "mật"), ("tốimật", "tối mật"), ("tuyệtmật", "tuyệt mật")):
            if letters == word and not (
                at < len(tokens) and len(tokens[at].lower) == 1 and tokens[at].lower.isalpha()
            ):
                return spelled, at
    return None


def _is_shouted(tokens: list[_Token]) -> bool:
    """Tell whether capitals say nothing, because nearly all the text is in capitals."""
    words = [token for token in tokens if len(token.text) > 1 and token.text.isalpha()]
    others = [token for token in words if token.folded not in ("mat", "toi", "tuyet")]
    return bool(others) and sum(token.upper for token in others) * 3 > len(others) * 2


def _mark_at(tokens: list[_Token], n: int, token: _Token, shouting: bool) -> str | None:
    if token.folded != "mat":
        return None
    if token.lower == "mật":
        return _accented(tokens, n, shouting)
    return _plain(tokens, n, shouting) if token.lower == "mat" else None


def _accented(tokens: list[_Token], n: int, shouting: bool) -> str | None:
    before, after = tokens[n - 1], tokens[n + 1]
    if before.folded == "tuyet" and not _is_name(tokens, n - 1):
        return TUYET_MAT
    if before.folded == "toi" and before.lower != "tôi":
        return TOI_MAT
    if after.lower in _HARMLESS_AFTER or _waived(tokens, n):
        return None
    if _is_stamp(tokens, n, shouting) or _is_carried(tokens, n, _CARRIERS):
        return MAT
    return None


def _plain(tokens: list[_Token], n: int, shouting: bool) -> str | None:
    before = tokens[n - 1]
    higher = {"tuyet": TUYET_MAT, "toi": TOI_MAT}.get(before.folded)
    if higher and before.lower in ("tuyet", "tuyệt", "toi", "tối"):
        return higher if _plain_higher(tokens, n, higher, shouting) else None
    if before.folded == "do" and (tokens[n - 2].folded == "muc" or tokens[n + 1].text == ":"):
        return None if _waived(tokens, n) else MAT
    if before.folded == "dau" and tokens[n - 2].folded in ("dong", "co", "mang"):
        return MAT
    carried = _is_carried(tokens, n, _FOLDED_CARRIERS)
    if tokens[n + 1].folded == "so" and tokens[n + 2].text[0].isdigit():
        return MAT if carried else None
    if carried and (_ends_a_file_name(tokens, n) or (tokens[n].upper and not shouting)):
        return MAT
    return MAT if _is_stamp(tokens, n, shouting) else None


def _ends_a_file_name(tokens: list[_Token], n: int) -> bool:
    return tokens[n + 1].text == "." and tokens[n + 2].lower in _ENDINGS


def _plain_higher(tokens: list[_Token], n: int, mark: str, shouting: bool) -> bool:
    if mark is TUYET_MAT:
        return not _is_name(tokens, n - 1)
    if tokens[n - 1].lower == "tối":
        return True
    stamped = tokens[n - 2].text in _BOUNDARIES and tokens[n + 1].text in _BOUNDARIES
    if tokens[n].upper and tokens[n - 1].upper and not shouting:
        return True
    return stamped or _is_carried(tokens, n - 1, _FOLDED_CARRIERS)


def _is_name(tokens: list[_Token], n: int) -> bool:
    return tokens[n - 1].lower in _TITLES or tokens[n].lower == "tuyết"


def _waived(tokens: list[_Token], n: int) -> bool:
    """Tell whether the text says itself that there is none: "độ mật: không", "không mật"."""
    if tokens[n - 1].lower in _WAIVING:
        return True
    after = tokens[n + 2] if tokens[n + 1].text in (":", "-") else tokens[n + 1]
    return tokens[n - 1].folded == "do" and after.folded in ("khong", "thuong")


def _is_stamp(tokens: list[_Token], n: int, shouting: bool) -> bool:
    """Tell whether the word stands alone, in brackets or as a line, as a stamp does."""
    left, right = tokens[n - 1].text, tokens[n + 1].text
    if (left, right) in (("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("“", "”"), ('"', '"')):
        return True
    if left == "#" and right not in ("_", "-"):
        return right in _BOUNDARIES or tokens[n].lower == "mật"
    apart = left in _BOUNDARIES and right in _BOUNDARIES
    if tokens[n].upper and not shouting:
        return apart or tokens[n].lower == "mật"
    whole_line = left == "\n" and right in ("\n", ":", "-", "–", ".", "!")
    return whole_line and (tokens[n].text[0].isupper() or tokens[n].lower == "mật")


def _is_carried(tokens: list[_Token], n: int, carriers: frozenset[str]) -> bool:
    accented = carriers is _CARRIERS
    first = tokens[n - 1].lower if accented else tokens[n - 1].folded
    second = tokens[n - 2].lower if accented else tokens[n - 2].folded
    return first in carriers or f"{second} {first}" in carriers
