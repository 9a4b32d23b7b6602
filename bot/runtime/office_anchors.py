"""Which office the files belong to, and how far its history had come: two anchors kept beside the files.

An anchor is the number and the hash of an event. The first event tells one office from another, whichever
database it is in. The last one tells that a database has lost what was committed: SQLite drops the end of
a damaged log of writes, a standby may lag behind, an old copy may be put in its place.
"""

from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from storage.engine.database import Reader
from storage.history import chain
from storage.history.chain import Anchor

NAME = "office.anchors"


class Known(NamedTuple):
    """The first event of an office, and the last that was known of."""

    first: Anchor
    last: Anchor


class Against(StrEnum):
    """What is wrong with a database, held against the anchors of an earlier time."""

    ANOTHER = "another"
    """Its history begins with another event, or it has none: it is not that office's."""
    BEHIND = "behind"
    """The last event that was known of is not in it."""


class Anchors:
    """Keeps the anchors of the office of a database; `owner` is the name of this instance."""

    def __init__(self, db: Reader, folder: Path, owner: str) -> None:
        self._db = db
        self._place = folder / NAME
        self._part = folder / f".{NAME}.{owner}.part"
        self._noted: Known | None = None

    async def note(self) -> None:
        """Write down how far the history has come. Nothing is written of one that has not begun.

        It may lag behind after a power failure, and is never ahead of what was committed.
        """
        last = await chain.anchor(self._db)
        if not last.number or (self._noted and self._noted.last == last):
            return
        first = self._noted.first if self._noted else await chain.event_anchor(self._db, 1)
        if first is not None:
            self._part.write_text(f"{first}\n{last}\n", "ascii")
            self._part.replace(self._place)
            self._noted = Known(first, last)


async def compare(db: Reader, known: Known | None) -> Against | None:
    """Return what is wrong with a database; None for the same office, or where none is known.

    Read `known` before the database: another instance may add events at any moment.
    """
    if known is None:
        return None
    if await chain.event_anchor(db, 1) != known.first:
        return Against.ANOTHER
    if await chain.event_anchor(db, known.last.number) != known.last:
        return Against.BEHIND
    return None


def in_words(known: Known) -> str:
    """Say for the operator that a database is BEHIND."""
    return (
        f"event {known.last.number}, which {NAME} tells of, is not in the database:"
        " an older copy was put in its place, or it lost what was committed"
    )


def read(folder: Path) -> Known | None:
    """Return what was noted in a folder of files; None where nothing was, or where it cannot be read."""
    with suppress(OSError, ValueError):
        first, last = (folder / NAME).read_text("ascii").split()
        return Known(_anchor(first), _anchor(last))
    return None


def forget(folder: Path) -> None:
    """Let the next office that works with these files be any: one was put in the other's place."""
    (folder / NAME).unlink(missing_ok=True)


def _anchor(said: str) -> Anchor:
    number, sha256 = said.split(":")
    return Anchor(int(number), sha256)
