"""A command of the program, called by the program: in a process of its own, so that nobody waits for it."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

LONGEST = timedelta(hours=6)
"""A disk or a database that does not answer is told of, and tried again, rather than waited for."""
_GIVES_WAY = 19


class Ended(NamedTuple):
    """How a command ended: the lines of what is not in order, and why it was not done, if it was not."""

    wrong: list[str]
    failed: str | None

    @property
    def why(self) -> str | None:
        """What was wrong, in one line; None where nothing was."""
        return self.wrong[-1] if self.wrong else self.failed


async def call(command: str, config_file: Path) -> Ended:
    """Call `dondoc COMMAND`, which gives way to whoever else wants the processor. Cancelling ends it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", command, "--config", str(config_file),
        stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    try:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, _GIVES_WAY)
        async with asyncio.timeout(LONGEST.total_seconds()):
            out, err = await process.communicate()
    except TimeoutError:
        return Ended([], f"it was not done within {LONGEST}")
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if process.returncode == 0:
        return Ended([], None)
    wrong = _after("BAD ", out)
    failed = next(reversed(_after("dondoc: ", err)), "it failed")
    return Ended(wrong, None if wrong else failed)


def _after(begins: str, said: bytes) -> list[str]:
    lines = said.decode(errors="replace").splitlines()
    return [line.removeprefix(begins).strip() for line in lines if line.startswith(begins)]
