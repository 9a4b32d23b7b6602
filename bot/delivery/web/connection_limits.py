"""Who may be connected: Telegram, proxies and everybody else have room of their own, one client a part of it.

Whoever comes when there is no place takes that of the connection that keeps the program waiting longest, so slow
connections shut nobody out. A newcomer is refused where the program is at work for all the others, and where more
came in the same second than there are places: to refuse costs little, to begin a connection and end another much.
"""

from collections import Counter
from collections.abc import Hashable
from typing import Protocol

from bot.delivery.web.clients import Address, Origins, one_client, within

AT_ONCE = 100
"""Connections in each room. Telegram opens no more to one bot (`[telegram] webhook_connections`)."""
OF_ONE_CLIENT = 20
"""Of everybody else, at once and in a second; of Telegram and of proxies a few addresses open all there are."""


class Connection(Protocol):
    """What has a place."""

    @property
    def waits(self) -> bool:
        """Tell whether the program waits for the client: for a request, for its rest, or for an answer to be taken."""

    def give_way(self) -> None:
        """End at once."""


class Places:
    """`lost` counts the connections that gave way or were refused."""

    def __init__(self, origins: Origins) -> None:
        self.origins = origins
        self.lost = 0
        self._telegram, self._proxies, self._others = _Room(), _Room(), _Room(OF_ONE_CLIENT)

    def is_stormed(self, address: Address, now: float) -> bool:
        """Count a new connection; tell whether more came in this second than have places.

        `now` are seconds of a stopwatch. Telegram and proxies may come as often as they like.
        """
        room = self._room(address)
        stormed = room is self._others and room.is_stormed(one_client(address), int(now))
        self.lost += stormed
        return stormed

    def enter(self, one: Connection, address: Address) -> bool:
        """Give a connection a place of this client's, instead of the one it has; False where there is none."""
        self.leave(one)
        room, client = self._room(address), one_client(address)
        rivals = room.rivals(client)
        if rivals:
            self.lost += 1
            slowest = next((rival for rival in rivals if rival.waits), None)
            if slowest is None:
                return False
            self.leave(slowest)
            slowest.give_way()
        room.taken[one] = client
        return True

    def leave(self, one: Connection) -> None:
        """Free the place of a connection, if it has one."""
        for room in (self._telegram, self._proxies, self._others):
            room.taken.pop(one, None)

    def _room(self, address: Address) -> "_Room":
        if within(address, self.origins.telegram):
            return self._telegram
        return self._proxies if within(address, self.origins.proxies) else self._others


class _Room:
    """`taken` says whose each connection is; who came, or was answered, longest ago comes first."""

    def __init__(self, of_one_client: int = AT_ONCE) -> None:
        self.taken: dict[Connection, Hashable] = {}
        self._of_one_client = of_one_client
        self._second = 0
        self._came = Counter[Hashable]()

    def rivals(self, client: Hashable) -> list[Connection]:
        """Return those of whom one has to go before this client gets a place; none where there is a place."""
        own = [one for one, whose in self.taken.items() if whose == client]
        if len(own) >= self._of_one_client:
            return own
        return list(self.taken) if len(self.taken) >= AT_ONCE else []

    def is_stormed(self, client: Hashable, second: int) -> bool:
        """Count one more that comes in this second; tell whether it is one too many."""
        if second != self._second:
            self._second, self._came = second, Counter()
        if self._came[client] >= self._of_one_client or self._came.total() >= AT_ONCE:
            return True
        self._came[client] += 1
        return False
