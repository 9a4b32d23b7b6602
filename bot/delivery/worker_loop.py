"""Leases pieces of work, does them side by side, and renews the leases of those in hand."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from bot.delivery.outbox.lease_renewal import keep_doing

AT_ONCE = 30
_LOOK_SECONDS = 1.0
_GATHER_SECONDS = 0.05
"""A round may start this late; so a busy moment takes a few transactions, not one for each message."""
_log = logging.getLogger(__name__)


class Piece(NamedTuple):
    """A piece of work, and the leased rows that it is about."""

    rows: Sequence[int]
    work: Coroutine[Any, Any, None]


Claim = Callable[[int], Awaitable[Iterable[Piece]]]
Renew = Callable[[Sequence[int]], Awaitable[None]]


class Rounds:
    """Starts a round when woken, when a piece of work has ended, and at least once a second.

    `claim` leases up to the given number of pieces; `renew` renews the leases of rows. `on_trouble` gets the
    error of a piece that raised: its rows wait until their lease ends. While many updates wait for an answer
    (`crowded`), rounds go on once a second with up to 30 pieces: Telegram lets no more through anyhow.
    """

    def __init__(
        self,
        claim: Claim,
        renew: Renew,
        on_trouble: Callable[[Exception], None],
        crowded: Callable[[], bool] = lambda: False,
    ) -> None:
        self._claim = claim
        self._renew = renew
        self._on_trouble = on_trouble
        self._crowded = crowded
        self._woken = asyncio.Event()
        self._in_hand: dict[asyncio.Task[None], Sequence[int]] = {}
        self._loops: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._loops = [
            asyncio.create_task(self._go_round()),
            asyncio.create_task(keep_doing(self._hold, self._on_trouble)),
        ]

    async def stop(self, patience: float = 0.0) -> None:
        """Begin nothing new; cancel pieces that have not ended after `patience` seconds."""
        await _end(self._loops)
        if self._in_hand and patience:
            await asyncio.wait(self._in_hand, timeout=patience)
        await _end(list(self._in_hand))

    def wake(self) -> None:
        """Start a round now: something was committed."""
        self._woken.set()

    async def once(self) -> None:
        """Start the work there is, as far as there are free places (AT_ONCE)."""
        free = AT_ONCE - len(self._in_hand)
        for piece in await self._claim(free) if free > 0 else ():
            task = asyncio.create_task(piece.work)
            self._in_hand[task] = piece.rows
            task.add_done_callback(self._done)

    async def drain(self) -> None:
        """Do all the work there is; used instead of `start` by callers that set the clock themselves."""
        await self.once()
        while self._in_hand:
            await asyncio.wait(self._in_hand)
            await self.once()

    def _done(self, task: "asyncio.Task[None]") -> None:
        """Forget an ended piece and wake the loop: more work may have come, or waited for a free place."""
        rows = self._in_hand.pop(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.warning("rows %s wait until their lease ends: %r", list(rows), error)
            if isinstance(error, Exception):
                self._on_trouble(error)
        self._woken.set()

    async def _go_round(self) -> None:
        while True:
            self._woken.clear()
            try:
                await self.once()
            except Exception as error:
                self._on_trouble(error)
            await asyncio.sleep(_GATHER_SECONDS)
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_SECONDS):  # wait_for can swallow a cancellation
                    await self._woken.wait()
            await self._let_answers_pass()

    async def _let_answers_pass(self) -> None:
        """Wait while many updates wait for an answer, a second at most: answers go before news."""
        for _ in range(round(_LOOK_SECONDS / _GATHER_SECONDS)):
            if not self._crowded():
                return
            await asyncio.sleep(_GATHER_SECONDS)

    async def _hold(self) -> None:
        await self._renew([row for rows in self._in_hand.values() for row in rows])


async def _end(tasks: Sequence["asyncio.Task[None]"]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
