"""Typing slips in the words a deadline is made of: a letter wrong or twice, a mark left out."""

from bot.letters import fold

_MEANT = {
    "thứ": "thừ thú thử thư",
    "sáu": "sáuu saú sấu",
    "bảy": "bảyy baỷ",
    "tuần": "tuàn tuân tuầ tuầnn tần tuẩn tuuần tuầm",
    "chiều": "chìều chièu chiêu chiêù chìu chiềuu chiều chiểu chiề chuiều chiueef chieeuf",
    "trước": "trứơc truớc trươc trướcc trưóc trướ trớc trướv trc trứoc trưỡc trượt",
    "ngày": "ngaỳ ngàyy nagỳ gnày ngầy",
    "tháng": "thángg thág tahnsg thnáng thàng tháng",
    "sáng": "sángg sánng ság",
    "chậm": "châm chạm chậmm",
    "nhất": "nhât nhấtt nhấ",
    "hạn": "hạnn",
    "hôm": "hôn hômm",
    "xong": "xog xongg xonng",
    "cuối": "cuôi cuốii cưối",
    "khẩn": "khẫn",
    "gấp": "gâp",
    "quý": "quí",
    "hoàn": "hòan",
}
_NOT_ALONE = {
    "thử",
    "thư",
    "thú",
    "chạm",
    "châm",
    "hôn",
    "chiêu",
    "sấu",
    "tần",
    "trượt",
    "tuân",
    "thàng",
}
_MENDED = {
    slip: word
    for word, slips in _MEANT.items()
    for slip in slips.split()
    if slip not in _NOT_ALONE and slip != word
}
_VOWELS = frozenset("aeiouy")
_SHORTEST_DOUBLED = 4


def mend(word: str) -> str:
    """Return the word meant by a known slip ("trứơc"), or by a last letter held down ("nămm")."""
    mended = _MENDED.get(word)
    if mended:
        return mended
    if len(word) >= _SHORTEST_DOUBLED and word[-1] == word[-2] and word[-1].isalpha():
        return _undoubled(word)
    return word


def _undoubled(word: str) -> str:
    short = word.rstrip(word[-1]) + word[-1]
    return short if _VOWELS & set(fold(short)) and len(short) > 1 else word
