"""`dondoc` as processes of their own, forked from a server that has loaded the program already.

Loading takes a second, a fork a hundredth of it; arguments, environment, signals and exit codes are what
an operator's shell would give and get. tests/commands and tests/playground start it anew.
"""

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.__main__ import main

LOADED = ("bot.app", "bot.log", "bot.commands.terminal", "bot.delivery.telegram_check")
_NURSERY = multiprocessing.get_context("forkserver")
_NURSERY.set_forkserver_preload([__name__, *LOADED])


def dondoc(*command: str, log: Path, **settings: str) -> BaseProcess:
    """Start the program with settings from the environment; what it prints goes into a file."""
    process = _NURSERY.Process(
        target=_program, args=(command, os.environ | settings, log), daemon=True
    )
    process.start()
    return process


async def ended(process: BaseProcess, seconds: float = 15) -> int:
    """Wait for its end and return its exit code, negative for a signal; raises TimeoutError."""
    await asyncio.to_thread(process.join, seconds)
    if process.exitcode is None:
        raise TimeoutError
    return process.exitcode


def _program(command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    with log.open("ab") as printed:
        os.dup2(printed.fileno(), 1)
        os.dup2(printed.fileno(), 2)
    sys.argv = ["dondoc", *command]
    main()
