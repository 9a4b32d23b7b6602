"""Who is shut out when many are connected: never Telegram, and nobody else by who is slow."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_network
from pathlib import Path
from unittest.mock import patch

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.delivery.web import server
from bot.delivery.web.clients import Origins
from bot.delivery.web.connection_limits import AT_ONCE, OF_ONE_CLIENT
from bot.delivery.web.listen_socket import listen
from bot.delivery.web.server import Tls, serving
from tests.delivery.conftest import until

TELEGRAM, PROXY, SOMEBODY, ANOTHER = "127.9.0.1", "127.7.0.1", "127.8.0.1", "127.8.0.2"
ORIGINS = Origins((ip_network("127.9.0.0/16"),), (ip_network("127.7.0.0/16"),))
SECONDS = 5
ASKS = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
IS_SLOW = b"GET / HTTP/1.1\r\nHost:"


class Client:
    """One connection, and all it was told until it was ended."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        self.told = b""
        self.hears = asyncio.create_task(self._hear(reader))

    async def _hear(self, reader: asyncio.StreamReader) -> None:
        try:
            while more := await reader.read(1000):
                self.told += more
        except ConnectionError:
            pass

    @property
    def is_ended(self) -> bool:
        return self.hears.done()

    async def status(self) -> str:
        """Wait for an answer, and return its number; nothing for a connection that is ended without."""
        await until(lambda: b"\r\n\r\n" in self.told or self.is_ended, SECONDS)
        return self.told.partition(b" ")[2][:3].decode()


