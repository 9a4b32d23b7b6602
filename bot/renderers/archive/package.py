"""What reading code needs of a package, a folder or its ZIP. Nothing in the package is trusted.

Only plain files are read, and only under names such as this program gives. So no path can lead out of
the package, and no two names can mean the same file on some disks.
"""

import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Protocol

from bot.renderers.archive.package_flaws import Flaw

READ_ERRORS = (
    *(OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError),
    *(zlib.error, struct.error, OverflowError),
)
"""Errors raised by reading a damaged package; OSError also covers errors of the disk."""

_PART = r"[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9]+)?"
_NAME = re.compile(rf"(?=.{{1,100}}\Z){_PART}(?:/{_PART}){{0,3}}")


class Package(Protocol):
    """A package that can be read. Names are paths within the package, with slashes."""

    @property
    def sealed(self) -> bool:
        """Whether the bytes around the files are unchanged; always true for a folder."""

    @property
    def flaws(self) -> Sequence[Flaw]:
        """What the package contains that cannot be read as one of its plain files."""

    def names(self) -> list[str]:
        """Return the names of the files that can be read, in order."""

    def size(self, name: str) -> int:
        """Return a file's size in bytes; raises KeyError."""

    def open(self, name: str) -> IO[bytes]:
        """Open a file; raises KeyError and READ_ERRORS."""


def is_name(name: str) -> bool:
    """Tell whether a file of a package may have this name."""
    return _NAME.fullmatch(name) is not None


def open_regular(path: Path, *, follow: bool = True) -> IO[bytes]:
    """Open a plain file; raises OSError for anything else, and never blocks on a pipe."""
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    opened = os.fdopen(os.open(path, flags), "rb")
    if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
        opened.close()
        raise OSError(f"{path}: not a plain file")
    return opened
