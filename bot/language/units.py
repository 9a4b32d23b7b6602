"""Units of the office's own tree, by name, short name or initials: "phòng TH", "P. Tổng hợp"."""

from bot.language.people import NameIndex, Roster, RosterUnit
from bot.language.readings import Part, UnitReading
from bot.language.words import Sentence, any_of

_SUPPORT = any_of("phối hợp|phối hợp với|cùng|với")


def unit_index(roster: Roster) -> NameIndex[RosterUnit]:
    """Return the roster's units by every name people use for them."""
    index: NameIndex[RosterUnit] = NameIndex()
    for unit in roster.units:
        for name in (unit.name, *unit.short_names):
            index.add(name, unit)
    return index


def find_units(sentence: Sentence, roster: Roster) -> tuple[UnitReading, ...]:
    """Find the units a sentence names, and what part each has in the task."""
    index = unit_index(roster)
    found: list[UnitReading] = []
    place, part = 0, Part.LEAD
    while place < sentence.length:
        named = index.at(sentence.words, place)
        if _SUPPORT.at(sentence.words, place):
            part = Part.SUPPORT
        if named:
            (unit, *_), after = named
            found.append(UnitReading(unit.key, unit.name, part, sentence.span(place, after)))
            place = after
        else:
            place += 1
    return tuple(found)
