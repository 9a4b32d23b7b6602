"""The clock of the playground: real time plus an offset that the bot reads from a file."""

import os
import time
from pathlib import Path


class ShiftedClock:
    """Telegram's side of the time. The offset is in seconds; `path` None keeps it in memory."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.offset = 0.0
        self._write()

    def now(self) -> float:
        """Unix time, shifted."""
        return time.time() + self.offset

    def advance(self, seconds: float) -> None:
        """Moves on, or back where `seconds` is negative."""
        self.offset += seconds
        self._write()

    def move_to(self, instant: float) -> None:
        """Moves so that it is `instant` (Unix time) now."""
        self.offset = instant - time.time()
        self._write()

    def _write(self) -> None:
        """Replaces the file in one step, so that the bot never reads half a number."""
        if self._path is None:
            return
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.write_text(repr(self.offset))
        os.replace(fresh, self._path)
