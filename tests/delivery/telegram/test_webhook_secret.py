"""Replicas that were started with different secrets: while one is changed, or by mistake."""

import asyncio
import logging

import aiohttp
import pytest

from bot.clock import stopwatch
from bot.delivery import instance_name
from bot.delivery.database_clock import DatabaseClock
from bot.delivery.replica import Replica
from bot.delivery.telegram.http_client import TelegramBot
from bot.delivery.telegram.webhook import Webhook
from bot.delivery.telegram.webhook_registration import Hook
from bot.delivery.telegram.webhook_secret import fingerprint
from bot.delivery.web.listen_socket import listen
from bot.delivery.web.server import serving
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from storage.engine.database import Database
from storage.messaging import leases
from tests.delivery.conftest import until
from tests.delivery.hearing import message
from tests.delivery.telegram.test_webhook import AWAY, Kept

OLD, NEW = "old_secret_old_secret", "new_secret_new_secret"
TOKEN = "8000000001:the-token-of-all-replicas"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.replica._LOOK_SECONDS", 0.02)
    monkeypatch.setattr("bot.delivery.replica.RENEW_SECONDS", 0.02)
    monkeypatch.setattr("bot.delivery.telegram.webhook_registration._LOOK_SECONDS", 0.02)


def a_replica(db: Database, name: str, secret: str) -> Replica:
    here, troubles = instance_name.Seat(name, 0, name, name), list[Exception]()
    known = fingerprint(TOKEN, secret)
    clock = DatabaseClock(stopwatch)
    return Replica(db, here, clock, troubles.append, alone=False, secret=known)


def webhook(replica: Replica, secret: str, kept: Kept) -> Webhook:
    def others(shown: str) -> bool:
        return replica.is_anothers(fingerprint(TOKEN, shown))

    return Webhook("/telegram", secret, kept.receive, others)


async def test_who_was_started_before_takes_what_is_sent_with_the_new_secret_and_says_so(
    db: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    kept, here, there = Kept(), a_replica(db, "here", OLD), a_replica(db, "there", NEW)
    await here.begin()
    keeping = asyncio.create_task(here.keep_on())
    with listen("127.0.0.1", 0) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/telegram"
        routes = [webhook(here, OLD, kept).route]
        async with serving(listener, routes), aiohttp.ClientSession() as session:

            async def shown(secret: str) -> int:
                headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
                body = message(1, 101, "a")
                async with session.post(address, json=body, headers=headers) as answer:
                    return answer.status

            assert (await shown(OLD), await shown(NEW)) == (200, 404)
            await there.begin()
            await until(lambda: here.is_anothers(fingerprint(TOKEN, NEW)))
            assert (await shown(OLD), await shown(NEW), await shown("x")) == (200, 200, 404)
            await there.end()
            await until(lambda: not here.is_anothers(fingerprint(TOKEN, NEW)))
            assert (await shown(OLD), await shown(NEW)) == (200, 404)
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)
    told = [one.getMessage() for one in caplog.records if "webhook_secret" in one.getMessage()]
    assert len(told) == 2, "each tells once"
    assert all("there" in one or "here" in one for one in told)
    assert not [one for one in told if OLD in one or NEW in one]


async def test_the_database_never_has_the_secret(db: Database) -> None:
    here = a_replica(db, "here", OLD)
    await here.begin()
    rows = [str(one) for one in await leases.held(db, here.clock())]
    assert not [row for row in rows if OLD in row or TOKEN in row]
    assert fingerprint(TOKEN, OLD) != fingerprint("another token", OLD)


async def test_a_secret_that_nobody_knows_any_more_is_set_anew(
    bot: TelegramBot, emulator: Emulator, gestures: Gestures, db: Database
) -> None:
    """Who set it last has died: what it told Telegram is refused by all that are left."""
    kept, here = Kept(), a_replica(db, "here", NEW)
    await here.begin()
    with listen("127.0.0.1", 0) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/telegram"
        async with serving(listener, [webhook(here, NEW, kept).route]):
            running = asyncio.create_task(Hook(bot, address, NEW, 5, None, AWAY).run())
            await until(lambda: emulator.webhook)
            await bot.set_webhook(address, secret_token=OLD)
            gestures.say(101, "một")
            await until(lambda: kept.batches)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
