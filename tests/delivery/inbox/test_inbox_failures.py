"""An update that fails is tried again in its order or given up, and holds up no other chat."""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.telegram.errors import DeliveryFailed, Reason
from bot.delivery.telegram.http_client import TelegramBot
from storage.engine.database import Database
from tests.delivery.conftest import OwnedClock, until
from tests.delivery.hearing import Chat, an_inbox, message, rows


async def test_a_bug_is_tried_three_times_then_told_and_the_lane_goes_on(
    db: Database, bot: TelegramBot, clock: OwnedClock, caplog: pytest.LogCaptureFixture
) -> None:
    chat = Chat()
    chat.trouble["hỏng"] = [RuntimeError("lỗi của ta")] * 9
    inbox = an_inbox(db, bot, chat, clock=clock)
    await inbox.start()
    await inbox.receive([message(1, 101, "hỏng"), message(2, 101, "sau"), message(3, 102, "kia")])
    await until(lambda: chat.of(102))
    assert chat.of(101) == []
    for tries in (1, 2):
        async with asyncio.timeout(10):
            while (await rows(db))[0]["attempts"] < tries:  # noqa: ASYNC110 - put off by then
                await asyncio.sleep(0.01)
        assert len(chat.trouble["hỏng"]) == 9 - tries
        clock.now += timedelta(seconds=30)
    await until(lambda: chat.of(101) == ["sau"])
    await inbox.stop()
    assert [(row.bot_id, row.update_id) for _, row in chat.bugs] == [(1, 1)]
    assert len(chat.trouble["hỏng"]) == 6
    assert [row["state"] for row in await rows(db)] == ["failed", "handled", "handled"]
    assert caplog.messages.count("update 1 given up") == 1


async def test_an_answer_that_did_not_get_through_is_given_later_in_order(
    db: Database, bot: TelegramBot, clock: OwnedClock
) -> None:
    chat = Chat()
    chat.trouble["một"] = [DeliveryFailed(Reason.FLOODED, retry_after=40)]
    inbox = an_inbox(db, bot, chat, clock=clock)
    await inbox.start()
    await inbox.receive([message(1, 101, "một"), message(2, 101, "hai")])
    await until(lambda: not chat.trouble["một"])
    await inbox.receive([message(3, 101, "ba"), message(4, 102, "kia")])
    await until(lambda: chat.of(102))
    clock.now += timedelta(seconds=39)
    await inbox.look()
    await until(lambda: chat.busy == 0)
    assert chat.of(101) == []
    clock.now += timedelta(seconds=2)
    await until(lambda: len(chat.of(101)) == 3)
    await inbox.stop()
    assert chat.of(101) == ["một", "hai", "ba"]
    assert not chat.bugs


async def test_a_clock_set_back_holds_up_nobody(
    db: Database, bot: TelegramBot, clock: OwnedClock
) -> None:
    chat = Chat()
    chat.trouble["một"] = [DeliveryFailed(Reason.FLOODED, retry_after=40)]
    clock.now += timedelta(days=3)
    inbox = an_inbox(db, bot, chat, clock=clock)
    await inbox.start()
    await inbox.receive([message(1, 101, "một"), message(2, 101, "hai")])
    async with asyncio.timeout(10):
        while not (await rows(db))[0]["attempts"]:  # noqa: ASYNC110 - it is put off in the store
            await asyncio.sleep(0.01)
    clock.now -= timedelta(days=3)
    await until(lambda: len(chat.of(101)) == 2)
    await inbox.stop()
    assert chat.of(101) == ["một", "hai"]


async def test_who_blocked_the_bot_is_answered_no_more(db: Database, bot: TelegramBot) -> None:
    chat = Chat()
    chat.trouble["một"] = [DeliveryFailed(Reason.BLOCKED, permanent=True)]
    inbox = an_inbox(db, bot, chat)
    await inbox.start()
    await inbox.receive([message(1, 101, "một"), message(2, 101, "hai")])
    await until(lambda: chat.of(101))
    await inbox.stop()
    assert chat.of(101) == ["hai"]
    assert [row["state"] for row in await rows(db)] == ["handled", "handled"]
