"""The one way to read a file that somebody sent: in a process of its own, killed when it is over its limits."""

import asyncio
import json
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from weakref import WeakKeyDictionary

from bot.readers.limits import ANSWER_BYTES, PLACE_SECONDS, PROCESSES, WAIT_SECONDS
from bot.readers.row import NoPlace, Row, TooHeavy, Unreadable

_COMMAND = (sys.executable, "-I", "-m", "bot.readers")
"""Isolated: neither the environment, where the token may stand, nor the folder it runs in counts."""
_PIECE = 64 * 1024
_places: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()
_log = logging.getLogger(__name__)


async def read_sheet(content: bytes) -> list[Row]:
    """Return the rows of a CSV or XLSX file that hold anything.

    Raises Unreadable; TooHeavy where the file asks for more than `bot.readers.limits` allows; NoPlace where other files
    take all places for longer than that says.
    """
    places = _places.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(PROCESSES))
    try:
        async with asyncio.timeout(PLACE_SECONDS):
            await places.acquire()
    except TimeoutError:
        _log.warning("a file was not read: others take all places")
        raise NoPlace from None
    try:
        answer = await _answer(content)
    finally:
        places.release()
    return await asyncio.to_thread(_rows, answer)


async def _answer(content: bytes) -> bytes:
    process = await asyncio.create_subprocess_exec(
        *_COMMAND, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}
    )
    try:
        async with asyncio.timeout(WAIT_SECONDS):
            _, answer = await asyncio.gather(_hand_over(process, content), _listen(process))
            if await process.wait() == 0:
                return answer
    except TimeoutError:
        raise _over("time") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    raise _over(f"exit code {process.returncode}")


async def _hand_over(process: Process, content: bytes) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(content)
        await process.stdin.drain()
        process.stdin.close()
    except (BrokenPipeError, ConnectionResetError):
        pass  # it ended before it had read all: its exit code says why


async def _listen(process: Process) -> bytes:
    assert process.stdout is not None
    answer = bytearray()
    while piece := await process.stdout.read(_PIECE):
        answer += piece
        if len(answer) > ANSWER_BYTES:
            raise _over("answer")
    return bytes(answer)


def _over(limit: str) -> TooHeavy:
    _log.warning("a file was not read: the process that read it was over its limits (%s)", limit)
    return TooHeavy()


def _rows(answer: bytes) -> list[Row]:
    rows: list[Row] = []
    for line in answer.splitlines():
        match json.loads(line):
            case [int(number), *cells]:
                rows.append(Row(number, tuple(map(str, cells))))
            case {"unreadable": int(number)}:
                raise Unreadable(number)
            case _:
                raise TooHeavy
    return rows
