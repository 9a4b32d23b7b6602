"""A process that attacks the port at which Telegram sends updates: slow connections, and requests that are none."""

import asyncio
import multiprocessing
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.attacks.slow import WAYS, slow_clients

SLOW = 150
"""Connections from one address, and as many from many."""
_A_SECOND = 20.0
_HEADS = (
    b"POST /telegram HTTP/1.1", b"GET /telegram HTTP/1.1", b"GET /lich/x.ics HTTP/1.1", b"PUT / HTTP/1.0",
    b"GET /../../etc/passwd HTTP/1.1", b"POST /telegram HTTP/9.9", b"\x16\x03\x01", b"PRI * HTTP/2.0", b"",
    b"GET /" + b"a" * 50_000 + b" HTTP/1.1", b"CONNECT a:1 HTTP/1.1", "GET /việc HTTP/1.1".encode(),
)  # fmt: skip
_HEADERS = (
    b"Host: a", b"Content-Type: application/json", b"X-Telegram-Bot-Api-Secret-Token: sesame",
    b"X-Telegram-Bot-Api-Secret-Token: " + b"\xff" * 100, b"Content-Length: 5", b"Content-Length: -1",
    b"Content-Length: 99999999999", b"Transfer-Encoding: chunked", b"Connection: upgrade", b"Upgrade: websocket",
    b"X-Forwarded-For: 149.154.160.1", b"Expect: 100-continue", b"a:b\r\n" * 10_000, b"\x00", b"no colon",
)  # fmt: skip
_BODIES = (
    b"",
    b"{}",
    b"[" * 100_000,
    b"{" * 10,
    b"5\r\nhello\r\n0\r\n\r\n",
    b"zz\r\n",
    b"x" * 300_000,
)


@contextmanager
def attacking(port: int, seed: int) -> Iterator[int]:
    """Attack a port of this machine, from 127.8.0.0/16, until left; yields the id of the process that does."""
    begin = multiprocessing.get_context("spawn").Process
    process = begin(target=_run, args=(port, seed), daemon=True)
    process.start()
    assert process.pid is not None
    try:
        yield process.pid
        assert process.exitcode is None, "the attack ended by itself"
    finally:
        process.kill()
        process.join()


def _run(port: int, seed: int) -> None:
    asyncio.run(_attack(port, random.Random(seed)))


async def _attack(port: int, chance: random.Random) -> None:
    many = [f"127.8.1.{number + 1}" for number in range(SLOW)]
    async with (
        slow_clients(port, list(WAYS), ["127.8.0.1"], SLOW),
        slow_clients(port, list(WAYS), many, SLOW),
    ):
        while True:
            source = f"127.8.{chance.randrange(2, 250)}.{chance.randrange(1, 250)}"
            with suppress(OSError, TimeoutError):
                await _ask(port, source, _request(chance))
            await asyncio.sleep(chance.expovariate(_A_SECOND))


def _request(chance: random.Random) -> bytes:
    if chance.random() < 0.1:
        return chance.randbytes(chance.randrange(1, 5000))
    headers = chance.sample(_HEADERS, chance.randrange(len(_HEADERS)))
    head = b"\r\n".join([chance.choice(_HEADS), *headers])
    return (head + b"\r\n\r\n" + chance.choice(_BODIES)) * chance.choice((1, 1, 1, 50))


async def _ask(port: int, source: str, request: bytes) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
    try:
        async with asyncio.timeout(1):
            writer.write(request)
            await writer.drain()
    finally:
        writer.close()
