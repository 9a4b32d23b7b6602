"""Talk about marks that marks nothing: the law and its teaching, a question, a ban for all, that there is none, a film."""

from bot.rules.secrecy.denials import is_denied, is_forbidden, says
from bot.rules.secrecy.places import is_alone, is_bracketed, is_carried, is_urgent, stops
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.vocabulary import (
    AT_HAND,
    CARRIERS,
    GENERAL_PAPERS,
    NOT,
    OF_ONE,
    PAPERS_BARE,
    keys,
    letters,
)
from bot.rules.secrecy.words import DEGREES

_RULES = (
    "luật|nghị định|thông tư|quy chế|nội quy|quy định|thẩm quyền|phân loại|khái niệm|định nghĩa|thể thức"
    "|thời hạn|xử phạt|làm lộ|mẫu dấu|phân biệt"
)
_TEACHING = (
    "tập huấn|bồi dưỡng|tuyên truyền|trắc nghiệm|hội thi|cuộc thi|tìm hiểu|bài giảng|đề cương|slide"
    "|mẫu sổ|mẫu phiếu|mẫu biên|biểu mẫu|mẫu văn|mẫu báo|mẫu giấy|mẫu bìa|mẫu số|quy trình|khắc dấu|nghiêm cấm|thủ tục|câu hỏi"
)
_RULES_SAID = keys(_RULES) | letters(_RULES)
_NEW = keys("mới")
_OF_RULES = _RULES_SAID | keys("mẫu|mau|biểu|phụ lục")
_TAUGHT = _RULES_SAID | keys(f"{_TEACHING}|cách|hướng dẫn") | letters(_TEACHING)
LAW = _TAUGHT | keys("công tác|máy tính")
_ASKED = (
    "hợp nào|ai được|ai có|ai phải|tục gì|cần những|là gì|nghĩa là|như nào|làm sao|thế nào|ra sao|bao nhiêu|bao lâu|mấy bậc|gồm mấy|gồm những|mấy độ|mấy loại|mấy cấp|mấy mức|khi nào|khác gì|khác nhau"
    "|có được|có nhận|được không"
)
_ASKS = keys(f"{_ASKED}|có gửi|có đọc|có lưu") | letters(_ASKED)
_ASKS_OF_RULES = _ASKS | keys("ai|mấy|nào|gì") | letters("mấy|nào|gì")
_FILM = keys(
    "phim|truyện|tiểu thuyết|game|gameshow|truyền hình|bộ phim|netflix|biệt đội|điệp vụ|cuốn sách|đọc sách|quyển sách|tựa sách|vở kịch|series|trò chơi"
)
_STORY = keys(
    "thời pháp|thời mỹ|thời lê|thời trần|thời nguyễn|chống pháp|chống mỹ|triển lãm|bảo tàng|thời chiến|kháng chiến|câu chuyện|điệp viên|sinh nhật|quà|liên hoan|tiệc"
)
_JEST = keys(
    "công thức|bí quyết|bí kíp|lẩu|nước chấm|nấu|món|bánh|nhậu|người yêu|bạn trai|bạn gái|tỏ tình|crush|đám cưới"
    "|có bầu|cân nặng|tuổi|hihi|haha|hehe|hí hí|kkk|kk|gia truyền"
)
_WORD_SAID = keys("chữ|từ|tiếng|chu|tu|tieng")
_OF_WORDS = keys(
    "nghĩa|hán việt|hán nôm|gốc hán|chính tả|phát âm|đánh vần|đọc là|viết sao|viết thế|tiếng anh|từ điển|đồng nghĩa"
    "|trái nghĩa|đồng âm|từ ghép|từ láy|tính từ|danh từ|động từ|trong câu|đặt câu|tên riêng|trong tên|tên chùa|tên làng|viết hoa|viết thường|dịch là|dịch sang|dấu nặng|nghia"
)
_PART = keys("tập|chương|mùa")
_PAPERS = (CARRIERS | PAPERS_BARE) - keys("bản|là|chữ|tin|thư|ghi|vật")
_PRESS = keys("theo báo|báo mỹ|báo anh|báo chí|báo đài|đưa tin|bbc|cnn|reuters|theo trang")
_PUBLISHED = keys("công bố|tiết lộ|rò rỉ|hé lộ|giải mật|đăng tải|phanh phui")
_ABROAD = keys(
    "mỹ|hoa kỳ|nga|liên xô|ukraine|israel|triều tiên|anh quốc|cia|fbi|kgb|mi6|mossad|nato|wikileaks|kennedy|snowden"
    "|trump|epstein|tổng thống|lầu năm|nhà trắng|ufo|pháp|đức|nhật"
)
_HELD = keys(
    "lúc|để|giữ|cầm|nhận được|gửi anh|gửi chị|gửi em|em gửi|anh gửi|chưa|đâu|hôm|sáng|chiều|rồi"
)
_KEPT_IN = keys("máy tính|máy photo|máy in|máy scan|phần mềm|két|tủ|camera|kho|phòng|thiết bị")
_TO_KEEP = letters("lưu|riêng|chặn|soạn thảo|đựng|bảo quản|lưu trữ|lưu giữ|cất")
_THIS = keys("này")
_MANAGED = keys("quản lý|công tác|quy chế|phụ trách|nghiệp vụ")
_MANAGED_PAPERS = keys("văn bản|tài liệu") | letters("văn bản|tài liệu")
_PROGRAMS = letters("bot|mềm|kênh|zalo|group|app|thống")
_TIMES = letters("tối|hôm|sáng|chiều|trưa|đêm|ngày|năm|tháng|tuần|lâu|đến|xưa|hiện")
_OWN = letters("cơ quan|đơn vị|ngành mình|huyện ủy|tỉnh ủy|đảng ủy|địa phương")
_LABELS = letters("độ|dấu")
_GENERAL = keys("văn bản|tài liệu|thông tin|bmnn|nhà nước") | letters("văn bản|tài liệu|độ|dấu")
_GENERAL |= keys("độ|dấu")
_QUESTION = keys("hả|không|ko|đúng không|hay|nhỉ|ha|ai|nào|gì|sao")
_GOES_ON_AS_RULE = keys("thì|khi|phải|được|do")
_HAS = keys("có")
_OF_ONE_NOW = keys("kịp|xong|rồi|chưa|đủ|về|gửi|kèm|đúng|trang|nhận")
_RULES_VERBS = keys("bắt|phải|cần|nên|được|thể")
_COMES_OR_GOES = keys("đi|đến")
_SHORT = 8


