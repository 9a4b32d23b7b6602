"""A package opened for reading: a folder, or the ZIP of one."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol

from bot.documents.sealed_zip import is_sealed

READ_ERRORS = (
    *(OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError),
    *(zlib.error, struct.error, OverflowError),
)
"""What reading a damaged ZIP raises, besides what the disk does."""


class Package(Protocol):
    """Names are paths within the package, with slashes."""

    @property
    def sealed(self) -> bool:
        """Whether nothing around the files was changed; always so for a folder."""

    def names(self) -> list[str]: ...

    def open(self, name: str) -> IO[bytes]: ...


class FolderPackage:
    sealed = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        found = (one for one in self._folder.rglob("*") if one.is_symlink() or not one.is_dir())
        return sorted(one.relative_to(self._folder).as_posix() for one in found)

    def open(self, name: str) -> IO[bytes]:
        """Open a file; a link that leads out of the package is refused (ValueError)."""
        path = self._folder / name
        if path.is_symlink() or not path.resolve().is_relative_to(self._folder.resolve()):
            raise ValueError(name)
        return path.open("rb")


class ZipPackage:
    def __init__(self, packed: zipfile.ZipFile, *, sealed: bool) -> None:
        self._packed = packed
        self.sealed = sealed
        first = packed.namelist()[:1]
        self._root = first[0].partition("/")[0] + "/" if first else ""

    def names(self) -> list[str]:
        files = (one for one in self._packed.namelist() if not one.endswith("/"))
        return sorted(one.removeprefix(self._root) for one in files)

    def open(self, name: str) -> IO[bytes]:
        return self._packed.open(self._root + name)


@contextmanager
def opened(path: Path) -> Iterator[Package]:
    """Open a package. Raises one of READ_ERRORS where it is neither a folder nor a ZIP."""
    if path.is_dir():
        yield FolderPackage(path)
        return
    sealed = is_sealed(path)
    with zipfile.ZipFile(path) as packed:
        yield ZipPackage(packed, sealed=sealed)
