"""The door: whatever a file holds, the process that reads it ends in time, and the program goes on."""

import asyncio
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from bot.delivery.inbox.inbox import _HANDLE_SECONDS
from bot.readers import door
from bot.readers.door import read_sheet
from bot.readers.limits import CPU_SECONDS, MEMORY_BYTES, PLACE_SECONDS, PROCESSES, WAIT_SECONDS
from bot.readers.row import NoPlace, Row, TooHeavy, Unreadable
from tests import hostile_files

LIST = hostile_files.workbook(("Soạn báo cáo", "Mạc Thiên Ân", "18/12/2026"))


SLOW = {"shared strings", "many columns"}


async def test_a_list_is_read() -> None:
    assert await read_sheet(LIST) == [
        Row(1, hostile_files.HEADINGS),
        Row(2, ("Soạn báo cáo", "Mạc Thiên Ân", "18/12/2026")),
    ]
    assert await read_sheet(b"") == []


async def test_letters_of_every_kind_come_through() -> None:
    text = "việc \u0110\u1eabn \U0001f600 \u2028\x85\x1c \\ \" '"
    [row] = await read_sheet(f"{text};x".encode())
    assert row.cells == (text, "x")


@pytest.mark.parametrize("name", hostile_files.MAKERS)
async def test_a_hostile_file_takes_another_process(name: str, long: bool) -> None:
    """It ends with rows or a reason; the program itself spends next to nothing on it."""
    if name in SLOW and not long:
        pytest.skip("it takes all the time that it may")
    content = hostile_files.MAKERS[name]()
    began = time.process_time()
    with suppress(Unreadable, TooHeavy):
        await read_sheet(content)
    assert time.process_time() - began < 1
    assert readers() == set()


async def test_who_goes_on_for_too_long_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "WAIT_SECONDS", 0.5)
    with pytest.raises(TooHeavy):
        await read_sheet(hostile_files.shared_strings())
    assert readers() == set()


async def test_who_answers_too_much_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "ANSWER_BYTES", 1000)
    with pytest.raises(TooHeavy):
        await read_sheet(b"viec,x\n" * 1000)
    assert readers() == set()


async def test_a_stop_of_the_program_ends_the_reading() -> None:
    reading = asyncio.create_task(read_sheet(hostile_files.shared_strings()))
    await until(lambda: bool(readers()))
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert readers() == set()


async def test_no_more_are_read_at_once_than_there_are_places() -> None:
    readings = [asyncio.create_task(read_sheet(LIST)) for _ in range(PROCESSES * 3)]
    most = 0
    while not all(one.done() for one in readings):
        most = max(most, len(readers()))
        await asyncio.sleep(0.005)
    assert [len(await one) for one in readings] == [2] * len(readings)
    assert most == PROCESSES


async def test_who_gets_no_place_in_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "PLACE_SECONDS", 0.2)
    longest = [
        asyncio.create_task(read_sheet(hostile_files.shared_strings())) for _ in range(PROCESSES)
    ]
    await until(lambda: len(readers()) == PROCESSES)
    with pytest.raises(NoPlace):
        await read_sheet(LIST)
    for one in longest:
        one.cancel()
    await asyncio.gather(*longest, return_exceptions=True)
    assert len(await read_sheet(LIST)) == 2


async def test_a_file_is_read_or_refused_before_its_update_runs_out_of_time() -> None:
    assert PLACE_SECONDS + WAIT_SECONDS < _HANDLE_SECONDS


async def test_the_process_is_limited_and_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DONDOC_TELEGRAM__TOKEN", "12:secret")
    reading = asyncio.create_task(read_sheet(hostile_files.shared_strings()))
    await until(lambda: any(map(_is_limited, readers())))
    process = Path("/proc") / str(readers().pop())
    assert b"secret" not in (process / "environ").read_bytes()
    limits = (process / "limits").read_text()
    assert _limit(limits, "Max file size") == "0"
    assert _limit(limits, "Max core file size") == "0"
    assert int(_limit(limits, "Max address space")) == MEMORY_BYTES
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; nobody tells of another process's beginning."""
    while not is_so():  # noqa: ASYNC110
        await asyncio.sleep(0.01)


def readers() -> set[int]:
    """Return the numbers of the processes that read a file for this one now."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return {int(one) for one in children if b"bot.readers" in _command(one)}


def _command(number: str) -> bytes:
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return b""


def _is_limited(number: int) -> bool:
    text = (Path("/proc") / str(number) / "limits").read_text()
    return _limit(text, "Max cpu time") == str(CPU_SECONDS)


def _limit(text: str, name: str) -> str:
    (line,) = [one for one in text.splitlines() if one.startswith(name)]
    return line.removeprefix(name).split()[0]
