"""The small office talking to the bot, through the emulator."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.engine.opening import open_database
from tests.actions.conftest import small_office, sqlite_office
from tests.actions.office import Staffed
from tests.chat.talk import Talk, at_telephones

__all__ = ["small_office", "sqlite_office"]


@pytest.fixture
async def at_work(small_office: Staffed, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Staffed]:
    db = await open_database(sqlite_url)
    yield small_office.moved(db, tmp_path / "files")
    await db.close()


@pytest.fixture
async def talk(at_work: Staffed) -> AsyncIterator[Talk]:
    """Everybody has pressed Start; Monday morning, nine o'clock."""
    async with at_telephones(at_work) as talk:
        yield talk
