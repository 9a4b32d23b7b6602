"""Rows of text out of the files that offices keep lists in: CSV of any kind, XLSX.

Only the process of `bot.readers` runs this on what somebody sent: what is in here may take all the
memory and time that the process has.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

from bot.readers.limits import MAX_BYTES
from bot.readers.row import Row, TooHeavy, Unreadable

MAX_ROWS = 20_000
MAX_LETTERS = 8_000_000
_MAX_COLUMNS = 64
_MAX_UNPACKED = 60_000_000
_LAST_ROW = 1_048_576
"""No spreadsheet program numbers a row higher; a sheet that does was made to keep its reader busy."""
_SEPARATORS = ",;\t"


def read(content: bytes) -> list[Row]:
    """Return the rows that hold anything, told apart by the content, not by the file's name.

    Of a workbook, its first sheet. What counts is what stands in the cells, however the rows are
    numbered. Raises Unreadable, and TooHeavy for more rows or letters than a list may have.
    """
    if len(content) > MAX_BYTES:
        raise TooHeavy
    rows: list[Row] = []
    letters = 0
    for line, cells in _workbook(content) if content.startswith(b"PK") else _csv(content):
        row = Row(line, tuple(normalize("NFC", cell).strip() for cell in cells))
        if any(row.cells):
            rows.append(row)
            letters += sum(map(len, row.cells))
        if len(rows) > MAX_ROWS or letters > MAX_LETTERS:
            raise TooHeavy
    return rows


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content)
    header = text.lstrip().split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(_SEPARATORS, key=header.count), strict=True
    )
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise Unreadable(line) from None


def _decoded(content: bytes) -> str:
    """Read UTF-8, the UTF-16 of Excel's "Unicode text", or the Windows-1258 of its plain CSV."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if is_wide else ["utf-8-sig", "cp1258"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable


def _workbook(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from _first_sheet(io.BytesIO(content))
    except (TooHeavy, MemoryError):
        raise
    except Exception:  # openpyxl raises whatever a broken part happens to cause
        raise Unreadable from None


def _first_sheet(content: io.BytesIO) -> Iterator[tuple[int, list[str]]]:
    with zipfile.ZipFile(content) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MAX_UNPACKED:
            raise TooHeavy
    import openpyxl  # noqa: PLC0415 - half a second, which a CSV need not wait
    from openpyxl.cell.read_only import EMPTY_CELL  # noqa: PLC0415

    book = openpyxl.load_workbook(content, read_only=True, data_only=True)
    rows: Iterator[tuple[Any, ...]] = book.worksheets[0].iter_rows(max_col=_MAX_COLUMNS)
    before = None
    for line, cells in enumerate(rows, 1):
        if line > _LAST_ROW:
            raise Unreadable
        is_missing = cells is before  # one tuple stands for all the rows that the sheet leaves out
        before = cells
        if not is_missing and any(cell is not EMPTY_CELL for cell in cells):
            filled = max(n for n, cell in enumerate(cells, 1) if cell is not EMPTY_CELL)
            yield line, [_text(cell.value, cell) for cell in cells[:filled]]


def _text(value: object, cell: Any) -> str:
    """Return what a cell shows: a share is a number shown in per cent."""
    if value is None:
        return ""
    if isinstance(value, int | float) and "%" in cell.number_format:
        return f"{value * 100:.6g}%"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
