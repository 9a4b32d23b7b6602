"""What a reader wants of a package, be it a folder or the ZIP of one. Nothing in it is trusted.

Only plain files are read, under names such as this program gives. That leaves no place for a path that
leads out of the package, and none for two names that some disks take for one.
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
"""What reading a damaged package raises, besides what the disk does."""

_PART = r"[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9]+)?"
_NAME = re.compile(rf"(?=.{{1,100}}\Z){_PART}(?:/{_PART}){{0,3}}")


class Package(Protocol):
    """Names are paths within the package, with slashes."""

    @property
    def sealed(self) -> bool:
        """Whether nothing around the files was changed; always so for a folder."""

    @property
    def flaws(self) -> Sequence[Flaw]:
        """What is in it that cannot be read as a plain file of a package."""

    def names(self) -> list[str]:
        """Return the files that can be read, in order."""

    def size(self, name: str) -> int:
        """Return how many bytes a file has; raises KeyError."""

    def open(self, name: str) -> IO[bytes]:
        """Open a file; raises KeyError and READ_ERRORS."""


def is_name(name: str) -> bool:
    """Tell whether a file of a package may have this name."""
    return _NAME.fullmatch(name) is not None


def open_regular(path: Path, *, follow: bool = True) -> IO[bytes]:
    """Open a plain file; raises OSError for anything else, and never waits for a pipe."""
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow else os.O_NOFOLLOW)
    opened = os.fdopen(os.open(path, flags), "rb")
    if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
        opened.close()
        raise OSError(f"{path}: not a plain file")
    return opened
