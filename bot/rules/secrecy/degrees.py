"""Decides on the higher degrees, "tối mật" and "tuyệt mật", also with wrong or missing tone marks."""

from bot.rules.secrecy.bare_papers import is_behind_number
from bot.rules.secrecy.exact import is_other_word
from bot.rules.secrecy.places import (
    heads_a_file,
    is_alone,
    is_bracketed,
    is_carried,
    is_followed,
    is_line,
    is_numbered,
    is_urgent,
    may_be_one,
    stops,
)
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.verdict import Verdict, first_said
from bot.rules.secrecy.vocabulary import (
    AFTER_BARE,
    CARRIERS,
    CONTINUED,
    OTHER_WORDS,
    PAPERS_BARE,
    keys,
    letters,
)
from bot.rules.secrecy.words import DEGREES, EXACT

(_SNOW,) = keys("tuyết")
_OTHER_TOI = keys("tôi|tới")
_PEOPLE = keys(
    "anh|chị|em|cô|bác|bạn|bà|ông|cụ|dì|mợ|thím|cháu|chí|bé|mẹ|vợ|thị|bạch|ánh|minh|ngọc|hồng|c|chi|co|bac|ba|ong|cu|me|di"
    "|mo|thim|chau|be|thi|bach"
)
_FUNERAL = letters(
    "vòng hoa|viếng|cáo phó|lễ tang|đám tang|đưa tang|chia buồn|phúng|điếu văn|tang lễ"
)
_DOES = keys(
    "qua|về|đến|gọi|bảo|sang|ghé|nhắn|mang|trực|làm|đi|lên|ra|vào|còn|không|đã|sẽ|đang|mới|hay|phải|xin"
    "|nghỉ|họp|ở|ăn|nói|kể|hỏi|chở|đón|có"
)
"""What a person called Mật does in the evening ("tối")."""
_GIVES = keys("cho|bán|mua|đưa|gửi|tặng|biếu|với|của|nhà|giúp|và|là|nợ|trả|chúng")
_SIGNS = (CARRIERS | PAPERS_BARE) - letters("giấy tờ") | letters(
    "dấu|mức|loại|cấp|bản|đóng|diện|chế độ|vụ|thuộc|là"
)
_MAY_BE_LOST = letters("hôm|ở|để|từ|rồi|đâu")
_SAID = letters("của|nhé|đấy|ạ|nha|nghe")
_OF_A_FACE = letters("mũi|mày|tai")
_NEAR, _FAR = 5, 30


def degree_at(reading: Reading, at: int) -> str | None:
    """Return the letters of the degree ("toi", "tuyet") if its second word may be here; None otherwise."""
    one, first = reading.words[at], reading.words[at - 1]
    is_mat = one.letters == "mat" or (one.letters in {"mac", "ma"} and "\u0302" in one.key)
    return first.letters if is_mat and first.letters in DEGREES and may_be_one(one.gap) else None


def of_degree(reading: Reading, at: int) -> Verdict:
    """Return the verdict on the degree whose second word is here."""
    if is_other_word(reading, at) or _is_busy(reading, at):
        return Verdict.NONE
    if reading.words[at - 1].letters == "tuyet":
        return _verdict(_is_tuyet_mat(reading, at))
    if reading.words[at].key in OTHER_WORDS:
        return _verdict(_is_set_off(reading, at) and not is_followed(reading, at, AFTER_BARE))
    if reading.words[at].has_marks:
        return _verdict(_is_toi_mat(reading, at))
    return first_said(_STEPS, reading, at) or Verdict.NONE


def _is_busy(reading: Reading, at: int) -> bool:
    """Tell "tối mắt tối mũi", "tối mày tối mặt" from the degree."""
    first, before = reading.words[at - 3 : at - 1] if at > 2 else reading.words[:2]
    after, later = reading.words[at + 1 : at + 3]
    if reading.words[at].key == EXACT:
        return False
    ahead = after.letters in {"toi", "tat"} and later.letters in _OF_A_FACE
    return ahead or (first.letters == "toi" and before.letters in _OF_A_FACE)


def _verdict(is_mark: bool) -> Verdict:
    return Verdict.MARK if is_mark else Verdict.NONE


