"""An office's list of tasks as a file: where its headings stand, what they mean, and a source for each row."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from bot.actions.directives.entry import Source
from bot.actions.directives.entry_cells import COLUMNS, DUE, FOLLOW, LEAD, SUPPORT, TITLE
from bot.actions.directives.entry_file import NUMBER
from bot.actions.moves import MAX_TEXT
from bot.actions.secrecy.cell_marks import doubtful
from bot.folding import fold
from bot.readers.row import Row
from bot.refusals import No, Refusal

DOCUMENT, PROGRESS, NOTE, STATE = "van ban", "tien do", "ghi chu", "trang thai"
MOST = 5000
_NUMBERS = NUMBER | {"viec so", "so viec"}
_KNOWN = (*COLUMNS, DOCUMENT, PROGRESS, NOTE, STATE)
_MEANS = (
    (TITLE, r"(noi dung|nhiem vu|cong viec|ten viec|viec)( .*)?"),
    (LEAD, r"(don vi|nguoi|can bo|co quan)? ?(chu tri|thuc hien|phu trach)( .*)?"),
    (SUPPORT, r"(don vi|nguoi|can bo|co quan)? ?phoi hop( .*)?"),
    (FOLLOW, r"(nguoi )?theo doi"),
    (DUE, r"(thoi )?han( .*)?|thoi gian (hoan thanh|thuc hien)|ngay (het han|phai xong)"),
    (DOCUMENT, r"(so, ky hieu )?(van ban|vb|can cu)( .*)?"),
    (STATE, r"(trang thai|tinh trang)( .*)?"),
    (PROGRESS, r"(tien do|ket qua|% ?hoan thanh)( .*)?"),
    (NOTE, r"ghi chu"),
)
"""What offices write over a column; the first that fits counts."""
_YEARS = range(2000, 2101)
_HEAD_ROWS = 15
"""Above the headings stand the office's name, the title and the date."""
_OVER = re.compile(r"(da )?(hoan thanh|xong|huy|ket thuc)( .*)?|100 ?%|100")
_QUOTED = re.compile(r"'(?=[=+\-@])")


@dataclass(frozen=True)
class Listed:
    """A row of the file: `fingerprint` is the same for the same task, wherever it stands.

    One that `is_long` says more than is kept of a task.
    """

    line: int
    source: Source
    document: str
    note: str
    percent: int
    is_over: bool
    is_long: bool
    fingerprint: str


@dataclass(frozen=True)
class ReadList:
    """The rows, the headings of columns that were left out, and the lines of rows that were.

    Those are `doubtful`: they may carry a mark of secrecy.
    """

    rows: list[Listed]
    unused: list[str]
    doubtful: list[int]


def fits(rows: Sequence[Row]) -> bool:
    """Tell whether a file is a list of tasks: its headings say so."""
    with suppress(Refusal):
        _headings(rows)
        return True
    return False


def read(rows: Sequence[Row], now: datetime) -> ReadList:
    """Return what the rows of a file list.

    Refuses SECRET where a cell carries a mark of secrecy, EMPTY_FILE, BAD_COLUMN without a
    column of tasks, and TOO_MANY_ITEMS.
    """
    left_out = doubtful(rows)
    rows = [row for row in rows if row.line not in set(left_out)]
    place, columns = _headings(rows)
    below = [row for row in rows[place + 1 :] if _holds_a_task(columns, row)]
    if not below:
        raise Refusal(No.EMPTY_FILE)
    if len(below) > MOST:
        raise Refusal(No.TOO_MANY_ITEMS, limit=MOST, count=len(below))
    heads = zip(rows[place].cells, columns, strict=True)
    unused = [cell for cell, means in heads if means is None and fold(cell) not in {"", *_NUMBERS}]
    return ReadList([_listed(columns, row, now) for row in below], unused, left_out)


def _headings(rows: Sequence[Row]) -> tuple[int, list[str | None]]:
    """Return where the headings stand and what each means: the first row that names the tasks."""
    for place, row in enumerate(rows[:_HEAD_ROWS]):
        columns = _columns(row.cells)
        if TITLE in columns and len(set(columns) - {None}) > 1:
            return place, columns
    raise Refusal(No.BAD_COLUMN, name="nội dung")


def _columns(cells: Sequence[str]) -> list[str | None]:
    """Return what each heading means; of two that mean the same, the second is left out."""
    found: list[str | None] = []
    for cell in cells:
        means = _meaning(cell)
        found.append(means if means not in found else None)
    return found


def _meaning(cell: str) -> str | None:
    said = " ".join(fold(cell).replace("_", " ").split())
    if said in _NUMBERS:
        return None
    if said in _KNOWN:
        return said
    return next((name for name, form in _MEANS if re.fullmatch(form, said)), None)


def _holds_a_task(columns: Sequence[str | None], row: Row) -> bool:
    """Tell whether a row is more than the heading of a part ("I. Công tác tổ chức"), or empty."""
    cells = dict(zip(columns, row.cells, strict=False))
    more = any(cells.get(name) for name in _KNOWN if name != TITLE)
    return more or bool(cells.get(TITLE) and any(cell.isdecimal() for cell in row.cells))


def _listed(columns: Sequence[str | None], row: Row, now: datetime) -> Listed:
    paired = zip(columns, row.cells, strict=False)
    cells = {name: _QUOTED.sub("", cell, count=1) for name, cell in paired if name and cell}
    taken = tuple((name, cell) for name, cell in cells.items() if name in COLUMNS)
    said = (cells.get(PROGRESS, ""), cells.get(STATE, ""))
    same = [" ".join(fold(cells.get(name, "")).split()) for name in (TITLE, LEAD, DUE, DOCUMENT)]
    text = " | ".join(cell for _, cell in taken) or "|"
    note = "; ".join(filter(None, [_in_words(cells.get(PROGRESS, "")), cells.get(NOTE, "")]))
    return Listed(
        line=row.line,
        source=Source(text=text[:MAX_TEXT], cells=taken, at=now),
        document=cells.get(DOCUMENT, ""),
        note=note,
        is_long=max(len(text), len(note)) > MAX_TEXT,
        percent=_percent(cells.get(PROGRESS, "")),
        is_over=any(_OVER.fullmatch(" ".join(fold(one).split())) for one in said if one),
        fingerprint=sha256("\n".join(same).encode()).hexdigest(),
    )


def day_of(row: Listed) -> date | None:
    """Return the deadline of a row that is nothing but a day with its year, of a time people plan for."""
    said = dict(row.source.cells).get(DUE, "")
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})( 00:00:00)?", said)
    found = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", said)
    with suppress(ValueError):
        if iso:
            return _planned(date(int(iso[1]), int(iso[2]), int(iso[3])))
        if found:
            return _planned(date(int(found[3]), int(found[2]), int(found[1])))
    return None


def _planned(day: date) -> date | None:
    return day if day.year in _YEARS else None


def _percent(said: str) -> int:
    """Return the share that a cell says, 99 at most: a task that is open is not done."""
    if re.fullmatch(r"0[.,][0-9]+", said):
        return min(99, round(float(said.replace(",", ".")) * 100))
    found = re.search(r"([0-9]{1,3})(?:[.,][0-9]+)? ?%|^([0-9]{1,2})$", said)
    return min(99, int(found[1] or found[2])) if found else 0


def _in_words(said: str) -> str:
    """Return what a cell says of the progress but for a figure alone, which is the share."""
    return "" if re.fullmatch(r"[0-9.,]* ?%?", said) else said
