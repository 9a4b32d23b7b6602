"""Many small writes gathered into few transactions."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
_AGAIN_SECONDS = 1.0


class Gathering(Generic[T]):
    """Writes items together: while one write runs, what comes waits for the next.

    `pause` is how many seconds items may gather before a write. A write that fails (a full disk)
    is tried again until it succeeds: what was done must be written down. `on_trouble` hears of it.
    """

    def __init__(
        self,
        write: Callable[[Sequence[T]], Awaitable[None]],
        on_trouble: Callable[[Exception], None],
        pause: float = 0.0,
    ) -> None:
        self._write = write
        self._on_trouble = on_trouble
        self._pause = pause
        self._items: list[T] = []
        self._written: asyncio.Future[None] | None = None
        self._writing: asyncio.Task[None] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits for the next write."""
        return not self._items

    def add(self, item: T) -> "asyncio.Future[None]":
        """Take an item; the future ends when it is written."""
        self._items.append(item)
        if self._written is None:
            self._written = asyncio.get_running_loop().create_future()
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return asyncio.shield(self._written)

    async def drain(self) -> None:
        """Return when everything taken so far is written."""
        if self._writing is not None:
            await self._writing

    async def _write_all(self) -> None:
        while self._written is not None:
            if self._pause:
                await asyncio.sleep(self._pause)
            items, written = self._items, self._written
            self._items, self._written = [], None
            await self._write_surely(items)
            written.set_result(None)

    async def _write_surely(self, items: Sequence[T]) -> None:
        while True:
            try:
                return await self._write(items)
            except Exception as error:
                self._on_trouble(error)
                await asyncio.sleep(_AGAIN_SECONDS)
