"""Records in a file which updates are being handled now; the file outlives the process.

Updates found in it at the next start were in hand when the process ended, and may have caused that.
"""

import os
import struct
from collections.abc import Callable
from pathlib import Path

from storage.records import UpdateKey

SUFFIX = ".handling"
_SLOT = struct.Struct("<qq")
_FREE = _SLOT.pack(0, 0)


class HandlingRecord:
    """Keeps one slot of the file for each update in hand; written at once, never flushed to the disk.

    If the file cannot be written, `on_trouble` is told, and updates are handled without it.
    """

    def __init__(self, path: Path, on_trouble: Callable[[Exception], None]) -> None:
        self._path = path
        self._on_trouble = on_trouble
        self._file: int | None = None
        self._slots: dict[UpdateKey, int] = {}

    def left(self) -> list[UpdateKey]:
        """Return the updates that an earlier process had in hand when it ended."""
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return []
        whole = len(content) - len(content) % _SLOT.size
        found = _SLOT.iter_unpack(content[:whole])
        return [UpdateKey(*values) for values in found if any(values)]

    def begin(self, key: UpdateKey) -> None:
        """Note that an update is in hand."""
        taken = set(self._slots.values())
        self._slots[key] = slot = next(n for n in range(len(taken) + 1) if n not in taken)
        self._write(slot, _SLOT.pack(*key))

    def end(self, key: UpdateKey) -> None:
        """Note that an update is no longer in hand."""
        self._write(self._slots.pop(key), _FREE)

    def clear(self) -> None:
        """Forget the updates that an earlier process left."""
        try:
            if self._path.exists():
                os.truncate(self._path, 0)
        except OSError as error:
            self._on_trouble(error)

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _write(self, slot: int, content: bytes) -> None:
        try:
            if self._file is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._file = os.open(self._path, os.O_CREAT | os.O_WRONLY, 0o600)
            os.pwrite(self._file, content, slot * _SLOT.size)
        except OSError as error:
            self._on_trouble(error)
