"""Recognises talk about marks: the law and its teaching, a question, a general ban, a denial, a film."""

from bot.rules.secrecy.asides import is_aside, is_history
from bot.rules.secrecy.asking import GENERAL, RULES_SAID, is_asked, is_explained, is_ruled
from bot.rules.secrecy.denials import is_denied, is_forbidden, says
from bot.rules.secrecy.places import is_alone, is_bracketed, is_carried, is_urgent, stops
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.vocabulary import AT_HAND, GENERAL_PAPERS, OF_ONE, keys, letters
from bot.rules.secrecy.words import DEGREES

_TEACHING = (
    "tập huấn|bồi dưỡng|tuyên truyền|trắc nghiệm|hội thi|cuộc thi|tìm hiểu|bài giảng|đề cương|slide"
    "|mẫu sổ|mẫu phiếu|mẫu biên|biểu mẫu|mẫu văn|mẫu báo|mẫu giấy|mẫu bìa|mẫu số|quy trình|khắc dấu|nghiêm cấm|thủ tục|câu hỏi"
)
_NEW = keys("mới")
_OF_RULES = RULES_SAID | keys("mẫu|mau|biểu|phụ lục")
_TAUGHT = RULES_SAID | keys(f"{_TEACHING}|cách|hướng dẫn") | letters(_TEACHING)
LAW = _TAUGHT | keys("công tác|máy tính")
_KEPT_IN = keys("máy tính|máy photo|máy in|máy scan|phần mềm|két|tủ|camera|kho|phòng|thiết bị")
_TO_KEEP = letters("lưu|riêng|chặn|soạn thảo|đựng|bảo quản|lưu trữ|lưu giữ|cất")
_THIS = keys("này")
_MANAGED = keys("quản lý|công tác|quy chế|phụ trách|nghiệp vụ")
_MANAGED_PAPERS = keys("văn bản|tài liệu") | letters("văn bản|tài liệu")
_PROGRAMS = letters("bot|mềm|kênh|zalo|group|app|thống")
_TIMES = letters("tối|hôm|sáng|chiều|trưa|đêm|ngày|năm|tháng|tuần|lâu|đến|xưa|hiện")
_OWN = letters("cơ quan|đơn vị|ngành mình|huyện ủy|tỉnh ủy|đảng ủy|địa phương")
_REMINDS = keys("lưu ý|nhắc|kinh nghiệm|nguyên tắc|quán triệt|chú ý")
_HERE, _INTO_HERE = keys("đây|day"), keys("vào đây|vao day")
"""Here "into here" means into the bot, and does not point to a paper."""
_TEMPLATES = keys("mẫu|mau|form|template")


def is_talk(reading: Reading, at: int) -> bool:
    """Tell whether the text only talks about the mark that ends here, and no paper at hand carries it."""
    first = at - 1 if reading.words[at - 1].letters in DEGREES else at
    begin, end = reading.sentence(at)
    if is_denied(reading, first, at) or is_forbidden(reading, at, end):
        return True
    if is_aside(reading, first, at):
        return True
    set_off = is_urgent(reading, first, at) or is_bracketed(reading, first, at)
    if set_off or names_one(reading, begin, end):
        return False
    if _degrees(reading, begin, end) == len(DEGREES) + 1 or is_explained(reading, first):
        return True
    said_of_all = is_asked(reading, first, at) or _is_taught(reading, first, at)
    return said_of_all or is_history(reading, first, begin, end)


def names_one(reading: Reading, begin: int, end: int) -> bool:
    """Tell whether the words speak of one paper: "này", "đây", "kèm theo", or a "số 12" that is not a law's number."""
    here = AT_HAND - _NEW - _THIS - (_HERE if reading.has(begin, end, _INTO_HERE) else frozenset())
    if reading.has(begin, end, here) or _is_new(reading, begin, end):
        return True
    for place in range(begin, end - 1):
        one, before = reading.words[place : place - 2 : -1]
        if one.letters == "nay" and before.letters not in _TIMES | _PROGRAMS:
            return True
        numbered = reading.words[place].letters == "so" and reading.words[place + 1].is_number
        if numbered and not reading.has(max(begin, place - 2), place, _OF_RULES):
            return True
    return False


def _is_new(reading: Reading, begin: int, end: int) -> bool:
    """Tell whether "mới" stands behind something other than a rule. "theo luật mới" does not count."""
    new = (place for place in range(begin, end) if reading.words[place].key in _NEW)
    return any(not reading.has(max(begin, place - 2), place, RULES_SAID) for place in new)


def _is_taught(reading: Reading, first: int, at: int) -> bool:
    """Tell whether the text speaks of papers in general: teaching, a rule, or what the papers are kept in."""
    words = reading.words
    begin, _ = reading.sentence(at)
    after = words[at + 1]
    owner = " ".join(one.letters for one in words[at + 2 : at + 4])
    if reading.is_file and words[2].key in _TEMPLATES:
        return True
    of_one = after.key in OF_ONE and owner not in GENERAL_PAPERS | _OWN
    if of_one or is_alone(reading, first, at) or not is_carried(reading, first, GENERAL):
        return False
    if is_carried(reading, first, _MANAGED_PAPERS):
        kept_in = reading.has(first - 3, first - 2, _KEPT_IN)
        if kept_in or reading.has(first - 5, first - 2, _MANAGED):
            return True
        if is_ruled(reading, at) and reading.has(begin, first, _REMINDS):
            return True
    return not _is_classified(reading, begin) and _is_rule(reading, begin, first)


def _is_classified(reading: Reading, begin: int) -> bool:
    """Tell whether the sentence is a form's line that classifies one paper: "Phân loại: ..."."""
    said = [one.letters for one in reading.words[begin : begin + 2]]
    return said == ["phan", "loai"] and ":" in reading.words[begin + 2].gap


def _is_rule(reading: Reading, begin: int, first: int) -> bool:
    """Tell whether the words before speak of teaching, of a rule, or of what papers are kept in."""
    words, clause = reading.words, first
    while clause > begin and not stops(words[clause].gap):
        clause -= 1
    if reading.has(clause, first - 1, _TAUGHT) or reading.has(
        begin, min(begin + 4, first - 1), _TAUGHT
    ):
        return True
    kept = any(says(reading, place, _TO_KEEP) for place in range(clause, first - 1))
    return kept and reading.has(clause, first - 1, _KEPT_IN)


def _degrees(reading: Reading, begin: int, end: int) -> int:
    """Return how many different degrees these words name."""
    marks = [place for place in range(begin, end) if reading.words[place].letters == "mat"]
    before = {reading.words[place - 1].letters for place in marks}
    return len(before & DEGREES) + bool(before - DEGREES - {"bi", "do"})
