"""Where an operator's tools ask how the bot is: from before all else is begun until all is stopped."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot import clock
from bot.actions.office import Office
from bot.config import Config
from bot.delivery.monitoring.metrics_protocol import Figures, NoFigures
from bot.runtime.serving import taken
from storage.engine.database import Database
from storage.engine.timing import TimedDatabase
from storage.engine.write_probe import require_writing
from storage.messaging.queue_depths import queues

if TYPE_CHECKING:
    from bot.delivery.monitoring.health import Monitor


@dataclass(frozen=True)
class Watch:
    """What the program tells of itself while it runs; nothing where there is no port to ask at."""

    figures: Figures
    monitor: "Monitor | None" = None

    def timed(self, db: Database) -> Database:
        return TimedDatabase(db, clock.stopwatch, self.figures.database) if self.monitor else db

    def looking(self, look: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        """Return a look of the clock, timed."""

        async def seen() -> None:
            begun = clock.stopwatch()
            await look()
            self.figures.action("look", clock.stopwatch() - begun)

        return seen if self.monitor else look

    def opened(self, db: Database) -> None:
        """Tell that there is a database, whatever else is still waited for."""
        if self.monitor is not None:
            self.monitor.opened(lambda: require_writing(db))

    def begin(self, office: Office, now: clock.Clock) -> None:
        """Tell that the bot is at work."""

        async def count() -> Any:
            moment = now()
            return await queues(office.db, moment, quiet=not office.workdays.is_awake(moment))

        if self.monitor is not None:
            self.monitor.begin(count)

    def end(self) -> None:
        """Tell that it stops."""
        if self.monitor is not None:
            self.monitor.end()


@asynccontextmanager
async def watched(config: Config, now: clock.Clock) -> AsyncIterator[Watch]:
    """Answer at the port of [monitor], if there is one; raises ConfigError where it cannot be had."""
    given = config.monitor
    if given.port is None:
        yield Watch(NoFigures())
        return
    from bot.delivery.monitoring.health import Monitor  # noqa: PLC0415
    from bot.delivery.monitoring.metrics import Measures  # noqa: PLC0415
    from bot.delivery.web import server  # noqa: PLC0415 - slow to load, seldom switched on

    measures = Measures()
    monitor = Monitor(measures, now, clock.system_clock)
    with taken("monitor", given.host, given.port, config.file) as listener:
        async with server.serving(listener, monitor.routes):
            yield Watch(measures, monitor)
