"""Where the units that a list of people names stand in the tree.

A unit is known by its place: the folded names from the top of the tree down to it, since every
committee has a Văn phòng. A list names a unit by its name alone or by a path: "Đảng ủy A > Văn phòng".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.actions.list_import.people_file import Line, Wrong
from bot.folding import fold, words
from storage.records import Unit

Place = tuple[str, ...]
TOP: Place = ()
_BELOW = ">"
_BRACKET = re.compile(r"\([^()]*\)")
_DEEPEST = 20


@dataclass(frozen=True)
class PlacedLine:
    """A line with the place of its unit, and the unit's id if there is one already."""

    line: Line
    place: Place
    unit_id: int | None


class Unplaced(Exception):  # noqa: N818 - becomes a problem of a line
    """A name does not say which unit is meant."""

    def __init__(self, kind: Wrong) -> None:
        super().__init__(kind)
        self.kind = kind


class Places:
    """The units of the office and those that the lines of a file add to them."""

    def __init__(self, units: Sequence[Unit], lines: Iterable[Line]) -> None:
        self.known = known_places(units)
        self.names: dict[Place, str] = {}
        self._parents: dict[Place, set[Place]] = {}
        for line in lines:
            if line.unit and line.parent_unit is not None:
                above = _path(line.parent_unit) if line.parent_unit else TOP
                self._parents.setdefault(_path(line.unit), set()).add(above)
        self._known_by_name = _by_name(self.known)
        self._declared_by_name = _by_name(self._parents)
        self._resolved: dict[Place, Place] = {}
        self._all_by_name = _by_name({*self.known, *self._declared()})

    def of(self, line: Line) -> Place:
        """Return the place of a line's unit; raises Unplaced."""
        unit = _path(line.unit)
        if line.parent_unit is None:
            found = _one(unit, self._known_by_name[unit[-1]])
            return self._written(found or unit, line.unit)
        if not line.parent_unit:
            return self._written(unit, line.unit)
        above = self._parent(_path(line.parent_unit))
        if _ends(above, unit):
            raise Unplaced(Wrong.UNIT_LOOP)
        self._written(above, line.parent_unit)
        return self._written((*above, *unit), line.unit)

    def charge(self, name: str, own: Place) -> Place:
        """Return the unit a person is in charge of, one below their own first; raises Unplaced."""
        unit = _path(name)
        places = self._all_by_name[unit[-1]]
        below = {place for place in places if place[: len(own)] == own and place != own}
        found = _one(unit, below) or _one(unit, places)
        if found is None:
            raise Unplaced(Wrong.NO_SUCH_UNIT)
        return found

    def _declared(self) -> Iterator[Place]:
        for unit, parents in self._parents.items():
            for parent in parents:
                with suppress(Unplaced):
                    yield (*self._parent(parent), *unit)

    def _parent(self, name: Place, passed: tuple[Place, ...] = ()) -> Place:
        """Return the place of a unit named as a parent: known, on a line of its own, or at the top."""
        if name == TOP or name in self._resolved:
            return self._resolved.get(name, TOP)
        if name in passed or len(passed) > _DEEPEST:
            raise Unplaced(Wrong.UNIT_LOOP)
        found = set(self._known_by_name[name[-1]])
        for unit in self._declared_by_name[name[-1]]:
            for parent in self._parents[unit]:
                found.add((*self._parent(parent, (*passed, name)), *unit))
        self._resolved[name] = place = _one(name, found) or name
        return place

    def _written(self, place: Place, name: str) -> Place:
        """Keep how a unit and those above it are written where they are first met."""
        parts = [part.strip() for part in name.split(_BELOW) if fold(part).strip()]
        for depth, part in zip(range(len(place), 0, -1), reversed(parts), strict=False):
            self.names.setdefault(place[:depth], part)
        return place


def check_named(written: str) -> None:
    """Raise Unplaced when a unit on a path has no name people could say: a letter, not in brackets."""
    for part in written.split(_BELOW):
        if not words(_BRACKET.sub("", part)):
            raise Unplaced(Wrong.UNIT_UNNAMED)


def known_places(units: Sequence[Unit]) -> dict[Place, int]:
    """Return the id of each unit by its place; parents come before their children."""
    by_id: dict[int, Place] = {}
    for unit in units:
        by_id[unit.id] = (*by_id.get(unit.parent_id or 0, ()), unit.folded)
    return {place: unit_id for unit_id, place in by_id.items()}


def _path(name: str) -> Place:
    parts = (fold(part).strip() for part in name.split(_BELOW))
    return tuple(part for part in parts if part) or (_BELOW,)


def _by_name(places: Iterable[Place]) -> Mapping[str, set[Place]]:
    named: dict[str, set[Place]] = defaultdict(set)
    for place in places:
        named[place[-1]].add(place)
    return named


def _one(name: Place, places: Iterable[Place]) -> Place | None:
    """Return the one place that a name or path means: the whole of it, else its only end."""
    found = {place for place in places if _ends(place, name)}
    if name in found:
        return name
    if len(found) > 1:
        raise Unplaced(Wrong.WHICH_UNIT)
    return found.pop() if found else None


def _ends(place: Place, name: Place) -> bool:
    return place[-len(name) :] == name
