"""The list of units that an admin hands in: its columns, its lines, and what is wrong in each."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.actions.directives.entry_file import NUMBER
from bot.actions.list_import.people_file import A_PERSON
from bot.actions.list_import.unit_paths import Unplaced, check_named
from bot.actions.organisation.people import MAX_NAME, tidy
from bot.actions.organisation.units import MOST_NAMES, MOST_POSTS
from bot.actions.secrecy.cell_marks import doubtful
from bot.folding import fold
from bot.readers.row import Row
from bot.refusals import No, Refusal

NAME, SHORT, FORMER, ABOVE = "don vi", "ten tat", "ten cu", "don vi tren"
HEAD, DEPUTIES, POSTS = "nguoi dung dau", "cap pho", "bien che"
_SAME = {
    "ten don vi": NAME,
    "ten viet tat": SHORT,
    "don vi cap tren": ABOVE,
    "cap tren": ABOVE,
    "truc thuoc": ABOVE,
    "dung dau": HEAD,
    "lanh dao": HEAD,
    "so bien che": POSTS,
}
"""Other names that offices give the columns."""
_KNOWN = {NAME, SHORT, FORMER, ABOVE, HEAD, DEPUTIES, POSTS}
_HEAD_ROWS = 15
_LONGEST_PATH = 1000


class Wrong(StrEnum):
    """What is wrong with a line of the file; `bot/chat/list_import/units_import.py` words it."""

    DOUBTFUL = "doubtful"
    EMPTY = "empty"
    UNKNOWN_COLUMN = "unknown_column"
    MISSING = "missing"
    UNNAMED = "unnamed"
    TOO_LONG = "too_long"
    BAD_COUNT = "bad_count"
    NO_SUCH_UNIT = "no_such_unit"
    WHICH_UNIT = "which_unit"
    UNIT_LOOP = "unit_loop"
    UNIT_TWICE = "unit_twice"
    PLACE_TAKEN = "place_taken"
    SHORT_TAKEN = "short_taken"
    NO_SUCH_PERSON = "no_such_person"
    WHICH_PERSON = "which_person"
    NOT_IN_UNIT = "not_in_unit"
    NOT_DEPUTY = "not_deputy"


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line, and what it says there."""

    line: int
    kind: Wrong
    said: str = ""


@dataclass(frozen=True)
class Deputy:
    """A deputy, and the units they are in charge of; None where the list does not say."""

    name: str
    charges: tuple[str, ...] | None = None


@dataclass(frozen=True)
class UnitLine:
    """A unit as the file has it; an empty cell leaves what is known as it is.

    `above` is None where the file has no such column, "" for a unit at the top. A name may be a path.
    """

    number: int
    name: str
    above: str | None = None
    short_names: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    head: str = ""
    deputies: tuple[Deputy, ...] = ()
    posts: int | None = None


@dataclass(frozen=True)
class UnitsFile:
    lines: tuple[UnitLine, ...]
    problems: tuple[Problem, ...]


def fits(rows: Sequence[Row]) -> bool:
    """Tell whether a file is a list of units: its headings say so."""
    return _headings(rows) is not None


def read(rows: Sequence[Row]) -> UnitsFile:
    """Read every line of a file. Refuses NO_UNIT_COLUMN and SECRET."""
    if doubts := doubtful(rows, A_PERSON):
        return UnitsFile((), tuple(Problem(line, Wrong.DOUBTFUL) for line in doubts))
    place = _headings(rows)
    place = _headings(rows, least=1) if place is None else place
    if place is None:
        raise Refusal(No.NO_UNIT_COLUMN)
    columns = [_meaning(cell) for cell in rows[place].cells]
    problems = [
        Problem(rows[place].line, Wrong.UNKNOWN_COLUMN, cell)
        for cell, means in zip(rows[place].cells, columns, strict=True)
        if means not in _KNOWN | {""}
    ]
    problems += [] if rows[place + 1 :] else [Problem(rows[place].line, Wrong.EMPTY)]
    lines = [_line(row, columns, problems) for row in rows[place + 1 :]]
    return UnitsFile(tuple(filter(None, lines)), tuple(problems))


def _headings(rows: Sequence[Row], least: int = 2) -> int | None:
    """Return where the headings stand: the first row that names the units and something of them.

    Who says that it is a list of units may have no other column (`least`).
    """
    for place, row in enumerate(rows[:_HEAD_ROWS]):
        known = _KNOWN.intersection(map(_meaning, row.cells))
        if NAME in known and len(known) >= least:
            return place
    return None


def _meaning(cell: str) -> str:
    """Return what a heading means, as it is written where nobody knows it; "" for a row's number."""
    said = " ".join(fold(cell).replace("_", " ").split())
    return "" if said in NUMBER else _SAME.get(said, said)


def _line(row: Row, columns: Sequence[str], problems: list[Problem]) -> UnitLine | None:
    """Return a line; None for one with a problem of its own."""
    cells = dict(zip(columns, map(tidy_lines, row.cells), strict=False))
    found: list[Problem] = []

    def wrong(kind: Wrong, said: str) -> None:
        found.append(Problem(row.line, kind, said))

    line = UnitLine(
        number=row.line,
        name=tidy(cells.get(NAME, "")),
        above=tidy(cells[ABOVE]) if ABOVE in cells else None,
        short_names=_names(cells.get(SHORT, ""), ",;\n"),
        former_names=_names(cells.get(FORMER, ""), ";\n"),
        head=tidy(cells.get(HEAD, "")),
        deputies=tuple(map(_deputy, _names(cells.get(DEPUTIES, ""), ";\n"))),
        posts=_posts(cells.get(POSTS, ""), wrong),
    )
    _check_names(line, wrong)
    problems += found
    return None if found else line


def tidy_lines(cell: str) -> str:
    """Return a cell's lines, each with single spaces."""
    return "\n".join(map(tidy, cell.split("\n")))


def _check_names(line: UnitLine, wrong: Callable[[Wrong, str], None]) -> None:
    if not line.name:
        wrong(Wrong.MISSING, "")
        return
    for said in filter(None, (line.name, line.above)):
        try:
            check_named(said)
        except Unplaced:
            wrong(Wrong.UNNAMED, said)
    own = (line.name.rsplit(">", 1)[-1], *line.short_names)
    whole = f"{line.name}{line.above}{line.former_names}"
    is_short = len(whole) <= _LONGEST_PATH and len(line.short_names) <= MOST_NAMES
    if not is_short or max(map(len, own)) > MAX_NAME:
        wrong(Wrong.TOO_LONG, line.name)


def _names(cell: str, separators: str) -> tuple[str, ...]:
    found = map(tidy, re.split(f"[{separators}]", cell))
    return tuple(dict.fromkeys(filter(None, found)))


def _deputy(said: str) -> Deputy:
    name, colon, charges = said.partition(":")
    return Deputy(tidy(name), _names(charges, ",") if colon else None)


def _posts(cell: str, wrong: Callable[[Wrong, str], None]) -> int | None:
    if not cell:
        return None
    if cell.isdecimal() and len(cell) < 7 and int(cell) <= MOST_POSTS:
        return int(cell)
    wrong(Wrong.BAD_COUNT, cell)
    return None
