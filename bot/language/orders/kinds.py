"""Find the kind of a sentence: an assignment, a question, a report, or talk."""

from typing import NamedTuple

from bot.language.deadline.clause_position import anywhere
from bot.language.deadline.more_time import asks_for_time, extends
from bot.language.orders.orders import (
    begins_with_limit,
    begs_help,
    finds_out,
    is_wished,
    is_work,
    must_be,
    orders,
    orders_somebody,
    wants_work,
)
from bot.language.orders.progress_reports import is_blocked_task, tells, tells_share
from bot.language.orders.small_talk import (
    asks_for_leave,
    chats,
    invites,
    is_talk_alone,
    opens_politely,
)
from bot.language.questions.inquiry import Asked
from bot.language.questions.questions import (
    ASKED,
    asks,
    ends_asking,
    is_condition,
    is_courteous,
    is_whenever,
    may_ask,
)
from bot.language.readings import Kind
from bot.language.text.words import Sentence


class KindFound(NamedTuple):
    """The kind of a sentence; `also` is a second kind that its words allow, or None."""

    kind: Kind
    also: Kind | None = None

    @property
    def is_question(self) -> bool:
        """Whether it is a question and nothing else."""
        return self.kind is Kind.QUESTION and self.also is None


def find_kind(
    sentence: Sentence, named: bool, dated: bool, limited: bool, names: frozenset[int]
) -> KindFound:
    """Find the kind of a sentence, in which somebody leads (`named`) and a deadline stands (`dated`).

    `limited`: a word such as "trước" makes it a deadline. `names` are the places of names, which are not
    read as words.
    """
    courtesy = invites(sentence, limited) or is_talk_alone(sentence)
    if courtesy or asks_for_leave(sentence, names):
        return KindFound(Kind.OTHER)
    granted = dated and extends(sentence) and opens_politely(sentence)
    wants_time = asks_for_time(sentence) and not anywhere(sentence, ASKED)
    if granted or wants_time or (is_blocked_task(sentence) and not dated):
        return KindFound(Kind.REPORT)
    ordered = orders(sentence, names)
    reports = tells(sentence, names, named, dated, ordered)
    wants = asks(sentence, names, named) and not is_condition(sentence, limited)
    wants = wants and not (tells_share(sentence, named) and not ends_asking(sentence))
    ordered = ordered and (named or not (wants and ends_asking(sentence)))
    told = dated and (named or begins_with_limit(sentence))
    if told and (must_be(sentence, limited) if reports else is_wished(sentence)):
        return KindFound(Kind.ASSIGNMENT)
    sets_to_work = orders_somebody if reports else wants_work if dated else finds_out
    if (named and sets_to_work(sentence, names)) or (wants and begs_help(sentence)):
        return KindFound(Kind.ASSIGNMENT)
    if (wants and not ordered) or (reports and not (ordered and named)):
        return KindFound(Kind.QUESTION if wants and not (ordered and reports) else Kind.REPORT)
    doubtful = wants and ends_asking(sentence) and not is_courteous(sentence)
    also = Kind.QUESTION if doubtful else None
    work = ordered or (named and dated) or _is_task(sentence, named, dated, limited)
    return KindFound(Kind.ASSIGNMENT, also) if also or work else KindFound(Kind.OTHER)


def may_be_plain(sentence: Sentence, limited: bool, names: frozenset[int]) -> bool:
    """Tell whether a sentence may be only a question, and no order to find something out and no condition."""
    if not may_ask(sentence) or is_whenever(sentence):
        return False
    return not (is_condition(sentence, limited) or finds_out(sentence, names))


def of_inquiry(asked: Asked, is_task: bool) -> KindFound | None:
    """Return the kind that the reading of a sentence as a question suggests; None if it suggests none.

    `is_task`: somebody leads or a deadline stands, so a question word alone does not make it a question.
    """
    if asked.orders:
        doubtful = asked.is_plain and not is_task
        return KindFound(Kind.ASSIGNMENT, Kind.QUESTION) if doubtful else None
    asks = asked.is_clear and asked.asks and not is_task
    return KindFound(Kind.QUESTION) if asked.is_plain or asks else None


def _is_task(sentence: Sentence, named: bool, dated: bool, limited: bool) -> bool:
    """Tell whether a sentence in which no word orders, asks or reports is a task and not talk."""
    if chats(sentence):
        return named and dated
    return is_work(sentence, named, dated, limited)
