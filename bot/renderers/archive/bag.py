"""Writes a package as a BagIt folder (RFC 8493), whose lists name every file with its SHA-256.

No library is used: files are hashed while they are written, so that a package of a hundred thousand
tasks is not read again; and everything is on the disk before the folder gets its name.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

VERSION_FILE = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD = "data/"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
TAG_FILES = ("bag-info.txt", "bagit.txt", MANIFEST)
_CHUNK = 1 << 20


class Bag:
    """A package being written, in a temporary folder that is renamed once it is complete."""

    def __init__(self, target: Path) -> None:
        """Begin anew; what an earlier attempt left behind is deleted."""
        self.target = target
        self.folder = target.with_name(target.name + ".part")
        self.hashes: dict[str, str] = {}
        self._size = 0
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def write(self, path: str, content: str | bytes) -> None:
        """Add a file; `path` is its path within the payload."""
        body = content.encode() if isinstance(content, str) else content
        self._put(PAYLOAD + path, [body])

    def keep(self, path: str, source: Path, sha256: str) -> bool:
        """Add a copy of a file. Where its bytes are lost, or their hash differs, add nothing and return False."""
        name = PAYLOAD + path
        if not source.is_file():
            return False
        before = self._size
        with source.open("rb") as opened:
            digest = self._put(name, iter(lambda: opened.read(_CHUNK), b""))
        if digest == sha256:
            return True
        self._size = before
        del self.hashes[name]
        (self.folder / name).unlink()
        return False

    def finish(self, info: Mapping[str, str]) -> str:
        """Write the lists, rename the folder, and return the hash of the tag manifest (the list of lists).

        A package that already has the name is replaced.
        """
        manifest = list_of(self.hashes)
        oxum = f"{self._size}.{len(self.hashes)}"
        lines = [f"{name}: {value}\n" for name, value in {**info, "Payload-Oxum": oxum}.items()]
        self.hashes = {}
        for name, body in zip(
            TAG_FILES, ("".join(lines).encode(), VERSION_FILE, manifest), strict=True
        ):
            self._put(name, [body])
        tags = list_of(self.hashes)
        self._put(TAG_MANIFEST, [tags])
        sync_folder(self.folder)
        if self.target.exists():
            shutil.rmtree(self.target)
        self.folder.rename(self.target)
        sync_folder(self.target.parent)
        return hashlib.sha256(tags).hexdigest()

    def _put(self, path: str, pieces: Iterable[bytes]) -> str:
        place, digest = self.folder / path, hashlib.sha256()
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as written:
            for piece in pieces:
                digest.update(piece)
                self._size += written.write(piece)
            written.flush()
            os.fsync(written.fileno())
        self.hashes[path] = digest.hexdigest()
        return self.hashes[path]


def sha256(text: str) -> str:
    """Return the hash of a text's UTF-8 bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def list_of(hashes: Mapping[str, str]) -> bytes:
    """Return a list of files, sorted by path; a reader compares it byte for byte."""
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes)).encode()


def sync_folder(folder: Path) -> None:
    """Flush a folder's names to the disk, on systems that can do this for a folder."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def csv_of(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV that Excel opens with the right letters, and in which it reads no cell as a formula."""
    return "\ufeff" + csv_lines(rows)


def csv_lines(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV lines to append to a file."""
    return "".join(",".join(map(_cell, row)) + "\r\n" for row in rows)


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    if text[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        text = "'" + text
    return '"' + text.replace('"', '""') + '"'
