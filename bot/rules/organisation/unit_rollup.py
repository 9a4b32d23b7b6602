"""Rolls the figures of units up to one level of the tree, for a reader who descends step by step."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from operator import add

from storage.records import Counts, Group, Unit


def at_level(
    groups: Iterable[Group],
    units: Mapping[int, Unit],
    under: int | None,
    seen: Collection[int] | None,
) -> list[Group]:
    """Return a group for each unit right below `under` (None: at the top), with the figures of all units below it.

    The figures of `under` itself are a separate group. `seen` are the units that the reader may see (None:
    all); figures are not rolled up beyond them. If the top is a single unit, the level below it is returned.
    """
    found = list(groups)
    lifted = _lifted(found, units, under, seen)
    tops = [one for one in lifted if isinstance(one.key, int) and not _is_outside(one.key, units)]
    if under is None and len(tops) == 1 and len(found) > len(lifted):
        return _lifted(found, units, int(tops[0].key or 0), seen)
    return lifted


def apart(units: Collection[tuple[int, str, str]]) -> dict[int, str]:
    """Return the name of each unit. If several have the same name, the name of the unit above is added.

    A unit is given as its id, its name and the name of the unit above it, "" at the top.
    """
    many = Counter(name for _, name, _ in units)
    return {
        key: f"{name} · {above}" if many[name] > 1 and above else name for key, name, above in units
    }


def _lifted(
    groups: list[Group],
    units: Mapping[int, Unit],
    under: int | None,
    seen: Collection[int] | None,
) -> list[Group]:
    by_top: dict[int | None, list[Group]] = {}
    for one in groups:
        key = one.key if isinstance(one.key, int) else None
        by_top.setdefault(_top(key, units, under, seen), []).append(one)
    return [_whole(top, parts, units) for top, parts in by_top.items()]


def _top(
    key: int | None,
    units: Mapping[int, Unit],
    under: int | None,
    seen: Collection[int] | None,
) -> int | None:
    while key is not None and key != under:
        above = units[key].parent_id if key in units else None
        if above is None or above == under or (seen is not None and above not in seen):
            break
        key = above
    return key


def _whole(top: int | None, parts: list[Group], units: Mapping[int, Unit]) -> Group:
    unit = units.get(top or 0)
    own = next((one for one in parts if one.key == top), parts[0])
    above = units.get(unit.parent_id or 0) if unit else None
    name, higher = (unit.name, above.name if above else None) if unit else (own.name, own.above)
    return Group(**reduce(add, parts, Counts()).model_dump(), key=top, name=name, above=higher)


def _is_outside(key: int, units: Mapping[int, Unit]) -> bool:
    return key not in units or units[key].outside
