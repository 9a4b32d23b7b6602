"""`dondoc move-to`: copies an office from one database to another, SQLite or PostgreSQL, and compares both.

The bot must not run meanwhile: changes made after the copy began would stay in the old database and be lost.
The old database is not changed.
"""

import os
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from rich.progress import Progress

from bot.commands.progress_bar import progress_bar, shown
from bot.commands.terminal import Finding
from bot.config import Config
from bot.runtime.connect import office_there, require_office
from storage.backups import sqlite_backup
from storage.engine import engine_migration
from storage.engine.database import Database, Reader, Transaction
from storage.engine.engine_migration import CannotMove, Shape, Sum
from storage.engine.migrate import REFUSALS, migrate, waiting
from storage.engine.opening import open_database, sqlite_path, without_password
from storage.history import chain

FAILURES = (CannotMove, sqlite_backup.InUse)
_STATEMENT_SECONDS = 3600
"""Checking all references may take minutes on a large database."""


async def move(config: Config, url: str, now: datetime) -> list[Finding]:
    """Copy all rows, compare them with the originals, and only then keep the copy. Raises FAILURES.

    If anything fails before that, nothing new remains at `url`, except tables without rows in a PostgreSQL
    database.
    """
    if url == config.storage.url:
        raise CannotMove("this is where the office is already")
    await require_office(config)
    async with _source(config) as source, _target(url, now) as target:
        with progress_bar() as bar:
            async with source.transaction() as read, target.transaction() as write:
                return await _move(read, write, bar)


async def _move(read: Transaction, write: Transaction, bar: Progress) -> list[Finding]:
    await engine_migration.hold(read)
    tables, theirs = await engine_migration.shapes(read), await engine_migration.shapes(write)
    if tables != theirs:
        raise CannotMove("the two databases do not have the same tables")
    counts = await sqlite_backup.counts(read, list(tables))
    rules = await engine_migration.begin(write)
    copied = await _read(read, tables, counts, shown(bar, "copied"), write)
    await engine_migration.end(write, rules, await engine_migration.numbers_given(read))
    found = await _read(write, tables, counts, shown(bar, "compared"))
    return await _compared(read, write, counts, copied, found)


async def _read(
    db: Reader,
    tables: Mapping[str, Shape],
    counts: Mapping[str, int],
    told: Callable[[int, int], None],
    to: Transaction | None = None,
) -> dict[str, Sum]:
    """Read all rows, write them to `to` if it is given, and return the sum of each table's rows."""
    done, total, sums = 0, sum(counts.values()), dict.fromkeys(tables, Sum())
    for name, shape in tables.items():
        async for rows in engine_migration.pages(db, shape):
            if to is not None:
                await engine_migration.put(to, shape, rows)
            sums[name] = engine_migration.plus(sums[name], rows)
            done += len(rows)
            told(done, total)
    return sums


async def _compared(
    read: Transaction,
    write: Transaction,
    counts: Mapping[str, int],
    copied: Mapping[str, Sum],
    found: Mapping[str, Sum],
) -> list[Finding]:
    """Return the results of the comparison. Raises CannotMove if anything differs, so that nothing is kept."""
    wrong = [
        name for name, n in counts.items() if copied[name] != found[name] or found[name].rows != n
    ]
    if wrong:
        raise CannotMove(f"what was written is not what was read: {', '.join(wrong)}")
    before, after = await chain.anchor(read), await chain.anchor(write)
    if before != after or (fault := await chain.verify(write)) is not None:
        raise CannotMove(f"the history is not whole: {fault if before == after else after}")
    rows = sum(counts.values())
    return [
        Finding(fine=True, words=f"rows: {rows} of {len(counts)} tables, each as it was"),
        Finding(
            fine=True, words=f"history: {after.number} events, each as it was written; {after}"
        ),
    ]


@asynccontextmanager
async def _source(config: Config) -> AsyncIterator[Database]:
    """Open the database to move. Refuses one that is in use, or whose migrations have not all run."""
    path = sqlite_path(config.storage.url)
    if path is not None:
        sqlite_backup.fold_log_in(path)
    async with office_there(config, _STATEMENT_SECONDS) as db:
        if path is None:
            await sqlite_backup.require_alone(db)
        if left := await waiting(db):
            raise CannotMove(f"migrations {left} were not run yet: start the bot once, and stop it")
        yield db


@asynccontextmanager
async def _target(url: str, now: datetime) -> AsyncIterator[Database]:
    """Open the target database. A SQLite file gets its name only once it is complete."""
    path = sqlite_path(url)
    if path is not None and path.exists():
        raise CannotMove(f"{path}: there is a file of that name already")
    part = path and path.with_name(f".{path.name}.part")
    _remove(part)
    try:
        db = await open_database(f"sqlite:///{part}" if part else url, _STATEMENT_SECONDS)
        try:
            await _begin(db, now, url)
            if written := await engine_migration.written_in(db):
                raise CannotMove(_not_empty(written))
            yield db
        finally:
            await db.close()
        if path and part:
            sqlite_backup.fold_log_in(part)
            part.replace(path)
            sqlite_backup.sync_folder(path.parent)
    finally:
        _remove(part)


async def _begin(db: Database, now: datetime, url: str) -> None:
    try:
        await migrate(db, now)
    except REFUSALS as why:
        raise CannotMove(f"{without_password(url)}: {why}") from why


def _not_empty(written: Sequence[str]) -> str:
    """Say why the target is not empty: an office is in it, or the program once ran on it without an office."""
    if "people" in written:
        return "there is an office in the database already: move to a new, empty one"
    return f"the program has run on that database ({', '.join(written)}): move to a new, empty one"


def _remove(part: Path | None) -> None:
    for ending in ("", "-wal", "-shm"):
        if part is not None:
            Path(f"{os.fspath(part)}{ending}").unlink(missing_ok=True)
