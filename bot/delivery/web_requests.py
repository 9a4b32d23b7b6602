"""How long a request may take to come, and how large it may be: who dawdles or floods is cut off.

The server itself waits for ever for the end of a request, and a hundred that never end are all it serves.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

WHOLE_IN_SECONDS = 10.0
"""From the first byte, or from the connection on, to the last."""
MOST_BYTES = 1_500_000
"""Head and body; Telegram's updates are a hundred times smaller."""


class Requests(HttpToolsProtocol):
    """One connection, as the server reads it."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._bytes = 0
        self._limit: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._begin()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._bytes += len(data)
        if self._bytes > MOST_BYTES:
            self.transport.abort()
            return
        super().data_received(data)

    def on_message_begin(self) -> None:
        self._begin()
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self._bytes = 0
        self._end()
        super().on_message_complete()

    def _begin(self) -> None:
        self._end()
        self._limit = self.loop.call_later(WHOLE_IN_SECONDS, self._cut_off)

    def _end(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None

    def _cut_off(self) -> None:
        self.transport.abort()
