"""`dondoc playground` as a process of its own, as an operator starts it."""

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

_READY_SECONDS = 60
_STOP_SECONDS = 15


@dataclass(frozen=True)
class Playground:
    """`address` is what the program printed for the browser."""

    process: Process
    address: str

    async def stop(self, signum: signal.Signals) -> int:
        """Ask it to stop and return its exit code; raises TimeoutError when it goes on."""
        self.process.send_signal(signum)
        return await asyncio.wait_for(self.process.wait(), _STOP_SECONDS)


async def dondoc(*command: str, **settings: str) -> Process:
    """Start the program with settings from the environment; what it prints can be read."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *command, stdout=PIPE, stderr=PIPE, env=os.environ | settings
    )


@asynccontextmanager
async def running_playground() -> AsyncIterator[Playground]:
    """The playground on a free port, once it has printed its address."""
    process = await dondoc("playground", "--no-browser", "--port", "0")
    assert process.stdout
    try:
        line = await asyncio.wait_for(process.stdout.readline(), _READY_SECONDS)
        assert line == "Đang chuẩn bị sân tập…\n".encode(), "nobody waits before an empty screen"
        line = await asyncio.wait_for(process.stdout.readline(), _READY_SECONDS)
        address = re.search(r"http://\S+", line.decode())
        assert address, f"no address but {line!r}"
        yield Playground(process, address[0])
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), _STOP_SECONDS)
