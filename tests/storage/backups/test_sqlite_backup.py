"""A copy of a SQLite database in use is whole, or is not made."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.config import Config
from bot.config.sections import Storage, Telegram
from bot.playground.emulator import TOKEN
from bot.runtime.build_office import copying
from storage.backups.sqlite_backup import copy_sqlite
from storage.engine.opening import open_database

NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)


async def test_a_copy_holds_what_is_committed_and_nothing_else(
    sqlite_url: str, tmp_path: Path
) -> None:
    keep = "INSERT INTO texts (body, sha256, created_at) VALUES ($1, '', $2)"
    target = tmp_path / "copy.db"
    target.write_text("an older copy")
    db = await open_database(sqlite_url)
    try:
        async with db.transaction() as tx:
            await tx.execute(keep, "committed", NOW)
        async with db.transaction() as tx:
            await tx.execute(keep, "not yet", NOW)
            await copy_sqlite(tmp_path / "dondoc.db", target)
    finally:
        await db.close()
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT body FROM texts").fetchall() == [("committed",)]
    assert names_in(tmp_path) == {"dondoc.db", "copy.db"}


async def test_copying_what_is_not_there_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await copy_sqlite(tmp_path / "missing.db", tmp_path / "copy.db")
    assert names_in(tmp_path) == set()


async def test_what_a_killed_program_left_unfinished_is_cleared_by_the_next_copy(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Before a merger; two copies at one moment are both whole."""
    left = tmp_path / "dondoc-truoc-sap-xep-20261206-020000.db.part"
    for name in (left, left.with_name(f"{left.name}-journal")):
        name.write_text("half")
    config = Config(telegram=Telegram(token=TOKEN), storage=Storage(url=sqlite_url))
    copy = copying(config)
    assert copy is not None
    first, second = await asyncio.gather(copy(NOW), copy(NOW + timedelta(seconds=1)))
    assert names_in(tmp_path) == {"dondoc.db", first.name, second.name}


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
