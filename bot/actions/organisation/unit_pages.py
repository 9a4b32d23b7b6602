"""The tree of units as it is read: a unit with its people and posts, and finding one by its names."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.actions.office import Office
from bot.actions.organisation.people import tidy
from bot.folding import fold, words
from bot.refusals import No, Refusal
from bot.rules.organisation.escalation import way_up
from storage.organisation import people, units
from storage.records import Member, Role, Unit

_BELOW = re.compile("[>›]")


@dataclass(frozen=True)
class UnitPage:
    """A unit as it stands: those above it from the top, those right below, its people and posts.

    `present` and `posts` count the unit alone, `present_below` and `posts_below` with all below it;
    posts are None where nobody said how many there are.
    """

    unit: Unit
    above: tuple[Unit, ...]
    children: tuple[Unit, ...]
    heads: tuple[Member, ...]
    deputies: tuple[Member, ...]
    leaders: tuple[Member, ...]
    in_charge: tuple[Member, ...]
    present: int
    present_below: int
    posts_below: int | None
    names: Mapping[int, str]
    """The names of all living units, for what each leader is in charge of."""


async def tops(office: Office) -> list[Unit]:
    """Return the units at the top of the tree, the office's own before bodies outside."""
    known = await units.living(office.db)
    return sorted((one for one in known if one.parent_id is None), key=lambda one: one.outside)


async def page(office: Office, unit_id: int) -> UnitPage:
    """Return a living unit's page; refuses UNIT_GONE."""
    known = {one.id: one for one in await units.living(office.db)}
    unit = known.get(unit_id)
    if unit is None:
        raise Refusal(No.UNIT_GONE)
    members = await people.of_units(office.db, [unit_id])
    own = [one for one in members if any(post.unit_id == unit_id for post in one.roles)]
    counted = await people.counted_by_unit(office.db)
    below = [one for one in known.values() if unit_id in way_up([one.id], known)]
    posts = [one.headcount for one in below if one.headcount is not None]
    heads = with_role(own, unit_id, Role.HEAD)
    leaders = with_role(own, unit_id, Role.LEADER)
    return UnitPage(
        unit=unit,
        above=tuple(known[one] for one in reversed(way_up([unit_id], known)[1:])),
        children=tuple(one for one in known.values() if one.parent_id == unit_id),
        heads=heads,
        deputies=tuple(one for one in own if is_deputy(one) and one not in (*heads, *leaders)),
        leaders=leaders,
        in_charge=tuple(one for one in members if unit_id in one.charges),
        present=counted.get(unit_id, 0),
        present_below=sum(counted.get(one.id, 0) for one in below),
        posts_below=sum(posts) if posts else None,
        names={one.id: one.name for one in known.values()},
    )


async def beside(office: Office, unit: Unit) -> list[Unit]:
    """Return the units at the same place as one."""
    known = await units.living(office.db)
    return [
        one
        for one in known
        if one.id != unit.id and (one.parent_id, one.outside) == (unit.parent_id, unit.outside)
    ]


async def people_of(office: Office, unit_id: int) -> list[Member]:
    """Return who has a post in a unit, by name."""
    members = await people.of_units(office.db, [unit_id])
    own = [one for one in members if any(post.unit_id == unit_id for post in one.roles)]
    return sorted(own, key=lambda one: (one.folded.split()[-1], one.folded))


async def named(office: Office, said: str) -> list[Unit]:
    """Return the living units that words name: by name, short or former name, else by their words.

    "Đảng ủy phường A › Văn phòng" tells two of one name apart.
    """
    known = {one.id: one for one in await units.living(office.db)}
    *above, last = map(tidy, _BELOW.split(said))
    wanted, asked = fold(last), set(words(last))
    found = [one for one in known.values() if wanted in map(fold, _names(one))]
    if not found and asked:
        found = [one for one in known.values() if _has_words(one, asked)]
    for name in above:
        over = {one.id for one in known.values() if fold(name) in map(fold, _names(one))}
        found = [one for one in found if not over.isdisjoint(way_up([one.id], known)[1:])]
        right_below = [one for one in found if one.parent_id in over]
        found = right_below if name == above[-1] and right_below else found
    return found


async def one_named(office: Office, said: str) -> Unit:
    """Return the one unit that words name; refuses NO_UNIT_READ with those it could be."""
    found = await named(office, said)
    if len(found) != 1:
        raise Refusal(No.NO_UNIT_READ, names=list((await told_apart(office, found)).values()))
    return found[0]


async def told_apart(office: Office, found: Sequence[Unit]) -> dict[int, str]:
    """Return units' names by id, with the unit above before one that another of them has as well."""
    called = Counter(one.folded for one in found)
    over = await units.names(office.db, [one.parent_id for one in found if one.parent_id])
    return {
        one.id: f"{over[one.parent_id]} › {one.name}"
        if called[one.folded] > 1 and one.parent_id
        else one.name
        for one in found
    }


def with_role(members: Sequence[Member], unit_id: int, role: Role) -> tuple[Member, ...]:
    return tuple(
        one for one in members if any((p.role, p.unit_id) == (role, unit_id) for p in one.roles)
    )


def is_deputy(member: Member) -> bool:
    """Tell a deputy by their position: "Phó Trưởng phòng"; there is no role of that name."""
    return fold(member.position).startswith("pho ")


def _has_words(unit: Unit, asked: set[str]) -> bool:
    return any(asked <= set(words(name)) for name in _names(unit))


def _names(unit: Unit) -> tuple[str, ...]:
    return (unit.name, *unit.short_names, *unit.former_names)
