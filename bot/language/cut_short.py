"""A moment whose next word is part of it and cannot be read: "trước 16h thứ Xáu", "10h sáng mau".

What was read then is not all that was said, and a part of it taken for the whole would be a guess.
"""

from datetime import timedelta

from bot.language.due import has_passed, reading_of
from bot.language.marks import Candidate
from bot.language.present import Present
from bot.language.readings import DeadlineReading
from bot.language.slips import one_letter_amiss
from bot.language.surroundings import BREAKS
from bot.language.words import Sentence, vocabulary

_POLITE = vocabulary("nhé nha nhe ạ a nghe nghen giúp giup nộp nop gửi gui trình trinh phải phai")
_LIKE_TOMORROW = frozenset(one_letter_amiss("mai")) - vocabulary("mai mà may máy mấy")
_NAMES_A_DAY = vocabulary("thứ thư")
_NUMERALS = vocabulary("hai ba tu nam sau bay")
_LIKE_NUMERALS = _NUMERALS.union(*(one_letter_amiss(numeral) for numeral in _NUMERALS))
_ONE_DAY = timedelta(days=1)


def choices_where_cut_short(
    sentence: Sentence, one: Candidate, now: Present
) -> tuple[DeadlineReading, ...]:
    """Return the days to offer where a moment is only the beginning of what was said, else none."""
    if not _is_cut_short(sentence, one, now):
        return ()
    days = (now.today, now.today + _ONE_DAY, now.workdays.add(now.today, 2))
    offered = [reading_of(sentence, one, day, now) for day in sorted(set(days))]
    return tuple(each for each in offered if not has_passed(each, now))


def _is_cut_short(sentence: Sentence, one: Candidate, now: Present) -> bool:
    day = one.moment.day
    last, follows = sentence.words[one.end - 1], sentence.words[one.end]
    if day and not (day.date == now.today and last.folded == "ngay"):
        return False
    if follows.exact in _NAMES_A_DAY or _is_bare_weekday(sentence, one.end):
        return True
    after = sentence.words[one.end + 1]
    ends = after.exact in BREAKS or after.exact in _POLITE or after.capital
    return follows.exact in _LIKE_TOMORROW and ends and not follows.capital


def _is_bare_weekday(sentence: Sentence, place: int) -> bool:
    """Tell the "thu saau" of "truoc 15h thu saau" from "15h thu hồ sơ"."""
    word, name = sentence.words[place], sentence.words[place + 1]
    return word.exact == "thu" and name.folded in _LIKE_NUMERALS
