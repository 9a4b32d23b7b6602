"""The parts given so far while walking over a sentence, and the rules for giving them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.language.names.naming import Named
from bot.language.names.roster import Roster, RosterPerson, in_unit
from bot.language.names.units import NamedUnits, RosterUnit
from bot.language.readings import Mentions, Part, PersonReading, Span, UnitReading, Unsure, Why
from bot.language.text.verbs import is_verb
from bot.language.text.words import Sentence

BREAKS = frozenset(",;.:()-–!?•*") | {""}
"""Signs after which a clause starts."""


def has_lead(people: Sequence[PersonReading], units: Sequence[UnitReading]) -> bool:
    """Tell whether a person or a unit leads."""
    for person in people:
        if person.part is Part.LEAD:
            return True
    return any(unit.part is Part.LEAD for unit in units)


@dataclass(slots=True)
class Slot:
    """A word that asks for a name: its part, its place, and the place where the name must start."""

    part: Part
    start: int
    at: int
    asks: bool = True
    """Opened by a word such as "giao", not by a list that continues."""


@dataclass(slots=True)
class Casting:
    sentence: Sentence
    roster: Roster
    speaker: RosterPerson | None
    mentions: Mentions
    alone: bool
    is_led: bool
    people: list[PersonReading] = field(default_factory=list)
    units: list[UnitReading] = field(default_factory=list)
    unsure: list[Unsure] = field(default_factory=list)
    places: set[int] = field(default_factory=set)
    orders: list[Span] = field(default_factory=list)
    free: Named | NamedUnits | None = None
    free_start: int = 0
    last: tuple[Part | None, int] = (None, -9)
    wants: bool = False
    """The lead at the start of a clause only wants something."""
    unasked: int | None = None
    """The key (0 if unknown) of a lead that was chosen only because the name starts a clause."""

    @property
    def has_lead(self) -> bool:
        return self.is_led or (
            bool(self.people or self.units) and has_lead(self.people, self.units)
        )

    def give_way(self) -> None:
        """Remove a lead that was chosen only because the name starts a clause: "giao ..." names another one."""
        if self.unasked is not None:
            self.people = [one for one in self.people if (one.key or 0) != self.unasked]
            self.unsure = [one for one in self.unsure if one.why is not Why.NOT_IN_ROSTER]
            self.unasked = None


def order(casting: Casting, start: int, after: int) -> None:
    casting.orders.append(casting.sentence.span(start, after))


def settle_free(casting: Casting) -> None:
    """If nobody leads, make the first name without a part the lead, or else the follower."""
    if casting.has_lead:
        return
    follower = next((one for one in casting.people if one.part is Part.FOLLOW), None)
    free = casting.free
    if isinstance(free, Named) or (free is not None and _is_followed_by_verb(casting, free.after)):
        add(casting, free, Part.LEAD, casting.free_start)
        order(casting, casting.free_start, free.after)
    elif follower:
        casting.people.remove(follower)
        lead = PersonReading(follower.key, follower.name, Part.LEAD, follower.span)
        casting.people.append(lead)


def _is_followed_by_verb(casting: Casting, place: int) -> bool:
    return is_verb(casting.sentence.words[place])


def add(
    casting: Casting, named: Named | NamedUnits, part: Part, place: int, firmly: bool = False
) -> None:
    """Give a named person or unit a part; `firmly`: a person leads for a unit that leads."""
    span = casting.sentence.span(place, named.after)
    if isinstance(named, NamedUnits):
        _add_units(casting, named, part, span)
    else:
        _add_people(casting, named, part, span, firmly)


def _add_people(casting: Casting, named: Named, part: Part, span: Span, firmly: bool) -> None:
    if named.unknown is not None:
        casting.people.append(PersonReading(None, named.unknown, _one_lead(casting, part), span))
        casting.unsure.append(Unsure("people", Why.NOT_IN_ROSTER, (), span))
        return
    if named.all_of_them:
        casting.people += [PersonReading(p.key, p.name, part, span) for p in named.people]
        return
    if not firmly or has_lead(casting.people, ()):
        part = _one_lead(casting, part)
    ranked = sorted(named.people, key=lambda p: not _near(casting, p))
    readings = tuple(PersonReading(p.key, p.name, part, span) for p in ranked)
    if any(one.key == readings[0].key for one in casting.people):
        return
    casting.people.append(readings[0])
    if len(readings) > 1:
        casting.unsure.append(Unsure("people", Why.NAMESAKES, readings, span))


def _near(casting: Casting, person: RosterPerson) -> bool:
    """Tell whether a person belongs to the speaker's unit."""
    speaker = casting.speaker
    return speaker is not None and (person.unit, person.unit_key) == (
        speaker.unit,
        speaker.unit_key,
    )


def _one_lead(casting: Casting, part: Part) -> Part:
    return Part.SUPPORT if part is Part.LEAD and casting.has_lead else part


def _add_units(casting: Casting, named: NamedUnits, part: Part, span: Span) -> None:
    known = {one.key for one in casting.units}
    if named.all_of_them:
        units = [unit for unit in named.units if unit.key not in known]
        casting.units += [UnitReading(unit.key, unit.name, part, span) for unit in units]
        return
    part = _one_lead(casting, part)
    ranked = sorted(named.units, key=lambda u: not _is_speakers(casting, u))
    readings = tuple(UnitReading(unit.key, unit.name, part, span) for unit in ranked)
    if readings[0].key in known:
        return
    casting.units.append(readings[0])
    own = [unit for unit in ranked if _is_speakers(casting, unit)]
    if len(readings) > 1 and len(own) != 1:
        casting.unsure.append(Unsure("units", Why.NAMESAKES, readings, span))


def _is_speakers(casting: Casting, unit: RosterUnit) -> bool:
    speaker = casting.speaker
    return speaker is not None and in_unit(speaker, unit, casting.roster)
