"""The people and units of an office that a sentence may name, indexed by their names."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.language.names.names import NameIndex
from bot.language.names.units import RosterUnit, UnitIndex

_SHORT_POSITIONS = {
    "chánh văn phòng": ("cvp", "chánh vp"),
    "phó chánh văn phòng": ("pcvp", "phó chánh vp", "phó cvp", "p.cvp"),
    "trưởng phòng": ("tp", "trg phòng", "tr. phòng"),
    "phó trưởng phòng": ("ptp", "phó phòng", "phó tp"),
    "phó bí thư thường trực": ("pbt thường trực", "pbt tt", "pbttt", "phó bí thư tt"),
    "chủ nhiệm ủy ban kiểm tra": ("chủ nhiệm ubkt", "cn ubkt"),
    "trưởng ban xây dựng đảng": ("trưởng ban xdđ", "trưởng bxdđ", "tb xdđ"),
    "chánh văn phòng đảng ủy": ("cvp đu", "cvp đảng ủy", "chánh vp đảng ủy", "chánh vp đu"),
}


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """`unit` is the name of the person's unit; `aliases` are other names people use."""

    key: int
    name: str
    position: str = ""
    unit: str = ""
    username: str | None = None
    telegram_id: int | None = None
    aliases: tuple[str, ...] = ()
    unit_key: int | None = None
    """The key of the unit, which distinguishes units with the same name."""


@dataclass(frozen=True)
class Roster:
    """The people and units a sentence may name. Build it once after each change of the office."""

    people: tuple[RosterPerson, ...] = ()
    units: tuple[RosterUnit, ...] = ()
    named: "PersonIndex" = field(init=False, repr=False, compare=False)
    unit_names: UnitIndex = field(init=False, repr=False, compare=False)
    by_key: dict[int, RosterPerson] = field(init=False, repr=False, compare=False)
    unit_by_key: dict[int, RosterUnit] = field(init=False, repr=False, compare=False)
    firsts: frozenset[str] = field(init=False, repr=False, compare=False)
    """The folded first word of every name of a person, a position or a unit."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "named", PersonIndex(self.people))
        object.__setattr__(self, "unit_names", UnitIndex(self.units))
        indexes = (
            self.named.by_name,
            self.named.by_position,
            self.unit_names.by_name,
        )
        firsts = frozenset(first for index in indexes for first in index.firsts())
        object.__setattr__(self, "firsts", firsts)
        object.__setattr__(self, "unit_by_key", {unit.key: unit for unit in self.units})
        object.__setattr__(self, "by_key", {person.key: person for person in self.people})


class PersonIndex:
    """People by name, username, Telegram account and position."""

    def __init__(self, people: Sequence[RosterPerson]) -> None:
        self.by_name: NameIndex[RosterPerson] = NameIndex()
        self.by_position: NameIndex[RosterPerson] = NameIndex()
        self.by_username = {p.username.lstrip("@").lower(): p for p in people if p.username}
        self.by_telegram = {p.telegram_id: p for p in people if p.telegram_id is not None}
        for person in people:
            self.by_name.add_endings(person.name, person)
            self.by_name.add_all(person.aliases, person)
            if person.position:
                shorts = _SHORT_POSITIONS.get(person.position.lower(), ())
                self.by_position.add_all((person.position, *shorts), person)
        self.firsts = frozenset((*self.by_name.firsts(), *self.by_position.firsts()))
        """The folded first word of every name and position."""


def in_unit(person: RosterPerson, unit: RosterUnit, roster: Roster) -> bool:
    """Tell whether a person belongs to a unit or to one below it."""
    if person.unit_key is None and person.unit == unit.name:
        return True
    if person.unit_key is not None:
        own = roster.unit_by_key.get(person.unit_key)
    else:
        own = next((one for one in roster.units if one.name == person.unit), None)
    for _ in range(len(roster.units)):
        if own is None:
            return False
        if own.key == unit.key:
            return True
        above = own.parent
        own = next((one for one in roster.units if above and one.name == above), None)
    return False
