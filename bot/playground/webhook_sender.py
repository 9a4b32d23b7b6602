"""Sends updates to the bot's webhook, one by one and in order, as long as there is one."""

import asyncio

import aiohttp

from bot.playground.emulator import Emulator

_LOOK_SECONDS = 5.0
_RETRY_SECONDS = 0.5
_TIMEOUT = aiohttp.ClientTimeout(total=60)


async def send_updates(emulator: Emulator) -> None:
    """Runs until cancelled. What is not answered with 2xx is sent again."""
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
        while True:
            await emulator.hooked.wait()
            update = await emulator.updates.first(_LOOK_SECONDS)
            if update is None or not emulator.webhook:
                continue
            error = await _send(session, emulator.webhook, update)
            if error is None:
                emulator.updates.settle()
            else:
                emulator.webhook["last_error"] = error
                await asyncio.sleep(_RETRY_SECONDS)


async def _send(
    session: aiohttp.ClientSession, webhook: dict[str, str], update: object
) -> str | None:
    """None when it was taken, else what went wrong."""
    secret = webhook["secret_token"]
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    try:
        async with session.post(webhook["url"], json=update, headers=headers) as answer:
            if answer.status // 100 == 2:
                return None
            return f"Wrong response from the webhook: {answer.status} {answer.reason}"
    except (aiohttp.ClientError, TimeoutError) as failure:
        return f"Connection failed: {failure}"