def _is_tuyet_mat(reading: Reading, at: int) -> bool:
    """Tell whether it is the degree, and not a woman called Tuyết: "chị Tuyết mất thẻ", "chi Tuyet mat the"."""
    before, first, one = reading.words[at - 2 : at + 1]
    if first.has_marks and first.key != _SNOW:
        return one.key not in OTHER_WORDS or not is_followed(reading, at, AFTER_BARE)
    if one.key in OTHER_WORDS:
        return one.is_upper and _is_set_off(reading, at)
    if heads_a_file(reading, at - 1):
        return True
    carried = is_carried(reading, at - 1, PAPERS_BARE)
    if before.key in _PEOPLE and not stops(first.gap) and not carried:
        return False
    if first.has_marks:
        return not first.is_title or _is_set_off(reading, at)
    return not _may_be_lost(reading, at, carried)


def _may_be_lost(reading: Reading, at: int, carried: bool) -> bool:
    """Tell whether it may say that a person called Tuyet lost something or died."""
    first, one = reading.words[at - 1 : at + 1]
    if is_followed(reading, at, AFTER_BARE) and not (first.is_upper and one.is_upper):
        return first.is_title or not (carried or reading.is_file)
    return first.is_title and reading.has(at - _FAR, at + _FAR, _FUNERAL)


def _is_toi_mat(reading: Reading, at: int) -> bool:
    """Tell whether the word before is "tối" and not "tôi", "tới" or the evening of a person called Mật.

    The word here is "mật", or a spelling that can only be meant for it.
    """
    first, one, after = reading.words[at - 1 : at + 2]
    if first.key in _OTHER_TOI:
        ends = stops(after.gap) and reading.words[at - 2].key not in _GIVES and one.text.islower()
        ends = ends or is_numbered(reading, at)
        return ends or (first.is_title and one.is_title) or _is_set_off(reading, at)
    called = one.is_title and not stops(after.gap) and after.key in _DOES
    return not called or _is_set_off(reading, at)


def _goes_on(reading: Reading, at: int) -> Verdict | None:
    """Decide by the words behind. A thing that one loses makes it no mark: "toi mat xe", "tối mat dien"."""
    first, one, after = reading.words[at - 1 : at + 2]
    if is_numbered(reading, at):
        return Verdict.MARK
    if first.is_upper and one.is_upper and not reading.is_shouted:
        return None
    later = reading.words[at + 2]
    is_more = not stops(later.gap) and later.letters in CONTINUED.get(after.letters, ())
    if is_more or not is_followed(reading, at, AFTER_BARE):
        return Verdict.MARK if first.has_marks else None
    page = after.letters == "trang" and later.is_number
    open_ = (page or after.letters in _MAY_BE_LOST) and is_carried(reading, at - 1, _SIGNS)
    open_ = open_ or heads_a_file(reading, at - 1)
    return Verdict.UNSURE if open_ else Verdict.NONE


def _set_off(reading: Reading, at: int) -> Verdict | None:
    before, first, one, after = reading.words[at - 2 : at + 2]
    if not one.gap and first.is_title and one.is_title:
        return Verdict.MARK  # a file's name within a sentence: "ToiMat3_dexuat.docx"
    if reading.is_file and (before.text or after.text):
        return Verdict.MARK
    if _is_set_off(reading, at):
        return Verdict.UNSURE if after.letters in _MAY_BE_LOST else Verdict.MARK
    within = first.is_title and before.text and "." not in first.gap
    return Verdict.MARK if within and stops(after.gap) else None


def _alone(reading: Reading, at: int) -> Verdict | None:
    before, after = reading.words[at - 2], reading.words[at + 1]
    if is_alone(reading, at - 1, at):
        return Verdict.MARK if before.text or after.text else Verdict.UNSURE
    return Verdict.UNSURE if after.letters in _SAID else None


_STEPS = (_goes_on, _set_off, _alone)


def _is_set_off(reading: Reading, at: int) -> bool:
    """Tell whether it stands as a mark does: behind a paper, in brackets, in capitals, beside a degree of urgency."""
    before, first, one = reading.words[at - 2 : at + 1]
    if is_bracketed(reading, at - 1, at) or is_urgent(reading, at - 1, at):
        return True
    if is_carried(reading, at - 1, _SIGNS) or is_behind_number(reading, at - 1):
        return True
    if before.letters == "do" and _is_of_degree(reading, at - 2):
        return True
    if before.letters == "mat" and reading.words[at - 3].letters == "do":
        return True  # "do mat toi mat"
    capitals = first.is_upper and one.is_upper
    return capitals and (not reading.is_shouted or is_line(reading, at - 1, at))


def _is_of_degree(reading: Reading, at: int) -> bool:
    """Tell whether "do" means "độ" and not "do" or "đồ": a paper, or nothing, stands before it."""
    near = range(max(2, at - _NEAR), at)
    return not reading.words[at - 1].text or any(
        is_carried(reading, place + 1, PAPERS_BARE) for place in near
    )
