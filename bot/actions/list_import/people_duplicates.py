"""What stands twice: a person, an account or a username in a list, or a username in the office."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.actions.list_import.people_changes import username_after
from bot.actions.list_import.people_file import Line, Problem, Wrong
from bot.actions.list_import.unit_paths import Place, PlacedLine
from bot.folding import nfc
from bot.language.text.words import spelled
from storage.records import Member


def in_list(placed: Sequence[PlacedLine]) -> list[Problem]:
    """Return the lines that repeat an account, a person or a username of an earlier one."""
    problems: list[Problem] = []
    by_id: dict[int, Line] = {}
    by_username: dict[str, Line] = {}
    by_name: dict[tuple[str, Place], list[Line]] = defaultdict(list)
    for one in placed:
        line, namesakes = one.line, by_name[as_compared(one.line.name), one.place]
        first = by_id.setdefault(line.telegram_id, line) if line.telegram_id else line
        same = next((other for other in namesakes if not _told_apart(other, line)), None)
        username = lowered(line.username)
        named = by_username.setdefault(username, line) if username else line
        if first is not line:
            problems.append(
                problem(line, Wrong.ID_TWICE, value=line.telegram_id, first=first.number)
            )
        elif same is not None:
            problems.append(problem(line, Wrong.PERSON_TWICE, name=line.name, first=same.number))
        elif named is not line:
            problems.append(
                problem(line, Wrong.USERNAME_TWICE, value=line.username, first=named.number)
            )
        namesakes.append(line)
    return problems


def in_office(
    lines: Iterable[Line], meant: Mapping[int, Member], members: Iterable[Member]
) -> list[Problem]:
    """Return the lines that would give somebody a username that a living other person keeps.

    `meant` are the people the lines mean, by line number; others of the list are somebody new.
    """
    lines = list(lines)
    changed = {
        who.id: username_after(line, who) for line in lines if (who := meant.get(line.number))
    }
    owners: dict[str | None, list[Member]] = defaultdict(list)
    for member in members:
        owners[lowered(changed.get(member.id, member.username))].append(member)
    problems = []
    for line in lines:
        own = meant.get(line.number)
        if line.username and (own is None or changed[own.id] == line.username):
            others = [
                one for one in owners[lowered(line.username)] if own is None or one.id != own.id
            ]
            problems += [
                problem(line, Wrong.USERNAME_TAKEN, value=line.username, name=one.name)
                for one in others[:1]
            ]
    return problems


def problem(line: Line, kind: Wrong, **facts: object) -> Problem:
    """Return a problem of a line."""
    return Problem(line.number, kind, facts)


def lowered(username: str | None) -> str | None:
    """Return a username as it compares; None for none."""
    return username.lower() if username else None


def as_compared(name: str) -> str:
    """Return a name as it compares: lower case, tone marks in their new places."""
    return " ".join(spelled(word) for word in nfc(name).split())


def _told_apart(one: Line, other: Line) -> bool:
    if one.telegram_id and other.telegram_id:
        return one.telegram_id != other.telegram_id
    return lowered(one.username) != lowered(other.username) and bool(
        one.username and other.username
    )
