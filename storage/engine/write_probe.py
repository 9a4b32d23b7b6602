"""Checks whether a database would accept writes, without writing to it."""

import asyncio
import errno
import os
from pathlib import Path
from tempfile import TemporaryFile

from storage.engine.database import Database
from storage.engine.sqlite import SqliteDatabase

_ASKED = "SELECT 1 FROM migrations WHERE FALSE FOR UPDATE"
"""Locks no row. It is refused where writing is: by a standby, or by a setting of the server or session."""
_ROOM = 256 * 1024
"""In bytes: what a batch of incoming updates, or the largest write of one action, takes in the log of writes."""


async def require_writing(db: Database) -> None:
    """Check a database that is up to date; raises the errors that writing would, so that one trouble has one name."""
    if not isinstance(db, SqliteDatabase):
        await db.fetch(_ASKED)
        return
    await db.fetch("SELECT 1 FROM migrations LIMIT 1")
    await asyncio.to_thread(_require_file, db.path)


def _require_file(path: Path) -> None:
    folder = path.absolute().parent
    for place in (path, folder):
        if not os.access(place, os.W_OK):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(place))
    try:
        with TemporaryFile(
            dir=folder, buffering=0
        ) as room:  # it has no name, so it is gone however the program ends
            os.posix_fallocate(room.fileno(), 0, _ROOM)
    except OSError as why:
        raise OSError(why.errno, os.strerror(why.errno or 0), str(folder)) from None
