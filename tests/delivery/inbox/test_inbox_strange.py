"""What no program sends is kept aside, and stops nothing that came with it."""

import pytest

from bot.delivery.telegram.http_client import TelegramBot
from bot.delivery.telegram.raw_update import Raw
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from storage.engine.database import Database
from tests.delivery.conftest import until
from tests.delivery.hearing import Chat, an_inbox, message, rows, running


async def test_one_that_cannot_be_read_among_good_ones(
    db: Database, bot: TelegramBot, emulator: Emulator, gestures: Gestures
) -> None:
    chat = Chat()
    gestures.say(101, "trước")
    emulator.updates.inject({"message": {"chat": {"id": 101}, "date": "không phải số"}})
    emulator.updates.inject([1, 2])
    emulator.updates.inject("chữ")
    gestures.say(101, "sau")
    async with running(an_inbox(db, bot, chat), bot):
        await until(lambda: len(chat.heard) == 2)
    assert chat.of(101) == ["trước", "sau"]
    failed = [row for row in await rows(db) if row["state"] == "failed"]
    assert len(failed) == 1
    assert failed[0]["body"]
    assert failed[0]["error"]


@pytest.mark.parametrize(
    "raw",
    [
        {"update_id": 5, "message": {"chat": {"id": 101}, "text": "\ud83d nửa chữ \x00"}},
        {"update_id": 5, "message": {"chat": {"id": "101"}, "text": 5}},
        {"update_id": 5, "message": None},
        {"update_id": 5},
        {"update_id": 5, "message": {"chat": {"id": 10**30}}},
        {"update_id": 5, "message": {"chat": {"id": 101}, "text": "a" * 300_000}},
    ],
)
async def test_strange_updates_are_kept_and_stop_nothing(
    db: Database, bot: TelegramBot, raw: Raw
) -> None:
    chat = Chat()
    inbox = an_inbox(db, bot, chat)
    await inbox.start()
    await inbox.receive([raw, {"update_id": True}, {"update_id": 2**70}, message(6, 101, "tốt")])
    await until(lambda: chat.of(101))
    await inbox.stop()
    assert [row["update_id"] for row in await rows(db)] == [5, 6]


async def test_an_album_that_no_database_keeps_keeps_out_nothing_else(
    db: Database, bot: TelegramBot
) -> None:
    chat, strange = Chat(), ["a\0", "\ud800", "".join(map(chr, range(0x4E00, 0x6E00)))]
    names = [{"media_group_id": name} for name in strange]
    raws = [message(number, 101, str(number)) for number in range(1, 5)]
    for raw, name in zip(raws, names, strict=False):
        raw["message"] |= name
    inbox = an_inbox(db, bot, chat)
    await inbox.start()
    await inbox.receive(raws)
    await until(lambda: len(chat.heard) == 4)
    await inbox.stop()
    assert chat.of(101) == ["1", "2", "3", "4"]
