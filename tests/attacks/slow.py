"""Clients that keep a web server waiting, each in a way of its own, and come again whenever they are cut off."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import cycle, islice

PAUSE_SECONDS = 1.0
_HEAD = b"POST /telegram HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
_CLAIMS = b"X-Forwarded-For: 127.0.0.1\r\nX-Real-IP: 127.0.0.1\r\nForwarded: for=127.0.0.1\r\n"
"""In the tests Telegram's own."""
_ASKS = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
WAYS: Mapping[str, tuple[bytes, bytes]] = {
    "silent": (b"", b""),
    "slow head": (b"GET / HTTP/1.1\r\nX: ", b"x"),
    "slow head of an old kind": (b"GET / HTTP/1.0\r\nX: ", b"x"),
    "slow headers": (b"GET / HTTP/1.1\r\n", b"X: x\r\n"),
    "slow body": (_HEAD + b"Content-Length: 1000000\r\n\r\n{", b" "),
    "slow chunks": (_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    "waits to be told to go on": (
        _HEAD + b"Content-Length: 9\r\nExpect: 100-continue\r\n\r\n",
        b"",
    ),
    "answered and silent": (_ASKS, b""),
    "answered and blank lines": (_ASKS, b"\r\n"),
    "asks and reads nothing": (_ASKS, _ASKS * 8),
    "claims to be Telegram": (_HEAD + _CLAIMS + b"Content-Length: 1000000\r\n\r\n{", b" "),
    "begins TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"\x00"),
    "half gone": (b"GET / HTTP/1.1\r\n", b"FIN"),
}
"""What a client says first, and then again and again; FIN ends its half of the connection."""


@asynccontextmanager
async def slow_clients(
    port: int, ways: Sequence[str], sources: Sequence[str], count: int
) -> AsyncIterator[None]:
    """Keep so many connections to a port of this machine, in these ways and from these addresses in turn."""
    turns: Iterator[tuple[str, str]] = islice(zip(cycle(ways), cycle(sources), strict=False), count)
    clients = [asyncio.create_task(_again_and_again(port, way, source)) for way, source in turns]
    await asyncio.sleep(PAUSE_SECONDS)
    try:
        yield
        assert not any(one.done() for one in clients), "a client gave up"
    finally:
        for one in clients:
            one.cancel()
        await asyncio.gather(*clients, return_exceptions=True)


async def _again_and_again(port: int, way: str, source: str) -> None:
    while True:
        with suppress(OSError):
            await _connected(port, way, source)
        await asyncio.sleep(PAUSE_SECONDS)


async def _connected(port: int, way: str, source: str) -> None:
    """Keep one connection until it is ended."""
    first, more = WAYS[way]
    is_read = way != "asks and reads nothing"
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, local_addr=(source, 0), limit=2**16 if is_read else 1
    )
    try:
        writer.write(first)
        while not writer.is_closing() and not reader.at_eof():
            await (_read(reader) if is_read else asyncio.sleep(PAUSE_SECONDS))
            if more == b"FIN":
                writer.write_eof()
            else:
                writer.write(more)
    finally:
        writer.transport.abort()


async def _read(reader: asyncio.StreamReader) -> None:
    """Take what comes in one pause."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PAUSE_SECONDS):
            while await reader.read(2**16):
                pass
