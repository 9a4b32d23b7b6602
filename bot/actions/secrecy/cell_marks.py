"""Marks of secrecy in a list that somebody sends: with one it is refused; of a row that may carry one its line is told."""

from collections.abc import Iterable

from bot.readers.row import Row
from bot.refusals import No, Refusal
from bot.rules.secrecy import UNSURE, secret_mark


def mark_of(row: Row, before: str = "") -> str | None:
    """Return the mark that a cell of a row carries, UNSURE where one may, or None.

    `before` is put before each cell: "đồng chí " where it may be somebody's name.
    """
    found = None
    for cell in filter(None, row.cells):
        mark = secret_mark(before + cell)
        if mark and mark != UNSURE:
            return mark
        found = found or mark
    return found


def doubtful(rows: Iterable[Row], before: str = "") -> list[int]:
    """Return the lines of rows that may carry a mark, which are not to be kept. Refuses SECRET for one that does."""
    lines = []
    for row in rows:
        mark = mark_of(row, before)
        if mark and mark != UNSURE:
            raise Refusal(No.SECRET, rule=mark)
        lines += [row.line] if mark else []
    return lines
