"""What is opened is closed whole, in bounded time; what is no database is not opened."""

import asyncio
import threading
from pathlib import Path

import pytest

from storage.engine import postgres
from storage.engine.database import Database
from storage.engine.opening import open_database


async def test_closing_ends_every_thread(sqlite_url: str) -> None:
    before = set(threading.enumerate())
    opened = await open_database(sqlite_url)
    started = set(threading.enumerate()) - before
    assert len(started) == 3
    await opened.close()
    ended(started)


async def test_closing_does_not_wait_for_ever(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_CLOSE_SECONDS", 0.1)
    began = asyncio.Event()

    async def never_end() -> None:
        async with db.transaction() as tx:
            await tx.fetch("SELECT 1 AS one")
            began.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(never_end())
    await began.wait()
    async with asyncio.timeout(5):
        await db.close()
    task.cancel()
    await asyncio.wait([task])


async def test_a_file_that_is_no_database_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("not a database" * 100)
    before = set(threading.enumerate())
    with pytest.raises(Exception, match="not a database"):
        await open_database(f"sqlite:///{path}")
    ended(set(threading.enumerate()) - before)


def ended(threads: set[threading.Thread]) -> None:
    for thread in threads:
        thread.join(timeout=5)
    assert not any(thread.is_alive() for thread in threads)


@pytest.mark.parametrize("url", ["", "data/dondoc.db", "sqlite:///", "mysql://me:secret@host/db"])
async def test_an_address_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///") as refused:
        await open_database(url)
    assert "secret" not in str(refused.value)
