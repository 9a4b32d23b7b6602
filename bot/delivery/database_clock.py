"""The time that all who use a database go by, whatever their machines' clocks say."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from storage.engine.database import Reader
from storage.messaging.leases import database_time


class DatabaseClock:
    """Tells the database's own time; between two looks at it the stopwatch carries it on.

    `look` is called before it is first asked, and every few seconds from then on.
    """

    def __init__(self, stopwatch: Callable[[], float]) -> None:
        self._stopwatch = stopwatch
        self._zero = datetime.min.replace(tzinfo=UTC)

    async def look(self, db: Reader) -> None:
        """Ask the database what time it is."""
        asked = self._stopwatch()
        now = await database_time(db)
        self._zero = now - timedelta(seconds=(asked + self._stopwatch()) / 2)

    def __call__(self) -> datetime:
        return self._zero + timedelta(seconds=self._stopwatch())
