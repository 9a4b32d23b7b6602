"""What can be told of a SQLite database before SQLite opens it: opening an empty one removes its log."""

from pathlib import Path
from typing import NamedTuple

from storage.soundness.write_log import WriteLog, read_log

_MAGIC = b"SQLite format 3\x00"
_HEADER_SIZE = 100
EMPTY = "is empty (0 bytes)"
"""What `emptied` says of a file that SQLite never leaves so."""


class _Header(NamedTuple):
    page_size: int
    pages: int | None
    """How many pages the file says it has; None where an old program left that out."""


def emptied(path: Path) -> str | None:
    """Say that there is no database in a file, or no file; None where SQLite may find one in it."""
    if not path.exists():
        return "is not there"
    return EMPTY if path.is_file() and path.stat().st_size == 0 else None


def cut_off(path: Path) -> str | None:
    """Say how much is missing at the end of a file; None where all pages are there, or in its log.

    SQLite finds out when somebody needs such a page. The database may be in use: pages go from log to file at any
    moment, so what seems missing is looked for again.
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
    """Read the head of a database; None for a file that is none, or of which the head is damaged."""
    with path.open("rb") as file:
        raw = file.read(_HEADER_SIZE)
    if len(raw) < _HEADER_SIZE or not raw.startswith(_MAGIC):
        return None
    size = int.from_bytes(raw[16:18])
    counted = raw[24:28] == raw[92:96]  # else a program that counts no pages wrote last
    return _Header(
        65536 if size == 1 else max(size, 512), int.from_bytes(raw[28:32]) if counted else None
    )
