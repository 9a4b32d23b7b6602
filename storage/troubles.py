"""When a database, or the folder of files, cannot be worked with for now, whatever was asked of it."""

import errno
import sqlite3
from enum import StrEnum

import asyncpg


class Trouble(StrEnum):
    """What passes by itself or once an operator has seen to it; what was being done is done later."""

    DISK_FULL = "disk_full"
    DISK = "disk"
    LOCKED = "locked"
    AWAY = "away"


_SQLITE = {
    sqlite3.SQLITE_FULL: Trouble.DISK_FULL,
    sqlite3.SQLITE_IOERR: Trouble.DISK,
    sqlite3.SQLITE_CANTOPEN: Trouble.DISK,
    sqlite3.SQLITE_READONLY: Trouble.DISK,
    sqlite3.SQLITE_BUSY: Trouble.LOCKED,
    sqlite3.SQLITE_LOCKED: Trouble.LOCKED,
}
_POSTGRES = {
    asyncpg.DiskFullError: Trouble.DISK_FULL,
    asyncpg.LockNotAvailableError: Trouble.LOCKED,
    asyncpg.DeadlockDetectedError: Trouble.LOCKED,
    asyncpg.PostgresConnectionError: Trouble.AWAY,
    asyncpg.CannotConnectNowError: Trouble.AWAY,
    asyncpg.AdminShutdownError: Trouble.AWAY,
    asyncpg.CrashShutdownError: Trouble.AWAY,
    asyncpg.TooManyConnectionsError: Trouble.AWAY,
}
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
    """Return what trouble an error tells of; None for a mistake in the program or its data."""
    if isinstance(error, sqlite3.OperationalError):
        return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if isinstance(error, OSError):
        return _SYSTEM.get(error.errno or 0)
    if type(error) is asyncpg.InterfaceError and "closed" in str(
        error
    ):  # before the server said why
        return Trouble.AWAY
    return next((kind for one, kind in _POSTGRES.items() if isinstance(error, one)), None)


def may_pass(error: BaseException) -> bool:
    """Tell whether what cannot be opened may be opened later, with the same settings."""
    if isinstance(error, OSError) and error.errno in _REFUSED:
        return False
    wrong = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
    return (
        trouble_of(error) is not None and getattr(error, "sqlite_errorcode", 0) & 0xFF not in wrong
    )
