"""How updates come in, asked for or sent, until the program is told to stop."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from typing import Any

from bot import clock
from bot.config import Config
from bot.delivery.inbox.inbox import Inbox
from bot.delivery.monitoring.metrics_protocol import Figures
from bot.delivery.telegram.http_client import TelegramBot
from bot.delivery.telegram.outage import Away
from bot.delivery.telegram.poll import Poll
from bot.delivery.telegram.webhook_registration import Hook
from bot.runtime.serving import webhook_address


def arrivals(
    config: Config,
    bot: TelegramBot,
    inbox: Inbox,
    now: clock.Clock,
    on_return: Callable[[float], None],
    figures: Figures,
) -> Coroutine[Any, Any, None]:
    """Let updates come in: ask for them, or have them sent.

    `on_return` hears for how many seconds Telegram was away, if it was for long.
    """
    given, address = config.telegram, webhook_address(config)
    away = Away(now, on_return)
    if address is None or given.webhook_secret is None:
        return Poll(bot, inbox.receive, inbox.has_room, away).run()
    return Hook(
        bot,
        address,
        given.webhook_secret.get_secret_value(),
        given.webhook_connections,
        given.webhook_certificate,
        away,
        figures,
    ).run()


async def until_stopped(*works: Coroutine[Any, Any, None]) -> None:
    """Work until a signal ends it, or something that makes going on impossible, which is raised."""
    tasks = [asyncio.create_task(one) for one in works]
    stopped = asyncio.Event()
    tasks.append(asyncio.create_task(_wait(stopped)))
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stopped.set)
    ended, going_on = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in going_on:
        task.cancel()
    await asyncio.gather(*going_on, return_exceptions=True)
    for task in ended:
        task.result()


async def _wait(stopped: asyncio.Event) -> None:
    await stopped.wait()
