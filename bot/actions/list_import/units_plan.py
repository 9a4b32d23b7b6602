"""What a list of units changes of the office: names, places, posts, who heads, who is in charge."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.actions.list_import.resolve_units import Meant, Unclear, own_name
from bot.actions.list_import.unit_leaders import Leading, Led
from bot.actions.list_import.units_file import Problem, UnitLine, UnitsFile, Wrong
from bot.folding import fold
from storage.records import Member, Unit


@dataclass(frozen=True)
class UnitChange:
    """What a unit will be, and which columns of the list change (`changed`) one that is there.

    `unit_id` is minus the line's number where it is new. None in a column leaves it as it is, but for
    `parent_id`, where it is the top.
    """

    line: int
    unit_id: int
    name: str
    parent_id: int | None
    short_names: tuple[str, ...] | None
    posts: int | None
    led: Led
    changed: tuple[str, ...]
    elsewhere: bool
    """Whether a new unit has the name of one that hangs elsewhere."""

    @property
    def is_new(self) -> bool:
        return self.unit_id < 0


@dataclass(frozen=True)
class UnitsPlan:
    """With problems, nothing is done; units that the list leaves as they are, are not among `changes`."""

    changes: tuple[UnitChange, ...]
    unchanged: int
    problems: tuple[Problem, ...]


def plan(file: UnitsFile, units: Sequence[Unit], members: Sequence[Member]) -> UnitsPlan:
    """Tell what a list changes of the office as it stands, and what is wrong with each line."""
    meant = Meant(units, file.lines)
    problems, nodes = list(file.problems), {}
    for line in file.lines:
        try:
            nodes[line.number] = meant.of(line)
        except Unclear as why:
            problems.append(Problem(line.number, why.kind, why.said))
    lines = [one for one in file.lines if one.number in nodes]
    problems += [*_twice(lines, nodes), *_places(lines, nodes, meant)]
    problems += _short_names(lines, nodes, meant)
    leading = Leading(meant, members, problems)
    found = [
        _change(line, node, meant, leading.of(line, node))
        for line in lines
        for node in [nodes[line.number]]
    ]
    changes = tuple(one for one in found if one.is_new or one.changed)
    unchanged = len(found) - len(changes)
    return UnitsPlan(changes, unchanged, tuple(sorted(problems, key=lambda one: one.line)))


def _twice(lines: Sequence[UnitLine], nodes: Mapping[int, int]) -> Iterator[Problem]:
    times = Counter(nodes.values())
    for line in lines:
        if times[nodes[line.number]] > 1:
            yield Problem(line.number, Wrong.UNIT_TWICE, line.name)


def _places(lines: Sequence[UnitLine], nodes: Mapping[int, int], meant: Meant) -> Iterator[Problem]:
    """Tell which units would hang below themselves, or two of one name at one place."""
    named = {one.id: one.folded for one in meant.units.values()}
    named |= {node: _folded(line, node, meant) for line in lines for node in [nodes[line.number]]}
    at = Counter((meant.parent(node), name) for node, name in named.items())
    for line in lines:
        node = nodes[line.number]
        if _loops(node, meant):
            yield Problem(line.number, Wrong.UNIT_LOOP, line.name)
        elif at[meant.parent(node), named[node]] > 1:
            yield Problem(line.number, Wrong.PLACE_TAKEN, line.name)


def _loops(node: int, meant: Meant) -> bool:
    passed, at = {node}, meant.parent(node)
    while at is not None and at not in passed:
        passed.add(at)
        at = meant.parent(at)
    return at is not None


def _folded(line: UnitLine, node: int, meant: Meant) -> str:
    """Return the name a unit will have: one that a line calls by another of its names keeps its own."""
    unit, name = meant.units.get(node), fold(own_name(line))
    known = unit and name in map(fold, (*unit.short_names, *unit.former_names))
    return unit.folded if unit and known else name


def _short_names(
    lines: Sequence[UnitLine], nodes: Mapping[int, int], meant: Meant
) -> Iterator[Problem]:
    """Tell which short names another unit has, as a name or a short name."""
    owners: dict[str, set[int]] = defaultdict(set)
    for unit in meant.units.values():
        for name in (unit.name, *unit.short_names):
            owners[fold(name)].add(unit.id)
    for line in lines:
        for name in (own_name(line), *line.short_names):
            owners[fold(name)].add(nodes[line.number])
    for line in lines:
        taken = [one for one in line.short_names if owners[fold(one)] - {nodes[line.number]}]
        yield from (Problem(line.number, Wrong.SHORT_TAKEN, one) for one in taken)


def _change(line: UnitLine, node: int, meant: Meant, led: Led) -> UnitChange:
    unit = meant.units.get(node)
    renamed = unit is None or _folded(line, node, meant) != unit.folded or _respelled(line, unit)
    name = own_name(line) if renamed or unit is None else unit.name
    parent = meant.parent(node)
    shorts = (
        None if set(line.short_names) <= set(unit.short_names if unit else ()) else line.short_names
    )
    posts = None if unit is not None and line.posts == unit.headcount else line.posts
    changed = {
        "name": unit is not None and name != unit.name,
        "above": unit is not None and parent != unit.parent_id,
        "short": shorts is not None,
        "posts": posts is not None,
        "head": led.head is not None,
        "charges": bool(led.charges),
    }
    return UnitChange(
        line=line.number,
        unit_id=node,
        name=name,
        parent_id=parent,
        short_names=shorts,
        posts=posts,
        led=led,
        changed=tuple(what for what, is_so in changed.items() if is_so),
        elsewhere=unit is None and meant.elsewhere(line),
    )


def _respelled(line: UnitLine, unit: Unit) -> bool:
    """Tell whether a unit keeps its letters, written otherwise: "PHÒNG TỔNG HỢP"."""
    return unit.folded == fold(own_name(line)) and unit.name != own_name(line)