class Web:
    """What is served: / is answered at once, /later once it is `open`, /long at length."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.asked = 0
        self.seconds = 0.0
        self.port = 0
        self._clients: list[Client] = []

    @property
    def routes(self) -> list[Route]:
        return [Route("/", self._now), Route("/later", self._later), Route("/long", self._long)]

    async def _now(self, _: Request) -> Response:
        return PlainTextResponse("ok")

    async def _later(self, _: Request) -> Response:
        self.asked += 1
        await self.open.wait()
        return PlainTextResponse("ok")

    async def _long(self, _: Request) -> Response:
        return PlainTextResponse("x" * 20_000_000)

    async def connect(self, source: str, says: bytes = b"") -> Client:
        pair = await asyncio.open_connection("127.0.0.1", self.port, local_addr=(source, 0))
        client = Client(*pair)
        client.writer.write(says)
        self._clients.append(client)
        return client

    async def crowd(self, count: int, source: str, says: bytes = b"") -> list[Client]:
        return [await self.connect(source, says) for _ in range(count)]

    def next_second(self) -> None:
        """Let as many come again as may come in a second."""
        self.seconds += 1

    async def ask(self, source: str, via: str | None = None) -> str:
        """Ask on a new connection, by a proxy or without; return the status."""
        named = b"" if via is None else b"X-Forwarded-For: %s\r\n" % source.encode()
        asks = ASKS.replace(b"\r\n\r\n", b"\r\n" + named + b"Connection: close\r\n\r\n")
        return await (await self.connect(via or source, asks)).status()

    def forget(self) -> None:
        for one in self._clients:
            one.writer.close()


@asynccontextmanager
async def served(tls: Tls | None = None) -> AsyncIterator[Web]:
    shown = Web()
    listener = listen("127.0.0.1", 0)
    shown.port = listener.getsockname()[1]
    with patch.object(server, "stopwatch", lambda: shown.seconds):
        async with serving(listener, shown.routes, tls, ORIGINS):
            yield shown
            shown.open.set()
            shown.forget()


@pytest.fixture
async def site() -> AsyncIterator[Web]:
    async with served() as shown:
        yield shown


def ended(clients: list[Client]) -> int:
    return sum(one.is_ended for one in clients)


async def test_of_one_client_the_newest_connections_stay(site: Web) -> None:
    slow = await site.crowd(OF_ONE_CLIENT, SOMEBODY, IS_SLOW)
    site.next_second()
    assert await site.ask(ANOTHER) == "200"
    assert ended(slow) == 0
    assert await site.ask(SOMEBODY) == "200"
    assert ended(slow) == ended(slow[:1]) == 1


async def test_of_those_that_come_at_once_no_more_are_begun_than_have_places(site: Web) -> None:
    site.next_second()
    slow = await site.crowd(OF_ONE_CLIENT + 30, SOMEBODY, IS_SLOW)
    await until(lambda: ended(slow) == 30)
    assert ended(slow[-30:]) == 30
    many = [await site.connect(f"127.8.1.{number + 1}") for number in range(AT_ONCE + 50)]
    await until(lambda: ended(many) > 0)
    sent = await site.crowd(AT_ONCE, TELEGRAM, ASKS)
    assert {await one.status() for one in sent} == {"200"}


async def test_slow_connections_from_everywhere_shut_nobody_out(site: Web) -> None:
    for number in range(3 * AT_ONCE):
        if number % AT_ONCE == 0:
            site.next_second()
        await site.connect(f"127.8.1.{number % 250 + 1}", IS_SLOW)
    site.next_second()
    for source in (TELEGRAM, SOMEBODY, "127.8.1.1"):
        assert await site.ask(source) == "200"


async def test_who_is_being_answered_keeps_the_place(site: Web) -> None:
    later = ASKS.replace(b"GET /", b"GET /later")
    asking = await site.crowd(OF_ONE_CLIENT, SOMEBODY, later)
    await until(lambda: site.asked == OF_ONE_CLIENT)
    site.next_second()
    assert await site.ask(SOMEBODY) == ""
    assert await site.ask(ANOTHER) == "200"
    site.open.set()
    assert {await one.status() for one in asking} == {"200"}


async def test_telegram_is_served_when_everybody_else_has_all_there_is(site: Web) -> None:
    later = ASKS.replace(b"GET /", b"GET /later")
    for number in range(AT_ONCE // OF_ONE_CLIENT):
        await site.crowd(OF_ONE_CLIENT, f"127.8.2.{number + 1}", later)
    await until(lambda: site.asked == AT_ONCE)
    site.next_second()
    assert await site.ask(SOMEBODY) == ""
    sent = await site.crowd(AT_ONCE, TELEGRAM, later)
    await until(lambda: site.asked == 2 * AT_ONCE)
    assert ended(sent) == 0
    site.open.set()
    assert {await one.status() for one in sent} == {"200"}


async def test_what_telegram_keeps_open_gives_way_to_what_it_sends(site: Web) -> None:
    idle = await site.crowd(AT_ONCE, TELEGRAM, ASKS)
    assert {await one.status() for one in idle} == {"200"}
    assert await site.ask(TELEGRAM) == "200"
    assert ended(idle) == 1


async def test_clients_of_a_proxy_are_told_apart(site: Web) -> None:
    def by_proxy(client: str) -> bytes:
        named = f"\r\nX-Forwarded-For: 149.154.160.9, {client}\r\n\r\n".encode()
        return ASKS.replace(b"GET /", b"GET /later").replace(b"\r\n\r\n", named)

    asking = await site.crowd(OF_ONE_CLIENT, PROXY, by_proxy(SOMEBODY))
    await until(lambda: site.asked == OF_ONE_CLIENT)
    assert await site.ask(SOMEBODY, PROXY) == "503"
    assert await site.ask(ANOTHER, PROXY) == "200"
    assert await site.ask(TELEGRAM, PROXY) == "200"
    assert await site.ask(SOMEBODY) == "", "with and without a proxy it is the same client"
    site.open.set()
    assert {await one.status() for one in asking} == {"200"}
    assert await site.ask(SOMEBODY, PROXY) == "200"


async def test_a_proxy_keeps_as_many_open_as_it_likes_and_is_served(site: Web) -> None:
    """Those that it keeps for later have no client: the oldest of them go."""
    idle = await site.crowd(AT_ONCE + 30, PROXY, ASKS)
    await until(lambda: ended(idle) == 30)
    for client in (SOMEBODY, TELEGRAM):
        assert await site.ask(client, PROXY) == "200"
    assert await site.ask(PROXY) == "200"


@pytest.mark.parametrize("claimed", [TELEGRAM, PROXY])
async def test_who_is_no_proxy_cannot_say_that_they_are_telegram(site: Web, claimed: str) -> None:
    asks = b"GET /later HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: %s\r\n\r\n" % claimed.encode()
    await site.crowd(OF_ONE_CLIENT, SOMEBODY, asks)
    await until(lambda: site.asked == OF_ONE_CLIENT)
    site.next_second()
    assert await (await site.connect(SOMEBODY, asks)).status() == ""


async def test_places_are_free_again_once_clients_have_gone(site: Web) -> None:
    for number in range(3):
        crowd = await site.crowd(OF_ONE_CLIENT, SOMEBODY, ASKS.replace(b"GET /", b"GET /later"))
        await until(lambda asked=OF_ONE_CLIENT * (number + 1): site.asked == asked)  # type: ignore[misc]
        for one in crowd:
            one.writer.close()
        site.next_second()
        while await site.ask(SOMEBODY) != "200":  # the server may not have heard yet that they went
            site.next_second()
        site.next_second()


async def test_who_never_agrees_on_tls_is_counted_and_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The key is for tests alone and opens nothing."""
    monkeypatch.setattr(server, "WHOLE_IN_SECONDS", 1.0)
    folder = Path(__file__).parents[1]
    async with served(Tls(folder / "web.pem", folder / "web.key")) as site:
        silent = await site.crowd(OF_ONE_CLIENT + 30, SOMEBODY)
        await until(lambda: ended(silent) == 30)
        half = await site.crowd(OF_ONE_CLIENT, TELEGRAM, b"\x16\x03\x01")
        await until(lambda: ended(silent) == len(silent))
        await until(lambda: ended(half) == len(half))
        nonsense = await site.connect(ANOTHER, ASKS)
        await until(lambda: nonsense.is_ended)


async def test_that_connections_were_cut_off_is_told_once_a_minute_and_no_request_is(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_TELL_SECONDS", 0.2)
    caplog.set_level(logging.INFO)
    async with served() as other:
        other.next_second()
        await other.crowd(OF_ONE_CLIENT, ANOTHER, b"nonsense\r\n\r\n")
        await other.crowd(OF_ONE_CLIENT + 30, SOMEBODY, IS_SLOW)
        await until(lambda: "30 connections were cut off" in caplog.text)
        await asyncio.sleep(0.5)
    assert caplog.text.count("cut off") == len(caplog.records) == 1


async def test_who_takes_no_answer_shuts_nobody_out(site: Web) -> None:
    """They are cut off after ten seconds; until then they give way."""
    writers = []
    for _ in range(OF_ONE_CLIENT):
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", site.port, local_addr=(SOMEBODY, 0), limit=1
        )
        writer.write(ASKS.replace(b"GET /", b"GET /long"))
        await reader.read(1)
        writers.append(writer)
    site.next_second()
    assert await site.ask(SOMEBODY) == "200"
    for writer in writers:
        writer.transport.abort()
