"""The emulator on a free port, python-telegram-bot talking to it, and people's phones."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.playground.emulator import TOKEN, Emulator
from bot.playground.office import read_office
from bot.playground.remote import Remote
from bot.playground.server import serve

LINH = 700000002
AN = 700000007


@pytest.fixture
def emulator() -> Emulator:
    """The demo office; Trịnh Quang Lĩnh has pressed Start, nobody else."""
    emulator = Emulator(read_office())
    emulator.people[LINH].started = True
    return emulator


@pytest.fixture
async def address(emulator: Emulator) -> AsyncIterator[str]:
    async with serve(emulator) as address:
        yield address


@pytest.fixture
async def bot(address: str) -> AsyncIterator[Bot]:
    async with Bot(TOKEN, f"{address}/bot", f"{address}/file/bot") as bot:
        yield bot


@pytest.fixture
async def play(address: str) -> AsyncIterator[Remote]:
    async with Remote(address) as play:
        yield play
