"""/bot<token>/<method> and /file/bot<token>/<path>, as Telegram answers them."""

import asyncio
import inspect
import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.playground.api.call import Call
from bot.playground.api.faults import Fault, Faults
from bot.playground.api.methods import METHODS
from bot.playground.api.refused import Refused, too_many_requests
from bot.playground.emulator import Emulator
from bot.playground.files import MAX_DOWNLOAD


class BotApi:
    """The ASGI end of every method."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one call, with the fault that is due, if any."""
        faults = self.emulator.faults
        token, method = scope["path_params"]["token"], scope["path_params"]["method"]
        silent = method.lower() == faults.silent.lower()
        if silent:
            await _until_gone(receive)
        fault = "away" if silent else faults.strike(method.lower())
        if fault == "away":
            self.emulator.record(method, None, "fault: away")
            return await _cut(send)
        if fault == "broken":
            self.emulator.record(method, None, f"fault: {faults.status}")
            return await Response(b"Bad Gateway", faults.status)(scope, receive, send)
        if fault == "unheard":
            self.emulator.record(method, None, "fault: unheard")
            return await _said(faults)(scope, receive, send)
        code, body = await self._answer(token, method, Request(scope, receive), fault)
        if faults.delay_ms:
            await asyncio.sleep(faults.delay_ms / 1000)
        if fault == "drop":
            return await _cut(send)
        if fault == "nonsense":
            return await _said(faults)(scope, receive, send)
        return await Response(body, code, media_type="application/json")(scope, receive, send)

    async def _answer(
        self, token: str, method: str, request: Request, fault: Fault | None
    ) -> tuple[int, bytes]:
        chat_id = None
        try:
            action = self._method(token, method)
            call = await Call.read(request)
            chat_id = call.chat_id
            if fault == "flooded":
                raise too_many_requests(self.emulator.faults.retry_after)
            result = action(self.emulator, call)
            if inspect.isawaitable(result):
                result = await result
        except Refused as refused:
            self.emulator.record(method, chat_id, refused.description)
            return refused.code, _refusal(refused)
        self.emulator.record(method, chat_id, "ok" if fault is None else f"ok, then {fault}")
        return 200, _json({"ok": True, "result": result})

    def _method(self, token: str, method: str) -> Any:
        if token != self.emulator.token:
            raise Refused(401, "Unauthorized")
        try:
            return METHODS[method.lower()]
        except KeyError:
            raise Refused(404, "Not Found: method not found") from None

    async def file(self, request: Request) -> Response:
        """The content of a file that getFile named."""
        if request.path_params["token"] != self.emulator.token:
            return Response(_refusal(Refused(401, "Unauthorized")), 401)
        stored = self.emulator.files.by_path(request.path_params["path"])
        if stored is None or len(stored.content) > MAX_DOWNLOAD:
            return Response(_refusal(Refused(404, "Not Found")), 404)
        return Response(stored.content, media_type="application/octet-stream")


async def _until_gone(receive: Receive) -> None:
    """Answers nothing for as long as the bot waits."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _said(faults: Faults) -> Response:
    """What is answered in place of Telegram's words."""
    return Response(faults.words.encode(), faults.words_status, media_type="application/json")


async def _cut(send: Send) -> None:
    """Promises an answer and sends none, so that the server cuts the connection."""
    headers = [(b"content-length", b"1")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": True})


def _refusal(refused: Refused) -> bytes:
    answer = {"ok": False, "error_code": refused.code, "description": refused.description}
    return _json(answer | ({"parameters": refused.parameters} if refused.parameters else {}))


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
