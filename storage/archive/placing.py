"""Places files among those that people handed in. Each must match its name, and all are placed or none."""

import hashlib
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from storage.backups.plain_tar import Readable
from storage.history.hashes import path_in

_CHUNK = 1 << 20


class OtherBytes(Exception):  # noqa: N818 - what is found
    """The bytes given for a file do not have the file's SHA-256."""

    def __init__(self, sha256: str) -> None:
        super().__init__(f"its bytes are not those of {sha256}")
        self.sha256 = sha256


def take(content: Readable, path: Path | None) -> tuple[str, int]:
    """Read all content and return its SHA-256 and size; if a path is given, also write it to a new file there."""
    digest, size = hashlib.sha256(), 0
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") if path else nullcontext() as written:
        while data := content.read(_CHUNK):
            digest.update(data)
            size += len(data)
            if written:
                written.write(data)
        if written:
            written.flush()
            os.fsync(written.fileno())
    return digest.hexdigest(), size


def stage(workspace: Path, content: Readable, sha256: str) -> None:
    """Write a file to a folder from which it can be placed. Raises OtherBytes.

    The folder must be on the same disk as the files, so that placing a file only renames it.
    """
    path = path_in(workspace, sha256)
    if take(content, path)[0] != sha256:
        path.unlink()
        raise OtherBytes(sha256)


def is_placed(folder: Path, sha256: str) -> bool:
    """Tell whether a file is already in its place, unchanged."""
    try:
        with path_in(folder, sha256).open("rb") as here:
            return hashlib.file_digest(here, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


@contextmanager
def placed(workspace: Path, folder: Path, names: Collection[str]) -> Iterator[None]:
    """Put staged files in their places while the block lasts, and leave them there if it ends well.

    Otherwise all is as it was before, what lay in a place there again. Who is killed leaves files that
    nobody names.
    """
    done: list[str] = []
    made: list[Path] = []
    kept = workspace / "before"
    try:
        for sha256 in names:
            place = path_in(folder, sha256)
            if not place.parent.exists():
                place.parent.mkdir(parents=True)
                made.append(place.parent)
            done.append(sha256)
            if place.exists():
                before = path_in(kept, sha256)
                before.parent.mkdir(parents=True, exist_ok=True)
                os.link(place, before)
            path_in(workspace, sha256).replace(place)
        yield
    except BaseException:
        _take_back(done, folder, kept)
        for one in made:
            with suppress(OSError):  # somebody else has put a file there meanwhile
                one.rmdir()
        raise


def _take_back(names: Collection[str], folder: Path, kept: Path) -> None:
    for sha256 in names:
        place, before = path_in(folder, sha256), path_in(kept, sha256)
        if before.exists():
            before.replace(place)
        else:
            place.unlink(missing_ok=True)
