"""The levels above a person: who receives results if nobody was named, and who hears of a red task step by step."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from bot.rules.organisation.unit_rollup import apart
from storage.records import Member, Role, Unit

_HEADING = frozenset({Role.HEAD, Role.LEADER})


def level_above(member: Member, units: Mapping[int, Unit]) -> Unit | None:
    """Return the unit whose leaders receive a person's results.

    This is their own unit, or the unit above if they head their own. None at the top of the tree, and for a
    person without a unit.
    """
    own = units.get(member.unit_id or 0)
    if own is None:
        return None
    heads = any(post.unit_id == own.id and post.role in _HEADING for post in member.roles)
    return units.get(own.parent_id or 0) if heads else own


@dataclass(frozen=True)
class Hierarchy:
    """The people above each unit of the tree. Built once and queried often."""

    units: Mapping[int, Unit]
    heads: Mapping[int | None, tuple[int, ...]] = field(default_factory=dict)
    in_charge: Mapping[int | None, tuple[int, ...]] = field(default_factory=dict)
    leaders: Mapping[int | None, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, members: Collection[Member], units: Mapping[int, Unit]) -> "Hierarchy":
        posts = [(post.role, post.unit_id, one.id) for one in members for post in one.roles]
        heads = [(unit_id, one) for role, unit_id, one in posts if role is Role.HEAD]
        leaders = [(unit_id, one) for role, unit_id, one in posts if role is Role.LEADER]
        charges = [(unit_id, one.id) for one in members for unit_id in one.charges]
        return cls(units, _grouped(heads), _grouped(charges), _grouped(leaders))

    @property
    def called(self) -> dict[int, str]:
        """The name of each unit, extended where several units have the same name."""
        names = {key: one.name for key, one in self.units.items()}
        return apart(
            [(key, one.name, names.get(one.parent_id or 0, "")) for key, one in self.units.items()]
        )

    def levels(self, unit_ids: Iterable[int | None]) -> list[tuple[int, ...]]:
        """Return the people above these units, the nearer level first, nobody twice.

        In each unit on the way to the top of the tree the levels are its heads, the leaders in charge of it,
        then the leaders who sit in it. The leaders of the whole office are the last level.
        """
        found: list[tuple[int, ...]] = []
        met: set[int] = set()
        way = way_up(unit_ids, self.units)
        groups = [group.get(unit, ()) for unit in way for group in self._groups]
        for group in (*groups, self.leaders.get(None, ())):
            fresh = tuple(one for one in group if one not in met)
            met |= set(fresh)
            found += [fresh] if fresh else []
        return found

    @property
    def all_leaders(self) -> set[int]:
        """Everybody who is a leader of a unit or of the whole office."""
        return {one for group in self.leaders.values() for one in group}

    @property
    def _groups(self) -> tuple[Mapping[int | None, tuple[int, ...]], ...]:
        return self.heads, self.in_charge, self.leaders


def way_up(unit_ids: Iterable[int | None], units: Mapping[int, Unit]) -> list[int]:
    """Return these units and all units above them, the nearer first. The way stops at a unit not in `units`."""
    way: dict[int, None] = {}
    for below in unit_ids:
        unit_id = below
        while unit_id is not None and unit_id not in way:
            way[unit_id] = None
            unit_id = units[unit_id].parent_id if unit_id in units else None
    return list(way)


def further_up(
    levels: list[tuple[int, ...]], leads: Collection[int], decide: Collection[int]
) -> list[tuple[int, ...]]:
    """Return the levels above all who were told that a task is red: the nearest level and the deciders.

    `decide` are the task's assigner and decider. If none of them is on the way up, the nearest level above
    the leads counts as the last one told.
    """
    above = [tuple(one for one in level if one not in leads) for level in levels]
    above = [level for level in above if level]
    told = [n for n, level in enumerate(above) if not set(decide).isdisjoint(level)]
    rest = above[max([0, *told]) + 1 :]
    fresh = [tuple(one for one in level if one not in decide) for level in rest]
    return [level for level in fresh if level]


def _grouped(pairs: Iterable[tuple[int | None, int]]) -> dict[int | None, tuple[int, ...]]:
    found: dict[int | None, tuple[int, ...]] = {}
    for unit_id, person_id in pairs:
        found[unit_id] = (*found.get(unit_id, ()), person_id)
    return found
