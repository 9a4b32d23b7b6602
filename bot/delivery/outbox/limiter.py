"""How fast we may write: token buckets, and who goes first when there is a queue.

Telegram's limits: about 30 messages a second in all, one a second to a chat (short bursts pass),
20 a minute to a group. An edit counts overall and in groups.
"""

import asyncio
import heapq
from collections.abc import Callable
from itertools import count
from typing import Protocol

CHAT_RATE, CHAT_BURST = 1.0, 3.0
GROUP_RATE, GROUP_BURST = 15 / 60, 5.0
"""A burst and a minute of the rate make 20: no minute, wherever it starts, holds more."""

_CHATS_KEPT = 10_000


def burst_of_all(messages_per_second: float) -> float:
    """Return how many messages may go at once, whoever they are for."""
    return max(1.0, messages_per_second / 6)


def of_chat(chat_id: int) -> tuple[float, float]:
    """Return the messages a second to one chat, and how many may go at once."""
    return (GROUP_RATE, GROUP_BURST) if chat_id < 0 else (CHAT_RATE, CHAT_BURST)


def counts_for_chat(chat_id: int, edit: bool) -> bool:
    """Tell whether a message is held to its chat's limit too; an edit in a private chat is not."""
    return not (edit and chat_id > 0)


class Bucket:
    """Holds up to `burst` messages and refills by `rate` a second; it starts full."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate, self._burst = rate, burst
        self._level, self._seen = burst, now

    def wait(self, now: float) -> float:
        """Return the seconds until one message fits; 0 when it fits now."""
        self._level = min(self._burst, self._level + max(0.0, now - self._seen) * self._rate)
        self._seen = max(self._seen, now)
        # A hair below one counts as one, or rounding would have us wait for no time at all.
        return 0.0 if self._level >= 1 - 1e-9 else (1 - self._level) / self._rate

    def take(self) -> None:
        self._level -= 1

    def is_full(self, now: float) -> bool:
        self.wait(now)
        return self._level >= self._burst


class Pace:
    """Says when the next message to a chat may go. Times are seconds of one forward-only clock.

    `messages_per_second` is the limit overall; 0 switches every limit off except `bar`.
    """

    def __init__(self, messages_per_second: float, now: float) -> None:
        self._limits = messages_per_second > 0
        self._all = Bucket(messages_per_second or 1.0, burst_of_all(messages_per_second), now)
        self._chats: dict[int, Bucket] = {}
        self._barred: dict[int, float] = {}

    def wait(self, chat_id: int, edit: bool, now: float) -> float:
        """Return the seconds until a message to this chat may go; 0 when it may go now."""
        barred = self.barred_for(chat_id, now)
        if not self._limits:
            return barred
        return max([barred, *(bucket.wait(now) for bucket in self._buckets(chat_id, edit, now))])

    def take(self, chat_id: int, edit: bool, now: float) -> None:
        """Count a message that goes now."""
        if self._limits:
            for bucket in self._buckets(chat_id, edit, now):
                bucket.take()

    def bar(self, chat_id: int, until: float) -> None:
        """Send nothing to a chat before a moment: Telegram's `retry_after`."""
        self._barred[chat_id] = max(until, self._barred.get(chat_id, until))

    def barred_for(self, chat_id: int, now: float) -> float:
        """Return the seconds Telegram still wants silence in a chat."""
        until = self._barred.get(chat_id)
        if until is None:
            return 0.0
        if until <= now:
            del self._barred[chat_id]
        return max(0.0, until - now)

    def _buckets(self, chat_id: int, edit: bool, now: float) -> list[Bucket]:
        if not counts_for_chat(chat_id, edit):
            return [self._all]
        return [self._all, self._chats.get(chat_id) or self._new_chat(chat_id, now)]

    def _new_chat(self, chat_id: int, now: float) -> Bucket:
        if len(self._chats) >= _CHATS_KEPT:
            self._chats = {k: v for k, v in self._chats.items() if not v.is_full(now)}
        self._chats[chat_id] = Bucket(*of_chat(chat_id), now)
        return self._chats[chat_id]


class TooLong(Exception):  # noqa: N818 - an answer, not an error
    """A message would have to wait longer than its sender cares to; `seconds` says how long."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{seconds:.1f} s")
        self.seconds = seconds


class Shared(Protocol):
    """What else must let a message pass, for several instances keep to one pace."""

    async def wait(self, chat_id: int, priority: int, *, edit: bool) -> None: ...
    async def bar(self, chat_id: int, seconds: float) -> None: ...
    async def barred_for(self, chat_id: int) -> float: ...


class Limiter:
    """Lets messages pass at a pace, the lowest priority number first, then who came first."""

    shared: Shared | None = None

    def __init__(self, messages_per_second: float, stopwatch: Callable[[], float]) -> None:
        self._now = stopwatch
        self._pace = Pace(messages_per_second, stopwatch())
        self._queue: list[tuple[int, int, int, bool, asyncio.Future[None]]] = []
        self._tickets = count()
        self._alarm: asyncio.TimerHandle | None = None

    async def acquire(self, chat_id: int, priority: int, *, edit: bool, patience: float) -> None:
        """Return when a message to this chat may go.

        Raises TooLong at once when Telegram has asked for a silence longer than `patience` seconds.
        """
        while True:
            barred = self._pace.barred_for(chat_id, self._now())
            if barred > patience:
                raise TooLong(barred)
            await self._turn(chat_id, priority, edit)
            if self.shared is None:
                return
            await self.shared.wait(chat_id, priority, edit=edit)
            if not (silence := await self.shared.barred_for(chat_id)):
                return
            self._pace.bar(chat_id, self._now() + silence)

    async def _turn(self, chat_id: int, priority: int, edit: bool) -> None:
        if not self._queue and self._pace.wait(chat_id, edit, self._now()) == 0:
            self._pace.take(chat_id, edit, self._now())
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._queue, (priority, next(self._tickets), chat_id, edit, turn))
        self._let_pass()
        await turn

    async def bar(self, chat_id: int, seconds: float) -> None:
        """Obey `retry_after`: nothing goes to this chat for so many seconds, whichever instance sends it."""
        self._pace.bar(chat_id, self._now() + seconds)
        if self.shared is not None:
            await self.shared.bar(chat_id, seconds)

    def _let_pass(self) -> None:
        """Let everyone pass whose time has come, and look again when the next one's comes."""
        now, waits, left = self._now(), [], []
        for place in sorted(self._queue):
            _, _, chat_id, edit, turn = place
            if turn.done():  # whoever waited was cancelled
                continue
            if wait := self._pace.wait(chat_id, edit, now):
                waits.append(wait)
                left.append(place)
            else:
                self._pace.take(chat_id, edit, now)
                turn.set_result(None)
        self._queue = left  # sorted, and so a heap
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = (
            asyncio.get_running_loop().call_later(min(waits), self._let_pass) if waits else None
        )
