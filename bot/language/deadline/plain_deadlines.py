"""Find moments that are the deadline although no word calls them a limit."""

from itertools import pairwise

from bot.language.deadline.clause_position import stands_alone
from bot.language.deadline.data_periods import is_data
from bot.language.deadline.event_dates import is_event, takes_place
from bot.language.deadline.limit_marks import Candidate, Role
from bot.language.deadline.past_moments import is_over
from bot.language.moments.context import Present
from bot.language.moments.recurrence import DAILY, Often, rule_of
from bot.language.text.numerals import is_number, is_ordinal
from bot.language.text.words import Sentence, any_of

_FOR = any_of("để")
_HAS_A_PLAN = ("co", "lich")
_LONGEST_HABIT = 8


def is_plain_deadline(
    sentence: Sentence, one: Candidate, often: Often | None, now: Present, alone: bool
) -> bool:
    if one.role not in (Role.PLAIN, Role.DUE, Role.HANDED):
        return False
    near = often is not None and often.start <= one.end + 3
    repeats = rule_of(often, one.moment.day) if often and near else None
    if alone or (repeats and (one.moment.day or repeats == DAILY)):
        return alone or not _is_somebodys_habit(sentence, one)
    if is_over(sentence, one, now) or is_ordinal(sentence, one) or is_number(sentence, one):
        return False
    purpose = one.role is Role.DUE and _FOR.at(sentence.words, one.start) is not None
    if one.moment.ranged and is_data(sentence, one):
        return False
    is_of_event = (purpose or one.role is Role.PLAIN) and (
        is_event(sentence, one) or takes_place(sentence, one)
    )
    return stands_alone(sentence, one) and not is_of_event


def _is_somebodys_habit(sentence: Sentence, one: Candidate) -> bool:
    """Tell whether it is a plan of somebody and no recurring work: "anh Thuyên có lịch tiếp dân thứ Năm hằng tuần"."""
    before = sentence.words[max(0, one.start - _LONGEST_HABIT) : one.start]
    return one.role is Role.PLAIN and any(
        (word.folded, follows.folded) == _HAS_A_PLAN for word, follows in pairwise(before)
    )
