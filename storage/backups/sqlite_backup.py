"""Whole copies of a SQLite database: taking one while the database is in use, and putting one in its place."""

import asyncio
import os
import sqlite3
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from storage.engine.database import Reader
from storage.engine.sqlite_file import emptied
from storage.soundness import lost_writes


class InUse(Exception):  # noqa: N818 - the operator reads what it is
    """A database cannot be replaced while a program has it open."""


async def copy_sqlite(source: Path, target: Path) -> None:
    """Copy all committed data; `target` is replaced only once the copy is complete and on disk.

    Raises FileNotFoundError if there is no `source`.
    """
    await asyncio.to_thread(_copy, source, target)


def _copy(source: Path, target: Path) -> None:
    if not source.exists():
        raise FileNotFoundError(source)
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(unfinished)) as copy:
        whole.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    unfinished.replace(target)


async def counts(db: Reader, tables: Collection[str] | None = None) -> dict[str, int]:
    """Return how many rows each table has; without `tables`, of all tables of a SQLite database."""
    if tables is None:
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        tables = [row["name"] for row in await db.fetch(f"{named} ORDER BY name")]
    counted = {}
    for table in tables:
        (row,) = await db.fetch(f"SELECT COUNT(*) AS n FROM {table}")  # noqa: S608 - our tables
        counted[table] = int(row["n"])
    return counted


async def has_table(db: Reader, table: str) -> bool:
    """Tell whether there is a table of that name."""
    known = {
        "sqlite": "SELECT 1 FROM sqlite_master WHERE name = $1",
        "postgres": "SELECT 1 WHERE to_regclass(CAST($1 AS TEXT)) IS NOT NULL",
    }
    return bool(await db.fetch(known[db.engine], table))


async def others_connected(db: Reader) -> int:
    """Return how many other connections a PostgreSQL database has."""
    (row,) = await db.fetch(
        "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    return int(row["n"])


async def require_alone(db: Reader) -> None:
    """Raise InUse if others are connected to a PostgreSQL database."""
    if others := await others_connected(db):
        raise InUse(f"the database is in use ({others} connections): stop the bot first")


async def damage(db: Reader) -> str | None:
    """Return what SQLite finds wrong with the pages of a database file; None if it is sound."""
    try:
        (row,) = await db.fetch("PRAGMA integrity_check(1)")
    except sqlite3.DatabaseError as why:
        return " ".join(str(why).split())
    found = " ".join(str(row["integrity_check"]).split())
    return None if found == "ok" else found


def fold_log_in(path: Path) -> None:
    """Move what is only in the log into the database file, which no other program may have open (InUse).

    If the file has no database, the log stays as it is, because SQLite would remove it.
    """
    if emptied(path):
        return
    lost_writes.keep(path)
    try:
        with closing(sqlite3.connect(path, timeout=1)) as db:
            (mode,) = db.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError as why:
        raise InUse(f"{path}: a program has it open ({why}): stop the bot first") from None
    except sqlite3.DatabaseError:
        return  # it is damaged, which may be the reason to replace it
    if mode != "delete":
        raise InUse(f"{path}: a program has it open: stop the bot first")


def put_back_sqlite(source: Path, target: Path, kept_as: str) -> Path | None:
    """Put a database file in the place of another in one step; return where the old one is kept, if there was one.

    Both are on one disk. Raises InUse if a program still has the old one open. Raises FileExistsError if
    something is already kept under that name.
    """
    kept, put_aside = target.with_name(f"{target.stem}.{kept_as}.db"), []
    if target.exists():
        fold_log_in(target)
        os.link(target, kept)
        put_aside.append(kept)
    for ending in (
        "-wal",
        "-shm",
    ):  # left by a damaged or lost database; they would spoil the new one
        if (log := target.with_name(target.name + ending)).exists():
            put_aside.append(log.replace(kept.with_name(kept.name + ending)))
    source.replace(target)
    sync_folder(target.parent)
    return next(iter(put_aside), None)


def sync_folder(folder: Path) -> None:
    """Make a file's new name survive a power failure."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
