"""What the program serves over HTTP: one small app in the bot's own process and event loop."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

AT_ONCE = 100
"""Connections; more are told to come again."""
_STOP_SECONDS = 2


@asynccontextmanager
async def serving(listener: socket.socket, routes: Sequence[BaseRoute]) -> AsyncIterator[None]:
    """Serve routes at a port that was taken; leaving answers what was asked and takes no more."""
    server = _Server(Starlette(routes=routes))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await running


class _Server(uvicorn.Server):
    """Writes no line for what is asked, an address can be a secret; leaves signals to the program."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                ws="none",
                log_config=None,
                log_level="warning",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                limit_concurrency=AT_ONCE,
                timeout_graceful_shutdown=_STOP_SECONDS,
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
