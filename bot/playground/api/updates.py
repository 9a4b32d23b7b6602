"""The updates that wait for the bot, and getUpdates over them."""

import asyncio
from collections import deque
from collections.abc import Callable, Container
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.playground.api.refused import Refused, conflict

_LARGEST = 2**31 - 1
"""Telegram numbers updates with 32 bits."""
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """`out_of_turn`: no offset can confirm it (repeated or broken id), so it is given once."""

    id: int
    payload: Any
    out_of_turn: bool = False


def chat_of(payload: Any) -> int | None:
    """The chat an update is of, or the person; None for what has neither."""
    for event in payload.values() if isinstance(payload, dict) else ():
        if not isinstance(event, dict):
            continue
        for place in (event, event.get("message")):
            chat = place.get("chat") if isinstance(place, dict) else None
            if isinstance(chat, dict) and isinstance(chat.get("id"), int):
                return int(chat["id"])
    return None


class Updates:
    """A queue that hands out what is not confirmed; `offset` confirms all below it.

    `on_confirmed` hears of every update the bot let go; `polled` is set by the first poll.
    """

    def __init__(self, on_confirmed: Callable[[Any], None]) -> None:
        self._queue: deque[Waiting] = deque()
        self._next = 1
        self._poller: asyncio.Future[None] | None = None
        self._on_confirmed = on_confirmed
        self.allowed: list[str] | None = None
        self.polled = asyncio.Event()

    def __len__(self) -> int:
        return len(self._queue)

    @property
    def last(self) -> int:
        """The number that was given last; 0 before the first."""
        return self._next - 1

    def add(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queues an update and returns its id; None when the bot did not ask for this kind."""
        if kind not in self.allowed if self.allowed else kind in _NOT_BY_DEFAULT:
            return None
        update_id = self._next
        self._put(Waiting(update_id, {"update_id": update_id, kind: content}))
        return update_id

    def inject(self, payload: Any) -> int:
        """Queues any JSON as it stands, an id added where an object has none."""
        if isinstance(payload, dict) and "update_id" not in payload:
            payload = payload | {"update_id": self._next}
        own = payload.get("update_id") if isinstance(payload, dict) else None
        in_turn = False
        if isinstance(own, int) and own is not True and self._next <= own <= _LARGEST:
            in_turn, self._next = True, own
        update_id = self._next
        self._put(Waiting(update_id, payload, out_of_turn=not in_turn))
        return update_id

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Any]:
        """Confirms below `offset`, then gives what waits, after `seconds` at most.

        A poll that finds another one waiting ends that one with 409, as Telegram does.
        """
        self.polled.set()
        self._confirm(offset)
        self._end_poller(
            conflict(
                "terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        )
        if not self._queue and seconds > 0:
            await self._wait(seconds)
        batch = [self._queue[place] for place in range(min(limit, len(self._queue)))]
        for item in batch:
            if item.out_of_turn:
                self._queue.remove(item)
        return [item.payload for item in batch]

    async def more(self, seconds: float) -> None:
        """Returns when something came, after `seconds` at most."""
        with suppress(Refused):
            await self._wait(seconds)

    def first_of_chats(self, busy: Container[int | None]) -> tuple[int | None, Waiting] | None:
        """The first that waits of a chat that is not busy, and the chat."""
        passed: set[int | None] = set()
        for item in self._queue:
            chat_id = chat_of(item.payload)
            if chat_id not in busy and chat_id not in passed:
                return chat_id, item
            passed.add(chat_id)
        return None

    def take(self) -> Any | None:
        """Lets the first go and returns it; None where nothing waits."""
        if not self._queue:
            return None
        item = self._queue[0]
        self.settle(item)
        return item.payload

    def settle(self, item: Waiting) -> None:
        """Lets one go: the webhook took it."""
        if item in self._queue:
            self._queue.remove(item)
            self._on_confirmed(item.payload)

    def release(self, because: Refused | None = None) -> None:
        """Ends a waiting poll: with an error, or empty-handed."""
        self._end_poller(because)

    def drop(self) -> None:
        """Forgets all that waits."""
        self._queue.clear()

    async def _wait(self, seconds: float) -> None:
        self._poller = poller = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poller
        except TimeoutError:
            pass
        finally:
            if self._poller is poller:
                self._poller = None

    def _end_poller(self, because: Refused | None) -> None:
        if self._poller and not self._poller.done():
            if because:
                self._poller.set_exception(because)
            else:
                self._poller.set_result(None)
        self._poller = None

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            offset = self._queue[max(len(self._queue) + offset, 0)].id if self._queue else 0
        while self._queue and self._queue[0].id < offset:
            self._on_confirmed(self._queue.popleft().payload)

    def _put(self, item: Waiting) -> None:
        self._next += 1
        self._queue.append(item)
        self._end_poller(None)
