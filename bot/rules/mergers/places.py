"""The places and names of units in the tree after some are merged, split or dissolved."""

from collections.abc import Collection, Mapping

from bot.folding import fold
from bot.rules.mergers.wish import ENDING, TAKING_OVER, Doubt, Kind, Remark, Wish
from bot.rules.organisation.escalation import way_up
from storage.records import Unit

Child = tuple[int, int | None, str]
"""A unit that moves in the tree: its id, its parent from now on (None: the new unit), its name."""


def loops(unit_id: int, parent_id: int | None, units: Mapping[int, Unit]) -> bool:
    """Tell whether a unit would be below itself under that parent."""
    return parent_id is not None and unit_id in way_up([parent_id], units)


def parent_of(wish: Wish, units: Mapping[int, Unit]) -> int | None:
    """Return the parent of the unit that takes over: never a unit that ends, nor one below it."""
    start = wish.into_id if wish.into_id is not None else wish.units[0]
    own = units[start].parent_id
    if wish.kind not in ENDING:
        return own
    if wish.kind is Kind.DISSOLVE and units[wish.units[0]].parent_id is not None:
        return units[wish.units[0]].parent_id if own in wish.units else own
    ending = _below(wish.units, units)
    if wish.into_id is not None and wish.into_id not in ending:
        return own
    return next((one for one in way_up([start], units)[1:] if one not in ending), None)


def children_of(
    wish: Wish, units: Mapping[int, Unit], parent_id: int | None, remarks: list[Remark]
) -> tuple[Child, ...]:
    """Return the units below those that end, and add remarks on new names and places.

    If two units would have the same name, the second one gets the name of its former parent in brackets.
    """
    if wish.kind not in ENDING:
        return ()
    _lifted(wish, units, parent_id, remarks)
    above, gone = _above_children(wish, units), {*wish.units, wish.into_id}
    staying = [one for one in units.values() if one.parent_id == above and above is not None]
    taken = {one.folded for one in staying if one.id not in gone}
    found: list[Child] = []
    for one in units.values():
        if one.parent_id not in wish.units or one.id in gone:
            continue
        name = one.name
        if one.folded in taken:
            name = f"{one.name} ({units[one.parent_id].name})"
            remarks.append(Remark(Doubt.RENAMED, (one.name, name)))
        taken.add(fold(name))
        found.append((one.id, above, name))
    return tuple(found)


def _above_children(wish: Wish, units: Mapping[int, Unit]) -> int | None:
    """Return the new parent of the units below: the unit that takes over, or the parent of a dissolved unit."""
    if wish.kind is Kind.DISSOLVE:
        return units[wish.units[0]].parent_id or wish.into_id
    return wish.into_id


def _lifted(
    wish: Wish, units: Mapping[int, Unit], parent_id: int | None, remarks: list[Remark]
) -> None:
    """Add a remark if the unit that takes over gets another parent, because its own one ends."""
    target = units.get(wish.into_id or 0)
    if target is not None and target.parent_id != parent_id:
        higher = (units[parent_id].name,) if parent_id in units and parent_id is not None else ()
        remarks.append(Remark(Doubt.LIFTED, (target.name, *higher)))


def name_taken(wish: Wish, units: Mapping[int, Unit], parent_id: int | None) -> list[Remark]:
    """Return a remark if another unit under the same parent has the name."""
    target = units.get(wish.into_id or 0)
    name = fold(target.name if target else wish.name)
    gone = {*(wish.units if wish.kind in ENDING else ()), wish.into_id}
    beside = [one for one in units.values() if one.parent_id == parent_id and one.id not in gone]
    return [Remark(Doubt.NAME_TAKEN, (one.name,)) for one in beside if one.folded == name]


def former_names(wish: Wish, units: Mapping[int, Unit], remarks: list[Remark]) -> tuple[str, ...]:
    """Return the further names of the unit that takes over: those of the units that end.

    A name that another unit has as its short name is dropped, with a remark.
    """
    if wish.kind not in TAKING_OVER:
        return ()
    target = units.get(wish.into_id or 0)
    own = [target.name, *target.short_names, *target.former_names] if target else [wish.name]
    known = {fold(name) for name in own}
    others = [one for one in units.values() if one.id not in {*wish.units, wish.into_id}]
    taken = {fold(name) for one in others for name in one.short_names}
    found: dict[str, str] = {}
    for one in (units[unit_id] for unit_id in wish.units):
        for name in (one.name, *one.short_names, *one.former_names):
            if fold(name) in taken:
                remarks.append(Remark(Doubt.SHORT_TAKEN, (name,)))
            elif fold(name) not in known:
                found.setdefault(fold(name), name)
    return tuple(found.values())


def _below(unit_ids: Collection[int], units: Mapping[int, Unit]) -> set[int]:
    return {one for one in units if not set(way_up([one], units)).isdisjoint(unit_ids)}
