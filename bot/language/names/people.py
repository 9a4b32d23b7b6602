"""Who does what: the lead, support, follow or report-to part of each person and unit a sentence names."""

from typing import NamedTuple

from bot.language.moments.weekdays import WEEKDAY
from bot.language.names.bare_names import NAMES_AS_WORDS
from bot.language.names.named_at import SELF, named_at
from bot.language.names.naming import NAMING_FIRSTS, Named
from bot.language.names.parts import cast
from bot.language.names.role_walk import Casting, Slot, add, has_lead, order, settle_free
from bot.language.names.roster import Roster, RosterPerson
from bot.language.names.slots import SLOT_FIRSTS, hold, list_on, open_slot
from bot.language.names.units import RosterUnit
from bot.language.readings import Mentions, Part, PersonReading, Span, UnitReading, Unsure
from bot.language.text.verbs import is_verb
from bot.language.text.words import Sentence, vocabulary, words_of

__all__ = [
    "PeopleFound",
    "Roster",
    "RosterPerson",
    "RosterUnit",
    "find_people",
    "has_lead",
    "read_people",
]

_SELF_ASKS = vocabulary(
    "cần phải giao nhờ đề cho hỏi nhận báo bc gửi nộp đi họp về đến ra trình mời nghĩ chào"
)
"""Verbs after "tôi" that take on no work: reports, requests, being away."""
_FIRSTS = NAMING_FIRSTS | SLOT_FIRSTS | SELF.firsts
_NAMEABLE = NAMING_FIRSTS | SELF.firsts


class PeopleFound(NamedTuple):
    """People and units with their parts, what to ask, the places of all names, the spans of orders.

    `orders` are the words that only say who does it ("Giao đồng chí A", "B phối hợp").
    """

    people: tuple[PersonReading, ...] = ()
    units: tuple[UnitReading, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    places: frozenset[int] = frozenset()
    orders: tuple[Span, ...] = ()


def read_people(
    text: str, roster: Roster, speaker: int | None = None, mentions: Mentions | None = None
) -> PeopleFound:
    """Read a text that contains only people, such as the answer to "Đổi người"."""
    return find_people(words_of(text), roster, speaker, mentions, alone=True)


def read_others(text: str, roster: Roster, speaker: int | None = None) -> PeopleFound:
    """Read who supports and follows a task that already has its lead: "phòng Quản trị; theo dõi: Lộc"."""
    return find_people(words_of(text), roster, speaker, alone=True, is_led=True)


def find_people(
    sentence: Sentence,
    roster: Roster,
    speaker: int | None = None,
    mentions: Mentions | None = None,
    taken: frozenset[int] = frozenset(),
    alone: bool = False,
    is_led: bool = False,
) -> PeopleFound:
    """Find the people and units that a sentence names, and the part each has in the task.

    `alone`: the text contains only people; `is_led`: the lead is known and is none of them.
    """
    known = roster.by_key.get(speaker) if speaker is not None else None
    casting = Casting(sentence, roster, known, mentions or {}, alone, is_led)
    first = Part.SUPPORT if is_led else Part.LEAD
    slot: Slot | None = Slot(first, 0, 0) if alone else None
    _walk(casting, slot, taken)
    settle_free(casting)
    if not casting.has_lead and not alone:
        _settle_self(casting)
    return PeopleFound(
        tuple(casting.people),
        tuple(casting.units),
        tuple(casting.unsure),
        frozenset(casting.places),
        tuple(casting.orders),
    )


def _settle_self(casting: Casting) -> None:
    """Make the speaker the lead of work they say they do, if nobody else is named: "tôi rà soát hồ sơ"."""
    words = casting.sentence.words
    if casting.speaker is None or casting.people or casting.units or not SELF.at(words, 0):
        return
    if is_verb(words[1]) and words[1].exact not in _SELF_ASKS and not WEEKDAY.at(words, 1):
        add(casting, Named((casting.speaker,), 0, 1), Part.LEAD, 0)
        order(casting, 0, 1)


def _walk(casting: Casting, slot: Slot | None, taken: frozenset[int]) -> None:
    """Go over the words, skipping each word that starts no name and no slot."""
    words, firsts, mentions = casting.sentence.words, casting.roster.firsts, casting.mentions
    place = 0
    while place < casting.sentence.length:
        folded = words[place].folded
        if place in taken:
            slot, place = None, place + 1
        elif folded in _FIRSTS or folded in firsts or mentions:
            slot, place = _step(casting, slot, place, folded)
        else:
            slot, place = slot and hold(slot, place), place + 1


def _step(casting: Casting, slot: Slot | None, place: int, folded: str) -> tuple[Slot | None, int]:
    if folded not in _NAMEABLE and folded not in casting.roster.firsts and not casting.mentions:
        return open_slot(casting, slot, place)
    in_slot = slot is not None and slot.at == place
    asked = in_slot and not (slot and slot.part is Part.REPORT_TO and folded in NAMES_AS_WORDS)
    named = named_at(casting, place, asked)
    if named:
        after = cast(casting, named, place, slot if in_slot else None)
        return list_on(casting, slot if in_slot else None, after), after
    return open_slot(casting, slot, place)
