"""A folder to call commands in, and a Telegram for them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.emulator import Emulator
from bot.playground.office import read_office
from bot.playground.server import serve
from tests.commands.shell import NOWHERE, Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Telegram is not reached from here."""
    made = Folder(tmp_path)
    made.configure(NOWHERE)
    return made


@pytest.fixture
async def telegram() -> AsyncIterator[str]:
    async with serve(Emulator(read_office())) as address:
        yield address
