"""Several instances keep to Telegram's limits together."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.chat.messages import Delivery, Message
from bot.clock import stopwatch, system_clock
from bot.delivery.limiter import Limiter
from bot.delivery.shared_pace import SharedPace
from bot.delivery.telegram import Sender
from bot.delivery.telegram_http import TelegramBot
from bot.playground.emulator import Emulator
from storage import paces
from storage.database import Database
from storage.opening import open_database
from storage.records import Priority

NOW = datetime(2026, 12, 7, 2, tzinfo=UTC)
ALL, CHAT = paces.Limit(0, 1 / 30, 5), paces.Limit(101, 1.0, 3)


async def test_a_burst_goes_at_once_and_then_so_many_a_second(db: Database) -> None:
    waits = [await paces.reserve(db, [ALL], NOW, 60) for _ in range(36)]
    assert waits[:5] == [0.0] * 5
    assert waits[35] is not None
    assert round(waits[35], 3) == round(31 / 30, 3)
    assert await paces.reserve(db, [ALL], NOW + timedelta(seconds=100), 60) == 0


async def test_what_would_wait_too_long_is_not_counted(db: Database) -> None:
    for _ in range(3):
        assert await paces.reserve(db, [ALL, CHAT], NOW, 0.5) == 0
    assert await paces.reserve(db, [ALL, CHAT], NOW, 0.5) is None
    rows = await db.fetch("SELECT free_at FROM paces ORDER BY chat_id")
    assert [row["free_at"] - round(NOW.timestamp() * 10**6) for row in rows] == [99_999, 3_000_000]
    await paces.prune(db, NOW + timedelta(seconds=2))
    assert [row["chat_id"] for row in await db.fetch("SELECT chat_id FROM paces")] == [101]


async def test_two_instances_send_no_faster_than_one(
    postgres_url: str, bot: TelegramBot, emulator: Emulator
) -> None:
    db = await open_database(postgres_url)
    emulator.faults.limits = True
    limiters = [Limiter(30, stopwatch) for _ in range(2)]
    for one in limiters:
        one.shared = SharedPace(db, 30, system_clock)
    senders = [Sender(bot, one) for one in limiters]
    began = stopwatch()
    await asyncio.gather(
        *(
            senders[number % 2].send(Delivery(101 + number, Message("tin")), Priority.NOTICE)
            for number in range(45)
        )
    )
    took = stopwatch() - began
    await db.close()
    assert [call.outcome for call in emulator.calls] == ["ok"] * len(emulator.calls)
    assert took > 40 / 30 * 0.9


async def test_while_the_database_is_away_each_goes_by_its_own(postgres_url: str) -> None:
    db = await open_database(postgres_url)
    await db.close()
    await asyncio.wait_for(SharedPace(db, 30, system_clock).wait(101, 0, edit=False), 5)
