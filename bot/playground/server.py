"""The emulator, its control and its page, served on loopback."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.playground.api.bot_api import BotApi
from bot.playground.api.webhook_sender import send_updates
from bot.playground.control import Control
from bot.playground.emulator import Emulator

_PAGE = Path(__file__).with_name("page")


def web_app(emulator: Emulator) -> Starlette:
    """Everything under one address: /bot..., /file/bot..., /play/... and the page at /."""
    api = BotApi(emulator)
    return Starlette(
        routes=[
            Route("/bot{token}/{method}", api),
            Route("/file/bot{token}/{path:path}", api.file),
            *Control(emulator).routes(),
            Mount("/", StaticFiles(directory=_PAGE, html=True)),
        ]
    )


@asynccontextmanager
async def serve(emulator: Emulator, port: int = 0) -> AsyncIterator[str]:
    """Serves on 127.0.0.1 in this event loop and yields the address; port 0 takes a free one.

    Leaving refuses every connection; the emulator keeps its state and can be served again.
    """
    # asyncio turns Nagle's delay (40 ms an answer) off only where the protocol is named.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        server = _Server(web_app(emulator))
        running = asyncio.create_task(server.serve(sockets=[listener]))
        sending = asyncio.create_task(send_updates(emulator))
        await server.ready.wait()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            sending.cancel()
            await asyncio.wait({sending})
            emulator.release()
            server.leaving.set()
            await running


_KEEP_ALIVE_SECONDS = 75
"""As Telegram's own server; with less a call meets a connection that closes at that moment."""


class _Server(uvicorn.Server):
    """Says when it is ready, stops when told, leaves signals to whoever runs the event loop."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",
                log_level="critical",
                access_log=False,
                date_header=False,
                timeout_keep_alive=_KEEP_ALIVE_SECONDS,
            )
        )
        self.ready = asyncio.Event()
        self.leaving = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self.leaving.wait()
        self.force_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
