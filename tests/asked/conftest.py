"""The asked office, on either engine."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.engine.database import Database
from tests.actions.office import Staffed
from tests.asked.office import NOW, asked_office
from tests.chat.talk import Talk, talking


@pytest.fixture
async def asked(db: Database, tmp_path: Path) -> Staffed:
    return await asked_office(db, tmp_path / "files")


@pytest.fixture
async def talk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Talk]:
    """The asked office at its telephones; "leader" is Trịnh Quang Lĩnh, the first of its people."""
    async with talking(sqlite_url, tmp_path / "files", asked_office) as talk:
        talk.now = NOW
        yield talk
