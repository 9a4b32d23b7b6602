"""Who stands in for a person who is away (xử lý thay), and who may enter an absence."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.rules.organisation.escalation import Hierarchy, way_up
from bot.rules.rights import Standpoint
from storage.records import Member, Role, Unit


@dataclass(frozen=True)
class Away:
    """The absence of a person who is away today, from `since` until `until`, both included.

    `stand_ins` are the people who could stand in; the first one does. If there are none, everything waits
    for the person themselves. `names` are the names of the `stand_ins`.
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
    """Return the people who could stand in for a person, the first choice first; none of them is away.

    `away` maps each person who is away to their named deputy, if any. A deputy who is away is replaced by
    their own deputy, and so on. Then follow those `above` the person, the nearer first; one of these who is
    away is replaced by their deputy in the same way. If the named deputies end in nobody or in a circle,
    those above are the only choice.
    """
    named = _follow(person_id, away)
    higher = (one if one not in away else _follow(one, away) for one in above(person_id))
    found = dict.fromkeys(one for one in (named, *higher) if one not in {None, person_id})
    return [one for one in found if one is not None]


def _follow(person_id: int, away: Mapping[int, int | None]) -> int | None:
    """Follow the chain of named deputies to the first who is not away; None if it ends in nobody or in a circle."""
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
    """Return the people above a person, the nearer first.

    In each unit on the way to the top of the tree these are its heads, the leaders in charge of it, then the
    leaders who sit in it. The leaders of the whole office come last.
    """
    levels = Hierarchy.of(members, units).levels(post.unit_id for post in person.roles)
    return [one for level in levels for one in level if one != person.id]


def may_stand_in(deputy: Member, person: Member, units: Mapping[int, Unit]) -> bool:
    """Tell whether `deputy` may stand in for `person`: another person of the same body.

    One body may not see the work of another. A leader of the whole office may stand in for anybody. A person
    who is only an admin may stand in for nobody.
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
    """Return the bodies a person belongs to: the units at the top of the tree above their own units."""
    return {
        unit_id
        for unit_id in way_up([post.unit_id for post in person.roles], units)
        if unit_id not in units or units[unit_id].parent_id is None
    }


def may_enter(who: Standpoint, person: Member, deputy_id: int | None) -> bool:
    """Tell whether a person may enter an absence: their own, or as an overseer of the person's unit or an admin.

    Only a leader above or an admin may enter a leader's absence. Admins may not make themselves the deputy:
    the right to change settings gives no access to tasks.
    """
    if person.id == who.person_id:
        return True
    is_leader = any(post.role is Role.LEADER for post in person.roles)
    above = who.leads_above if is_leader else who.looks_after
    if any(above(post.unit_id) for post in person.roles):
        return True
    return Role.ADMIN in who.roles and deputy_id != who.person_id
