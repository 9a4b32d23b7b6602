"""A package that is a ZIP, as far as it can be read without harm.

What a ZIP says of itself is compared with what can be: no file is larger than its packed bytes allow, none
lies over another, and none has a name twice. So what comes out of it stays in proportion to what it takes
on the disk.
"""

import stat
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from typing import IO
from zipfile import ZipInfo

from bot.renderers.archive.package import is_name
from bot.renderers.archive.package_flaws import Flaw, Wrong

_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
_MOST_PACKED = 1032
"""As many bytes as one byte can stand for: more is not possible by DEFLATE."""
_HEADER = 30


class ZipPackage:
    """All names begin with that of the one folder in it, which is left out."""

    def __init__(self, packed: zipfile.ZipFile, *, sealed: bool) -> None:
        self._packed = packed
        self.sealed = sealed
        infos = packed.infolist()
        self._root = infos[0].orig_filename.partition("/")[0] + "/" if infos else ""
        self._files: dict[str, ZipInfo] = {}
        self.flaws = [*self._take(infos), *self._laid_over(infos)]

    def _take(self, infos: list[ZipInfo]) -> Iterator[Flaw]:
        """Keep what can be read, and tell of the rest."""
        for info in infos:
            name = info.orig_filename.removeprefix(self._root)
            if info.orig_filename.endswith("/") and not info.file_size:
                continue
            if name == info.orig_filename or not is_name(name):
                yield Flaw(info.orig_filename, Wrong.ADDED)
            elif name in self._files:
                yield Flaw(name, Wrong.TWICE)
            elif wrong := _wrong(info):
                yield Flaw(name, wrong)
            else:
                self._files[name] = info

    def _laid_over(self, infos: list[ZipInfo]) -> Iterator[Flaw]:
        """Find files whose bytes are another's too, or none."""
        placed = sorted(infos, key=lambda one: one.header_offset)
        for one, after in pairwise(placed):
            if _end(one) > after.header_offset:
                yield Flaw(after.orig_filename.removeprefix(self._root), Wrong.SIZE)
        for one in placed[:1] + placed[-1:]:
            if one.header_offset < 0 or _end(one) > self._packed.start_dir:
                yield Flaw(one.orig_filename.removeprefix(self._root), Wrong.SIZE)

    def names(self) -> list[str]:
        return sorted(self._files)

    def size(self, name: str) -> int:
        return self._files[name].file_size

    def open(self, name: str) -> IO[bytes]:
        return self._packed.open(self._files[name])


def _wrong(info: ZipInfo) -> Wrong | None:
    if stat.S_IFMT(info.external_attr >> 16) not in {0, stat.S_IFREG}:
        return Wrong.NOT_A_FILE
    if info.flag_bits & _ENCRYPTED or info.compress_type not in _METHODS:
        return Wrong.PACKING
    if info.compress_type == zipfile.ZIP_STORED:
        fits = info.file_size == info.compress_size
    else:
        fits = info.file_size <= info.compress_size * _MOST_PACKED
    return None if fits else Wrong.SIZE


def _end(info: ZipInfo) -> int:
    """Return where a file ends at the earliest."""
    return info.header_offset + _HEADER + len(info.orig_filename) + info.compress_size
