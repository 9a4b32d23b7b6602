"""A package as one ZIP file, whose comment holds the hash of all its other bytes.

Many bytes of a ZIP (times, flags, padding) belong to no file in it: checking the files would not find a
change there. The seal finds it.
"""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from bot.renderers.archive.bag import sync_folder

_MARK = b"dondoc sha256:"
_SEAL = len(_MARK) + 64
_CHUNK = 1 << 20
_DATE = (1980, 1, 1, 0, 0, 0)
_PACKED = {"", ".jsonl", ".json", ".html", ".csv", ".txt"}
"""Endings of files that are compressed; most other files are compressed already."""


def seal(folder: Path, target: Path) -> None:
    """Write a folder as a sealed ZIP, in which all names begin with the folder's name.

    All bytes are on the disk before the ZIP gets its name.
    """
    unfinished = target.with_name(target.name + ".part")
    with zipfile.ZipFile(unfinished, "w", allowZip64=True) as packed:
        for path in sorted(one for one in folder.rglob("*") if one.is_file()):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", _DATE)
            tight = path.suffix in _PACKED
            entry.compress_type = zipfile.ZIP_DEFLATED if tight else zipfile.ZIP_STORED
            entry.external_attr = 0o644 << 16
            entry.file_size = path.stat().st_size
            with path.open("rb") as source, packed.open(entry, "w") as into:
                while piece := source.read(_CHUNK):
                    into.write(piece)
        packed.comment = _MARK + b"0" * 64
    with unfinished.open("r+b") as written:
        digest = _digest(written, unfinished.stat().st_size)
        written.seek(-64, os.SEEK_END)
        written.write(digest.encode())
        written.flush()
        os.fsync(written.fileno())
    unfinished.replace(target)
    sync_folder(target.parent)


def is_sealed(package: IO[bytes]) -> bool:
    """Tell whether every byte of a ZIP is unchanged since it was written."""
    size = os.fstat(package.fileno()).st_size
    if size < _SEAL:
        return False
    digest = _digest(package, size)
    package.seek(-_SEAL, os.SEEK_END)
    return package.read(_SEAL) == _MARK + digest.encode()


def _digest(opened: IO[bytes], size: int) -> str:
    """Return the hash of all bytes except those of the hash itself."""
    digest = hashlib.sha256()
    for piece in _pieces(opened, size - 64):
        digest.update(piece)
    return digest.hexdigest()


def _pieces(opened: IO[bytes], size: int) -> Iterator[bytes]:
    opened.seek(0)
    while size > 0 and (piece := opened.read(min(size, _CHUNK))):
        size -= len(piece)
        yield piece
