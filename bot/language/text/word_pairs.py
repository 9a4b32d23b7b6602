"""Correct words by the word beside them: "thu Sáu", "10 ngay", "9 giỡ sáng", "đầ giờ", "tuần su" (R13).

A missing diacritic, an abbreviation or one wrong letter does not tell by itself which word is meant.
A word of time beside it does. A word that makes sense by itself at that place is never corrected.
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
    """A word that may be meant, and the folded words right before or right after it that confirm it."""

    meant: str
    before: frozenset[str]
    after: frozenset[str]
    bare: bool = False
    """The slip is the meant word without diacritics. A text without any diacritics needs no correction here."""
    both: bool = False
    """Both a word before and a word after must confirm it."""


_WEEKDAYS = _words("hai ba tu nam sau bay 0")
_ORDINAL = _words("thu")
_NONE: frozenset[str] = frozenset()
_DAYS = "mai nay mot thu hom cn chu ngay"
_TABLE = (
    # word meant, words before it, words after it, words at that place that are no slips
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
"""Words so certain beside a confirming word that even an existing word is taken for a slip of them."""
_BETWEEN = (
    ("ngày", "h g gio phut 0 viec", "0", "này hay nay"),
    ("làm", "ngay ng", "viec", ""),
    ("đến", "0 tinh chot luc", "0 ngay het", "đen nên"),
)
"""Words that are as certain, when a confirming word stands on both sides."""
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
"""Words typed without diacritics, with the words before and after that confirm them."""
_SHORT = (
    ("ngày", "ng", "cung hang moi", "0 lam mai mot kia nhan dau cuoi ke"),
    ("tháng", "th", "hang moi cua cuoi dau giua", "nay sau toi dau cuoi"),
)
"""Abbreviations that mean something else when they stand alone: in "15 ng" they are people ("người")."""
_COUNTING = _words("truoc trc hon som do trong sau vong han them")
"""Words before the number of "trước 2 ng" that show that it counts days."""
_MOVING = _words("de doi lui chuyen keo hoan han buoc nop hen den tre viec qua cham")
"""Words before the verb "sang": "dời sang thứ Hai", "lùi việc 8 sang thứ Hai"."""
_FARTHEST_MOVED = 8
_ENDS = frozenset(",.;:")
_LEADING = _words(
    "h g gio ruoi sang trua chieu toi truoc nhat han chot cuoi het qua vao hoac ngo phut vay nen nay vi ngay"
)
"""Words before a weekday."""
_FOLLOWING = _words("tuan nay toi , . ; ) ! ? -") | {""}
"""Words after a weekday."""
_OF_A_MONTH = _words("0 ram mung mong ngay cuoi dau giua muoi")
"""Words before "th" that show that it means "tháng", as in "rằm th Bảy"."""
_OF_AN_HOUR = _words("dau cuoi het bang")
"""Words before "giờ": "đầu giờ", "hết giờ"."""
_DAYS_OF_WORK = _words("ngay ng gio")
_WIDER = {("ng", _NUMBER): _COUNTING, ("việc", "lam"): _DAYS_OF_WORK}
"""For a word and the word before it: the words one of which must stand before both."""
_SPOKEN = _words("mot hai ba bon nam sau bay tam chin muoi lam")
"""Numbers in words before an hour."""
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
"""For each word as it may be typed: the words that it may stand for."""


def partners_of(word: str) -> int:
    """Return whether a word may stand for another one.

    2: in any text; 1: only in a text that has diacritics; 0: never.
    """
    partners = PARTNERS.get(word)
    if partners is None:
        return 0
    return 1 if all(partner.bare for partner in partners) else 2


def meant_beside(words: Sequence[str], capitals: Sequence[bool], place: int, plain: bool) -> str:
    """Return the word that the word at a place stands for by its neighbours, or "" when it stands for itself.

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
    """Tell whether "sang" starts a clause and a date follows: "Sang 23/4 nộp"."""
    starts = place == 0 or words[place - 1] in _ENDS
    return starts and _kind(words, place + 1) == _NUMBER and _kind(words, place + 2) == "/"


def _is_ordinal(words: Sequence[str], capitals: Sequence[bool], place: int) -> bool:
    """Tell whether "thu" ("thu Sáu") or "th" ("th Sáu") means "thứ".

    False for the verb "thu", and for the "th" of "rằm th Bảy", which means "tháng".
    """
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
    """Tell whether the word after "thu" names a weekday.

    True for "thu Sáu", "16h thu 6", "thu hai tuần sau"; False for "thu hai khoản", "thu năm 2026".
    """
    after, before = _kind(words, place + 1), _kind(words, place - 2)
    if after == _NUMBER and len(words[place + 1]) >= _DIGITS_OF_A_YEAR:
        return False
    named = any(capitals[place : place + 2])
    return named or after in _FOLLOWING or before in _LEADING or before == _NUMBER


def _kind(words: Sequence[str], place: int) -> str:
    """Return the word folded, but "0" for any number, and "thu" for the "t" of "t6"."""
    if not 0 <= place < len(words):
        return ""
    word = words[place]
    if word == "t" and words[place + 1 : place + 2] and words[place + 1].isdecimal():
        return "thu"
    return _NUMBER if word.isdecimal() else fold(word)
