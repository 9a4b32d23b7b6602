"""A bot on the emulator, and the parts of delivery around one database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime

import pytest

from bot.clock import stopwatch, system_clock
from bot.delivery.outbox.limiter import Limiter
from bot.delivery.telegram.http_client import TelegramBot, build_bot
from bot.delivery.telegram.sender import Sender
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from bot.playground.people import Person
from bot.playground.server import serve
from storage.engine.database import Database


@pytest.fixture
def emulator() -> Emulator:
    people = [Person(number, f"Người {number}", started=True) for number in range(101, 181)]
    emulator = Emulator(people)
    emulator.faults.limits = False
    return emulator


@pytest.fixture
def gestures(emulator: Emulator) -> Gestures:
    return Gestures(emulator)


@pytest.fixture
async def address(emulator: Emulator) -> AsyncIterator[str]:
    async with serve(emulator) as address:
        yield address


@pytest.fixture
async def bot(emulator: Emulator, address: str) -> AsyncIterator[TelegramBot]:
    bot = build_bot(emulator.token, f"{address}/bot", f"{address}/file/bot")
    async with bot:
        yield bot


@pytest.fixture
def sender(bot: TelegramBot) -> Sender:
    return Sender(bot, Limiter(0, stopwatch))


class OwnedClock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> OwnedClock:
    return OwnedClock(system_clock())


async def until(holds: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until something is so; fail when it is not after a while."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - anything may be waited for
            await asyncio.sleep(0.01)


async def add_person(db: Database, telegram_id: int, reach: str = "reachable") -> int:
    """Make a person with this Telegram account and return their id."""
    async with db.transaction() as tx:
        row = await tx.fetch_one(
            "INSERT INTO people (name, folded, telegram_id, reach, created_at)"
            " VALUES ($1, $2, $3, $4, $5) RETURNING id",
            f"Người {telegram_id}",
            f"nguoi {telegram_id}",
            telegram_id,
            reach,
            system_clock(),
        )
    assert row is not None
    return int(row["id"])


async def add_task(db: Database, person_id: int, urgency: str = "normal") -> int:
    async with db.transaction() as tx:
        row = await tx.fetch_one(
            "INSERT INTO tasks (title, urgency, status, assigner_id, entered_by_id, created_at)"
            " VALUES ('việc', $3, 'assigned', $1, $1, $2) RETURNING id",
            person_id,
            system_clock(),
            urgency,
        )
    assert row is not None
    return int(row["id"])


def said(emulator: Emulator, chat_id: int) -> list[str]:
    """Return what the bot has said in a chat, as it stands now."""
    return [
        message.data["text"]
        for message in emulator.messages.of_chat(chat_id)
        if message.by_bot and "text" in message.data
    ]
