"""Tells where a word stands: behind a paper, in brackets, on its own line, beside a degree of urgency."""

import re
import unicodedata
from collections.abc import Collection

from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.vocabulary import INFIX, PAPERS_BARE, keys, letters
from bot.rules.secrecy.words import Word

_STOP = re.compile(r"[^\w +\-]|\s[\-\u2010-\u2015]+\s?|--|\s{3}")
_NO_ONE_MARK = re.compile(r"[,;:()\[\]{}<>?!]|\.\s")
_LONGEST_WITHIN = 12
_SHORT = 4
_VERSIONS = letters("v|ver|version|final|draft|copy|scan|signed|rev")
_HEADED = PAPERS_BARE - letters(
    "giấy tờ|hồ sơ|dữ liệu|số liệu|sơ đồ|bản đồ|thông tin|danh sách|nội dung|tập tin|file"
)
_OPENING, _CLOSING = frozenset({"Ps", "Pi", "Pf"}), frozenset({"Pe", "Pf", "Pi"})
_EITHER_SIDE = "\"'`´|<>‹›＜＞′″"
_EMPHASIS = frozenset("*~")
_CELL = re.compile(r"[\n\t\f\v|]")
_KHAN = keys("khẩn|khan")
_URGENT_AS_ONE = frozenset({"hoatoc", "thuongkhan"})
_AT_AN_HOUR = ("hen", "gio")
"""Belongs to the degree of urgency before it: "Hỏa tốc hẹn giờ"."""
_BOTH = keys("khẩn|khan|gấp|gap")
_URGENT_PAIRS = frozenset({("hoa", "toc"), ("thuong", "khan")})


def stops(gap: str) -> bool:
    """Tell whether the characters between two words part them.

    One or two spaces, and "_" or "-" within a name, do not. Three do, as between the columns of a page.
    """
    return _STOP.search(gap) is not None


def parts(gap: str) -> bool:
    """Work as `stops`, but let the layout of a page (new line, tab, page break) part nothing."""
    return stops(" ".join(gap.split()) or gap[:1].strip())


def goes_on(one: Word, after: Word) -> bool:
    """Tell whether a word follows another without a stop. Words in small letters may stand on two lines."""
    if one.text.islower() and after.text.islower():
        return not parts(after.gap)
    return not stops(after.gap)


def may_be_one(gap: str) -> bool:
    """Tell whether two words with this gap between them may be one mark: "tối mật", "TỐI_MẬT", "tối/mật"."""
    return len(gap) <= _LONGEST_WITHIN and _NO_ONE_MARK.search(gap) is None


def is_bracketed(reading: Reading, first: int, last: int) -> bool:
    """Tell whether brackets or quotation marks of any kind stand right around these words."""
    left, right = reading.words[first].gap, reading.words[last + 1].gap
    if left[-1:] in _EMPHASIS and right[:1] in _EMPHASIS:
        return True
    left, right = left.rstrip(" *_"), right.lstrip(" *_")
    return _is(left[-1:], _OPENING) and _is(right[:1], _CLOSING)


def _is(sign: str, categories: Collection[str]) -> bool:
    return bool(sign) and (sign in _EITHER_SIDE or unicodedata.category(sign) in categories)


def is_alone(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a stop stands on each side of these words."""
    return stops(reading.words[first].gap) and stops(reading.words[last + 1].gap)


def is_line(reading: Reading, first: int, last: int) -> bool:
    """Tell whether these words fill a line or a table's cell."""
    left, right = reading.words[first].gap, reading.words[last + 1].gap
    return bool(_CELL.search(left) and _CELL.search(right))


def is_carried(reading: Reading, at: int, papers: Collection[str]) -> bool:
    """Tell whether the one or two words before this one are among `papers`, given by key or by letters.

    A word such as "đến" or "đi" may stand between: "công văn đến mật", "văn bản đi mật".
    """
    one, before = reading.words[at - 1], reading.words[at - 2]
    if parts(reading.words[at].gap) or not one.text:
        return False
    if one.key in papers or (one.letters in papers and _may_be_paper(one)):
        return True
    pair = (f"{before.key} {one.key}", f"{before.letters} {one.letters}")
    if not parts(one.gap) and any(said in papers for said in pair):
        return True
    return one.letters in INFIX and at > 3 and is_carried(reading, at - 1, papers)


def _may_be_paper(one: Word) -> bool:
    """Tell whether a word may be compared by its letters alone.

    A short word with tone marks may not: "bận" is not "bản".
    """
    return not one.has_marks or len(one.letters) > _SHORT


def is_followed(reading: Reading, at: int, known: Collection[str]) -> bool:
    """Tell whether the one or two words right after this one are in `known`, given by letters."""
    one, after, later = reading.words[at : at + 3]
    if not goes_on(one, after):
        return False
    if after.letters in known:
        return True
    return not stops(later.gap) and f"{after.letters} {later.letters}" in known


def heads_a_file(reading: Reading, first: int) -> bool:
    """Tell whether a file's name begins here, in capitals, with a mark and a paper: "MatTaiLieu.docx"."""
    if not reading.is_file or reading.words[first - 1].text or reading.words[first].text.islower():
        return False
    last = first if reading.words[first].letters == "mat" else first + 1
    return is_followed(reading, last, _HEADED) and not reading.words[last + 1].text.islower()


def is_version(one: Word) -> bool:
    """Tell whether a word at the end of a file's name only says which version it is: "v2", "final"."""
    return one.is_number or one.letters.rstrip("0123456789") in _VERSIONS


def is_numbered(reading: Reading, at: int) -> bool:
    """Tell whether "số" and a number follow the word: "mật số 5"."""
    return reading.words[at + 1].letters == "so" and reading.words[at + 2].is_number


def _in_brackets(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a bracket opens right before these words or closes right behind them: "(mat-khan)"."""
    opened, closed = reading.words[first].gap[-1:], reading.words[last + 1].gap[:1]
    return _is(opened, _OPENING) or _is(closed, _CLOSING)


def is_urgent(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a degree of urgency stands beside these words: "Hỏa tốc, Mật", "(Mật - Khẩn)"."""
    words = reading.words
    pairs = (words[first - 2 : first], words[last + 1 : last + 3])
    if any((one.letters, two.letters) in _URGENT_PAIRS for one, two in pairs):
        return True
    four = [one.letters for one in words[max(0, first - 4) : first]]
    if tuple(four[2:]) == _AT_AN_HOUR and tuple(four[:2]) in _URGENT_PAIRS:
        return True
    before, after = words[first - 1], words[last + 1]
    if reading.is_file and after.is_number:
        after = words[last + 2]  # "01_Mat_02_KHAN_03.pdf"
    if before.letters == "vua" and words[first - 2].key in _BOTH:
        return True  # "vừa khẩn vừa mật"
    if {before.letters, after.letters} & _URGENT_AS_ONE:
        return True
    joined = {"", "_", "-"} if reading.is_file and _in_brackets(reading, first, last) else {"", "_"}
    beside = ((before, words[first].gap), (after, after.gap))
    return any(one.key in _KHAN and (stops(gap) or gap in joined) for one, gap in beside)
