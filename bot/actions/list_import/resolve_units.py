"""Which unit each line of a list of units means, and which a name in it means.

A unit that is there goes by its number, a new one by minus that of its line. A unit is known at its place
by its name, else by one of its other names; a line that says what it was called, or where it hung ("Đảng
ủy A > Văn phòng" among its former names), means that one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from bot.actions.list_import.units_file import UnitLine, Wrong
from bot.actions.organisation.people import tidy
from bot.folding import fold
from storage.records import Unit

T = TypeVar("T")

ANYWHERE = 0
"""Above a line in a list without such a column."""


class Unclear(Exception):  # noqa: N818 - becomes a problem of a line
    """A name does not say which unit is meant."""

    def __init__(self, kind: Wrong, said: str) -> None:
        super().__init__(kind, said)
        self.kind, self.said = kind, said


class Meant:
    """The units of the office as a list will have them."""

    def __init__(self, units: Sequence[Unit], lines: Iterable[UnitLine]) -> None:
        self.units: Mapping[int, Unit] = {one.id: one for one in units}
        self._by_name = _indexed((one.folded, one) for one in units)
        self._by_other = _indexed(
            (fold(name), one) for one in units for name in (*one.short_names, *one.former_names)
        )
        self._lines = _indexed((fold(own_name(one)), one) for one in lines)
        self._of: dict[int, int] = {}
        self._line_of: dict[int, UnitLine] = {}
        self._asked: set[int] = set()

    def of(self, line: UnitLine) -> int:
        """Return the unit a line means; raises Unclear."""
        if line.number not in self._of:
            if line.number in self._asked:
                raise Unclear(Wrong.UNIT_LOOP, line.name)
            self._asked.add(line.number)
            try:
                node = self._found(line)
            finally:
                self._asked.discard(line.number)
            self._of[line.number] = node
            self._line_of.setdefault(node, line)
        return self._of[line.number]

    def above(self, line: UnitLine) -> int | None:
        """Return what a line hangs its unit below: None for the top, ANYWHERE; raises Unclear."""
        *path, _ = _parts(line.name)
        said = " > ".join(path) if path else line.above
        if said is None:
            return ANYWHERE
        return self.named(said) if said else None

    def parent(self, node: int) -> int | None:
        """Return what a unit will hang below, once the list is taken in; raises Unclear."""
        line, unit = self._line_of.get(node), self.units.get(node)
        above = ANYWHERE if line is None else self.above(line)
        if above == ANYWHERE:
            return unit.parent_id if unit else None
        return above

    def named(self, said: str) -> int:
        """Return the one unit, there or new, that a name or a path means; raises Unclear."""
        *above, last = (fold(part) for part in _parts(said))
        new, unclear = self._new(last)
        exact = {one.id for one in self._by_name[last]} | new
        found = {one for one in exact if self._ends(one, above)}
        if not found:
            found = {one.id for one in self._by_other[last] if self._ends(one.id, above)}
        if not found and unclear:
            raise Unclear(unclear[0], said)
        if len(found) != 1:
            raise Unclear(Wrong.WHICH_UNIT if found else Wrong.NO_SUCH_UNIT, said)
        return found.pop()

    def elsewhere(self, line: UnitLine) -> bool:
        """Tell whether a unit of a line's name hangs somewhere in the office."""
        return bool(self._by_name[fold(own_name(line))])

    def _new(self, folded: str) -> tuple[set[int], list[Wrong]]:
        """Return what the lines of a name mean, and why others of them mean nothing."""
        found, unclear = set(), []
        for line in self._lines[folded]:
            try:
                found.add(self.of(line))
            except Unclear as why:
                unclear.append(why.kind)
        return found, unclear

    def _found(self, line: UnitLine) -> int:
        above, name = self.above(line), fold(own_name(line))
        tried = [self._beside(above, self._by_name[name])]
        for former in line.former_names:
            place, last = above, fold(_parts(former)[-1])
            if len(_parts(former)) > 1:
                place = ANYWHERE
            known = [one for one in self._by_name[last] if self._was(one, former)]
            tried.append(self._beside(place, known))
        tried.append(self._beside(above, self._by_other[name]))
        found = next(filter(None, tried), [])
        if len(found) > 1:
            raise Unclear(Wrong.WHICH_UNIT, line.name)
        return found[0] if found else -line.number

    def _was(self, unit: Unit, path: str) -> bool:
        """Tell whether a unit hangs today where a path says."""
        *above, _ = (fold(part) for part in _parts(path))
        at: Unit | None = unit
        for name in reversed(above):
            at = self.units.get((at and at.parent_id) or 0)
            if at is None or at.folded != name:
                return False
        return True

    @staticmethod
    def _beside(above: int | None, units: Iterable[Unit]) -> list[int]:
        fitting = (one.id for one in units if above in (ANYWHERE, one.parent_id))
        return list(dict.fromkeys(fitting))

    def _ends(self, node: int, above: Sequence[str]) -> bool:
        """Tell whether names stand right above a unit, in this order."""
        at: int | None = node
        for name in reversed(above):
            at = self.parent(at) if at is not None else None
            if at is None or name not in self._names(at):
                return False
        return True

    def _names(self, node: int) -> set[str]:
        line, unit = self._line_of.get(node), self.units.get(node)
        names = (own_name(line), *line.short_names) if line else ()
        known = (unit.name, *unit.short_names, *unit.former_names) if unit else ()
        return {fold(name) for name in (*names, *known)}


def own_name(line: UnitLine) -> str:
    """Return a unit's name without the path before it."""
    return _parts(line.name)[-1]


def _parts(said: str) -> list[str]:
    return [part for part in map(tidy, said.replace("›", ">").split(">")) if part] or [said]


def _indexed(pairs: Iterable[tuple[str, T]]) -> Mapping[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for name, one in pairs:
        found[name].append(one)
    return found
