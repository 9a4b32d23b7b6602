"""The list of people that an admin hands in: its columns, its lines, and what is wrong in them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.actions.organisation.people import MAX_NAME, tidy
from bot.actions.secrecy.cell_marks import mark_of
from bot.readers.row import Row
from bot.rules.secrecy import UNSURE
from storage.records import Role

REQUIRED = ("telegram_id", "username", "name", "position", "unit", "role")
OPTIONAL = ("parent_unit", "in_charge", "aliases")
_LARGEST_ID = 2**52
_MAX_CELL = 200
A_PERSON = "đồng chí "
"""Put before each cell: somebody may be called Mật."""

_WORDS = {"name", "position", "unit", *OPTIONAL}
_LOST = {"?", "\ufffd"}
"""What Excel puts for a letter that the encoding it saves in does not have: the name is another's then."""


class Wrong(StrEnum):
    """What is wrong with a file or a line of it; `bot/chat/list_import/people_file.py` words it."""

    SECRET = "secret"  # noqa: S105 - a kind of problem, not a password
    DOUBTFUL = "doubtful"
    EMPTY = "empty"
    NO_COLUMN = "no_column"
    UNKNOWN_COLUMN = "unknown_column"
    COLUMN_TWICE = "column_twice"
    TOO_MANY_CELLS = "too_many_cells"
    MISSING = "missing"
    TOO_LONG = "too_long"
    GARBLED = "garbled"
    BAD_ID = "bad_id"
    BAD_USERNAME = "bad_username"
    BAD_ROLE = "bad_role"
    ID_TWICE = "id_twice"
    USERNAME_TWICE = "username_twice"
    PERSON_TWICE = "person_twice"
    ID_TAKEN = "id_taken"
    USERNAME_TAKEN = "username_taken"
    OTHER_ACCOUNT = "other_account"
    WHICH_PERSON = "which_person"
    WHICH_UNIT = "which_unit"
    NO_SUCH_UNIT = "no_such_unit"
    UNIT_LOOP = "unit_loop"
    UNIT_UNNAMED = "unit_unnamed"


@dataclass(frozen=True)
class Problem:
    """One thing wrong, on a line of the file, or with the file itself (line 0)."""

    line: int
    kind: Wrong
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One person as the file has them; None where the file has no such column.

    A line that is not `sound` has a problem of its own; its unit still counts as named.
    """

    number: int
    name: str
    unit: str
    role: Role = Role.STAFF
    telegram_id: int | None = None
    username: str | None = None
    position: str = ""
    parent_unit: str | None = None
    in_charge: tuple[str, ...] | None = None
    aliases: tuple[str, ...] | None = None
    sound: bool = True


@dataclass(frozen=True)
class PeopleFile:
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


def read(rows: Sequence[Row]) -> PeopleFile:
    """Read a list of people and everything wrong with each line by itself."""
    if not rows:
        return PeopleFile(problems=(Problem(0, Wrong.EMPTY),))
    if marked := _marked(rows):
        return PeopleFile(problems=marked)
    columns = ["_".join(cell.lower().split()) for cell in rows[0].cells]
    while columns and not columns[-1]:
        columns.pop()
    problems = _header_problems(rows[0].line, columns)
    if problems:
        return PeopleFile(problems=tuple(problems))
    if len(rows) == 1:
        return PeopleFile(problems=(Problem(0, Wrong.EMPTY),))
    lines = [_line(row, columns, problems) for row in rows[1:]]
    return PeopleFile(tuple(lines), tuple(problems))


def _marked(rows: Sequence[Row]) -> tuple[Problem, ...]:
    """Return a problem for each row with a mark of secrecy; where none has one, for each that may have."""
    marks = [(row.line, mark) for row in rows if (mark := mark_of(row, A_PERSON))]
    secret = [Problem(line, Wrong.SECRET, {"rule": one}) for line, one in marks if one != UNSURE]
    return tuple(secret or [Problem(line, Wrong.DOUBTFUL) for line, _ in marks])


def _header_problems(line: int, columns: list[str]) -> list[Problem]:
    known = (*REQUIRED, *OPTIONAL)
    problems = [
        Problem(line, Wrong.UNKNOWN_COLUMN, {"column": column, "allowed": ", ".join(known)})
        for column in columns
        if column not in known
    ]
    twice = [column for column in known if columns.count(column) > 1]
    problems += [Problem(line, Wrong.COLUMN_TWICE, {"column": column}) for column in twice]
    missing = [column for column in REQUIRED if column not in columns]
    return problems + [Problem(line, Wrong.NO_COLUMN, {"column": column}) for column in missing]


def _line(row: Row, columns: list[str], problems: list[Problem]) -> Line:
    found: list[Problem] = []

    def wrong(kind: Wrong, **facts: object) -> None:
        found.append(Problem(row.line, kind, facts))

    if any(row.cells[len(columns) :]):
        wrong(Wrong.TOO_MANY_CELLS, count=len(columns))
    cells = dict(zip(columns, (*row.cells, *[""] * len(columns)), strict=False))
    for column, cell in cells.items():
        limit = MAX_NAME if column == "name" else _MAX_CELL * (10 if column in OPTIONAL else 1)
        if len(cell) > limit:
            wrong(Wrong.TOO_LONG, column=column, limit=limit)
        elif column in _WORDS and _LOST & set(cell):
            wrong(Wrong.GARBLED, column=column, value=cell)
    for column in ("name", "unit", "role"):
        if not cells[column]:
            wrong(Wrong.MISSING, column=column)
    line = Line(
        number=row.line,
        name=tidy(cells["name"]),
        unit=tidy(cells["unit"]),
        role=_role(cells["role"], wrong),
        telegram_id=_telegram_id(cells["telegram_id"], wrong),
        username=_username(cells["username"], wrong),
        position=tidy(cells["position"]),
        parent_unit=tidy(cells["parent_unit"]) if "parent_unit" in cells else None,
        in_charge=_several(cells.get("in_charge")),
        aliases=_several(cells.get("aliases")),
        sound=not found,
    )
    problems += found
    return line


def _role(cell: str, wrong: Callable[..., None]) -> Role:
    if cell.lower() in set(Role):
        return Role(cell.lower())
    if cell:
        wrong(Wrong.BAD_ROLE, value=cell, allowed=", ".join(Role))
    return Role.STAFF


def _telegram_id(cell: str, wrong: Callable[..., None]) -> int | None:
    if not cell:
        return None
    if re.fullmatch(r"[0-9]{1,16}", cell) and 0 < int(cell) < _LARGEST_ID:
        return int(cell)
    wrong(Wrong.BAD_ID, value=cell)
    return None


def _username(cell: str, wrong: Callable[..., None]) -> str | None:
    name = cell.removeprefix("@")
    if not name or re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{3,31}", name):
        return name or None
    wrong(Wrong.BAD_USERNAME, value=cell)
    return None


def _several(cell: str | None) -> tuple[str, ...] | None:
    if cell is None:
        return None
    found = (tidy(item) for item in re.split(r"[;\n]", cell))
    return tuple(dict.fromkeys(item for item in found if item))
