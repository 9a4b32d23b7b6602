"""Where Telegram sends updates to: each is kept in the database before Telegram is told so.

Whoever does not show the secret is told what anybody is told who asks for a page that is not there.
"""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

LARGEST = 1024 * 1024
"""Bytes. Four times the longest update there is, with every letter written as an escape."""
_BODY_SECONDS = 10.0
_SECRET = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name


class Webhook:
    """`receive` returns when updates are safe. What comes while it writes is written with the next.

    `others` tells whether what was shown is the secret of another replica, which Telegram was told last.
    """

    def __init__(
        self,
        path: str,
        secret: str,
        receive: Callable[[Sequence[Any]], Awaitable[None]],
        others: Callable[[str], bool] = lambda _: False,
    ) -> None:
        self.route = Route(path, self)
        self._secret = secret.encode()
        self._receive = receive
        self._others = others
        self._waiting: list[tuple[Any, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, whatever the method is: a route that named its own would tell that it is there."""
        answer = await self._answer(Request(scope, receive))
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if not self._is_telegram(request):
            return PlainTextResponse("Not Found", HTTPStatus.NOT_FOUND)
        try:
            async with asyncio.timeout(_BODY_SECONDS):
                body = await _body(request)
        except (TimeoutError, ClientDisconnect):
            return Response(status_code=HTTPStatus.REQUEST_TIMEOUT)
        if body is None:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        return Response(status_code=await self._kept(raw))

    def _is_telegram(self, request: Request) -> bool:
        shown = request.headers.get(_SECRET, "")
        is_known = hmac.compare_digest(shown.encode(), self._secret) or self._others(shown)
        is_json = request.headers.get("content-type", "").partition(";")[0] == "application/json"
        return is_known and request.method == "POST" and is_json

    async def _kept(self, raw: Any) -> HTTPStatus:
        """Say "ok" once an update is kept; Telegram sends again what is not."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((raw, kept))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        try:
            await kept
        except Exception:
            return HTTPStatus.SERVICE_UNAVAILABLE
        return HTTPStatus.OK

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            wrong: Exception | None = None
            try:
                await self._receive([raw for raw, _ in batch])
            except Exception as error:
                wrong = error
            for _, kept in batch:
                if kept.done():  # whoever waited has gone
                    continue
                if wrong is None:
                    kept.set_result(None)
                else:
                    kept.set_exception(wrong)


async def _body(request: Request) -> bytes | None:
    """Return what was sent; None for more than an update can be."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return body
