"""Whether what is written to a database would be taken, asked without writing."""

import asyncio
import errno
import os

from storage.database import Database
from storage.sqlite import SqliteDatabase

_ASKED = "SELECT 1 FROM migrations WHERE FALSE FOR UPDATE"
"""Locks no row, and is refused where writing is: by a standby, or a setting of server or session."""


async def require_writing(db: Database) -> None:
    """Ask a database that is up to date; raises as writing would, so that one trouble has one name."""
    if not isinstance(db, SqliteDatabase):
        await db.fetch(_ASKED)
        return
    await db.fetch("SELECT 1 FROM migrations LIMIT 1")
    for place in (db.path, db.path.absolute().parent):
        if not await asyncio.to_thread(os.access, place, os.W_OK):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(place))
