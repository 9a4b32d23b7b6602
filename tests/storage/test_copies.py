"""A copy of a SQLite database in use is whole, or is not made."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.copies import copy_sqlite
from storage.opening import open_database

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


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
