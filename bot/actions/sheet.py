"""Rows of text out of the files that offices keep lists in: CSV of any kind, XLSX."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.letters import nfc

MAX_BYTES = 5_000_000
MAX_ROWS = 20_000
_MAX_COLUMNS = 64
_MAX_UNPACKED = 60_000_000
_SEPARATORS = ",;\t"


class Unreadable(Exception):  # noqa: N818 - an answer to whoever sent the file
    """The file, from a line on (0: all of it), is no CSV or XLSX, or far too large for a list."""

    def __init__(self, line: int = 0) -> None:
        super().__init__(line)
        self.line = line


@dataclass(frozen=True)
class Row:
    """The cells of a row, without spaces around them, and the line of the file it starts on."""

    line: int
    cells: tuple[str, ...]


def read(content: bytes) -> list[Row]:
    """Return the rows that hold anything, told apart by the content, not by the file's name.

    Of a workbook, its first sheet. Raises Unreadable.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable
    rows: list[Row] = []
    for line, cells in _workbook(content) if content.startswith(b"PK") else _csv(content):
        if len(rows) > MAX_ROWS:
            raise Unreadable
        row = Row(line, tuple(nfc(cell).strip() for cell in cells))
        if any(row.cells):
            rows.append(row)
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
    except Exception:  # openpyxl raises whatever a broken part happens to cause
        raise Unreadable from None


def _first_sheet(content: io.BytesIO) -> Iterator[tuple[int, list[str]]]:
    with zipfile.ZipFile(content) as archive:
        if sum(part.file_size for part in archive.infolist()) > _MAX_UNPACKED:
            raise Unreadable
    import openpyxl  # noqa: PLC0415 - as slow to load as half the bot, and seldom needed

    book = openpyxl.load_workbook(content, read_only=True, data_only=True)
    try:
        for line, cells in enumerate(book.worksheets[0].iter_rows(max_col=_MAX_COLUMNS), 1):
            yield line, [_text(cell.value, cell) for cell in cells]
    finally:
        book.close()


def _text(value: object, cell: Any) -> str:
    """Return what a cell shows: a share is a number shown in per cent."""
    if value is None:
        return ""
    if isinstance(value, int | float) and "%" in cell.number_format:
        return f"{value * 100:.6g}%"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
