"""Recognises talk outside office work: a film, the news, a jest, history, and "mật" discussed as a word."""

from bot.rules.secrecy.places import is_carried, is_numbered
from bot.rules.secrecy.reading import Reading
from bot.rules.secrecy.vocabulary import CARRIERS, GENERAL_PAPERS, NOT, PAPERS_BARE, keys

_FILM = keys(
    "phim|truyện|tiểu thuyết|game|gameshow|truyền hình|bộ phim|netflix|biệt đội|điệp vụ|cuốn sách|thư viện|nhập cuốn|mua cuốn|mượn cuốn|đọc sách|quyển sách|tựa sách|vở kịch|series|trò chơi"
)
_STORY = keys(
    "thời pháp|thời mỹ|thời lê|thời trần|thời nguyễn|chống pháp|chống mỹ|triển lãm|bảo tàng|thời chiến|kháng chiến|câu chuyện|điệp viên|sinh nhật|liên hoan"
)
_JEST = keys(
    "công thức|bí quyết|bí kíp|lẩu|nước chấm|nấu|món|bánh|nhậu|người yêu|bạn trai|bạn gái|tỏ tình|crush|đám cưới"
    "|có bầu|quà|tiệc|cân nặng|tuổi|hihi|haha|hehe|hí hí|kkk|kk|gia truyền"
)
_WORD_SAID = keys("chữ|từ|tiếng|chu|tu|tieng")
_OF_WORDS = keys(
    "nghĩa|hán việt|hán nôm|gốc hán|chính tả|phát âm|đánh vần|đọc là|viết sao|viết thế|tiếng anh|từ điển|đồng nghĩa"
    "|trái nghĩa|đồng âm|từ ghép|từ láy|tính từ|danh từ|động từ|trong câu|đặt câu|tên riêng|trong tên|tên chùa|tên làng|viết hoa|viết thường|dịch là|dịch sang|dấu nặng|nghia"
)
_WHY = keys("vì sao|tại sao|sao bot|sao lại|sao nhắn|sao gõ|sao ghi|vi sao|tai sao")
_PART = keys("tập|chương|mùa")
_PAPERS = (CARRIERS | PAPERS_BARE) - keys("bản|là|chữ|tin|thư|ghi|vật")
_PRESS = keys("theo báo|báo mỹ|báo anh|báo chí|báo đài|đưa tin|bbc|cnn|reuters|theo trang")
_PUBLISHED = keys("công bố|tiết lộ|rò rỉ|hé lộ|giải mật|đăng tải|phanh phui")
_ABROAD = keys(
    "mỹ|hoa kỳ|nga|liên xô|ukraine|israel|triều tiên|anh quốc|cia|fbi|kgb|mi6|mossad|nato|wikileaks|kennedy|snowden"
    "|trump|epstein|tổng thống|lầu năm|nhà trắng|ufo|pháp|đức|nhật"
)


def is_aside(reading: Reading, first: int, at: int) -> bool:
    """Tell whether the mark from `first` to `at` belongs to a film, the news or a jest, or is discussed as a word."""
    begin, _ = reading.sentence(at)
    if reading.has(max(begin, first - 5), first, _FILM):
        return True
    return (
        _is_word(reading, first, at) or _is_news(reading, first, at) or _is_jest(reading, first, at)
    )


def _is_word(reading: Reading, first: int, at: int) -> bool:
    """Tell whether the text discusses the word itself: 'chữ "mật" nghĩa là gì'."""
    begin, end = reading.sentence(at)
    pasted = ":" in reading.words[first].gap or reading.words[at].is_title
    pasted = pasted or is_numbered(reading, at)
    alone = not pasted and not reading.has(begin, end, _PAPERS)
    called = reading.words[first - 1].key in _WORD_SAID
    if called and reading.has(begin, first, _WHY):
        return True
    return (called or alone) and reading.has(begin, end, _OF_WORDS)


def _is_news(reading: Reading, first: int, at: int) -> bool:
    """Tell whether the press reports on another country's papers: "Mỹ công bố hồ sơ mật"."""
    begin, end = reading.sentence(at)
    if reading.has(begin, first, _ABROAD) and reading.has(at, end, _PRESS):
        return True
    told = reading.has(max(begin, first - 6), first, _PUBLISHED) or reading.has(
        begin, first, _PRESS
    )
    return told and reading.has(begin, end, _ABROAD)


def is_history(reading: Reading, first: int, begin: int, end: int) -> bool:
    """Tell whether the text is about the past, a museum or a party, or a declassified paper ("đã được giải mật")."""
    if reading.has(begin, end, _STORY):
        return True
    long_ago = any(_is_year_past(reading, place) for place in range(begin, end))
    if long_ago and not is_carried(reading, first, GENERAL_PAPERS):
        return True
    freed = reading.has(begin, end, keys("giải mật")) and reading.has(begin, end, keys("đã|được"))
    return freed and not reading.has(begin, end, NOT)


def _is_jest(reading: Reading, first: int, at: int) -> bool:
    """Tell whether the word is about a dish, a love affair or a joke, and not about a paper."""
    begin, end = reading.sentence(at)
    if not reading.words[at].text.islower() or reading.has(begin, end, _PAPERS):
        return False
    told = first > 3 and reading.has(at + 1, at + 2, _PART) and reading.words[at + 2].is_number
    return told or reading.has(begin, end, _JEST)


def _is_year_past(reading: Reading, at: int) -> bool:
    """Tell whether a year from 1801 to 1975 is named, other than as a year of birth: "năm 1941"."""
    first, before, one = reading.words[at - 2 : at + 1]
    year = one.text.isdigit() and "1800" < one.text < "1976"
    return year and len(one.text) == 4 and before.letters == "nam" and first.letters != "sinh"
