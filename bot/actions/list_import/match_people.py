"""Who of the office is meant by each line of a list of people.

An account is the surest sign, then name and unit, told apart by username where there are namesakes.
What stays unclear is a problem, never a guess: a wrong match would give one person another's rights.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.actions.list_import.people_duplicates import (
    as_compared,
    in_list,
    in_office,
    lowered,
    problem,
)
from bot.actions.list_import.people_file import Line, Problem, Wrong
from bot.actions.list_import.unit_paths import Place, PlacedLine
from bot.folding import fold
from bot.rules import access
from storage.records import Member, Person, Role


@dataclass
class Matches:
    """The members meant, by line number; a line that is not here is somebody new."""

    members: dict[int, Member] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def match(
    placed: Sequence[PlacedLine], members: Sequence[Member], holders: Sequence[Person]
) -> Matches:
    """Find the living member each line means; `holders` are all who have an account."""
    matches = Matches(problems=in_list(placed))
    wrong = {problem.line for problem in matches.problems}
    once = [one for one in placed if one.line.number not in wrong]
    _Matching(members, holders, matches).run(once)
    wrong = {problem.line for problem in matches.problems}
    clear = [one.line for one in placed if one.line.number not in wrong]
    matches.problems += in_office(clear, matches.members, members)
    return matches


class _Matching:
    def __init__(
        self, members: Sequence[Member], holders: Sequence[Person], matches: Matches
    ) -> None:
        self.matches = matches
        self.holders: Mapping[int | None, Person] = {one.telegram_id: one for one in holders}
        self.members = {member.id: member for member in members}
        self.namesakes: dict[str, list[Member]] = defaultdict(list)
        for member in members:
            self.namesakes[as_compared(member.name)].append(member)
        self.taken: set[int] = set()

    def run(self, placed: Sequence[PlacedLine]) -> None:
        left = [one for one in placed if not self._by_account(one.line)]
        left = self._pass(left, lambda one, member: _in_unit(one, member) and _same(one, member))
        waiting = self._by_unit(left)
        waiting = self._pass(waiting, _same)
        self._pass(waiting, _is_first_admin)

    def _by_account(self, line: Line) -> bool:
        holder = self.holders.get(line.telegram_id) if line.telegram_id else None
        if holder is None:
            return False
        member = self.members.get(holder.id)
        if member is None or (fold(member.name) != fold(line.name) and _has_unit(member)):
            self._wrong(line, Wrong.ID_TAKEN, value=line.telegram_id, name=holder.name)
        else:
            self._take(line, member)
        return True

    def _pass(
        self, placed: Sequence[PlacedLine], fits: Callable[[PlacedLine, Member], bool]
    ) -> list[PlacedLine]:
        """Match the lines that fit exactly one member; return the others."""
        left = []
        for one in placed:
            found = [member for member in self._free(one.line) if fits(one, member)]
            if len(found) == 1:
                self._take(one.line, found[0])
            else:
                left.append(one)
        return left

    def _by_unit(self, placed: Sequence[PlacedLine]) -> list[PlacedLine]:
        """Match by name and unit alone; return the lines nobody in their unit fits."""
        alike: dict[tuple[str, Place], list[PlacedLine]] = defaultdict(list)
        for one in placed:
            alike[as_compared(one.line.name), one.place].append(one)
        left: list[PlacedLine] = []
        for lines in alike.values():
            found = {m.id: m for one in lines for m in self._free(one.line) if _in_unit(one, m)}
            if len(lines) == 1 and len(found) == 1:
                self._take(lines[0].line, found.popitem()[1])
            elif found:
                for one in lines:
                    self._wrong(one.line, Wrong.WHICH_PERSON, name=one.line.name)
            else:
                left += [one for one in lines if not self._has_other_account(one)]
        return left

    def _has_other_account(self, one: PlacedLine) -> bool:
        namesakes = self.namesakes[as_compared(one.line.name)]
        found = any(_in_unit(one, m) and m.id not in self.taken for m in namesakes)
        if found:
            self._wrong(one.line, Wrong.OTHER_ACCOUNT, name=one.line.name)
        return found

    def _free(self, line: Line) -> list[Member]:
        """Return the namesakes that no line has yet and whose account the line does not change."""
        return [
            member
            for member in self.namesakes[as_compared(line.name)]
            if member.id not in self.taken and not (line.telegram_id and member.telegram_id)
        ]

    def _take(self, line: Line, member: Member) -> None:
        self.matches.members[line.number] = member
        self.taken.add(member.id)

    def _wrong(self, line: Line, kind: Wrong, **facts: object) -> None:
        self.matches.problems.append(problem(line, kind, **facts))


def _in_unit(one: PlacedLine, member: Member) -> bool:
    return one.unit_id is not None and any(post.unit_id == one.unit_id for post in member.roles)


def _has_unit(member: Member) -> bool:
    """Tell whether somebody has been given a place; a first admin has only Telegram's name."""
    return any(post.unit_id is not None for post in member.roles)


def _is_first_admin(one: PlacedLine, member: Member) -> bool:
    """Tell whether a list gives an admin, known so far by account and name alone, their place."""
    return one.line.role is Role.ADMIN and access.is_admin(member) and not _has_unit(member)


def _same(one: PlacedLine, member: Member) -> bool:
    username = lowered(one.line.username)
    return username is not None and username == lowered(member.username)
