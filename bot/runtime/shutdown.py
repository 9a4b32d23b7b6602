"""How the program stops: all parts side by side, in bounded time.

What is not given back by then is nobody's once its lease ends, and what was said stands in the journal.
"""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

_log = logging.getLogger(__name__)


async def stopped(seconds: float, *parts: Coroutine[Any, Any, None]) -> None:
    """Let parts stop, each as it sees fit; after so many seconds no more is waited for."""
    tasks = [asyncio.create_task(part) for part in parts]
    _, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for task in tasks:
        if task.cancelled():
            _log.warning("a part did not stop within %s seconds", seconds)
        elif (error := task.exception()) is not None:
            _log.warning("a part did not stop in good order: %r", error)
