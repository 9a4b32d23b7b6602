"""The small office talking to the bot, through the emulator."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import stopwatch
from bot.delivery.limiter import Limiter
from bot.delivery.telegram import Sender
from bot.delivery.telegram_http import build_bot
from bot.playground.emulator import Emulator
from bot.playground.people import Person
from bot.playground.server import serve
from storage.opening import open_database
from tests.actions.office import PEOPLE, staffed
from tests.chat.talk import ACCOUNTS, Talk


@pytest.fixture
async def talk(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Talk]:
    """Everybody has pressed Start; Monday morning, nine o'clock."""
    emulator = Emulator([Person(ACCOUNTS[name], PEOPLE[name][0], started=True) for name in PEOPLE])
    emulator.faults.limits = False
    db = await open_database(sqlite_url)
    try:
        at_work = await staffed(db, tmp_path / "files")
        async with (
            serve(emulator) as address,
            build_bot(emulator.token, f"{address}/bot", f"{address}/file/bot") as bot,
        ):
            yield Talk(at_work, emulator, bot, Sender(bot, Limiter(0, stopwatch)))
    finally:
        await db.close()
