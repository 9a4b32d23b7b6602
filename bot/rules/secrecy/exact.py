"""Decides on "mật" with its tone marks and no degree before it: a mark, unless it is another word or a name."""

from bot.rules.secrecy.labels import DO, of_degree_named, of_label
from bot.rules.secrecy.names import is_among_names, is_person, is_place
from bot.rules.secrecy.places import (
    goes_on,
    is_alone,
    is_bracketed,
    is_carried,
    is_followed,
    is_line,
    is_numbered,
    is_urgent,
    parts,
    stops,
)
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.verdict import Verdict, first_said
from bot.rules.secrecy.vocabulary import (
    AFTER,
    AFTER_ALONE,
    BEFORE,
    CARRIERS,
    CONTINUED,
    COUNTED,
    MEDICINE_AND_FOOD,
    NOT,
    PAPERS_BARE,
    keys,
    letters,
)
from bot.rules.secrecy.words import EXACT, Word

_DEGREE_LABELS = keys("mật|độ|loại|mức|cấp|dấu|mat|do")
_BROKEN = keys("bí|bảo|cơ|thân|cẩn")
"""Words that form one word with a "mật" behind them, even when "mật" stands on the next line of a heading."""
_WRAPS = keys("độ|khẩu|ong|mía")
"""Words on the next line that continue a "Mật" at the end of a line: "Bảng 4. Mật" above "độ dân số"."""
_TO_SOMEBODY = keys("của|cho|gửi|cua|gui")
_PARTICLES = keys("nghe|nhé|nha|lắm|mà|ạ|đó|đấy|luôn|nghen|nè|hen|hả|à")
_PAPERS = letters("công văn|văn bản|tài liệu|hồ sơ|tờ trình|quyết định")
_JOBS = letters(
    "kế toán|chuyên viên|văn thư|thủ quỹ|lái xe|phó phòng|trưởng phòng|trưởng thôn|trưởng khu|trưởng ban"
    "|tổ trưởng|tổ phó|cán bộ|công chức|bí thư|phó bí|chủ tịch|phó chủ|hiệu trưởng|phòng kế|phòng tổng"
)
_ROLES = letters("chủ trì|phối hợp|phụ trách|theo dõi|trưởng nhóm|nhóm trưởng|thư ký|trưởng đoàn")
_CARRIERS = CARRIERS | PAPERS_BARE
_SAID_TO_BE = keys("là|này|đó|mật")
_OFFICIAL = CARRIERS | keys(
    "nhân sự|cán bộ|vụ án|chuyên án|đồng chí|đ c|họp|lịch|lý lịch|xác minh|biểu|bì|nguồn|công an"
    "|quân|tỉnh ủy|đảng|thường trực|nghị định|thông tư|giấy|bảng|bộ|sếp|thủ trưởng|lãnh đạo|chỉ huy"
    "|nhiệm vụ|đề tài|hợp đồng|giáo trình|hình ảnh|ghi âm|đối tượng|địa bàn|phòng thủ|biên giới|quốc phòng"
    "|an ninh|ngoại giao|tờ|tác chiến|cơ yếu|điệp báo|trinh sát"
)
_CLERKS = keys("văn thư")
_IS = keys("là|thành")
_BODIES = keys("thành ủy|quận ủy|huyện ủy|đảng ủy|ủy ban|trung ương|công văn|văn bản")
_WHO = keys(
    "người|ai|tên|anh|chị|đồng chí|cán bộ|chuyên viên|tác giả|đầu mối|chủ trì|trực|phụ trách|văn thư"
)
_PERHAPS = keys("chắc|hình như|có lẽ|có khi|hơi")
(_CASE,) = keys("vụ")
_RULERS = letters("pháp|mỹ|nhật|anh|đức|nga|diệm|ngụy|sài|thực|đế|trung")
_TRADE = keys("trương|thiết|cầu|hoàng|khoản")
(_URGENT,) = keys("khẩn")
_VOCATIVES = keys("anh|chị|em|cô|chú|bác|sếp|mọi người|cả nhà|mấy|các|mn|mng")
_NEAR = 12


def of_exact(reading: Reading, at: int) -> Verdict:
    """Return what the "mật" here is."""
    return first_said(_STEPS, reading, at) or Verdict.NONE


