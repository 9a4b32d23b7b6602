"""What the program serves over HTTP: one small app in the bot's own process and event loop."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import NamedTuple

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.delivery.web_requests import Requests


class Tls(NamedTuple):
    """The files of a certificate and its key, in PEM."""

    certificate: Path
    key: Path


AT_ONCE = 100
"""Connections; more are told to come again."""
_STOP_SECONDS = 2


@asynccontextmanager
async def serving(
    listener: socket.socket, routes: Sequence[BaseRoute], tls: Tls | None = None
) -> AsyncIterator[None]:
    """Serve routes at a port that was taken; leaving answers what was asked and takes no more.

    With `tls` it is HTTPS that is spoken.
    """
    app = Starlette(routes=routes)
    app.router.redirect_slashes = False  # who is sent on to a path knows that it is there
    server = _Server(app, tls)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await running


class _Server(uvicorn.Server):
    """Writes no line for what is asked, an address can be a secret; leaves signals to the program."""

    def __init__(self, app: Starlette, tls: Tls | None) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=Requests,
                lifespan="off",
                ws="none",
                log_config=None,
                log_level="warning",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                limit_concurrency=AT_ONCE,
                timeout_graceful_shutdown=_STOP_SECONDS,
                ssl_certfile=tls and tls.certificate,
                ssl_keyfile=tls and tls.key,
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
