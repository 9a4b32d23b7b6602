"""Updates are handled in order in each chat, chats side by side, and each once."""

import asyncio
from datetime import timedelta

import pytest
from telegram import Update

from bot.clock import system_clock
from bot.delivery.telegram.http_client import TelegramBot
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from storage.engine.database import Database
from storage.messaging import inbox
from storage.records import UpdateKey
from tests.delivery.conftest import until
from tests.delivery.hearing import Chat, an_inbox, message, rows, running


async def test_in_order_per_chat_and_chats_side_by_side(
    db: Database, bot: TelegramBot, emulator: Emulator, gestures: Gestures
) -> None:
    chat = Chat(pause=0.005)
    async with running(an_inbox(db, bot, chat), bot):
        for number in range(5):
            for person in range(101, 141):
                gestures.say(person, f"lời {number}")
        await until(lambda: len(chat.heard) == 200)
    assert all(
        chat.of(person) == [f"lời {number}" for number in range(5)] for person in range(101, 141)
    )
    assert chat.most_busy > 20
    assert {row["state"] for row in await rows(db)} == {"handled"}
    assert not any(row["body"] for row in await rows(db))


async def test_a_flooding_chat_does_not_starve_the_others(
    db: Database, bot: TelegramBot, gestures: Gestures
) -> None:
    chat = Chat(pause=0.002)
    for number in range(300):
        gestures.say(101, f"lũ {number}")
    gestures.say(102, "một câu")
    async with running(an_inbox(db, bot, chat), bot):
        await until(lambda: chat.of(102))
        assert len(chat.of(101)) < 300
        await until(lambda: len(chat.of(101)) == 300)
    assert chat.of(101) == [f"lũ {number}" for number in range(300)]


@pytest.mark.parametrize("waited_before", [True, False])
async def test_who_waits_for_a_file_and_floods_meanwhile_takes_nobodys_place(
    db: Database, bot: TelegramBot, waited_before: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than the memory takes, behind one update that is handled for long: the others are answered all the same."""
    monkeypatch.setattr("bot.delivery.inbox.inbox.MOST_IN_MEMORY", 100)
    chat, is_read = Chat(), asyncio.Event()

    async def handle(update: Update, key: UpdateKey, mark: str | None) -> None:
        if key.update_id == 1:
            await is_read.wait()
        await chat.handle(update, key, mark)

    flood = [message(1 + number, 101, f"lũ {number}") for number in range(150)]
    inbox = an_inbox(db, bot, chat, handle=handle)
    if waited_before:
        await inbox.receive(flood)
    await inbox.start()
    if not waited_before:
        await inbox.receive(flood)
    await inbox.receive([message(5000 + person, person, "một câu") for person in range(102, 142)])
    await asyncio.wait_for(inbox.has_room(), 10)
    await until(lambda: len(chat.heard) == 40)
    is_read.set()
    await until(lambda: len(chat.of(101)) == len(flood), seconds=60)
    await inbox.stop()
    assert chat.of(101) == [f"lũ {number}" for number in range(len(flood))]


async def test_a_repeated_update_is_handled_once(db: Database, bot: TelegramBot) -> None:
    chat = Chat()
    inbox = an_inbox(db, bot, chat)
    await inbox.start()
    for _ in range(3):
        await inbox.receive([message(7, 101, "một lần"), message(7, 101, "một lần")])
    await inbox.receive([message(8, 101, "xong")])
    await until(lambda: "xong" in chat.of(101))
    await inbox.stop()
    assert chat.of(101) == ["một lần", "xong"]


async def test_effect_is_written_once(db: Database) -> None:
    now = system_clock()
    async with db.transaction() as tx:
        await inbox.store(tx, 1, [inbox.Received(7, 101, "{}")], now)
    for key, expected in (
        (UpdateKey(1, 7), True),
        (UpdateKey(1, 7), False),
        (UpdateKey(1, 8), True),
        (UpdateKey(1, 8), False),
        (UpdateKey(2, 7), True),
    ):
        async with db.transaction() as tx:
            assert await inbox.mark_applied(tx, key, now) is expected
    assert [row["state"] for row in await rows(db)].count("waiting") == 1


async def test_only_old_rows_that_have_ended_are_pruned(db: Database, bot: TelegramBot) -> None:
    now = system_clock()
    async with db.transaction() as tx:
        for number in (1, 2, 3):
            await inbox.store(tx, 1, [inbox.Received(number, 1, "{}")], now - timedelta(days=9))
        await inbox.settle(
            tx,
            [
                inbox.Ended(UpdateKey(1, 1), now - timedelta(days=8)),
                inbox.Ended(UpdateKey(1, 2), now - timedelta(days=8), "hỏng"),
            ],
        )
    week, season = now - timedelta(days=7), now - timedelta(days=90)
    assert await inbox.prune(db, week, season) == 2
    assert [(row["update_id"], row["body"]) for row in await rows(db)] == [(2, None), (3, "{}")]
    assert await inbox.prune(db, week, now - timedelta(days=8)) == 1
    assert [row["update_id"] for row in await rows(db)] == [3]
