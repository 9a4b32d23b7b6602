"""A client that dawdles or floods keeps its place for seconds, not for ever."""

import asyncio
import io
from collections.abc import AsyncIterator

import aiohttp
import pytest
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.delivery.web import request_limits
from bot.delivery.web.listen_socket import listen
from bot.delivery.web.request_limits import MOST_AHEAD
from bot.delivery.web.server import serving


async def _size(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def answered() -> asyncio.Event:
    """Set once a long answer is no more on its way."""
    return asyncio.Event()


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch, answered: asyncio.Event) -> AsyncIterator[int]:
    async def long(_: Request) -> Response:
        async def over() -> None:
            answered.set()

        return PlainTextResponse("x" * 20_000_000, background=BackgroundTask(over))

    monkeypatch.setattr(request_limits, "WHOLE_IN_SECONDS", 0.3)
    listener = listen("127.0.0.1", 0)
    async with serving(listener, [Route("/", _size, methods=["POST"]), Route("/long", long)]):
        yield listener.getsockname()[1]


@pytest.mark.parametrize(
    "begun", [b"", b"POST / HT", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf"]
)
async def test_a_request_that_never_ends_is_cut_off(port: int, begun: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(begun)
    async with asyncio.timeout(10):
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await reader.readexactly(1)
    writer.close()


async def test_who_asks_in_time_is_answered_again_and_again(port: int) -> None:
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as web:
        for _ in range(3):
            async with web.post("/", data=b"x" * 100_000) as answer:
                assert await answer.text() == "100000"
            await asyncio.sleep(0.2)


async def test_a_request_larger_than_any_is_cut_off(port: int) -> None:
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as web:
        with pytest.raises(aiohttp.ClientError):
            await web.post("/", data=io.BytesIO(b"x" * (request_limits.MOST_BYTES + 10_000)))


async def test_who_asked_and_then_says_nothing_but_blank_lines_is_cut_off(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
    await reader.readexactly(1)
    writer.write(b"\r\n")
    async with asyncio.timeout(10):
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await reader.readexactly(1)
    writer.close()


async def test_who_takes_no_answer_is_cut_off(port: int, answered: asyncio.Event) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
    writer.write(b"GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
    async with asyncio.timeout(10):
        await answered.wait()
    writer.close()


_SHORTEST = b"GET / HTTP/1.1\r\n\r\n"


async def _told(port: int, *sent: bytes) -> bytes:
    """Send all of it without waiting for an answer, and return what is told until the connection ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    told = b""
    try:
        for one in sent:
            writer.write(one)
            await asyncio.sleep(0.01)
        while more := await asyncio.wait_for(reader.read(100_000), 10):
            told += more
    except ConnectionError:
        pass
    writer.close()
    return told


async def test_a_few_requests_sent_ahead_are_answered_one_after_the_other(port: int) -> None:
    asked = _SHORTEST * MOST_AHEAD + b"GET / HTTP/1.0\r\n\r\n"
    assert (await _told(port, asked)).count(b"HTTP/1.1 405") == MOST_AHEAD + 1


async def test_thousands_of_requests_sent_ahead_are_not_kept(port: int) -> None:
    """Each takes up a hundred times what it takes to send."""
    assert (await _told(port, _SHORTEST * 10_000)).count(b"HTTP/1.1 405") <= MOST_AHEAD + 1


@pytest.mark.parametrize(
    "sent",
    [
        [b"GET / HTTP/1.1\r\n" + b"a:b\r\n" * 40_000],
        [b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n\r\n"],
        [b"GET / HTTP/1.1\r\na:", *[b"b" * 20_000] * 4],
        [b"GET /", *[b"b" * 20_000] * 4],
        [b"GET / HTTP/1.1\r\nHost: a\r\n" + b"a:b\r\n" * 40_000 + b"\r\n"],
    ],
)
async def test_a_head_larger_than_any_is_cut_off_while_it_comes(
    port: int, monkeypatch: pytest.MonkeyPatch, sent: list[bytes]
) -> None:
    """Each header costs a hundred times its length, and one that comes in pieces is copied with each."""
    monkeypatch.setattr(request_limits, "WHOLE_IN_SECONDS", 60)
    told = await _told(port, *sent)
    assert told == b"" or told.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\x00" * 1000,
        b"CONNECT example.org:443 HTTP/1.1\r\nHost: example.org\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\n\r\n",
        "GET /việc HTTP/1.1\r\n\r\n".encode(),
        b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"POST /no HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.0\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\nmore",
    ],
)
async def test_what_is_no_request_is_refused_and_the_next_is_answered(
    port: int, sent: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    await _told(port, sent)
    assert (await _told(port, b"GET / HTTP/1.0\r\n\r\n")).startswith(b"HTTP/1.1 405")
    assert caplog.text == "", "anybody could fill the log"
