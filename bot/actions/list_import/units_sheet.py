"""The units as they stand, as lines of a list: taken in again as it is, it changes nothing."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.actions.admins import check_admin
from bot.actions.office import Office
from bot.actions.organisation.unit_pages import is_deputy, with_role
from bot.rules.organisation.escalation import way_up
from bot.rules.rights import Standpoint
from storage.organisation import people, units
from storage.records import Member, Role, Unit

BELOW = " > "


class UnitRow(NamedTuple):
    """A unit's cells, in the order of the list's columns."""

    name: str
    short_names: str
    former_names: str
    above: str
    head: str
    deputies: str
    posts: int | None


async def rows(office: Office, who: Standpoint) -> list[UnitRow]:
    """Return the office's own units, each after what is above it; refuses NOT_ALLOWED."""
    check_admin(who)
    known = {one.id: one for one in await units.living(office.db)}
    members = defaultdict(list)
    for member in await people.living(office.db):
        for unit_id in {post.unit_id for post in member.roles}:
            members[unit_id].append(member)
    own = [one for one in known.values() if not one.outside]
    return [
        _row(one, known, members[one.id]) for one in sorted(own, key=lambda one: _path(one, known))
    ]


def _row(unit: Unit, known: Mapping[int, Unit], here: Sequence[Member]) -> UnitRow:
    times = Counter(one.name for one in here)
    named = [one for one in here if times[one.name] == 1]
    heads = with_role(here, unit.id, Role.HEAD)
    above = known.get(unit.parent_id or 0)
    return UnitRow(
        name=unit.name,
        short_names="; ".join(unit.short_names),
        former_names="; ".join(unit.former_names),
        above=BELOW.join(_path(above, known)) if above else "",
        head=heads[0].name if len(heads) == 1 and heads[0] in named else "",
        deputies="; ".join(_deputy(one, known) for one in named if is_deputy(one)),
        posts=unit.headcount,
    )


def _deputy(person: Member, known: Mapping[int, Unit]) -> str:
    charges = [BELOW.join(_path(known[one], known)) for one in person.charges if one in known]
    return f"{person.name}: {', '.join(charges)}" if charges else person.name


def _path(unit: Unit, known: Mapping[int, Unit]) -> tuple[str, ...]:
    way = reversed(way_up([unit.id], known))
    return tuple(known[one].name for one in way if one in known)
