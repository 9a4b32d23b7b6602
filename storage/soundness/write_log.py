"""What SQLite's log of writes holds, read by ourselves: SQLite says nothing of what it drops.

A committed transaction is in the file `<database>-wal` until a checkpoint moves it into the database. Each
frame of the log is one page; its checksum goes on from the checksum of the frame before. At the next start
SQLite reads up to the first frame whose checksum is wrong, and takes all that follows for never written.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NamedTuple

_HEADER = struct.Struct(">8I")
_FRAME = struct.Struct(">6I")
_MAGIC = 0x377F0682
"""Its last bit tells in which order of bytes the checksums were counted."""
_SIZES = {2**power for power in range(9, 17)}
_USUAL_SIZE = 4096
_WORD = 0xFFFFFFFF
Sums = tuple[int, int]


@dataclass(frozen=True)
class WriteLog:
    """The transactions of a log that SQLite reads, and those that it would drop without a word."""

    kept: int
    lost: int
    """Transactions that were committed at or after the first damaged frame.

    A power failure, too, can leave one: the last, of which nobody was told yet that it is done.
    """
    pages: frozenset[int]
    """The pages of the database that are in the log, of the transactions that are kept."""
    size: int | None
    """How many pages the database has after them; None where there are none."""


_NOTHING = WriteLog(0, 0, frozenset(), None)


class _Frame(NamedTuple):
    page: int
    size: int
    """Pages of the database after a commit; 0 for a frame that is not the last of its transaction."""
    salts: Sums
    sums: Sums
    whole: bool


def log_beside(database: Path) -> Path:
    """Return where SQLite keeps the log of a database."""
    return database.with_name(f"{database.name}-wal")


def has_log(database: Path) -> bool:
    """Tell whether anything is in the log of a database."""
    log = log_beside(database)
    return log.exists() and log.stat().st_size > 0


def read_log(database: Path) -> WriteLog:
    """Read the log of a database that may be in use; raises OSError.

    A log that is begun anew while we read it is read again.
    """
    try:
        with log_beside(database).open("rb") as file:
            while True:
                head = file.read(_HEADER.size)
                found = _read(file, head)
                file.seek(0)
                if file.read(_HEADER.size) == head:
                    return found
                file.seek(0)
    except FileNotFoundError:
        return _NOTHING


def _read(file: BinaryIO, head: bytes) -> WriteLog:
    if len(head) < _HEADER.size:
        return _NOTHING
    magic, _, page_size, _, *salts, _, _ = _HEADER.unpack(head)
    order = ">" if magic & 1 else "<"
    sums = _plus(head[:24], (0, 0), order)
    if magic & ~1 != _MAGIC or sums != _HEADER.unpack(head)[6:]:
        return _without_head(file, page_size)
    kept, lost, size = 0, 0, None
    pages: set[int] = set()
    waiting: set[int] = set()
    broken = False
    for frame in _frames(file, page_size, sums, order):
        ours = _alike(frame.salts, (salts[0], salts[1]))
        broken = broken or not (frame.salts == (salts[0], salts[1]) and frame.whole)
        if broken:
            lost += ours and frame.size > 0
            continue
        waiting.add(frame.page)
        if frame.size:
            kept, size = kept + 1, frame.size
            pages |= waiting
            waiting.clear()
    return WriteLog(kept, lost, frozenset(pages), size)


def _without_head(file: BinaryIO, page_size: int) -> WriteLog:
    """Count the transactions of a log whose head is damaged: those that are of the first frame's kind."""
    salts, lost = None, 0
    for frame in _frames(file, page_size if page_size in _SIZES else _USUAL_SIZE, (0, 0), "<"):
        salts = salts or frame.salts
        lost += _alike(frame.salts, salts) and frame.size > 0
    return WriteLog(0, lost, frozenset(), None)


def _frames(file: BinaryIO, page_size: int, sums: Sums, order: str) -> Iterator[_Frame]:
    """Yield frames up to the first that is not there in full; `whole` is whether the checksum is right.

    The sums of one go on from those that are written in the frame before.
    """
    while len(raw := file.read(_FRAME.size + page_size)) == _FRAME.size + page_size:
        page, size, salt1, salt2, *written = _FRAME.unpack(raw[: _FRAME.size])
        counted = _plus(raw[:8] + raw[_FRAME.size :], sums, order)
        sums = (written[0], written[1])
        yield _Frame(page, size, (salt1, salt2), sums, counted == sums and page > 0)


def _alike(some: Sums, others: Sums) -> bool:
    """Tell whether frames were written in one life of the log: of two salts one may be damaged."""
    return some[0] == others[0] or some[1] == others[1]


def _plus(data: bytes, sums: Sums, order: str) -> Sums:
    """Return SQLite's checksum of data, going on from an earlier one."""
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for one, other in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & _WORD
        second = (second + other + first) & _WORD
    return first, second
