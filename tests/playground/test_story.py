"""The playground as a program: the story in the terminal, and how it starts and stops."""

import asyncio
import os
import re
import signal
from pathlib import Path

import pytest

from tests.playground.program import Playground, dondoc, running_playground

HANGS = 60
"""Seconds: what stands still, not what is slow on a machine that does other things meanwhile."""


async def test_the_story_is_told() -> None:
    async with asyncio.timeout(HANGS):
        program = await dondoc("playground", "--story")
        said, wrong = await program.communicate()
    assert (program.returncode, wrong.decode()) == (0, "")
    told = said.decode()
    steps = [
        *("Chào đồng chí", "[Giao việc]", "Đồng chí được giao việc mới", "bấm [Đã nhận]"),
        *("Tiến độ: 60%", "Nhắc: sắp đến hạn", "Kết quả đã nộp", "Lý do: Thiếu phụ lục số liệu"),
        *("hoàn thành đúng hạn", "Việc đã xong, từ lời giao tới nghiệm thu."),
    ]
    assert re.search(".*".join(map(re.escape, steps)), told, re.DOTALL), told


@pytest.mark.parametrize("way", ["--no-browser", "--story"])
async def test_a_real_token_is_refused(way: str) -> None:
    program = await dondoc(
        "playground", way, DONDOC_TELEGRAM__TOKEN="123456789:not-for-the-playground"
    )
    said, wrong = await asyncio.wait_for(program.communicate(), 30)
    assert (program.returncode, said) == (2, b"")
    assert wrong.count(b"\n") == 1
    assert b"not-for-the-playground" not in wrong


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="only Linux tells who listens")
async def test_it_listens_on_this_machine_alone() -> None:
    async with running_playground() as playground:
        port = int(playground.address.rpartition(":")[2])
        assert playground.address == f"http://127.0.0.1:{port}"
        assert _listening_on(port) == {"0100007F"}


def _listening_on(port: int) -> set[str]:
    """The addresses, as the kernel writes them, on which anybody listens at a port."""
    lines = [
        line.split()
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        if Path(table).exists()
        for line in Path(table).read_text().splitlines()[1:]
    ]
    return {
        address
        for address, _, its_port in (line[1].partition(":") for line in lines if line[3] == "0A")
        if int(its_port, 16) == port
    }


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
async def test_it_stops_when_asked_and_leaves_nothing_behind(signum: signal.Signals) -> None:
    async with running_playground() as playground:
        (bot,) = _children(playground)
        assert await playground.stop(signum) == 0
        assert not _is_running(bot)


def _children(playground: Playground) -> list[int]:
    listed = Path(f"/proc/{playground.process.pid}/task/{playground.process.pid}/children")
    if not listed.exists():
        pytest.skip("only Linux tells who started whom")
    return [int(pid) for pid in listed.read_text().split()]


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