def is_other_word(reading: Reading, at: int) -> bool:
    """Tell whether "mật" is part of another word: mật độ, mật khẩu, bí mật, túi mật."""
    before, one, after, later = reading.words[at - 1 : at + 3]
    if goes_on(one, after) and after.key in AFTER:
        is_more = not stops(later.gap) and later.letters in CONTINUED.get(after.letters, ())
        if not is_more and not _is_case(reading, at):
            return True
    if after.key in _WRAPS and after.text.islower() and _ends_line(one, after):
        return True
    wrapped = before.key in _BROKEN and not parts(one.gap)
    if before.key not in BEFORE or not (wrapped or goes_on(before, one)):
        return False
    return not (before.letters == "giai" and reading.has(at - 4, at - 1, NOT))


def _ends_line(one: Word, after: Word) -> bool:
    """Tell whether `one` begins with a capital and ends a line."""
    return one.is_title and after.gap.strip(" ") == "\n"


def _is_case(reading: Reading, at: int) -> bool:
    """Tell a person's case ("hồ sơ mật vụ Phan Trọng Nghiệp") from the secret police of a country ("mật vụ Pháp")."""
    one, after, later = reading.words[at : at + 3]
    if after.key != _CASE or not later.text or stops(later.gap):
        return False
    return one.key == EXACT and is_carried(reading, at, _CARRIERS) and later.letters not in _RULERS


def _other_word(reading: Reading, at: int) -> Verdict | None:
    before, one = reading.words[at - 1 : at + 1]
    denied = not stops(one.gap) and before.key in NOT
    if is_carried(reading, at, _CLERKS) and not is_numbered(reading, at):
        return Verdict.NONE
    return Verdict.NONE if denied or is_other_word(reading, at) else None


def _set_off(reading: Reading, at: int) -> Verdict | None:
    """Return MARK in brackets, beside a degree of urgency or behind a label, whatever else the text says."""
    first, before, one = reading.words[at - 2 : at + 1]
    valued = one.gap.strip() in {":", "=", ": -"} and before.key in _DEGREE_LABELS
    valued = (
        valued
        or one.gap.endswith("#")
        or (one.is_title and before.key == EXACT and first.key == DO)
    )
    if _is_urgent_too(reading, at) or (one.text.islower() and _is_shortened(one, before)):
        return Verdict.MARK
    if valued or is_bracketed(reading, at, at) or is_urgent(reading, at, at):
        return Verdict.MARK
    return None


def _is_shortened(one: Word, before: Word) -> bool:
    """Tell whether the word before is "tối" or "tuyệt" shortened to one letter: "t.mật"."""
    return before.letters == "t" and one.gap.strip() in {".", "/"}


def _is_urgent_too(reading: Reading, at: int) -> bool:
    """Tell "Mật khẩn gửi Bí thư" from "chị Mật khẩn trương"."""
    after, later = reading.words[at + 1 : at + 3]
    if after.key != _URGENT or parts(after.gap) or (later.key in _TRADE and not stops(later.gap)):
        return False
    return not is_person(reading, at)


def _person(reading: Reading, at: int) -> Verdict | None:
    if is_line(reading, at, at) and reading.words[at].is_upper:
        return Verdict.MARK
    return Verdict.NONE if is_person(reading, at) or is_among_names(reading, at) else None


def _alone(reading: Reading, at: int) -> Verdict | None:
    """Return MARK when it stands as a stamp does: alone on a line, in capitals, or between two stops."""
    before, one = reading.words[at - 1 : at + 1]
    if is_line(reading, at, at) or (one.is_upper and not reading.is_shouted):
        return Verdict.MARK
    begins = not before.text or one.gap.strip() == ":"
    if one.is_title and begins and _is_introduced(reading, at):
        return Verdict.NONE
    if not is_alone(reading, at, at) or (one.text.islower() and _is_food(reading, at)):
        return None
    return Verdict.MARK


def _is_introduced(reading: Reading, at: int) -> bool:
    """Tell whether a job or a role follows the name: "Mật - Kế toán trưởng", "Mật (văn thư)"."""
    after, later = reading.words[at + 1 : at + 3]
    said = f"{after.letters} {later.letters}" in _JOBS
    in_role = after.gap.strip() == "(" and f"{after.letters} {later.letters}" in _ROLES
    return in_role or (said and after.gap.strip() in {"-", "–", ",", "("})


