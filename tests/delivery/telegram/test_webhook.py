"""Updates sent to the program: kept before Telegram is told so, and from nobody else."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.delivery.monitoring.metrics_protocol import NoFigures
from bot.delivery.telegram.http_client import TelegramBot
from bot.delivery.telegram.outage import Away
from bot.delivery.telegram.webhook import LARGEST, Webhook
from bot.delivery.telegram.webhook_registration import Hook
from bot.delivery.web.listen_socket import listen
from bot.delivery.web.server import Tls, serving
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from storage.engine.database import Database
from tests.delivery.conftest import until
from tests.delivery.hearing import Chat, an_inbox, message, rows

MONDAY = datetime(2026, 12, 7, 2, tzinfo=UTC)
AWAY = Away(lambda: MONDAY, print)
SECRET = "sesame_sesame_sesame"
SHOWN = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}


class Kept:
    """Takes updates as an inbox does; while `shut`, it does not get on, and then it fails."""

    def __init__(self) -> None:
        self.batches: list[list[Any]] = []
        self.open = asyncio.Event()
        self.open.set()
        self.fails = 0

    async def receive(self, raws: Sequence[Any]) -> None:
        await self.open.wait()
        if self.fails:
            self.fails -= 1
            raise OSError("the disk is full")
        self.batches.append(list(raws))


class Pending(NoFigures):
    """Keeps what is told of updates that wait at Telegram."""

    def __init__(self) -> None:
        self.told: list[int] = []

    def pending(self, updates: int) -> None:
        self.told.append(updates)


@asynccontextmanager
async def a_webhook(receive: Any, tls: Tls | None = None) -> AsyncIterator[str]:
    """Serve one, and give the address."""
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        async with serving(listener, [Webhook("/telegram", SECRET, receive).route], tls):
            yield f"{'https' if tls else 'http'}://127.0.0.1:{port}"


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
async def client(kept: Kept) -> AsyncIterator[aiohttp.ClientSession]:
    async with a_webhook(kept.receive) as address, aiohttp.ClientSession(address) as session:
        yield session


async def test_who_does_not_show_the_secret_is_told_what_anybody_is_told(
    client: aiohttp.ClientSession, kept: Kept
) -> None:
    body = json.dumps(message(1, 101, "một"))
    async with client.post("/nowhere", data=body, headers=SHOWN) as nowhere:
        expected = (nowhere.status, await nowhere.read(), dict(nowhere.headers) | {"date": ""})
    assert expected[0] == 404
    tries: list[tuple[str, str, dict[str, str]]] = [
        ("POST", "/telegram", SHOWN | {"X-Telegram-Bot-Api-Secret-Token": SECRET[:-1]}),
        ("POST", "/telegram", SHOWN | {"X-Telegram-Bot-Api-Secret-Token": "ş"}),
        ("POST", "/telegram", {"Content-Type": "application/json"}),
        ("POST", "/telegram", SHOWN | {"Content-Type": "text/plain"}),
        ("POST", "/telegram/", SHOWN),
        ("GET", "/telegram", SHOWN),
        ("OPTIONS", "/telegram", {}),
    ]
    for method, path, headers in tries:
        async with client.request(method, path, data=body, headers=headers) as answer:
            told = (answer.status, await answer.read(), dict(answer.headers) | {"date": ""})
        assert told == expected, (method, path)
    assert kept.batches == []


async def test_the_secret_is_compared_in_constant_time(
    client: aiohttp.ClientSession, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def compare(shown: bytes, secret: bytes) -> bool:
        compared.append((shown, secret))
        return False

    monkeypatch.setattr("bot.delivery.telegram.webhook.hmac.compare_digest", compare)
    for secret in ("", "x", SECRET):
        headers = SHOWN | {"X-Telegram-Bot-Api-Secret-Token": secret}
        async with client.post("/telegram", json=message(1, 101, "a"), headers=headers) as answer:
            assert answer.status == 404
    assert compared == [(one.encode(), SECRET.encode()) for one in ("", "x", SECRET)]
    assert kept.batches == []


async def test_what_is_no_update_of_telegrams_is_refused(
    client: aiohttp.ClientSession, kept: Kept
) -> None:
    for body, status in ((b"{", 400), (b"[" * 100_000, 400), (b" " * (LARGEST + 1), 413)):
        async with client.post("/telegram", data=BytesIO(body), headers=SHOWN) as answer:
            assert answer.status == status
    assert kept.batches == []


async def test_ok_is_said_once_an_update_is_kept_and_not_where_it_is_not(
    client: aiohttp.ClientSession, kept: Kept
) -> None:
    async def send(number: int) -> int:
        async with client.post("/telegram", json=message(number, 101, "a"), headers=SHOWN) as told:
            return told.status

    kept.open.clear()
    sent = [asyncio.create_task(send(number)) for number in range(20)]
    await asyncio.sleep(0.1)
    assert not any(one.done() for one in sent)
    kept.fails = 1
    kept.open.set()
    told = await asyncio.gather(*sent)
    assert told.count(503) >= 1
    assert sum(map(len, kept.batches)) == told.count(200) == 20 - told.count(503)
    assert len(kept.batches) < 20, "what waits together is written together"


async def test_telegram_sends_to_the_inbox_and_a_burst_waits_in_the_database(
    db: Database,
    bot: TelegramBot,
    emulator: Emulator,
    gestures: Gestures,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.delivery.inbox.inbox.MOST_IN_MEMORY", 8)
    chat = Chat(pause=0.01)
    inbox = an_inbox(db, bot, chat)
    most = 0

    async def receive(raws: Sequence[Any]) -> None:
        nonlocal most
        await inbox.receive(raws)
        most = max(most, len(inbox._lanes))

    for number in range(6):
        for person in range(101, 121):
            gestures.say(person, f"lời {number}")
    await inbox.start()
    async with a_webhook(receive) as address:
        hook = Hook(bot, f"{address}/telegram", SECRET, 40, None, AWAY)
        running = asyncio.create_task(hook.run())
        await until(lambda: len(emulator.updates) == 0)
        assert sum(row["state"] == "waiting" for row in await rows(db)) > 8
        await until(lambda: len(chat.heard) == 120, seconds=30)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    await inbox.stop()
    assert most <= 8
    assert all(chat.of(one) == [f"lời {n}" for n in range(6)] for one in range(101, 121))
    assert (await bot.get_webhook_info()).max_connections == 40


async def test_without_a_proxy_it_speaks_https_with_a_certificate_that_telegram_is_shown(
    bot: TelegramBot, kept: Kept, gestures: Gestures, emulator: Emulator
) -> None:
    """The key is for this test alone and opens nothing."""
    folder = Path(__file__).parents[1]
    gestures.say(101, "một")
    async with a_webhook(kept.receive, Tls(folder / "web.pem", folder / "web.key")) as address:
        for certificate, arrives in ((None, False), (folder / "web.pem", True)):
            running = asyncio.create_task(
                Hook(bot, f"{address}/telegram", SECRET, 5, certificate, AWAY).run()
            )
            await until(lambda: emulator.webhook and (emulator.webhook.last_error or kept.batches))
            assert bool(kept.batches) == arrives
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await bot.delete_webhook()
    assert (await bot.get_webhook_info()).pending_update_count == 0


async def test_one_taken_away_is_set_again(
    bot: TelegramBot, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.telegram.webhook_registration._LOOK_SECONDS", 0.02)
    hook = Hook(bot, "https://dondoc.example.vn/telegram", SECRET, 5, None, AWAY)
    running = asyncio.create_task(hook.run())
    await until(lambda: emulator.webhook)
    await bot.delete_webhook()
    await until(lambda: emulator.webhook)
    assert (await bot.get_webhook_info()).url == "https://dondoc.example.vn/telegram"
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_that_telegram_was_away_for_long_is_told_once_it_is_back(
    bot: TelegramBot, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    for pause in ("_LOOK_SECONDS", "_AGAIN_SECONDS"):
        monkeypatch.setattr(f"bot.delivery.telegram.webhook_registration.{pause}", 0.02)
    moments, returns = [MONDAY], list[float]()
    away = Away(lambda: moments[0], returns.append)
    hook = Hook(bot, "https://dondoc.example.vn/telegram", SECRET, 5, None, away)
    running = asyncio.create_task(hook.run())
    await until(lambda: emulator.webhook)
    for minutes in (4, 65):
        emulator.faults.away = True
        await until(lambda: away)
        moments[0] += timedelta(minutes=minutes)
        emulator.faults.away = False
        await until(lambda: not away)
    assert returns == [65 * 60]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_an_answer_that_is_none_of_telegrams_ends_nothing(
    bot: TelegramBot, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    for pause in ("_LOOK_SECONDS", "_AGAIN_SECONDS"):
        monkeypatch.setattr(f"bot.delivery.telegram.webhook_registration.{pause}", 0.02)
    emulator.faults.words = '{"ok": true, "result": []}'
    hook = Hook(bot, "https://dondoc.example.vn/telegram", SECRET, 5, None, AWAY)
    running = asyncio.create_task(hook.run())
    await until(lambda: emulator.webhook)
    emulator.faults.nonsense = 1
    await until(lambda: not emulator.faults.nonsense)
    await bot.delete_webhook()
    await until(lambda: emulator.webhook or running.done())
    assert not running.done()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_what_telegram_cannot_hand_over_is_told(
    bot: TelegramBot, kept: Kept, gestures: Gestures, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is called then: neither a handler nor a failed call would tell of it."""
    monkeypatch.setattr("bot.delivery.telegram.webhook_registration._LOOK_SECONDS", 0.02)
    kept.fails = 1
    seen = Pending()
    async with a_webhook(kept.receive) as address:
        hook = Hook(bot, f"{address}/telegram", SECRET, 5, None, AWAY, seen)
        running = asyncio.create_task(hook.run())
        gestures.say(101, "một")
        await until(lambda: 1 in seen.told)
        await until(lambda: seen.told[-1] == 0)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert kept.batches
