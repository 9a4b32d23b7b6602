"""Where a moment without a limit word stands in its clause, and whether that makes it a deadline."""

from bot.language.deadline.limit_marks import Candidate, Role
from bot.language.moments.days import Day, Form
from bot.language.text.words import Phrases, Sentence, any_of, vocabulary

_ABOUT = any_of("lịch|tác|hoạch|trình|vụ|cáo|bc|dung|đơn|ban|kh|việc|liệu|công tác|kết")
BREAKS = frozenset(",;.:()-–!?\n") | {""}
_HESITATION = vocabulary("à ờ ừm ừ ơ")
_POLITE = vocabulary(
    "nhé nha ạ nhe a em anh chị đ phải cần là thì xong nộp gửi trình báo giúp dùm hộ nhá nghe nop gui "
    "trinh bao phai can la thi giup ho hoàn hoan có co nếu giao chị chi đồng dong mới moi đ/c"
)
_AT = vocabulary("vào lúc khoảng tầm vao luc khoang tam chừng cỡ")
_AT_ONCE = vocabulary("ngay đúng")
_SO = vocabulary("vậy nên thì là mà vay nen thi")
_FINISHING = vocabulary("hoàn hoan phải phai xong nộp gửi trình nop gui trinh")
_LONGEST_PHRASE = 3
_LONGEST_CLAUSE = 100


def anywhere(
    sentence: Sentence, phrases: Phrases[bool], names: frozenset[int] = frozenset()
) -> bool:
    """Tell whether one of the phrases occurs outside the places of names."""
    if not sentence.starts & phrases.bit:
        return False
    for place in phrases.places(sentence):
        if place not in names and phrases.at(sentence.words, place):
            return True
    return False


def clause_before(sentence: Sentence, end: int) -> list[int]:
    """Return the places from the start of the clause up to `end`, at most the last 100 of them."""
    start, first = end, max(0, end - _LONGEST_CLAUSE)
    while start > first and sentence.words[start - 1].exact not in BREAKS:
        start -= 1
    return list(range(start, end))


def clause_start(sentence: Sentence, place: int) -> bool:
    """Tell whether a clause starts at the place, or continues there after a pause: "... à ngày 5"."""
    if place == 0 or sentence.words[place - 1].exact in BREAKS:
        return True
    paused = place > 1 and sentence.words[place - 2].exact in BREAKS
    return paused and sentence.words[place - 1].exact in _HESITATION


def clause_end(sentence: Sentence, place: int) -> bool:
    """Tell whether a clause ends before the place, or continues with its verb or a polite word."""
    word = sentence.words[place]
    return place >= sentence.length or word.exact in BREAKS or word.exact in _POLITE


def follows(sentence: Sentence, place: int, phrases: Phrases[bool]) -> bool:
    """Tell whether one of the phrases, of three words at most, ends right before the place."""
    if place == 0 or sentence.words[place - 1].folded not in phrases.lasts:
        return False
    for length in range(1, min(place, _LONGEST_PHRASE) + 1):
        said = phrases.at(sentence.words, place - length)
        if said and said[1] == place:
            return True
    return False


def stands_alone(sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether the position and wording of a moment without a limit word allow it to be a deadline."""
    day = candidate.moment.day
    whole = day is not None and day.form is Form.WHOLE
    if sentence.words[candidate.start].exact in _AT and not whole:
        return True
    at_once = candidate.start > 0 and sentence.words[candidate.start - 1].exact in _AT_ONCE
    starts = clause_start(sentence, candidate.start - at_once)
    apart = starts or clause_end(sentence, candidate.end)
    if day is None:
        return _hours_stand_alone(sentence, candidate, starts, apart)
    if day.form is Form.WHOLE:
        return _whole_stands_alone(sentence, candidate, day, starts, apart)
    if day.form in (Form.DATE, Form.MONTH_DAY):
        return _date_stands_alone(sentence, candidate, apart)
    return True


def _hours_stand_alone(sentence: Sentence, candidate: Candidate, starts: bool, apart: bool) -> bool:
    """Tell whether an hour or part of the day may be a deadline: ", trưa gửi", "sáng sớm nộp", "lúc 9h"."""
    moment, follows = candidate.moment, sentence.words[candidate.end]
    if moment.clock is None:
        handed = starts and (follows.exact in _FINISHING or follows.capital)
        return handed or (candidate.end - candidate.start > 1 and apart)
    before = sentence.words[candidate.start - 1].exact if candidate.start else ""
    return apart or moment.part is not None or before in _SO or follows.capital


def _date_stands_alone(sentence: Sentence, candidate: Candidate, apart: bool) -> bool:
    """Tell whether a date may be a deadline: "nộp 15/12", "15/12 nộp", "sáng 15/12".

    False for a date in the middle of a clause.
    """
    day = candidate.moment.day
    timed = candidate.moment.clock is not None or candidate.moment.part is not None
    if sentence.words[candidate.start + 1].exact == ".":
        full = timed or (day is not None and day.has_year)
        return candidate.role is Role.PLAIN or full
    return candidate.role in (Role.DUE, Role.HANDED) or apart or timed


def _whole_stands_alone(
    sentence: Sentence, candidate: Candidate, day: Day, starts: bool, apart: bool
) -> bool:
    """Tell whether a period may be a deadline: "nộp tuần sau", ", tháng 1/2027.".

    False for the period of a plan: "lịch tuần sau".
    """
    if starts and candidate.start > 0 and sentence.words[candidate.end].exact in BREAKS:
        return True
    begins = starts and candidate.end < sentence.length
    ends = not starts and not _ABOUT.at(sentence.words, candidate.start - 1)
    handed = candidate.role in (Role.DUE, Role.HANDED)
    if starts and sentence.words[candidate.end].exact in _FINISHING:
        return True
    return day.near and (handed or begins or (apart and ends))
