"""Updates are asked for through faults and a webhook left behind, by one program alone."""

import asyncio
import logging

import pytest

from bot.clock import system_clock
from bot.delivery.telegram.http_client import TelegramBot, build_bot
from bot.delivery.telegram.outage import Away
from bot.delivery.telegram.poll import Poll, SecondPoller
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from storage.engine.database import Database
from tests.delivery.conftest import until
from tests.delivery.hearing import Chat, an_inbox, running


async def test_polls_on_through_faults(
    db: Database, bot: TelegramBot, emulator: Emulator, gestures: Gestures
) -> None:
    chat = Chat()
    emulator.faults.polling = True
    emulator.faults.broken, emulator.faults.nonsense, emulator.faults.drop = 1, 1, 1
    gestures.say(101, "vẫn tới")
    async with running(an_inbox(db, bot, chat), bot):
        await until(lambda: chat.of(101))
    assert chat.of(101) == ["vẫn tới"]


async def test_a_second_poller_leaves_and_the_first_stays(
    db: Database,
    bot: TelegramBot,
    emulator: Emulator,
    gestures: Gestures,
    address: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("bot.delivery.telegram.outage._FIRST_PAUSE", 0.05)
    monkeypatch.setattr("bot.delivery.telegram.outage._LONGEST_PAUSE", 0.05)
    chat, late = Chat(), Chat()
    async with running(an_inbox(db, bot, chat), bot):
        for number in range(12):
            gestures.say(101, str(number))
            await until(lambda: len(chat.heard) == number + 1)  # noqa: B023 - waited for at once
        async with build_bot(emulator.token, f"{address}/bot", f"{address}/file/bot") as other:
            newcomer = an_inbox(db, other, late, owner="two")
            with pytest.raises(SecondPoller):
                await asyncio.wait_for(
                    Poll(
                        other, newcomer.receive, newcomer.has_room, Away(system_clock, print)
                    ).run(),
                    timeout=20,
                )
        gestures.say(101, "còn đây")
        await until(lambda: "còn đây" in chat.of(101))
    assert any("only one may run" in line for line in caplog.messages)


async def test_a_webhook_left_behind_is_taken_away(
    db: Database, bot: TelegramBot, emulator: Emulator, gestures: Gestures
) -> None:
    await bot.set_webhook("https://example.org/hook")
    chat = Chat()
    gestures.say(101, "có ai không")
    async with running(an_inbox(db, bot, chat), bot):
        await until(lambda: chat.of(101))
    assert emulator.webhook is None


async def test_the_token_is_in_no_log_and_no_error(
    db: Database, emulator: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    bot = build_bot(emulator.token, "http://127.0.0.1:9/bot", "http://127.0.0.1:9/file/bot")
    inbox = an_inbox(db, bot, Chat())
    await bot._request[0].initialize()
    poll = asyncio.create_task(
        Poll(bot, inbox.receive, inbox.has_room, Away(system_clock, print)).run()
    )
    await until(lambda: caplog.messages)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await bot._request[0].shutdown()
    assert "no updates" in caplog.text
    assert emulator.token not in caplog.text
