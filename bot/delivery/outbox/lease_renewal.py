"""How long what an instance has in hand stays its own, and how often it sees to that."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable
from datetime import datetime, timedelta

LEASE = timedelta(seconds=25)
"""Whoever dies is replaced within 30 seconds; whoever stands still for 20 is not."""
RENEW_SECONDS = 5.0


class InHand:
    """Which leased rows are surely one's own still: those of who stood still may be another's by now."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._until: dict[int, datetime] = {}

    def take(self, rows: Iterable[int], until: datetime) -> None:
        """Have rows that were leased."""
        self._until |= dict.fromkeys(rows, until)

    def keep(self, rows: Collection[int], until: datetime) -> None:
        """Have for longer those that are in hand."""
        self._until |= {row: until for row in rows if row in self._until}

    def let_go(self, rows: Iterable[int]) -> None:
        for row in rows:
            self._until.pop(row, None)

    def has(self, row: int) -> bool:
        until = self._until.get(row)
        return until is not None and self._clock() < until


async def keep_doing(
    work: Callable[[], Awaitable[None]],
    on_trouble: Callable[[Exception], None],
    seconds: float = RENEW_SECONDS,
) -> None:
    """Do a work every so many seconds, until cancelled; what fails is told, and tried again."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await work()
        except Exception as error:
            on_trouble(error)
