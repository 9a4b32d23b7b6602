"""How much work a task is: "khoảng 2 ngày công", "ước nửa ngày công", "(4 giờ công)"."""

from dataclasses import dataclass

from bot.language.deadline.clause_position import clause_end
from bot.language.readings import Span
from bot.language.text.numbers import NUMBER_FIRSTS, read_number
from bot.language.text.words import Phrases, Sentence, any_of, vocabulary, words_of
from bot.rules.workdays import HOURS_A_DAY

MOST_DAYS = 250
_UNIT = Phrases({HOURS_A_DAY: "ngày công", 1: "giờ công|tiếng công"})
_HOURS = Phrases({1: "giờ|tiếng|giờ làm việc|tiếng làm việc"})
"""Units without "công". They count after a word such as "khoảng", for more than 24 hours or with "làm việc"."""
_CLOCK = 24
_AHEAD = vocabulary("nữa sau tới kể nua toi ke")
"""Words after the hours that make them a deadline: "khoảng 48 giờ nữa"."""
_ASKED_UNIT = Phrases({HOURS_A_DAY: "ngày công|công|ngày|ngày làm việc", 1: "giờ công|giờ|tiếng"})
"""Units that count in an answer to the question for the effort."""
_HALF = any_of("nửa")
_AND_A_HALF = any_of("rưỡi")
_SAID = any_of(
    "khoảng|ước|ước tính|ước khoảng|ước chừng|dự kiến|dự kiến khoảng|mất|mất khoảng|cần|cần khoảng|"
    "tốn|tốn khoảng|công sức|công sức khoảng|chừng|cỡ|tầm|hết khoảng|ngày công :"
)
_OPENS = vocabulary("( ,")
_NO_EFFORT = vocabulary(
    "trong vòng sau tới hạn trước trg sau vong toi han truoc nội noi tối toi đa"
)
"""Words before the count that make it a deadline: "trong khoảng 3 ngày công"."""


@dataclass(frozen=True, slots=True)
class EffortFound:
    """An effort in working hours, at least one, with its span and places; None if none is named."""

    hours: int | None = None
    span: Span | None = None
    places: frozenset[int] = frozenset()


def find_effort(sentence: Sentence) -> EffortFound:
    """Return the first effort that a sentence names."""
    if not (_UNIT.may_be_in(sentence) or _HOURS.may_be_in(sentence)):
        return EffortFound()
    for at in range(sentence.length):
        start = _begins(sentence, at)
        found = None if start is None else _amount(sentence, at, _UNIT)
        if start is not None and start < at and found is None:
            found = _many_hours(sentence, at)
        if start is not None and found is not None:
            hours, after = found
            return EffortFound(hours, sentence.span(start, after), frozenset(range(start, after)))
    return EffortFound()


def read_effort(text: str) -> int | None:
    """Read an answer that names an effort, in hours: "2 ngày", "khoảng nửa ngày công"."""
    sentence = words_of(text)
    for at in range(sentence.length):
        found = _amount(sentence, at, _ASKED_UNIT)
        if found is not None:
            return found[0]
    return None


def _begins(sentence: Sentence, at: int) -> int | None:
    """Return where the words of an effort begin whose number stands at a place; None if it is no effort."""
    word = sentence.words[at]
    if word.value < 0 and word.folded not in NUMBER_FIRSTS and not _HALF.at(sentence.words, at):
        return None
    for start in range(max(0, at - 3), at):
        said = _SAID.at(sentence.words, start)
        if said and said[1] == at:
            before = sentence.words[start - 1].folded if start else ""
            return None if before in _NO_EFFORT else start
    return at if at and sentence.words[at - 1].exact in _OPENS else None


def _many_hours(sentence: Sentence, at: int) -> tuple[int, int] | None:
    """Read "khoảng 40 giờ", "khoảng 16 giờ làm việc", but not "khoảng 8 giờ làm việc với Sở"."""
    found = _amount(sentence, at, _HOURS)
    if found is None or sentence.words[found[1]].folded in _AHEAD:
        return None
    worked = sentence.words[found[1] - 1].folded == "viec" and clause_end(sentence, found[1])
    return found if found[0] > _CLOCK or worked else None


def _amount(sentence: Sentence, at: int, units: Phrases[int]) -> tuple[int, int] | None:
    """Return the hours named at a place, and the place after them."""
    words = sentence.words
    half = _HALF.at(words, at)
    whole = None if half else read_number(words, at)
    if half is None and whole is None:
        return None
    amount, after = (0.5, half[1]) if half else (float(whole[0]), whole[1]) if whole else (0, at)
    if words[after].exact in {",", "."} and words[after + 1].value >= 0 and not half:
        amount, after = amount + float(f"0.{words[after + 1].exact}"), after + 2
    if more := _AND_A_HALF.at(words, after):
        amount, after = amount + 0.5, more[1]
    unit = units.at(words, after)
    if unit is None or not 0 < amount * unit[0] <= MOST_DAYS * HOURS_A_DAY:
        return None
    end = unit[1]
    if more := _AND_A_HALF.at(words, end):  # "2 ngày công rưỡi"
        amount, end = amount + 0.5, more[1]
    return max(1, round(amount * unit[0])), end
