"""Files that people send: the bytes are kept on disk under their SHA-256."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

from bot.actions.office import Office
from storage.history import hashes


@dataclass(frozen=True)
class Paper:
    """A file that was received and kept."""

    sha256: str
    name: str
    size: int
    mime: str
    telegram_file_id: str
    album: str | None = None
    """What files sent at once have in common."""


async def keep(office: Office, data: bytes) -> str:
    """Write the bytes to the office's folder, once for the same bytes, and return their SHA-256.

    Raises OSError when the folder cannot be written to: what was asked is then tried again later.
    """
    sha256 = hashes.hash_of(data)
    await asyncio.to_thread(_write, path_of(office, sha256), data)
    return sha256


def path_of(office: Office, sha256: str) -> Path:
    """Return where the bytes with this SHA-256 lie."""
    return hashes.path_in(office.files, sha256)


def _write(path: Path, data: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
