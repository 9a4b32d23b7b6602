"""The list of a document's tasks as a file: its columns, and a source for each row."""

from collections.abc import Sequence
from datetime import datetime

from bot.actions.directives.entry import MOST, Source
from bot.actions.directives.entry_cells import COLUMNS, TITLE
from bot.actions.secrecy.cell_marks import doubtful
from bot.folding import fold
from bot.readers.row import Row
from bot.refusals import No, Refusal

NUMBER = {"stt", "tt", "so tt", "so thu tu", "#"}
_SAME = {
    "noi dung nhiem vu": TITLE,
    "nhiem vu": TITLE,
    "viec": TITLE,
    "ten viec": TITLE,
    "chu tri thuc hien": "chu tri",
    "don vi chu tri": "chu tri",
    "nguoi chu tri": "chu tri",
    "don vi phoi hop": "phoi hop",
    "thoi han": "han",
    "thoi gian hoan thanh": "han",
    "han hoan thanh": "han",
    "cap quyet dinh": "cap quyet",
}
"""Other names that offices give the columns."""


def read(rows: Sequence[Row], now: datetime) -> list[Source]:
    """Return the rows of a file as sources of items.

    Refuses BAD_COLUMN for an unknown column or where the column of tasks is missing, SECRET where a cell carries a
    mark of secrecy, MAY_BE_MARKED where a cell may carry one, EMPTY_FILE and TOO_MANY_ITEMS.
    """
    if lines := doubtful(rows):
        raise Refusal(No.MAY_BE_MARKED, lines=lines)
    if len(rows) < 2:
        raise Refusal(No.EMPTY_FILE)
    columns = [_column(cell) for cell in rows[0].cells]
    if TITLE not in columns:
        raise Refusal(No.BAD_COLUMN, name="nội dung")
    if len(rows) - 1 > MOST:
        raise Refusal(No.TOO_MANY_ITEMS, limit=MOST, count=len(rows) - 1)
    return [_source(columns, row, now) for row in rows[1:]]


def _column(cell: str) -> str | None:
    """Return the column that a heading means; None for the row's number, or an empty heading."""
    said = " ".join(fold(cell).replace("_", " ").split())
    name = _SAME.get(said, said)
    if name in COLUMNS:
        return name
    if not name or name in NUMBER:
        return None
    raise Refusal(No.BAD_COLUMN, name=cell)


def _source(columns: list[str | None], row: Row, now: datetime) -> Source:
    cells = [(name, cell) for name, cell in zip(columns, row.cells, strict=False) if name and cell]
    return Source(text=" | ".join(cell for _, cell in cells) or "|", cells=tuple(cells), at=now)
