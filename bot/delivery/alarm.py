"""Says "look now": the only file that knows the scheduler. What is due is in the database."""

from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler


class Alarm:
    """Calls `look` every so many seconds and `upkeep` each night at an hour of the office's zone.

    Nothing is planned in the scheduler itself: a call that came too late still comes, several
    that were missed come as one.
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
        self._scheduler = AsyncIOScheduler(
            timezone=zone,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        self._scheduler.add_job(look, "interval", seconds=seconds, id="look")
        self._scheduler.add_job(upkeep, "cron", hour=upkeep_hour, id="upkeep")

    def start(self) -> None:
        """Begin on the running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Call nothing any more; what has begun ends by itself."""
        self._scheduler.shutdown(wait=False)
