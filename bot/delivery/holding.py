"""How long what an instance has in hand stays its own, and how often it sees to that."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

LEASE = timedelta(seconds=25)
"""Whoever dies is replaced within 30 seconds; whoever stands still for 20 is not."""
RENEW_SECONDS = 5.0


async def keep_doing(
    work: Callable[[], Awaitable[None]], on_trouble: Callable[[Exception], None]
) -> None:
    """Do a work every RENEW_SECONDS, until cancelled; what fails is told, and tried again."""
    while True:
        await asyncio.sleep(RENEW_SECONDS)
        try:
            await work()
        except Exception as error:
            on_trouble(error)
