"""Sends updates to the bot's webhook: chats side by side, those of one chat one by one and in order."""

import asyncio
import time
from itertools import count
from urllib.parse import urlsplit

import aiohttp

from bot.playground.api.updates import Waiting
from bot.playground.emulator import Emulator, Hook

_LOOK_SECONDS = 0.05
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 30.0
_TIMEOUT = aiohttp.ClientTimeout(total=60)


async def send_updates(emulator: Emulator) -> None:
    """Runs until cancelled. What is not answered with 2xx is sent again, after pauses that grow."""
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
        sender = _Sender(emulator, session)
        while True:
            await emulator.hooked.wait()
            if not sender.begin_one():
                await emulator.updates.more(_LOOK_SECONDS)


class _Sender:
    def __init__(self, emulator: Emulator, session: aiohttp.ClientSession) -> None:
        self._emulator = emulator
        self._session = session
        self._under_way: dict[int | None, asyncio.Task[None]] = {}
        self._failures: dict[int | None, int] = {}
        self._not_before: dict[int | None, float] = {}
        self._turn = count()

    def begin_one(self) -> bool:
        """Begins on the next update there is; False where there is none, or enough is under way."""
        hook, now = self._emulator.webhook, time.monotonic()
        if hook is None or len(self._under_way) >= hook.max_connections:
            return False
        pausing = {chat for chat, moment in self._not_before.items() if moment > now}
        found = self._emulator.updates.first_of_chats({*self._under_way, *pausing})
        if found is None:
            return False
        chat_id, update = found
        self._under_way[chat_id] = asyncio.create_task(self._hand_over(hook, chat_id, update))
        return True

    async def _hand_over(self, hook: Hook, chat_id: int | None, update: Waiting) -> None:
        try:
            error = await self._send(hook, update)
        finally:
            del self._under_way[chat_id]
        if error is None:
            self._failures.pop(chat_id, None)
            self._emulator.updates.settle(update)
            return
        hook.last_error, hook.last_error_date = error, int(self._emulator.clock.now())
        failures = self._failures.get(chat_id, 0)
        self._failures[chat_id] = failures + 1
        pause = min(_FIRST_PAUSE * 2.0**failures, _LONGEST_PAUSE)
        self._not_before[chat_id] = time.monotonic() + pause

    async def _send(self, hook: Hook, update: Waiting) -> str | None:
        """None when it was taken, else what went wrong."""
        wrong = "Connection failed"
        for address in self._addresses(hook.url):
            try:
                async with self._session.post(
                    address, json=update.payload, headers=hook.headers, ssl=hook.trusted or True
                ) as answer:
                    if answer.status // 100 == 2:
                        return None
                    return f"Wrong response from the webhook: {answer.status} {answer.reason}"
            except aiohttp.ClientConnectorError as failure:
                wrong = f"Connection failed: {failure}"
            except (aiohttp.ClientError, TimeoutError) as failure:
                return f"Connection failed: {failure}"
        return wrong

    def _addresses(self, url: str) -> list[str]:
        """Where to try, in this order: behind the address there may be several who take turns."""
        behind = self._emulator.replicas
        if not behind:
            return [url]
        first = next(self._turn) % len(behind)
        path = urlsplit(url).path
        return [f"{one}{path}" for one in (*behind[first:], *behind[:first])]
