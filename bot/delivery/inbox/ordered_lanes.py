"""Many queues side by side, each in order."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T")


class Lanes(Generic[T]):
    """Works on up to `width` lanes at once, on one piece of a lane at a time.

    A waiting lane holds no worker. After each piece of work a lane goes to the back of the queue, so a flood in
    one lane delays the others by one piece at most. `work` gets the items of a lane and removes those it has
    dealt with, one or more, from the left; it must not raise. Items count as present until `work` removes them.
    """

    def __init__(self, width: int, work: Callable[[deque[T]], Awaitable[None]]) -> None:
        self._width = width
        self._work = work
        self._lanes: dict[int, deque[T]] = {}
        self._turns: asyncio.Queue[int | None] = asyncio.Queue()
        self._workers: set[asyncio.Task[None]] = set()
        self._stopping = False
        self.rested = asyncio.Event()
        """Set whenever a piece of work has ended; clear it before waiting for it."""

    def add(self, items: Iterable[tuple[int, T]]) -> None:
        """Put items at the end of their lanes."""
        for lane, item in items:
            if lane in self._lanes:
                self._lanes[lane].append(item)
            else:
                self._lanes[lane] = deque([item])
                self._turns.put_nowait(lane)

    def __len__(self) -> int:
        return sum(map(len, self._lanes.values()))

    def items(self) -> list[T]:
        """Return the items that wait or are being worked on."""
        return [item for lane in self._lanes.values() for item in lane]

    def start(self) -> None:
        self._workers = {asyncio.create_task(self._run()) for _ in range(self._width)}

    async def stop(self, patience: float) -> None:
        """Begin nothing new; cancel what has not ended after `patience` seconds."""
        self._stopping = True
        for _ in self._workers:
            self._turns.put_nowait(None)
        if self._workers:
            _, late = await asyncio.wait(self._workers, timeout=patience)
            for worker in late:
                worker.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            lane = await self._turns.get()
            if lane is None or self._stopping:
                return
            items = self._lanes[lane]
            await self._work(items)
            if items:
                self._turns.put_nowait(lane)
            else:
                del self._lanes[lane]
            self.rested.set()
