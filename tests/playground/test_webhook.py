"""A webhook gets every update once it takes it, in order, with its secret."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest

from bot.playground.emulator import Emulator
from bot.playground.phone import Phone
from bot.playground.remote import Remote
from tests.playground.conftest import AN, LINH

GONE = "http://127.0.0.1:9"
"""Where nobody listens."""


@dataclass
class Hook:
    """A web server that takes updates, refusing the first `refusals`."""

    address: str = ""
    refusals: int = 0
    refused: str = ""
    taken: list[tuple[str, str]] = field(default_factory=list)
    enough: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=500)
        update = await request.json()
        if update["message"]["text"] == self.refused:
            return web.Response(status=503)
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        self.taken.append((update["message"]["text"], secret))
        if len(self.taken) == 3:
            self.enough.set()
        return web.Response()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_updates_are_sent_and_refused_ones_sent_again(
    bot: Bot, play: Remote, hook: Hook, emulator: Emulator
) -> None:
    linh = await Phone.of(play, LINH)
    await linh.say("một")
    hook.refusals = 1
    await bot.set_webhook(hook.address, secret_token="sesame")
    await linh.say("hai")
    await linh.say("ba")
    await asyncio.wait_for(hook.enough.wait(), 10)
    assert hook.taken == [("một", "sesame"), ("hai", "sesame"), ("ba", "sesame")]
    info = await bot.get_webhook_info()
    assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"


async def test_a_chat_whose_update_is_refused_waits_and_holds_up_nobody_else(
    bot: Bot, play: Remote, hook: Hook, emulator: Emulator
) -> None:
    hook.refused = "một"
    await bot.set_webhook(hook.address)
    linh, other = await Phone.of(play, LINH), await Phone.of(play, AN)
    await linh.say("một")
    await linh.say("hai")
    for word in ("ba", "bốn", "năm"):
        await other.say(word)
    await asyncio.wait_for(hook.enough.wait(), 10)
    assert [text for text, _ in hook.taken] == ["ba", "bốn", "năm"]
    assert (await bot.get_webhook_info()).pending_update_count == 2


async def test_an_address_that_telegram_would_not_use_is_refused(bot: Bot) -> None:
    for url, why in (
        ("http://example.org/hook", "An HTTPS URL must be provided"),
        ("https://example.org:8444/hook", "only on ports 80, 88, 443 or 8443"),
    ):
        with pytest.raises(BadRequest, match=f"(?i){why}"):
            await bot.set_webhook(url)
    with pytest.raises(BadRequest, match=r"(?i)unallowed characters"):
        await bot.set_webhook("https://example.org/hook", secret_token="mật khẩu")


async def test_without_a_webhook_nothing_is_sent(bot: Bot, play: Remote, hook: Hook) -> None:
    await bot.set_webhook(hook.address)
    await bot.delete_webhook()
    await (await Phone.of(play, LINH)).say("một")
    assert len(await bot.get_updates(timeout=5)) == 1
    assert hook.taken == []


async def test_of_several_behind_the_address_one_that_is_gone_is_passed_over(
    bot: Bot, play: Remote, hook: Hook, emulator: Emulator
) -> None:
    """Whichever has the turn, as a proxy does with what cannot be connected to."""
    emulator.replicas = [GONE, hook.address.removesuffix("/hook")]
    await bot.set_webhook(hook.address)
    linh = await Phone.of(play, LINH)
    for word in ("một", "hai", "ba"):
        await linh.say(word)
    await asyncio.wait_for(hook.enough.wait(), 10)
    assert [text for text, _ in hook.taken] == ["một", "hai", "ba"]
    assert (await bot.get_webhook_info()).last_error_message is None


async def test_what_nobody_takes_for_all_are_gone_is_sent_again(
    bot: Bot, play: Remote, hook: Hook, emulator: Emulator
) -> None:
    emulator.replicas = [GONE, GONE]
    await bot.set_webhook(hook.address)
    linh = await Phone.of(play, LINH)
    await linh.say("một")
    async with asyncio.timeout(10):
        while not (why := (await bot.get_webhook_info()).last_error_message):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    assert why.startswith("Connection failed: Cannot connect to host 127.0.0.1")
    emulator.replicas = [hook.address.removesuffix("/hook")]
    for word in ("hai", "ba"):
        await linh.say(word)
    await asyncio.wait_for(hook.enough.wait(), 10)
    assert [text for text, _ in hook.taken] == ["một", "hai", "ba"]
