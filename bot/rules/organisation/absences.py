"""Who stands in for somebody who is away (xử lý thay), and who may say so."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.rules.organisation.escalation import Hierarchy, way_up
from bot.rules.rights import Standpoint
from storage.records import Member, Role, Unit


@dataclass(frozen=True)
class Away:
    """Somebody who is away today, from a day until a day, both with it.

    `stand_ins` are those who could stand in, the one who does first; with nobody, everything waits
    for the person themselves. `names` are theirs.
    """

    since: date
    until: date
    stand_ins: tuple[int, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def stand_in(self) -> int | None:
        return self.stand_ins[0] if self.stand_ins else None


def stand_ins(
    person_id: int, away: Mapping[int, int | None], above: Callable[[int], Iterable[int]]
) -> list[int]:
    """Return who could stand in for somebody, the likelier first; all of them are here.

    `away` are all who are away with the deputy named, if any. A deputy who is away is stood in for by
    their own deputy, and so on; where that leads to nobody or in a circle, those `above` the person
    stand in, the nearer first, and for one who is away in their turn their own deputy.
    """
    named = _follow(person_id, away)
    higher = (one if one not in away else _follow(one, away) for one in above(person_id))
    found = dict.fromkeys(one for one in (named, *higher) if one not in {None, person_id})
    return [one for one in found if one is not None]


def _follow(person_id: int, away: Mapping[int, int | None]) -> int | None:
    """Return who is here at the end of the deputies named; None where it ends in nobody."""
    met: set[int] = set()
    one: int | None = person_id
    while one is not None and one in away:
        if one in met:
            return None
        met.add(one)
        one = away[one]
    return one


def superiors(
    person: Member, members: Collection[Member], units: Mapping[int, Unit]
) -> Sequence[int]:
    """Return who is above a person, the nearer first: in each unit on the way to the top of the tree
    its heads, the leaders in charge of it, then the leaders who sit in it."""
    levels = Hierarchy.of(members, units).levels(post.unit_id for post in person.roles)
    return [one for level in levels for one in level if one != person.id]


def may_stand_in(deputy: Member, person: Member, units: Mapping[int, Unit]) -> bool:
    """Somebody else of the same body: what one body works on is no other's to see.

    Who leads the whole office may stand in for anybody; who looks after the settings alone for nobody.
    """
    if deputy.id == person.id:
        return False
    if any(post.role is Role.LEADER and post.unit_id is None for post in deputy.roles):
        return True
    theirs = _tops(deputy, units)
    return bool(theirs) and (
        not _tops(person, units) or not theirs.isdisjoint(_tops(person, units))
    )


def _tops(person: Member, units: Mapping[int, Unit]) -> set[int]:
    """Return the bodies somebody belongs to: the tops of the tree above their units."""
    return {
        unit_id
        for unit_id in way_up([post.unit_id for post in person.roles], units)
        if unit_id not in units or units[unit_id].parent_id is None
    }


def may_enter(who: Standpoint, person: Member, deputy_id: int | None) -> bool:
    """Anyone for themselves; who looks after the person's unit, and an admin, for somebody else.

    A leader's absence is entered by a leader above alone, or by an admin; and nobody makes themselves
    somebody's deputy by being an admin: settings are no key to the tasks.
    """
    if person.id == who.person_id:
        return True
    is_leader = any(post.role is Role.LEADER for post in person.roles)
    above = who.leads_above if is_leader else who.looks_after
    if any(above(post.unit_id) for post in person.roles):
        return True
    return Role.ADMIN in who.roles and deputy_id != who.person_id