def _carried(reading: Reading, at: int) -> Verdict | None:
    """Return MARK behind a paper, beside a paper's number, or in a file's name."""
    to_somebody = reading.words[at - 1].key in _TO_SOMEBODY
    named = reading.is_file and not to_somebody and not is_place(reading, at)
    carried = is_carried(reading, at, _CARRIERS) or _is_beside_number(reading, at)
    return Verdict.MARK if carried or named else None


def _name(reading: Reading, at: int) -> Verdict | None:
    """Take a word with a capital for a name, unless something shows that it is a mark: "Giao Mật làm"."""
    before, one, after, later = reading.words[at - 1 : at + 3]
    if is_place(reading, at):
        return Verdict.NONE
    if not one.is_title:
        return None
    if is_followed(reading, at, _PAPERS) or _is_said_of_paper(reading, at):
        return Verdict.MARK
    told = not before.text and after.key in _PARTICLES and not stops(after.gap)
    if told and later.key in _PARTICLES and reading.has(at + 3, at + _NEAR, _OFFICIAL | _BODIES):
        return Verdict.MARK  # "Mật đó nha, số 13 của Thành ủy"
    of_paper = (
        f"{later.letters} {reading.words[min(at + 3, len(reading.words) - 1)].letters}" in _PAPERS
    )
    if (
        told
        and (later.key in _VOCATIVES or of_paper)
        and reading.has(at + 2, at + _NEAR, _CARRIERS)
    ):
        return Verdict.MARK  # "Mật nha anh, công văn số 11 của tỉnh"
    is_all = not before.text and after.key in _PARTICLES and not later.text
    return Verdict.UNSURE if is_all else Verdict.NONE


def _is_said_of_paper(reading: Reading, at: int) -> bool:
    """Tell "văn bản số 5 là Mật" from "người soạn văn bản là Mật"."""
    begin, end = reading.sentence(at)
    if reading.words[at - 1].key not in _IS or stops(reading.words[at].gap):
        return False
    return reading.has(begin, end, CARRIERS) and not reading.has(begin, at, _WHO)


def _hedged(reading: Reading, at: int) -> Verdict | None:
    """Return UNSURE for "hình như mật": only the holder of the paper knows."""
    one = reading.words[at]
    said = reading.has(at - 2, at, _PERHAPS) and not stops(one.gap)
    hedged = said and not _is_food(reading, at)
    return Verdict.UNSURE if hedged and one.text.islower() else None


def _official(reading: Reading, at: int) -> Verdict | None:
    """Take a word in small letters for honey or bile, unless words of office work, and none of food, stand near."""
    before, _, after = reading.words[at - 1 : at + 2]
    other_word = after.key in AFTER_ALONE and not stops(after.gap)
    if other_word or _is_food(reading, at):
        return Verdict.NONE
    said = before.key in _SAID_TO_BE or reading.has(at - _NEAR, at + _NEAR, _OFFICIAL)
    return Verdict.MARK if said else None


_STEPS = (
    _other_word,
    of_label,
    of_degree_named,
    _set_off,
    _person,
    _alone,
    _carried,
    _name,
    _hedged,
    _official,
)


def _is_beside_number(reading: Reading, at: int) -> bool:
    """Tell whether a paper's number stands beside the word: "KH A2 Mật", "Mật số 5", "công văn 45-CV/TU Mật"."""
    before, one, after, later = reading.words[at - 1 : at + 3]
    if is_numbered(reading, at):
        return True
    if after.text.isdigit() and later.letters not in COUNTED and not stops(after.gap):
        return True
    if one.gap in {"/", "-"} and one.is_upper and before.is_number:
        return True  # "12/MẬT-BCA"
    if stops(one.gap):
        return False
    coded = any(near.is_number for near in reading.words[max(0, at - 4) : at])
    return coded and (before.is_upper or before.text[-1:].isdigit())


def _is_food(reading: Reading, at: int) -> bool:
    return reading.has(at - _NEAR, at + _NEAR, MEDICINE_AND_FOOD)
