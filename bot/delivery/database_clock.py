"""The common time of all programs that use one database, whatever the clocks of their machines say."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from storage.engine.database import Reader
from storage.messaging.leases import database_time


class DatabaseClock:
    """Returns the database's time; between two looks it adds the seconds of the stopwatch.

    Call `look` before the first use, and every few seconds after that.
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