def is_talk(reading: Reading, at: int) -> bool:
    """Tell whether the mark that ends here is only talked about, and no paper at hand carries it."""
    first = at - 1 if reading.words[at - 1].letters in DEGREES else at
    begin, end = reading.sentence(at)
    if is_denied(reading, first, at) or is_forbidden(reading, at, end):
        return True
    in_film = reading.has(max(begin, first - 5), first, _FILM)
    if in_film or _is_word(reading, first, at) or _is_news(reading, first, at):
        return True
    if _is_jest(reading, first, at):
        return True
    set_off = is_urgent(reading, first, at) or is_bracketed(reading, first, at)
    if set_off or names_one(reading, begin, end):
        return False
    if _degrees(reading, begin, end) == len(DEGREES) + 1:
        return True
    said_of_all = _is_asked(reading, first, at) or _is_taught(reading, first, at)
    return said_of_all or _is_history(reading, first, begin, end)


def _is_word(reading: Reading, first: int, at: int) -> bool:
    """Tell whether the word itself is spoken of: 'chữ "mật" nghĩa là gì'."""
    begin, end = reading.sentence(at)
    pasted = ":" in reading.words[first].gap or reading.words[at].is_title
    alone = not pasted and not reading.has(begin, end, _PAPERS)
    said = reading.words[first - 1].key in _WORD_SAID or alone
    return said and reading.has(begin, end, _OF_WORDS)


def _is_news(reading: Reading, first: int, at: int) -> bool:
    """Tell whether newspapers write of another country's: "Mỹ công bố hồ sơ mật"."""
    begin, end = reading.sentence(at)
    if reading.has(begin, first, _ABROAD) and reading.has(at, end, _PRESS):
        return True
    told = reading.has(max(begin, first - 6), first, _PUBLISHED) or reading.has(
        begin, first, _PRESS
    )
    return told and reading.has(begin, end, _ABROAD)


