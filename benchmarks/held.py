"""What a process holds: its memory, and what it has open, counted by kind."""

import os
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from benchmarks.updates import resident_mb

_LISTENS = "0A"


@dataclass(frozen=True)
class Held:
    """Memory in MB. `incoming` and `outgoing` are connections over TCP, by who began them; `others` are all
    else that is open: files, pipes, and sockets of the machine's own, over which a database near by is reached.
    """

    memory: float
    incoming: int
    outgoing: int
    others: int


def held(pid: int) -> Held:
    """Look at a process of this machine."""
    tcp, opened = _tcp(), _open(pid)
    listening = {port for port, state in tcp.values() if state == _LISTENS}
    ends = [tcp[one] for one in opened if one in tcp]
    ports = [port for port, state in ends if state != _LISTENS]
    incoming = sum(port in listening for port in ports)
    return Held(resident_mb(pid), incoming, len(ports) - incoming, len(opened) - len(ports))


def most(each: Sequence[Held]) -> Held:
    """Return the greatest of each number."""
    return Held(*(max(numbers) for numbers in zip(*map(astuple, each), strict=True)))


def _open(pid: int) -> list[str]:
    """Return what each descriptor leads to, a socket as `socket:[inode]`."""
    found = []
    for one in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.append(os.readlink(one))
        except FileNotFoundError:  # closed meanwhile
            continue
    return found


def _tcp() -> dict[str, tuple[str, str]]:
    """Return the own port and the state of each socket of this machine, as `_open` names it."""
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {f"socket:[{line[9]}]": (line[1].rpartition(":")[2], line[3]) for line in lines}
