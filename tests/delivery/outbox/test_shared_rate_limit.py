"""Several instances keep to Telegram's limits together."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.messages import Delivery, Message
from bot.clock import stopwatch, system_clock
from bot.delivery.outbox.limiter import Limiter
from bot.delivery.outbox.shared_rate_limit import SharedPace
from bot.delivery.telegram.errors import DeliveryFailed
from bot.delivery.telegram.http_client import TelegramBot
from bot.delivery.telegram.sender import Sender
from bot.playground.emulator import BotCall, Emulator
from storage.engine.database import Database
from storage.engine.opening import open_database
from storage.messaging import rate_limits
from storage.records import Priority
from tests.delivery.conftest import until

NOW = datetime(2026, 12, 7, 2, tzinfo=UTC)
ALL, CHAT = rate_limits.Limit(0, 1 / 30, 5), rate_limits.Limit(101, 1.0, 3)


async def test_a_burst_goes_at_once_and_then_so_many_a_second(db: Database) -> None:
    waits = [await rate_limits.reserve(db, [ALL], NOW, 60) for _ in range(36)]
    assert waits[:5] == [0.0] * 5
    assert waits[35] is not None
    assert round(waits[35], 3) == round(31 / 30, 3)
    assert await rate_limits.reserve(db, [ALL], NOW + timedelta(seconds=100), 60) == 0


async def test_what_would_wait_too_long_is_not_counted(db: Database) -> None:
    for _ in range(3):
        assert await rate_limits.reserve(db, [ALL, CHAT], NOW, 0.5) == 0
    assert await rate_limits.reserve(db, [ALL, CHAT], NOW, 0.5) is None
    rows = await db.fetch("SELECT free_at FROM paces ORDER BY chat_id")
    assert [row["free_at"] - round(NOW.timestamp() * 10**6) for row in rows] == [99_999, 3_000_000]
    await rate_limits.prune(db, NOW + timedelta(seconds=2))
    assert [row["chat_id"] for row in await db.fetch("SELECT chat_id FROM paces")] == [101]
    await rate_limits.bar(db, 7, NOW, 2)
    await rate_limits.prune(db, NOW + timedelta(seconds=1))
    rows = await db.fetch("SELECT chat_id FROM paces ORDER BY chat_id")
    assert [row["chat_id"] for row in rows] == [7, 101]


async def test_a_clock_set_back_keeps_nobody_silent(db: Database) -> None:
    for _ in range(6):
        await rate_limits.reserve(db, [ALL, CHAT], NOW, 60)
    earlier = NOW - timedelta(hours=1)
    assert await rate_limits.reserve(db, [ALL, CHAT], earlier, 0.5) == 0
    rows = await db.fetch("SELECT free_at FROM paces ORDER BY chat_id")
    ahead = [row["free_at"] - round(earlier.timestamp() * 10**6) for row in rows]
    assert ahead == [33_333, 1_000_000]


async def test_a_silence_is_one_chats_and_is_not_shortened(db: Database) -> None:
    await rate_limits.bar(db, 101, NOW, 20)
    await rate_limits.bar(db, 101, NOW, 5)
    later = NOW + timedelta(seconds=6)
    assert await rate_limits.barred(db, 101, later) == 14
    assert await rate_limits.barred(db, 102, later) == 0
    assert await rate_limits.barred(db, 101, NOW + timedelta(seconds=21)) == 0
    assert await rate_limits.reserve(db, [ALL, CHAT], later, 0.5) == 0
    assert await rate_limits.barred(db, 101, later) == 14


Two = Callable[[float], list[Sender]]


@pytest.fixture
async def two(postgres_url: str, bot: TelegramBot) -> AsyncIterator[Two]:
    """Two instances that send by one pace."""
    db = await open_database(postgres_url)

    def sending(messages_per_second: float) -> list[Sender]:
        limiters = [Limiter(messages_per_second, stopwatch) for _ in range(2)]
        for one in limiters:
            one.shared = SharedPace(db, messages_per_second, system_clock)
        return [Sender(bot, one) for one in limiters]

    yield sending
    await db.close()


def sent(emulator: Emulator) -> list[BotCall]:
    return [call for call in emulator.calls if call.method == "sendMessage"]


@pytest.mark.parametrize("rate", [0, 30])
async def test_a_silence_that_one_was_asked_for_is_kept_by_the_other(
    two: Two, emulator: Emulator, rate: float
) -> None:
    here, there = two(rate)
    emulator.faults.flooded, emulator.faults.retry_after = 1, 1
    asked = asyncio.create_task(here.send(Delivery(101, Message("một"))))
    await until(lambda: sent(emulator) and here._limiter._pace.barred_for(101, stopwatch()))
    await there.send(Delivery(102, Message("người khác")))
    assert not asked.done()
    await asyncio.gather(asked, there.send(Delivery(101, Message("hai"))))
    refused, other, *said = sent(emulator)
    assert refused.outcome.startswith("Too Many Requests")
    assert (other.chat_id, other.outcome) == (102, "ok")
    assert [call.outcome for call in said] == ["ok", "ok"]
    assert all(call.at - refused.at >= 1 for call in said)


async def test_a_long_silence_that_one_was_asked_for_is_said_at_once_by_the_other(
    two: Two, emulator: Emulator
) -> None:
    here, there = two(30)
    emulator.faults.flooded, emulator.faults.retry_after = 1, 60
    for one in (here, there):
        with pytest.raises(DeliveryFailed) as caught:
            await one.send(Delivery(101, Message("một")))
        assert caught.value.retry_after
        assert 58 < caught.value.retry_after <= 60
    assert len(sent(emulator)) == 1


async def test_two_instances_send_no_faster_than_one(two: Two, emulator: Emulator) -> None:
    emulator.faults.limits = True
    senders = two(30)
    began = stopwatch()
    await asyncio.gather(
        *(
            senders[number % 2].send(Delivery(101 + number, Message("tin")), Priority.NOTICE)
            for number in range(45)
        )
    )
    took = stopwatch() - began
    assert [call.outcome for call in emulator.calls] == ["ok"] * len(emulator.calls)
    assert took > 40 / 30 * 0.9


async def test_while_the_database_is_away_each_goes_by_its_own(postgres_url: str) -> None:
    db = await open_database(postgres_url)
    await db.close()
    shared = SharedPace(db, 30, system_clock)
    await asyncio.wait_for(shared.wait(101, 0, edit=False), 5)
    await shared.bar(101, 60)
    assert await shared.barred_for(101) == 0
