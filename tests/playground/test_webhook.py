"""A webhook gets every update once it takes it, in order, with its secret."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from telegram import Bot

from bot.playground.emulator import Emulator
from bot.playground.phone import Phone
from bot.playground.remote import Remote
from tests.playground.conftest import LINH


@dataclass
class Hook:
    """A web server that takes updates, refusing the first `refusals`."""

    address: str = ""
    refusals: int = 0
    taken: list[tuple[str, str]] = field(default_factory=list)
    enough: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=500)
        update = await request.json()
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


async def test_without_a_webhook_nothing_is_sent(bot: Bot, play: Remote, hook: Hook) -> None:
    await bot.set_webhook(hook.address)
    await bot.delete_webhook()
    await (await Phone.of(play, LINH)).say("một")
    assert len(await bot.get_updates(timeout=5)) == 1
    assert hook.taken == []
