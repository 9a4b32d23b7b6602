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

from bot.delivery import web_requests
from bot.delivery.listening import listen
from bot.delivery.web import serving
from bot.delivery.web_requests import MOST_CONNECTIONS
from tests.delivery.conftest import until


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

    monkeypatch.setattr(web_requests, "WHOLE_IN_SECONDS", 0.3)
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
            await web.post("/", data=io.BytesIO(b"x" * (web_requests.MOST_BYTES + 10_000)))


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


async def test_of_thousands_that_connect_few_are_kept() -> None:
    listener = listen("127.0.0.1", 0)
    where = listener.getsockname()
    async with serving(listener, []):
        opened = [await asyncio.open_connection(*where) for _ in range(MOST_CONNECTIONS + 20)]
        asked = [asyncio.create_task(reader.read()) for reader, _ in opened]
        await until(lambda: sum(one.done() for one in asked) == 20)
        for _, writer in opened:
            writer.close()
        await asyncio.gather(*asked, return_exceptions=True)