def names_one(reading: Reading, begin: int, end: int) -> bool:
    """Tell whether one paper is spoken of: "này", "đây", "kèm theo", "số 12" that is no law's."""
    if reading.has(begin, end, AT_HAND - _NEW - _THIS) or _is_new(reading, begin, end):
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
    """Tell whether something is new that is no rule: not "theo luật mới"."""
    new = (place for place in range(begin, end) if reading.words[place].key in _NEW)
    return any(not reading.has(max(begin, place - 2), place, _RULES_SAID) for place in new)


def _is_asked(reading: Reading, first: int, at: int) -> bool:
    """Tell whether a question is put that is of papers in general: "Tối mật là gì?", "ai ký văn bản mật?"."""
    begin, end = reading.sentence(at)
    if reading.has(begin, end, _RULES_SAID):
        return "?" in reading.words[end].gap or reading.has(begin, end, _ASKS_OF_RULES)
    ruled = _is_ruled(reading, at)
    if not reading.has(begin, end, _ASKS) and not (ruled and reading.has(at, end, _QUESTION)):
        return False
    label = reading.words[first - 1].letters in _LABELS and end - begin <= _SHORT
    of_all = ruled and reading.has(at + 1, at + 3, keys("thì"))
    general = (
        of_all
        or is_carried(reading, first, _GENERAL)
        or not is_carried(reading, first, GENERAL_PAPERS)
    )
    return label or (general and not _is_held(reading, begin, end))


def _is_ruled(reading: Reading, at: int) -> bool:
    """Tell whether the words go on as a rule does: "văn bản mật thì ...", "tài liệu mật có phải ...".

    "Tài liệu mật phải không?" does not: it asks of one.
    """
    at += reading.words[at + 1].key in _COMES_OR_GOES
    after, later = reading.words[at + 1 : at + 3]
    if stops(after.gap) or later.key in NOT:
        return False
    if after.key in _HAS:
        _, end = reading.sentence(at)
        return later.key in _RULES_VERBS or not reading.has(at, end, _OF_ONE_NOW)
    return after.key in _GOES_ON_AS_RULE


def _is_held(reading: Reading, begin: int, end: int) -> bool:
    """Tell whether somebody has, sends or awaits it, or it is somebody's: "tài liệu mật để đâu?"."""
    return reading.has(begin, end, _HELD | keys("của|cua"))


def _is_history(reading: Reading, first: int, begin: int, end: int) -> bool:
    """Tell whether it is of the past, of a museum or of a party; or secret no more: "đã được giải mật"."""
    if reading.has(begin, end, _STORY):
        return True
    long_ago = any(_is_year_past(reading, place) for place in range(begin, end))
    if long_ago and not is_carried(reading, first, GENERAL_PAPERS):
        return True
    freed = reading.has(begin, end, keys("giải mật")) and reading.has(begin, end, keys("đã|được"))
    return freed and not reading.has(begin, end, NOT)


def _is_jest(reading: Reading, first: int, at: int) -> bool:
    """Tell whether what is called so is no paper but a dish, a love or a laugh."""
    begin, end = reading.sentence(at)
    if not reading.words[at].text.islower() or reading.has(begin, end, _PAPERS):
        return False
    told = first > 3 and reading.has(at + 1, at + 2, _PART) and reading.words[at + 2].is_number
    return told or reading.has(begin, end, _JEST)


def _is_year_past(reading: Reading, at: int) -> bool:
    """Tell whether a year is named of which all is history, and in which nobody was born: "năm 1941"."""
    first, before, one = reading.words[at - 2 : at + 1]
    year = one.text.isdigit() and "1800" < one.text < "1976"
    return year and len(one.text) == 4 and before.letters == "nam" and first.letters != "sinh"


def _is_taught(reading: Reading, first: int, at: int) -> bool:
    """Tell whether papers in general are a matter of teaching, of a rule, or of what they are kept in."""
    words = reading.words
    begin, _ = reading.sentence(at)
    after = words[at + 1]
    owner = " ".join(one.letters for one in words[at + 2 : at + 4])
    of_one = after.key in OF_ONE and owner not in GENERAL_PAPERS | _OWN
    if of_one or is_alone(reading, first, at) or not is_carried(reading, first, _GENERAL):
        return False
    if is_carried(reading, first, _MANAGED_PAPERS) and reading.has(first - 5, first - 2, _MANAGED):
        return True
    clause = first
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
