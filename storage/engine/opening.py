"""Opens a database by its address, which names the engine."""

import re
import sqlite3
from pathlib import Path

import asyncpg

from storage.engine.database import Database
from storage.engine.postgres import STATEMENT_SECONDS, open_postgres
from storage.engine.sqlite import open_sqlite

DRIVER_ERRORS = (asyncpg.InterfaceError, asyncpg.PostgresError, sqlite3.DatabaseError)
"""Errors of either engine when a database cannot be used."""

_PASSWORD = re.compile(r"(?<=//).*(?=@)|(?<=[?&]password=)[^&]*")
_SQLITE = "sqlite:///"
_POSTGRES = "postgresql://"


async def open_database(url: str, statement_seconds: float = STATEMENT_SECONDS) -> Database:
    """Open `sqlite:///relative.db`, `sqlite:////absolute.db` or `postgresql://...`.

    On PostgreSQL a statement may take `statement_seconds`. Raises ValueError for any other address; its text does
    not repeat the address, which may hold a password. For the other errors raised, `not_opened` gives the
    address.
    """
    path = sqlite_path(url)
    try:
        if path is not None:
            return await open_sqlite(path)
        if url.startswith(_POSTGRES):
            return await open_postgres(url, statement_seconds)
    except (*DRIVER_ERRORS, OSError) as why:
        why.add_note(without_password(url))
        raise
    raise ValueError("storage url: expected sqlite:///path/to/file.db or postgresql://...")


def not_opened(error: BaseException) -> str | None:
    """Return the address, without its password, that could not be opened; None for an unrelated error."""
    return next(iter(getattr(error, "__notes__", ())), None)


def without_password(url: str) -> str:
    """Return an address in which the password is hidden."""
    return re.sub(_PASSWORD, "***", url)


def sqlite_path(url: str) -> Path | None:
    """Return the file of a SQLite address; None for any other."""
    if url.startswith(_SQLITE) and url != _SQLITE:
        return Path(url.removeprefix(_SQLITE))
    return None
