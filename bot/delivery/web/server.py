"""What the program serves over HTTP: one small app in the bot's own process and event loop."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import NamedTuple

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.clock import stopwatch
from bot.delivery.web.accept import accept
from bot.delivery.web.clients import ANYBODY, Origins, address_of
from bot.delivery.web.connection_limits import Places
from bot.delivery.web.request_limits import WHOLE_IN_SECONDS, Requests


class Tls(NamedTuple):
    """The files of a certificate and its key, in PEM."""

    certificate: Path
    key: Path


_STOP_SECONDS = 2
_TELL_SECONDS = 60
_log = logging.getLogger(__name__)


@asynccontextmanager
async def serving(
    listener: socket.socket,
    routes: Sequence[BaseRoute],
    tls: Tls | None = None,
    origins: Origins = ANYBODY,
) -> AsyncIterator[None]:
    """Serve routes at a port that was taken; leaving answers what was asked and takes no more.

    With `tls` it is HTTPS that is spoken.
    """
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False  # who is sent on to a path knows that it is there
    server = _Server(app, listener, tls, Places(origins))
    running = asyncio.create_task(server.serve())
    try:
        yield
    finally:
        server.should_exit = True
        await running


class _Server(uvicorn.Server):
    """Takes connections by itself; leaves signals to the program.

    No line is written for what is asked, since an address can be a secret, nor for what is no request at all: anybody
    could fill the log.
    """

    def __init__(
        self, app: Starlette, listener: socket.socket, tls: Tls | None, places: Places
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                ws="none",
                log_config=None,
                log_level="error",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=_STOP_SECONDS,
                callback_notify=self._tell,
                timeout_notify=_TELL_SECONDS,
                ssl_certfile=tls and tls.certificate,
                ssl_keyfile=tls and tls.key,
            )
        )
        self._listener = listener
        self._places = places
        self._talking: set[asyncio.Task[None]] = set()
        self._accepting: asyncio.Task[None] | None = None

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=[])
        self._listener.setblocking(False)
        self._accepting = asyncio.create_task(accept(self._listener, self._begin))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._accepting is not None:
            self._accepting.cancel()
        self._listener.close()
        for one in self._talking:
            one.cancel()
        await super().shutdown(sockets=[])

    def _begin(self, accepted: socket.socket, host: str) -> None:
        peer = address_of(host)
        if self._places.is_stormed(peer, stopwatch()):
            accepted.close()
            return
        client = Requests(self, accepted, peer, self._places)
        if not self._places.enter(client, peer):
            accepted.close()
            return
        talking = asyncio.create_task(self._talk(client, accepted))
        self._talking.add(talking)
        talking.add_done_callback(self._talking.discard)

    async def _talk(self, client: Requests, accepted: socket.socket) -> None:
        """Agree on TLS, where it is spoken; from then on the client's requests come by themselves."""
        seconds = WHOLE_IN_SECONDS if self.config.ssl else None
        try:
            await asyncio.get_running_loop().connect_accepted_socket(
                lambda: client,
                accepted,
                ssl=self.config.ssl,
                ssl_handshake_timeout=seconds,
                ssl_shutdown_timeout=seconds,
            )
        except OSError:  # it is not TLS what is spoken, it takes too long, or the client has gone
            accepted.close()
            self._places.leave(client)

    async def _tell(self) -> None:
        """Say how many connections were lost in the last minute."""
        if self._places.lost:
            _log.warning(
                "%d connections were cut off to make room; if they came through a proxy, is it in"
                " [web] trusted_proxies?",
                self._places.lost,
            )
        self._places.lost = 0
