"""How long a request may take to come and its answer to go, and how large it may be: who dawdles or floods is cut off.

The server itself waits for ever for either, and keeps whatever is sent.
"""

import asyncio
import socket
from contextlib import suppress

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.delivery.web.clients import Address, client_of, within
from bot.delivery.web.connection_limits import Places

WHOLE_IN_SECONDS = 10.0
"""From the first byte, or from the connection on, to the last; and for what is answered to be taken."""
MOST_BYTES = 1_500_000
"""Head and body; Telegram's updates are a hundred times smaller."""
MOST_OF_HEAD = 32_768
"""Bytes of address and headers. Each header costs a hundred times its length, and what comes in pieces is copied."""
MOST_AHEAD = 8
"""Requests that a client sends without having heard the answer to the first."""


class TooLargeError(Exception):
    """A request is larger than any, or one too many: the server reads no further and closes the connection."""


class Requests(HttpToolsProtocol):
    """One connection, as the server reads it; it has a place until it is lost."""

    def __init__(
        self, server: uvicorn.Server, accepted: socket.socket, peer: Address, places: Places
    ) -> None:
        super().__init__(server.config, server.server_state, server.lifespan.state)
        self.peer = peer
        self._accepted = accepted
        self._places = places
        self._bytes = 0
        self._of_head = 0
        self._in_head = True
        self._coming: asyncio.TimerHandle | None = None
        self._going: asyncio.TimerHandle | None = None

    @property
    def waits(self) -> bool:
        asked = self.cycle is not None and not self.cycle.more_body
        return not asked or self.cycle.response_complete or self.flow.write_paused

    def give_way(self) -> None:
        """The transport, which may not be there yet, hears of it as of a client that goes."""
        with suppress(OSError):  # the client was faster
            self._accepted.shutdown(socket.SHUT_RDWR)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=1)  # whatever is not taken pauses
        self._begin()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        self._places.leave(self)
        super().connection_lost(exc)
        self.resume_writing()

    def data_received(self, data: bytes) -> None:
        is_head_too_long = self._in_head and self._bytes > MOST_OF_HEAD
        self._bytes += len(data)
        if self._bytes > MOST_BYTES or is_head_too_long:
            self.transport.abort()
            return
        if self._coming is None:  # blank lines begin no request, but end the server's own patience
            self._begin()
        super().data_received(data)

    def on_message_begin(self) -> None:
        if len(self.pipeline) >= MOST_AHEAD:
            raise TooLargeError
        self._of_head, self._in_head = 0, True
        self._begin()
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        self._measure(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._measure(len(name) + len(value))
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._in_head = False
        # The server's own way to say that it has too much to do.
        self.limit_concurrency = None if self._has_place_for_client() else 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._bytes = 0
        self._end()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """What keeps the connection for its next request has waited from now on, and is its peer's again."""
        if not self.transport.is_closing() and not self._places.enter(self, self.peer):
            self.transport.close()
        super().on_response_complete()

    def pause_writing(self) -> None:
        self._going = self.loop.call_later(WHOLE_IN_SECONDS, self._cut_off)
        super().pause_writing()

    def resume_writing(self) -> None:
        if self._going is not None:
            self._going.cancel()
            self._going = None
        super().resume_writing()

    def _has_place_for_client(self) -> bool:
        """Take a place of the client for whom a proxy asks, while it is answered."""
        proxies = self._places.origins.proxies
        if not within(self.peer, proxies):
            return True
        named = [value.decode("latin-1") for name, value in self.headers if name == _FORWARDED]
        return self._places.enter(self, client_of(self.peer, named, proxies))

    def _measure(self, size: int) -> None:
        self._of_head += size
        if self._of_head > MOST_OF_HEAD:
            raise TooLargeError

    def _begin(self) -> None:
        self._end()
        self._coming = self.loop.call_later(WHOLE_IN_SECONDS, self._cut_off)

    def _end(self) -> None:
        if self._coming is not None:
            self._coming.cancel()
            self._coming = None

    def _cut_off(self) -> None:
        self.transport.abort()


_FORWARDED = b"x-forwarded-for"
