"""The small office talking to the bot, through the emulator."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat.talk import Talk, talking


@pytest.fixture
async def talk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Talk]:
    """Everybody has pressed Start; Monday morning, nine o'clock."""
    async with talking(sqlite_url, tmp_path / "files") as talk:
        yield talk
