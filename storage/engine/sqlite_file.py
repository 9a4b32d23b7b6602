"""Checks of a SQLite database before SQLite opens it: opening an empty one removes its log."""

from pathlib import Path
from typing import NamedTuple

from storage.soundness.write_log import WriteLog, read_log

_MAGIC = b"SQLite format 3\x00"
_HEADER_SIZE = 100
EMPTY = "is empty (0 bytes)"
"""What `emptied` says of a file of 0 bytes. SQLite itself never leaves a file so."""


class _Header(NamedTuple):
    page_size: int
    pages: int | None
    """How many pages the file says it has; None if an old program left that out."""


def emptied(path: Path) -> str | None:
    """Say why a file has no database (it is missing or empty); None if SQLite may find a database in it."""
    if not path.exists():
        return "is not there"
    return EMPTY if path.is_file() and path.stat().st_size == 0 else None


def cut_off(path: Path) -> str | None:
    """Say how much is missing at the end of a file; None if all pages are in the file or in its log.

    SQLite notices only when somebody needs such a page. The database may be in use, and pages move from log to
    file at any moment, so what seems missing is looked for a second time.
    """
    return _cut_off(path, read_log(path)) and _cut_off(path, read_log(path))


def _cut_off(path: Path, log: WriteLog) -> str | None:
    header = _header(path)
    if header is None:
        return None
    there, wanted = path.stat().st_size // header.page_size, log.size or header.pages or 0
    missing = set(range(there + 1, wanted + 1)) - log.pages
    return f"is cut off: {len(missing)} of its {wanted} pages are missing" if missing else None


def _header(path: Path) -> _Header | None:
    """Read the header of a database; None if the file is no database or its header is damaged."""
    with path.open("rb") as file:
        raw = file.read(_HEADER_SIZE)
    if len(raw) < _HEADER_SIZE or not raw.startswith(_MAGIC):
        return None
    size = int.from_bytes(raw[16:18])
    counted = raw[24:28] == raw[92:96]  # else the last writer was a program that counts no pages
    return _Header(
        65536 if size == 1 else max(size, 512), int.from_bytes(raw[28:32]) if counted else None
    )
