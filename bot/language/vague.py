"""Words that mean soon, or after some event: no date is guessed, dates are offered (R10)."""

from dataclasses import dataclass

from bot.language.numbers import read_number
from bot.language.readings import Why
from bot.language.words import Phrases, Sentence, any_of, vocabulary

_FEW = "vài mấy dăm ít đôi đôi+ba vài+ba dăm+ba một+vài một+hai hai+ba ba+bốn"
_UNITS = "ngày hôm bữa tuần tháng tiếng giờ phút buổi"
_COUNTS = "|".join(
    f"{few.replace('+', ' ')} {unit} {tail}"
    for few in _FEW.split()
    for unit in _UNITS.split()
    for tail in ("nữa", "tới")
)
_PHRASES = Phrases(
    {
        Why.VAGUE: (
            _COUNTS
            + "|lát nữa|chút nữa|tí nữa|xíu nữa|chốc nữa|lúc nào tiện|khi nào tiện|bữa nào|hôm nào|"
            "khi nào rảnh|liền đi|liền nha|liền nhé|liền nghe|làm liền|gửi liền|nộp liền|báo liền|"
            "tức tốc|lúc nào cũng được|khi nào cũng được|hôm nào rảnh|bữa nào rảnh|khi rảnh|khi tiện|"
            "gấp|khẩn trương|càng sớm càng tốt|sớm|asap|bữa kia|mai mốt|ngay lập tức|ngày kìa|"
            "ngày kia nữa|vài ngày nữa|mấy ngày nữa|ít hôm nữa|nay mai|gấp rút|sớm nhất|lẹ|"
            "nhanh nhất có thể|trong thời gian sớm nhất|thời gian tới|tức thì|mấy hôm nữa|"
            "vài hôm nữa|trung tuần|thượng tuần|hạ tuần|trong tuần hoặc|lúc nào rảnh|tuần này hoặc tuần sau|trước hn|trong hn|những ngày tới"
        ),
        Why.EVENT: (
            "sau tết|trước tết|đến tết|tới tết|trước và sau tết|trong tết|ra giêng|trước hội nghị|trước đại hội|trước kỳ họp|trước cuộc họp|"
            "trước giao ban|trước giờ họp|sau hội nghị|sau cuộc họp|trước buổi họp|qua tết|ra tết|"
            "trước phiên họp|sau đại hội|sau kỳ nghỉ tết|sau nghỉ tết|sau kỳ họp|trước khi họp|"
            "trước họp|sau khi họp|sau họp|sau lễ|sau nghỉ lễ|qua lễ|trước nghỉ tết|giáp tết|"
            "trước kỳ nghỉ tết|dịp tết|trước hội thảo|trước buổi làm việc|sau giao ban|đầu năm mới|"
            "trước khi đại hội|trước phiên|sau buổi họp|trước giờ giao ban|tại phiên họp|"
            "sau khi có kết luận|trước quốc khánh|trước giỗ tổ|trước giáng sinh|trước noel|trước ngày thành lập|"
            "khi nào có|bao giờ có|trước lễ giỗ tổ|sau quốc khánh|"
            "sau khi có|sau khi được|khi có kết luận|trước bầu cử"
        ),
    }
)
_NOT_AT_ONCE_BEFORE = vocabulary("từ cả trong sau tại trước hôm khi đầu lúc lập ngắn thẳng")
_MEET = "gap"
_HURRY_BEFORE = vocabulary("lam can xu ly rat qua hoi viec ban chay va gui nop")
_EARLY_BEFORE = vocabulary("sang tu")
_TIMES = vocabulary("doi lan")


@dataclass(frozen=True, slots=True)
class Vague:
    """Why no date can be read, and the places of the words that say so."""

    why: Why
    start: int
    end: int


_UNIT_WORDS = any_of("ngày|hôm|bữa|tuần|tháng|tiếng|ngày làm việc|buổi")
_TO_ANOTHER = any_of("-|–|,|đến|tới|hoặc|hay")
_STILL = any_of("nữa|tới")
_MORE = "them"
_RANGES_AT_MOST = 31


def _about(sentence: Sentence) -> Vague | None:
    """Find a count with two ends ("2-3 ngày nữa") or from a day not said ("xin thêm 2 ngày")."""
    words = sentence.words
    for place in range(sentence.length):
        if words[place].value < 0 and words[place].folded != _MORE:
            continue
        start = place + 1 if words[place].folded == _MORE else place
        first = read_number(words, start)
        joined = _TO_ANOTHER.at(words, first[1]) if first else None
        last = read_number(words, joined[1]) if joined else None
        number = last or first
        unit = _UNIT_WORDS.at(words, number[1]) if number else None
        if first is None or number is None or unit is None:
            continue
        ranged = last is not None and first[0] < last[0] <= _RANGES_AT_MOST
        if start > place or (ranged and _STILL.at(words, unit[1])):
            return Vague(Why.VAGUE, place, unit[1])
    return None


def find_vague(sentence: Sentence) -> Vague | None:
    """Find the first words that mean soon, or some time about an event."""
    for place in _PHRASES.places(sentence):
        word = sentence.words[place]
        if word.exact == "ngay" and _is_at_once(sentence, place):
            return Vague(Why.VAGUE, place, place + 1)
        found = _PHRASES.at(sentence.words, place)
        if (
            found
            and word.folded == "ngay"
            and found[1] == place + 2
            and (sentence.words[place + 1].exact == "kia")
        ):
            continue
        if found and (found[1] > place + 1 or _is_meant(sentence, place)):
            return Vague(found[0], place, found[1])
    return _about(sentence)


def _is_at_once(sentence: Sentence, place: int) -> bool:
    """Tell "làm ngay" from "ngay từ đầu", and from "ngay" written for "ngày"."""
    after = sentence.words[place + 1]
    ends = place + 1 >= sentence.length or after.exact in ".,;!"
    if sentence.plain:
        return ends and place > 0 and sentence.words[place - 1].value < 0
    return after.exact not in _NOT_AT_ONCE_BEFORE and after.value < 0


def _is_meant(sentence: Sentence, place: int) -> bool:
    """Tell the single words "gấp", "sớm" from what else they may be."""
    word = sentence.words[place]
    before = sentence.words[place - 1].folded if place else ""
    after = sentence.words[place + 1]
    if word.folded == "som":
        return before not in _EARLY_BEFORE
    if word.folded == _MEET:
        if after.folded in _TIMES or after.value >= 0:
            return False
        ends = place + 1 >= sentence.length or after.exact in ".,;!"
        return word.exact != _MEET or before in _HURRY_BEFORE or ends
    return word.exact != "le"
