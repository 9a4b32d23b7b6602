"""A small HTTP server in Telegram's place: what it answers to which method, and how, the test says byte by byte."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from bot.clock import stopwatch
from bot.delivery.outbox.limiter import Limiter
from bot.delivery.telegram.http_client import TelegramBot, build_bot
from bot.delivery.telegram.sender import Sender
from tests.published import written

TOKEN = "1:a"
ME = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "dondoc_bot"}


class Answer(NamedTuple):
    """What is answered; with `more`, it is sent again and again after the body, until nobody reads it."""

    body: bytes
    status: int = 200
    headers: tuple[str, ...] = ()
    more: bytes = b""
    pause: float = 0.0
    """Seconds before each of what is sent again."""


Answering = Callable[[str], Answer]
"""Takes a method of the Bot API, or the path of a file."""


def fine(result: Any) -> Answer:
    """Answer a call that went well."""
    return Answer(written({"ok": True, "result": result}))


def refused(code: int, description: str = "Bad Request: no", **parameters: Any) -> Answer:
    """Refuse a call."""
    answer = {"ok": False, "error_code": code, "description": description}
    return Answer(written(answer | ({"parameters": parameters} if parameters else {})), code)


@dataclass
class Server:
    """`answers` may be changed at any time; `asked` has each method asked for, and when."""

    answers: Answering
    asked: list[tuple[str, float]] = field(default_factory=list)
    given: list[dict[str, Any]] = field(default_factory=list)
    """What was sent with each call, where that was JSON."""
    address: str = ""

    def methods(self) -> list[str]:
        return [method for method, _ in self.asked]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                while True:
                    await self._one(reader, writer)
        finally:
            writer.transport.abort()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        lines = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
        body = await reader.readexactly(int(lines.get("Content-Length", 0)))
        path = head.split(" ")[1]
        where, _, method = path.partition(f"{TOKEN}/")
        method = f"file/{method}" if where.startswith("/file") else method
        self.asked.append((method, stopwatch()))
        is_json = lines.get("Content-Type") == "application/json"
        self.given.append(json.loads(body) if is_json else {})
        answer = self.answers(method)
        sized = not answer.more and not any(
            one.lower().startswith(("content-length", "transfer-encoding"))
            for one in answer.headers
        )
        headers = [*answer.headers, *([f"Content-Length: {len(answer.body)}"] if sized else [])]
        first = f"HTTP/1.1 {answer.status} Any\r\n" + "".join(f"{one}\r\n" for one in headers)
        writer.write(first.encode() + b"\r\n" + answer.body)
        await writer.drain()
        while answer.more:
            await asyncio.sleep(answer.pause)
            writer.write(answer.more)
            await writer.drain()


@asynccontextmanager
async def strange_server(answers: Answering) -> AsyncIterator[Server]:
    """Serve on a free port of this machine."""
    server = Server(answers)
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if task := asyncio.current_task():
            tasks.add(task)
        with suppress(asyncio.CancelledError):  # or the loop would log it
            await server.serve(reader, writer)

    listening = await asyncio.start_server(serve, "127.0.0.1")
    server.address = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    try:
        yield server
    finally:
        listening.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 3, "file_path": "documents/a.pdf"}
HOOK = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
KNOWN: dict[str, Any] = {"getMe": ME, "getFile": FILE, "getWebhookInfo": HOOK}


@asynccontextmanager
async def telegram(**answers: Any) -> AsyncIterator[tuple[TelegramBot, Server]]:
    """A bot whose Telegram answers as it should, but to the methods named; it is not initialized."""
    known = KNOWN | answers

    def answer(method: str) -> Answer:
        what, is_file, _ = method.partition("/")
        told = known.get(what, b"abc" if is_file else True)
        if isinstance(told, Answer):
            return told
        return Answer(told) if is_file else fine(told)

    async with strange_server(answer) as server:
        bot = build_bot(TOKEN, f"{server.address}/bot", f"{server.address}/file/bot")
        await asyncio.gather(*(one.initialize() for one in bot._request))
        try:
            yield bot, server
        finally:
            await asyncio.gather(*(one.shutdown() for one in bot._request))


def sender(bot: TelegramBot) -> Sender:
    """Return a sender without limits."""
    return Sender(bot, Limiter(0, stopwatch))
