"""A message that fails is tried again in its order or given up, and holds up no other."""

import asyncio
from datetime import timedelta

import pytest

from bot.clock import stopwatch
from bot.delivery.outbox.limiter import Limiter
from bot.delivery.telegram.http_client import build_bot
from bot.delivery.telegram.sender import Sender
from bot.playground.emulator import Emulator
from bot.playground.server import serve
from storage.engine.database import Database
from tests.delivery.conftest import OwnedClock, add_person, said, until
from tests.delivery.wording import (
    Words,
    an_outbox,
    put,
    rows,
    running,
    states,
    to_say,
    until_states,
)


async def test_a_poisoned_row_is_put_off_given_up_and_stops_nothing(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    person, other = await add_person(db, 101), await add_person(db, 102)
    words = Words(trouble={"độc"})
    await put(db, to_say(person, "độc"), to_say(person, "sau"), to_say(other, "kia"))
    async with running(an_outbox(db, sender, words, office_clock=clock)) as box:
        await until_states(db, "waiting", "sent", "sent")
        for _ in range(40):
            clock.now += timedelta(hours=1)
            box.wake()
            await asyncio.sleep(0.05)
            if (await states(db))[0] == "failed":
                break
        await until_states(db, "failed", "sent", "sent")
    assert words.bugs == [1]
    assert said(emulator, 101) == ["sau"]


async def test_server_errors_are_tried_again_in_order(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    person = await add_person(db, 101)
    emulator.faults.broken = 2
    await put(db, to_say(person, "một"), to_say(person, "hai"))
    async with running(an_outbox(db, sender, Words(), real_clock=clock)) as box:
        await until(lambda: emulator.faults.broken == 1)
        await put(db, to_say(person, "ba"))
        for _ in range(100):
            clock.now += timedelta(seconds=1)
            box.wake()
            await asyncio.sleep(0.05)
            if await states(db) == ["sent"] * 3:
                break
    assert said(emulator, 101) == ["một", "hai", "ba"]
    assert [row["attempts"] for row in await rows(db)] == [2, 0, 0]


async def test_a_connection_cut_after_the_message_went_repeats_it_and_loses_none(
    db: Database, sender: Sender, emulator: Emulator, clock: OwnedClock
) -> None:
    person = await add_person(db, 101)
    emulator.faults.drop = 1
    await put(db, to_say(person, "một"), to_say(person, "hai"))
    async with running(an_outbox(db, sender, Words(), real_clock=clock)) as box:
        for _ in range(100):
            clock.now += timedelta(seconds=1)
            box.wake()
            await asyncio.sleep(0.05)
            if await states(db) == ["sent"] * 2:
                break
    assert said(emulator, 101) == ["một", "một", "hai"]


async def test_what_telegram_refuses_for_good_is_given_up_once(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    person = await add_person(db, 101)
    words = Words()
    await put(db, to_say(person, "<b>hở"), to_say(person, "lành"))
    async with running(an_outbox(db, sender, words)):
        await until_states(db, "failed", "sent")
    assert words.bugs == [1]
    assert "parse entities" in (await rows(db))[0]["error"]


async def how_it_ended(db: Database, sender: Sender, attempts: int) -> tuple[str, str]:
    """Let one message that was tried so often fail once more; return what the ledger and its row say."""
    await put(db, to_say(await add_person(db, 101), "một"))
    async with db.transaction() as tx:
        await tx.execute("UPDATE outbox SET attempts = $1", attempts)
    async with running(an_outbox(db, sender, Words())):
        async with asyncio.timeout(10):
            while not (noted := await db.fetch("SELECT outcome FROM attempts")):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
    return noted[0]["outcome"], (await states(db))[0]


@pytest.mark.parametrize(
    ("attempts", "ends"), [(38, ("put_off", "waiting")), (39, ("failed", "failed"))]
)
async def test_a_server_that_fails_each_time_has_forty_tries(
    db: Database, sender: Sender, emulator: Emulator, attempts: int, ends: tuple[str, str]
) -> None:
    emulator.faults.broken = 100
    assert await how_it_ended(db, sender, attempts) == ends


async def test_a_silence_of_days_is_kept_and_nothing_given_up_for_it(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    emulator.faults.flooded, emulator.faults.retry_after = 100, 90_000
    assert await how_it_ended(db, sender, 39) == ("put_off", "waiting")
    async with running(an_outbox(db, sender, Words())) as box:
        for _ in range(5):
            box.wake()
            await asyncio.sleep(0.1)
    assert [row["attempts"] for row in await rows(db)] == [39]


async def test_nothing_is_given_up_for_a_network_that_is_gone_however_long(
    db: Database, emulator: Emulator
) -> None:
    async with serve(emulator) as address:
        bot = build_bot(emulator.token, f"{address}/bot", f"{address}/file/bot")
        await bot.initialize()
    ends = await how_it_ended(db, Sender(bot, Limiter(0, stopwatch)), 39)
    await bot.shutdown()
    assert ends == ("put_off", "waiting")
    assert [row["attempts"] for row in await rows(db)] == [39]
