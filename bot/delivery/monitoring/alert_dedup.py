"""What the admins were told of a while ago, by whichever of the instances that share a folder.

The database may be what is wrong, so it is not asked: each kind is an empty file, last changed when it was last
told of, and locked by who tells of it. That takes no room on a full disk, and who dies has told nothing.
"""

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from bot.clock import Clock


class ToldOnce:
    """`clock` is the machine's. Where the folder cannot be written to, an instance knows what it told itself."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self._clock = clock
        self._here: dict[str, float] = {}
        self._telling: dict[str, int | None] = {}

    def begin(self, kind: str, seconds: float, *, keeps_on: bool = False) -> bool:
        """Tell whether to tell of a kind now, and `end` then: it was not told of within so many seconds.

        Of what `keeps_on` each time that it is seen counts as told, once it was.
        """
        if kind in self._telling:
            return False
        try:
            file = self._take(kind)
        except BlockingIOError:  # another tells of it
            return False
        except OSError:
            file = None
        if abs(self._now() - self._last(kind, file)) >= seconds:
            self._telling[kind] = file
            return True
        self._let_go(kind, file, told=keeps_on)
        return False

    def end(self, kind: str, *, told: bool) -> None:
        """Let whoever sees it next tell of it, unless it was told."""
        self._let_go(kind, self._telling.pop(kind), told=told)

    def _take(self, kind: str) -> int:
        """Open and lock the file of a kind; raises BlockingIOError where another has it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{kind}.told"
        is_new = True
        try:
            file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        except FileExistsError:
            file, is_new = os.open(path, os.O_RDWR), False
        try:
            if is_new:
                os.utime(file, (0, 0))
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)
            raise
        return file

    def _last(self, kind: str, file: int | None) -> float:
        return max(self._here.get(kind, 0.0), 0.0 if file is None else os.fstat(file).st_mtime)

    def _let_go(self, kind: str, file: int | None, *, told: bool) -> None:
        now = self._now()
        if told:
            self._here[kind] = now
        if file is None:
            return
        with suppress(OSError):  # who cannot note it knows what they told themselves
            if told:
                os.utime(file, (now, now))
        os.close(file)

    def _now(self) -> float:
        return self._clock().timestamp()
