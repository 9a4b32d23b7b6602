"""A proxy as stands before the program: it reads whole heads, passes bodies on as they come, and says who asks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web


class _Proxy:
    def __init__(self, session: aiohttp.ClientSession, behind: str) -> None:
        self._session = session
        self._behind = behind

    async def answer(self, request: web.Request) -> web.Response:
        """Drop what the client says of itself, as Caddy does."""
        kept = {
            name: request.headers[name]
            for name in ("Content-Type", "X-Telegram-Bot-Api-Secret-Token")
            if name in request.headers
        }
        named = kept | {"X-Forwarded-For": request.remote or ""}
        body = request.content if request.body_exists else None
        try:
            async with self._session.request(
                request.method, self._behind + request.path, headers=named, data=body
            ) as answer:
                return web.Response(status=answer.status, body=await answer.read())
        except aiohttp.ClientError:
            return web.Response(status=502)


@asynccontextmanager
async def proxy(port: int, source: str) -> AsyncIterator[int]:
    """Pass on what comes to a port of this machine from an address of it; yields the proxy's own port."""
    connector = aiohttp.TCPConnector(local_addr=(source, 0), limit=0, keepalive_timeout=60)
    async with aiohttp.ClientSession(connector=connector, auto_decompress=False) as session:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", _Proxy(session, f"http://127.0.0.1:{port}").answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield runner.addresses[0][1]
        await runner.cleanup()
