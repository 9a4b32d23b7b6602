"""Words mended by the word beside them: "thu Sáu", "10 ngay", "9 giỡ sáng", "đầ giờ", "tuần su" (R13).

A mark left out, an abbreviation or one letter amiss gives no word away by itself; beside a partner
of time it does. What is a word of its own in that place is never mended.
"""

from collections.abc import Sequence
from typing import NamedTuple

from bot.folding import fold
from bot.language.text.syllables import is_syllable
from bot.language.text.typos import one_letter_amiss

_NUMBER = "0"
"""Stands for any number in digits."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


class Partner(NamedTuple):
    """A word that may be meant, and which folded words right before it or right after it show it."""

    meant: str
    before: frozenset[str]
    after: frozenset[str]
    bare: bool = False
    """It is the word without its marks, which a sentence without any needs no partner for."""
    both: bool = False
    """It must stand between two of them."""


_WEEKDAYS = _words("hai ba tu nam sau bay 0")
_ORDINAL = _words("thu")
_NONE: frozenset[str] = frozenset()
_DAYS = "mai nay mot thu hom cn chu ngay"
_TABLE = (
    # meant, said before it, said after it, words of their own in that place
    ("ngày", "cung hang moi", "0 lam mai mot kia nhan", "này nay hay"),
    ("mai", "sang trua chieu toi ngay h g gio", "", ""),
    ("mốt", "sang trua chieu toi ngay", "", "một"),
    ("tháng", "0", "", "thắng thăng thẳng thang"),
    ("trong", "", "vong 0", "trông trống trọng"),
    ("vòng", "trong", "0", ""),
    ("rưỡi", "0 gio h", "", ""),
    ("kém", "0 gio h", "0", "kèm km"),
    ("hôm", "", "nay", ""),
    ("từ", "ke tinh", "", "tử tu"),
    ("kể", "", "tu", "kế kẻ"),
    ("không", "", "phai de can", ""),
)
_FIRM = (
    ("thứ", "", "", "từ tư tự tu thì thử thủ thế tới"),
    ("hai", "thu", "", "hài hại hãi hay"),
    ("ba", "thu", "", "bà bá bạ bã b bả va và vá na"),
    ("tư", "thu", "", "tự từ tu tứ tử"),
    ("năm", "thu", "", "nắm nằm nam"),
    ("sáu", "thu", "", "sau sâu"),
    ("bảy", "thu", "", "bay bày bả"),
    ("giờ", "", "sang trua chieu toi ngay thu mai kem ruoi", ""),
    ("sáng", "", _DAYS, "sang tang hang dang đang xang sống sẵng rang ràng"),
    ("chiều", "", _DAYS, "chiếu"),
    ("tối", "", _DAYS, "tới tôi toi oi ơi ôi tốt tội roi rồi tồi tư to tai"),
    ("trưa", "", _DAYS, "chưa tra tru chua"),
    ("đầu", "", "gio tuan thang quy", "đâu đậu dấu dau dua đưa dầu du"),
    ("giữa", "", "tuan thang quy", "giũa"),
    ("cuối", "", "gio tuan thang quy nam buoi cung", "cưới cuộc"),
    ("tuần", "", "nay sau toi", "tuấn tuyên toàn tan"),
    (
        "tháng",
        "hang moi",
        "nay sau toi",
        "thắng thăng thẳng thang hàng hằng tăng tầng thành thanh tháp",
    ),
    ("sau", "tuan thang", "", "sáu sao rau sai dau"),
    ("tới", "tuan thang", "", "tôi tối toi tời mới roi noi"),
    ("này", "tuan thang gio", "", "nay nào nầy hay may bay nam ngay nhay"),
    ("trước", "", "0 ngay thu sang chieu toi gio", "trực trúc truc tru"),
    ("việc", "lam", "", "tiệc"),
    ("nữa", "sau toi", "", "nưa nũa nua"),
    ("hạn", "het", "", "hàng hẳn"),
    ("nay", "hom", "", "nào"),
    ("ngày", "cung", "", "nga"),
    ("chủ", "", "nhat", "chữ"),
    ("nhật", "chu", "", "nhất nhật nhặt"),
    ("sửa", "", "lai la", "vừa chưa đưa mua chữa xưa sữa dua chua sua"),
)
"""Those so sure beside their partner that even another word is taken for a slip of them."""
_BETWEEN = (
    ("ngày", "h g gio phut 0 viec", "0", "này hay nay"),
    ("làm", "ngay ng", "viec", ""),
    ("đến", "0 tinh chot luc", "0 ngay het", "đen nên"),
)
"""Those as sure between two partners."""
_BARE = (
    ("ngày", "ngay", "0 cung hang moi mot hai ba bon muoi", "0 mai mot kia lam nhan"),
    ("tháng", "thang", "0 hang moi", "0 nay sau toi gieng chap"),
    ("làm", "lam", "", "viec"),
    ("lăm", "lam", "muoi", ""),
    ("từ", "tu", "ke tinh", "0 ngay hom nay dau thu"),
    ("tư", "tu", "thu", ""),
    ("năm", "nam", "thu", ""),
    ("bảy", "bay", "thu", ""),
    ("sáng", "sang", "", "mai mot nay thu"),
)
"""Words without their marks, with what confirms them before and after."""
_SHORT = (
    ("ngày", "ng", "cung hang moi", "0 lam mai mot kia nhan dau cuoi ke"),
    ("tháng", "th", "hang moi cua cuoi dau giua", "nay sau toi dau cuoi"),
)
"""Abbreviations that alone may be something else: "15 ng" are people."""
_COUNTING = _words("truoc trc hon som do trong sau vong han them")
"""Before the number of "trước 2 ng", which counts days."""
_MOVING = _words("de doi lui chuyen keo hoan han buoc nop hen den tre viec qua cham")
"""Before "sang" the verb: "dời sang thứ Hai", "lùi việc 8 sang thứ Hai"."""
_FARTHEST_MOVED = 8
_ENDS = frozenset(",.;:")
_LEADING = _words(
    "h g gio ruoi sang trua chieu toi truoc nhat han chot cuoi het qua vao hoac ngo phut vay nen nay vi ngay"
)
"""Before a weekday."""
_FOLLOWING = _words("tuan nay toi , . ; ) ! ? -") | {""}
"""After a weekday."""
_OF_A_MONTH = _words("0 ram mung mong ngay cuoi dau giua muoi")
"""Before the "th" of a month, as in "rằm th Bảy"."""
_OF_AN_HOUR = _words("dau cuoi het bang")
"""Before "giờ": "đầu giờ", "hết giờ"."""
_DAYS_OF_WORK = _words("ngay ng gio")
_WIDER = {("ng", _NUMBER): _COUNTING, ("việc", "lam"): _DAYS_OF_WORK}
"""By a word and the one before it, what must stand before both."""
_SPOKEN = _words("mot hai ba bon nam sau bay tam chin muoi lam")
"""Numbers in words, before an hour."""
_DIGITS_OF_A_YEAR = 4


def _partners() -> dict[str, tuple[Partner, ...]]:
    found: dict[str, list[Partner]] = {}
    targets = {row[0] for row in (*_TABLE, *_FIRM)}
    for table in (_TABLE, _FIRM, _BETWEEN):
        for meant, before, after, own in table:
            partner = Partner(meant, _words(before), _words(after), both=table is _BETWEEN)
            for slip in set(one_letter_amiss(meant)) - _words(own) - targets - {fold(meant)}:
                same = fold(slip) == fold(meant) or not is_syllable(slip)
                if same or table is not _TABLE:
                    found.setdefault(slip, []).append(partner)
    for meant, said, before, after in (*_BARE, *_SHORT):
        partner = Partner(meant, _words(before), _words(after), bare=said == fold(meant))
        found.setdefault(said, []).append(partner)
    found.setdefault("thu", []).append(Partner("thứ", _NONE, _NONE, bare=True))
    return {said: tuple(partners) for said, partners in found.items()}


PARTNERS = _partners()
"""By a word as it is written, the words it may stand for."""


def partners_of(word: str) -> int:
    """Return whether a word may stand for another: 1 only where marks are written, 2 anywhere, else 0."""
    partners = PARTNERS.get(word)
    if partners is None:
        return 0
    return 1 if all(partner.bare for partner in partners) else 2


def meant_beside(words: Sequence[str], capitals: Sequence[bool], place: int, plain: bool) -> str:
    """Return the word that is meant at a place by what stands beside it, or "" for the word itself.

    `words` are in lower case; `capitals` tells which of them begin with a capital letter.
    """
    for partner in PARTNERS[words[place]]:
        if not (plain and partner.bare) and _is_meant(words, capitals, place, partner):
            return partner.meant
    return ""


def _is_meant(words: Sequence[str], capitals: Sequence[bool], place: int, partner: Partner) -> bool:
    before, after = _kind(words, place - 1), _kind(words, place + 1)
    if before == "/" or (words[place] == "sang" and _is_moved(words, place)):
        return False
    if partner.meant == "thứ":
        return _is_ordinal(words, capitals, place)
    if before == "thu" and partner.before == _ORDINAL:
        return _is_weekday(words, capitals, place)
    if partner.meant == "giờ":
        counted = (before == _NUMBER or before in _SPOKEN) and after in partner.after
        return counted or before in _OF_AN_HOUR
    wider = _WIDER.get((words[place] if words[place] == "ng" else partner.meant, before))
    if wider:
        return _kind(words, place - 2) in wider
    date = words[place] == "sang" and _starts_a_date(words, place)
    said = before in partner.before, date or after in partner.after
    return all(said) if partner.both else any(said)


def _starts_a_date(words: Sequence[str], place: int) -> bool:
    """Tell the "sang" of "Sang 23/4 nộp", which begins a clause."""
    starts = place == 0 or words[place - 1] in _ENDS
    return starts and _kind(words, place + 1) == _NUMBER and _kind(words, place + 2) == "/"


def _is_ordinal(words: Sequence[str], capitals: Sequence[bool], place: int) -> bool:
    """Tell the "thu" of "thu Sáu" from a verb, and the "th" of "th Sáu" from that of "rằm th Bảy"."""
    after = _kind(words, place + 1)
    if words[place] == "th":
        named = any(capitals[place + 1 : place + 2])
        if not named or _kind(words, place - 1) in _OF_A_MONTH:
            return False
    known = after in _WEEKDAYS and _is_one_of_seven(words[place + 1])
    return known and _is_weekday(words, capitals, place + 1)


def _is_one_of_seven(word: str) -> bool:
    return not word.isdecimal() or word in "234567"


def _is_moved(words: Sequence[str], place: int) -> bool:
    for at in range(place - 1, max(-1, place - 1 - _FARTHEST_MOVED), -1):
        if words[at] in _ENDS or fold(words[at]) in _MOVING:
            return words[at] not in _ENDS
    return False


def _is_weekday(words: Sequence[str], capitals: Sequence[bool], place: int) -> bool:
    """Tell "thu Sáu", "16h thu 6", "thu hai tuần sau" from "thu hai khoản", "thu năm 2026"."""
    after, before = _kind(words, place + 1), _kind(words, place - 2)
    if after == _NUMBER and len(words[place + 1]) >= _DIGITS_OF_A_YEAR:
        return False
    named = any(capitals[place : place + 2])
    return named or after in _FOLLOWING or before in _LEADING or before == _NUMBER


def _kind(words: Sequence[str], place: int) -> str:
    """Return the word folded, any number as 0, and the "t" of "t6" as a weekday."""
    if not 0 <= place < len(words):
        return ""
    word = words[place]
    if word == "t" and words[place + 1 : place + 2] and words[place + 1].isdecimal():
        return "thu"
    return _NUMBER if word.isdecimal() else fold(word)
