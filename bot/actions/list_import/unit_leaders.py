"""Who leads each unit of a list: its head, its deputies, and what these are in charge of."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.actions.list_import.people_duplicates import as_compared
from bot.actions.list_import.resolve_units import Meant, Unclear
from bot.actions.list_import.units_file import Deputy, Problem, UnitLine, Wrong
from bot.actions.organisation.unit_pages import is_deputy
from storage.records import Member, Role


class Named(NamedTuple):
    id: int
    name: str


@dataclass(frozen=True)
class Led:
    """What changes: who heads the unit from now on (None: who does today), and what deputies do.

    `charges` holds, by person, all units they will be in charge of; one that is new by minus its line.
    """

    head: Named | None = None
    charges: Mapping[Named, tuple[int, ...]] = field(default_factory=dict)


class Leading:
    """Finds the people whom a list names; nobody is moved by it: they have a post in the unit."""

    def __init__(self, meant: Meant, members: Sequence[Member], problems: list[Problem]) -> None:
        self._meant = meant
        self._problems = problems
        self._named: dict[str, list[Member]] = defaultdict(list)
        self._heads: dict[int, list[int]] = defaultdict(list)
        for one in members:
            self._named[as_compared(one.name)].append(one)
            for post in one.roles:
                if post.role is Role.HEAD and post.unit_id is not None:
                    self._heads[post.unit_id].append(one.id)

    def of(self, line: UnitLine, node: int) -> Led:
        """Return who leads a unit; what is unclear becomes a problem of the line."""
        head = self._person(line, line.head, node) if line.head else None
        if head is not None and self._heads[node] == [head.id]:
            head = None
        charges: dict[Named, tuple[int, ...]] = {}
        for deputy in line.deputies:
            person = self._person(line, deputy.name, node)
            if person is not None and not is_deputy(person):
                self._problems.append(Problem(line.number, Wrong.NOT_DEPUTY, person.name))
            wanted = self._charges(line, deputy)
            if person is not None and wanted is not None and wanted != set(person.charges):
                charges[Named(person.id, person.name)] = tuple(sorted(wanted))
        return Led(Named(head.id, head.name) if head else None, charges)

    def _person(self, line: UnitLine, name: str, node: int) -> Member | None:
        named = self._named[as_compared(name)]
        here = [one for one in named if any(post.unit_id == node for post in one.roles)]
        if len(here) == 1:
            return here[0]
        kind = Wrong.WHICH_PERSON if here else Wrong.NOT_IN_UNIT
        self._problems.append(Problem(line.number, kind if named else Wrong.NO_SUCH_PERSON, name))
        return None

    def _charges(self, line: UnitLine, deputy: Deputy) -> set[int] | None:
        if deputy.charges is None:
            return None
        found: set[int] = set()
        for name in deputy.charges:
            try:
                found.add(self._meant.named(name))
            except Unclear as why:
                self._problems.append(Problem(line.number, why.kind, why.said))
        return found
