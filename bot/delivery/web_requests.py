"""How long a request may take to come and its answer to go, and how large it may be: who dawdles or floods is cut off.

The server itself waits for ever for either, and a hundred that never end are all it serves.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

WHOLE_IN_SECONDS = 10.0
"""From the first byte, or from the connection on, to the last; and for what is answered to be taken."""
MOST_BYTES = 1_500_000
"""Head and body; Telegram's updates are a hundred times smaller."""
MOST_CONNECTIONS = 200
"""What comes on top is not even told to come again: each holds a file open."""


class Requests(HttpToolsProtocol):
    """One connection, as the server reads it."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._bytes = 0
        self._coming: asyncio.TimerHandle | None = None
        self._going: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()
            return
        transport.set_write_buffer_limits(high=1)  # whatever is not taken pauses
        self._begin()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        super().connection_lost(exc)
        self.resume_writing()

    def data_received(self, data: bytes) -> None:
        self._bytes += len(data)
        if self._bytes > MOST_BYTES:
            self.transport.abort()
            return
        if self._coming is None:  # blank lines begin no request, but end the server's own patience
            self._begin()
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._begin()
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self._bytes = 0
        self._end()
        super().on_message_complete()

    def pause_writing(self) -> None:
        self._going = self.loop.call_later(WHOLE_IN_SECONDS, self._cut_off)
        super().pause_writing()

    def resume_writing(self) -> None:
        if self._going is not None:
            self._going.cancel()
            self._going = None
        super().resume_writing()

    def _begin(self) -> None:
        self._end()
        self._coming = self.loop.call_later(WHOLE_IN_SECONDS, self._cut_off)

    def _end(self) -> None:
        if self._coming is not None:
            self._coming.cancel()
            self._coming = None

    def _cut_off(self) -> None:
        self.transport.abort()
