"""Errors that mean that a database, or the folder of files, cannot be used for now, whatever was asked of it."""

import errno
import sqlite3
from enum import StrEnum

import asyncpg


class Trouble(StrEnum):
    """A failure that passes by itself or after an operator acts. The work that failed is done later."""

    DISK_FULL = "disk_full"
    DISK = "disk"
    READ_ONLY = "read_only"
    LOCKED = "locked"
    AWAY = "away"


class Damaged(sqlite3.DatabaseError):
    """The data read is not as the program writes it."""


_SQLITE = {
    sqlite3.SQLITE_FULL: Trouble.DISK_FULL,
    sqlite3.SQLITE_IOERR: Trouble.DISK,
    sqlite3.SQLITE_CANTOPEN: Trouble.DISK,
    sqlite3.SQLITE_READONLY: Trouble.DISK,
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
}
_POSTGRES = {
    "53100": Trouble.DISK_FULL,
    "58": Trouble.DISK,  # the server's own reading and writing
    "25006": Trouble.READ_ONLY,
    "55P03": Trouble.LOCKED,
    "40": Trouble.LOCKED,  # deadlocks
    "08": Trouble.AWAY,
    "57P": Trouble.AWAY,  # the server stops, or starts
    "25P03": Trouble.AWAY,  # it cut off a transaction that stood idle
    "53": Trouble.AWAY,  # it has no connections or no memory left
    "28": Trouble.AWAY,  # it no longer lets us log in
}
"""Troubles by how PostgreSQL's error code begins; the first that fits counts."""
_NO_ENTRY = "28"
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_POSTGRES_DAMAGED = {"XX001", "XX002"}
_SYSTEM = {
    errno.ENOSPC: Trouble.DISK_FULL,
    errno.EDQUOT: Trouble.DISK_FULL,
    errno.EFBIG: Trouble.DISK_FULL,
    errno.EIO: Trouble.DISK,
    errno.EROFS: Trouble.DISK,
    errno.EACCES: Trouble.DISK,
    errno.EPERM: Trouble.DISK,
    errno.ESTALE: Trouble.DISK,
}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


def trouble_of(error: BaseException) -> Trouble | None:
    """Return the trouble that an error means; None for a mistake in the program or its data."""
    if isinstance(error, sqlite3.OperationalError):
        return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(error, OSError):
        return _SYSTEM.get(error.errno or 0)
    if type(error) is asyncpg.InterfaceError and "closed" in str(
        error
    ):  # closed before the server said why
        return Trouble.AWAY
    if isinstance(error, asyncpg.InternalClientError) and "another operation" in str(error):
        return Trouble.AWAY  # while the driver reads that the server cut us off
    code = _code(error)
    return next((kind for begins, kind in _POSTGRES.items() if code.startswith(begins)), None)


def may_pass(error: BaseException) -> bool:
    """Tell whether an opening that failed may succeed later with the same settings."""
    if isinstance(error, OSError) and error.errno in _REFUSED:
        return False
    wrong = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in wrong or _code(error).startswith(_NO_ENTRY):
        return False
    return trouble_of(error) is not None


def onward(last: int, following: object) -> int:
    """Return the number up to which rows were read; raises Damaged if the rows are not in order.

    Without this, reading a damaged table page by page could go on for ever.
    """
    if not isinstance(following, int) or following <= last:
        raise Damaged("rows are not in their order")
    return following


def is_damage(error: BaseException) -> bool:
    """Tell whether an error means that a database is damaged, which no retry will change."""
    if isinstance(error, Damaged):
        return True
    if isinstance(error, sqlite3.DatabaseError):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED
    return _code(error) in _POSTGRES_DAMAGED


def _code(error: BaseException) -> str:
    """Return PostgreSQL's code of an error; an empty text for any other error."""
    return (error.sqlstate or "") if isinstance(error, asyncpg.PostgresError) else ""
