"""What was done and is not in the database yet, in a file that outlives the process."""

import os
from collections.abc import Callable
from pathlib import Path

SUFFIX = ".journal"


class Journal:
    """A line is safe from the end of the process as soon as it is written, long before a commit is.

    It is not made to last through a power failure. `on_trouble` hears what kept a line from being written, or
    them from being forgotten: what they tell of goes on without them.
    """

    def __init__(self, path: Path, on_trouble: Callable[[Exception], None]) -> None:
        self._path = path
        self._on_trouble = on_trouble
        self._file: int | None = None

    def left(self) -> list[bytes]:
        """Return the lines that an earlier process left, the last of which may be broken off."""
        try:
            return self._path.read_bytes().splitlines()
        except FileNotFoundError:
            return []

    def write(self, line: bytes) -> None:
        """Add a line."""
        try:
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = os.open(self._path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
            os.write(self._file, line + b"\n")
        except OSError as error:
            self._on_trouble(error)

    def clear(self) -> None:
        """Forget all lines: the database knows what they say."""
        try:
            if self._path.exists() and self._path.stat().st_size:
                os.truncate(self._path, 0)
        except OSError as error:
            self._on_trouble(error)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
