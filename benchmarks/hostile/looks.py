"""What a program under attack has of memory and has open, and who uses the processor meanwhile."""

import asyncio
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.held import Held, held
from benchmarks.updates import cpu_seconds, resident_mb

LOOKS = 60


@dataclass(frozen=True)
class Look(Held):
    """`at` is a moment of `time.monotonic`; `children` is the memory of the program's children, in MB.

    `waited` are seconds in which the program could have run and had no processor, since it was started; `used` are the
    seconds that each process has had.
    """

    at: float
    children: float
    waited: float
    used: Mapping[str, float]


async def look_on(program: int, attacker: int, minutes: float) -> list[Look]:
    """Look at two processes so often, at equal distances; ends early where the program does."""
    began, looks = time.monotonic(), list[Look]()
    for number in range(LOOKS):
        await asyncio.sleep(began + (number + 1) * minutes * 60 / LOOKS - time.monotonic())
        try:
            looks.append(_look(program, attacker))
        except (FileNotFoundError, ProcessLookupError, ValueError):
            break
    return looks


def _look(program: int, attacker: int) -> Look:
    children = _children(program)
    used = {
        "the program": cpu_seconds(program),
        "files being read": _of_ended_children(program) + sum(map(_used, children)),
        "the attack on its port": cpu_seconds(attacker),
        "the emulator, phones and other attacks": cpu_seconds(os.getpid()),
    }
    return Look(
        **asdict(held(program)),
        at=time.monotonic(),
        children=sum(map(_memory, children)),
        waited=_waited(program),
        used=used,
    )


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _memory(child: int) -> float:
    try:
        return resident_mb(child)
    except (FileNotFoundError, ProcessLookupError, ValueError):  # it has ended meanwhile
        return 0.0


def _used(child: int) -> float:
    try:
        return cpu_seconds(child)
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def _of_ended_children(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def _waited(pid: int) -> float:
    """Of its main thread, where the event loop runs."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9
