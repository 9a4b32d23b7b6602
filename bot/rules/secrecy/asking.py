"""Questions about secret papers in general: "Tối mật là gì?", "Văn bản mật thì ghi vào sổ nào?"."""

from bot.rules.secrecy.places import is_carried, stops
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.vocabulary import GENERAL_PAPERS, NOT, keys, letters

_RULES = (
    "luật|nghị định|thông tư|quy chế|nội quy|quy định|thẩm quyền|phân loại|khái niệm|định nghĩa|thể thức"
    "|thời hạn|xử phạt|làm lộ|mẫu dấu|phân biệt"
)
RULES_SAID = keys(_RULES) | letters(_RULES)
_ASKED = (
    "đi tù|mấy năm|bị phạt|phạt bao|hợp nào|ai được|ai có|ai phải|tục gì|cần những|là gì|nghĩa là|như nào|làm sao|thế nào|ra sao|bao nhiêu|bao lâu|mấy bậc|gồm mấy|gồm những|mấy độ|mấy loại|mấy cấp|mấy mức|khi nào|khác gì|khác nhau"
    "|có được|có nhận|được không|được ko|đc ko|được hông|được hong|phạm không|phạm ko|có sao"
)
_ASKS = keys(f"{_ASKED}|có gửi|có đọc|có lưu") | letters(_ASKED)
_ASKS_OF_RULES = _ASKS | keys("ai|mấy|nào|gì") | letters("mấy|nào|gì")
_HELD = keys(
    "lúc|để|giữ|cầm|nhận được|gửi anh|gửi chị|gửi em|em gửi|anh gửi|chưa|đâu|hôm|sáng|chiều|rồi"
)
_BOT = keys("bot|chatbot")
_SUPPOSED = keys("nếu|lỡ|giả sử|neu|lo|gia su")
_LABELS = letters("độ|dấu")
GENERAL = keys("văn bản|tài liệu|thông tin|bmnn|nhà nước") | letters("văn bản|tài liệu|độ|dấu")
GENERAL |= keys("độ|dấu")
_QUESTION = keys("hả|không|ko|đúng không|hay|nhỉ|ha|ai|nào|gì|sao")
_GOES_ON_AS_RULE = keys("thì|khi|phải|được|do|thi|phai|duoc")
_HAS = keys("có")
_OF_ONE_NOW = keys("kịp|xong|rồi|chưa|đủ|về|gửi|kèm|đúng|trang|nhận")
_COMPARES = keys(
    "so sánh|phân biệt|khác gì|liệt kê|giải thích|các cấp|các mức|các độ|gọi là|cái nào|cao hơn|nặng hơn|thấp hơn"
)
_STAMP = keys("dấu|độ")
_OF_STAMPS = keys("vị trí|kích thước|khắc|mua|dự trù|hộp mực|mực dấu|đặt làm")
_RULES_VERBS = keys("bắt|phải|cần|nên|được|thể")
_COMES_OR_GOES = keys("đi|đến")
_SHORT = 8


def is_asked(reading: Reading, first: int, at: int) -> bool:
    """Tell whether the text asks about secret papers in general: "Tối mật là gì?", "ai ký văn bản mật?"."""
    begin, end = reading.sentence(at)
    if reading.has(begin, end, RULES_SAID):
        return "?" in reading.words[end].gap or reading.has(begin, end, _ASKS_OF_RULES)
    ruled = is_ruled(reading, at)
    if not reading.has(begin, end, _ASKS) and not (ruled and reading.has(at, end, _QUESTION)):
        return False
    label = reading.words[first - 1].letters in _LABELS and end - begin <= _SHORT
    of_all = ruled and reading.has(at + 1, at + 3, keys("thì"))
    general = (
        of_all
        or is_carried(reading, first, GENERAL)
        or not is_carried(reading, first, GENERAL_PAPERS)
    )
    of_bot = reading.has(begin, begin + 2, _BOT) and reading.has(at, end, _QUESTION)
    if of_bot or reading.has(begin, begin + 2, _SUPPOSED):
        return True  # "Nếu lỡ nhận được công văn mật thì làm sao?"
    return label or (general and not _is_held(reading, begin, end))


def is_explained(reading: Reading, first: int) -> bool:
    """Tell whether the text is about degrees or stamps themselves: "so sánh tối mật với tuyệt mật", "khắc dấu mật"."""
    begin, end = reading.sentence(first)
    if reading.words[first - 1].letters in _LABELS and reading.has(begin, end, _OF_STAMPS):
        return True
    compared = reading.has(begin, end, _COMPARES)
    return compared and not is_carried(reading, first, GENERAL_PAPERS - _STAMP)


def is_ruled(reading: Reading, at: int) -> bool:
    """Tell whether the words behind continue as a rule does: "văn bản mật thì ...", "tài liệu mật có phải ...".

    "Tài liệu mật phải không?" does not: it asks about one paper.
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
    """Tell whether a person holds, sends, awaits or owns the paper: "tài liệu mật để đâu?"."""
    return reading.has(begin, end, _HELD | keys("của|cua"))
