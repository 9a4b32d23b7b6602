"""Everything that happens in the chats, in order, for whoever watches."""

import asyncio
from bisect import bisect_right
from collections import defaultdict
from typing import Any

Event = dict[str, Any]


class Feed:
    """Events are numbered from 1; a cursor is the number of the last one seen."""

    def __init__(self) -> None:
        self._all: list[Event] = []
        self._chats: defaultdict[int, list[Event]] = defaultdict(list)
        self._waiting: defaultdict[int | None, set[asyncio.Future[None]]] = defaultdict(set)

    @property
    def last(self) -> int:
        """The cursor of someone who has seen everything."""
        return len(self._all)

    def publish(self, kind: str, chat_id: int, **facts: Any) -> None:
        """Adds an event; what it holds must not be changed afterwards."""
        event = {"seq": len(self._all) + 1, "kind": kind, "chat_id": chat_id, **facts}
        self._all.append(event)
        self._chats[chat_id].append(event)
        self._wake(None)
        self._wake(chat_id)

    def since(self, cursor: int, chat_id: int | None = None) -> list[Event]:
        """Events after `cursor`, of one chat or (None) of all."""
        if chat_id is None:
            return self._all[cursor:]
        events = self._chats.get(chat_id, [])
        return events[bisect_right(events, cursor, key=lambda event: int(event["seq"])) :]

    async def wait(self, cursor: int, chat_id: int | None, seconds: float) -> list[Event]:
        """As `since`, waiting up to `seconds` for a first event."""
        if not (events := self.since(cursor, chat_id)) and seconds > 0:
            future = asyncio.get_running_loop().create_future()
            self._waiting[chat_id].add(future)
            try:
                async with asyncio.timeout(seconds):
                    await future
            except TimeoutError:
                pass
            finally:
                self._waiting[chat_id].discard(future)
            events = self.since(cursor, chat_id)
        return events

    def release(self) -> None:
        """Lets everyone who waits go."""
        for chat_id in list(self._waiting):
            self._wake(chat_id)

    def _wake(self, chat_id: int | None) -> None:
        for future in self._waiting.pop(chat_id, ()):
            if not future.done():
                future.set_result(None)
