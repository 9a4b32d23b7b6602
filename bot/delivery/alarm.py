"""Calls the looks and the nightly upkeep: the only file that knows the scheduler.

What is due is in the database, not in the scheduler.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.delivery.outbox.lease_renewal import keep_doing

_log = logging.getLogger(__name__)


class Alarm:
    """Calls `look` every `seconds` seconds and `upkeep` each night at an hour of the office's zone.

    A late upkeep still runs, and several missed ones run as one. `look` runs outside the scheduler: when the
    machine's clock is set back, the scheduler waits until the clock has caught up.
    """

    def __init__(
        self,
        look: Callable[[], Awaitable[None]],
        upkeep: Callable[[], Awaitable[None]],
        *,
        zone: ZoneInfo,
        seconds: float = 1.0,
        upkeep_hour: int = 3,
    ) -> None:
        self._look = look
        self._seconds = seconds
        self._looking: asyncio.Task[None] | None = None
        self._scheduler = AsyncIOScheduler(
            timezone=zone,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._scheduler.add_job(_let_go(upkeep), "cron", hour=upkeep_hour, id="upkeep")

    def start(self) -> None:
        """Begin on the running event loop."""
        self._scheduler.start()
        self._looking = asyncio.create_task(keep_doing(self._look, _failed, self._seconds))

    def stop(self) -> None:
        """Call nothing more, and cancel a look or an upkeep that is running."""
        self._scheduler.shutdown(wait=False)
        if self._looking is not None:
            self._looking.cancel()


def _failed(error: Exception) -> None:
    _log.error("a look failed", exc_info=error)


def _let_go(work: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """Return `work` so that it ends silently when cancelled: the scheduler would log that as a failure."""

    async def run() -> None:
        with suppress(asyncio.CancelledError):
            await work()

    return run
