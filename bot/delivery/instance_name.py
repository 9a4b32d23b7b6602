"""The name of this instance: unique among those that run on the machine, and the same after a restart."""

import fcntl
import os
import secrets
from pathlib import Path
from typing import NamedTuple

_MOST = 64


class Seat(NamedTuple):
    """A name, and the locked file that is held open for it.

    `mark` is written into the file and changes with each start; `former` is the mark of the start before. An
    instance with our name and neither of these marks uses another data folder. `take_free` leaves both empty: its
    callers hold a name only to work on the files left under it.
    """

    name: str
    file: int
    mark: str = ""
    former: str = ""

    def close(self) -> None:
        """Free the name; the system does so when the process just ends."""
        os.close(self.file)


def take(folder: Path, machine: str) -> Seat:
    """Take the first free name of `machine`, `machine-2` and so on; raises OSError.

    A taken name has a locked file in the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, _MOST + 1):
        if seat := take_free(folder, machine if number == 1 else f"{machine}-{number}"):
            return _marked(folder, seat)
    raise OSError(f"{folder}: {_MOST} instances of the program run already")


def take_free(folder: Path, name: str) -> Seat | None:
    """Take a name; None if a running instance has it."""
    file = os.open(folder / f"{name}.seat", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    return Seat(name, file)


def read_mark(folder: Path, name: str) -> str:
    """Return the mark of the instance that has the name in this folder, or had it last; empty for none."""
    path = folder / f"{name}.seat"
    return path.read_text(encoding="ascii", errors="replace") if path.exists() else ""


def _marked(folder: Path, seat: Seat) -> Seat:
    mark, former = secrets.token_hex(8), read_mark(folder, seat.name)
    os.ftruncate(seat.file, os.pwrite(seat.file, mark.encode(), 0))
    return seat._replace(mark=mark, former=former)
