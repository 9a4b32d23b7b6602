"""`dondoc` as processes of their own, forked from a server that has loaded the program already.

Loading takes a second, a fork a hundredth of it; arguments, environment, signals and exit codes are what
an operator's shell would give and get. tests/playground starts it anew.
"""

import asyncio
import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

from bot.__main__ import main

LOADED = ("bot.app", "bot.log", "bot.commands.terminal", "bot.delivery.telegram.check")
_NURSERY = multiprocessing.get_context("forkserver")
_NURSERY.set_forkserver_preload([__name__, *LOADED])


class Place(NamedTuple):
    """The files that stand in for what a shell connects a program to, and the folder that it is called in."""

    out: Path
    err: Path
    given: Path = Path(os.devnull)
    folder: Path = Path()


def dondoc(*command: str, log: Path, **settings: str) -> BaseProcess:
    """Start the program with settings from the environment; what it prints goes into a file."""
    return dondoc_at(Place(log, log), *command, **settings)


def dondoc_at(place: Place, *command: str, **settings: str) -> BaseProcess:
    """Start the program somewhere, with settings from the environment."""
    process = _NURSERY.Process(
        target=_program, args=(command, os.environ | settings, place), daemon=True
    )
    process.start()
    return process


async def ended(process: BaseProcess, seconds: float = 15) -> int:
    """Wait for its end and return its exit code, negative for a signal; raises TimeoutError."""
    await asyncio.to_thread(process.join, seconds)
    if process.exitcode is None:
        raise TimeoutError
    return process.exitcode


def _program(command: Sequence[str], environment: Mapping[str, str], place: Place) -> None:
    os.environ.clear()
    os.environ.update(environment)
    with place.given.open("rb") as given, place.out.open("ab") as out, place.err.open("ab") as err:
        for number, file in enumerate((given, out, err)):
            os.dup2(file.fileno(), number)
    sys.stdin = os.fdopen(0, encoding="utf-8")  # a process of this kind is given an empty one
    os.chdir(place.folder)
    sys.argv = ["dondoc", *command]
    main()
