"""A package that is a ZIP, as far as it can be read without harm.

What the ZIP says of itself is checked against what is possible: no file is larger than its packed bytes
allow, no file overlaps another, and no name appears twice. So the unpacked bytes stay in proportion to
the ZIP's size on the disk.
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
"""The most bytes that one packed byte can stand for; DEFLATE cannot pack tighter."""
_HEADER = 30


class ZipPackage:
    """The ZIP has one folder; its name is left out of all names."""

    def __init__(self, packed: zipfile.ZipFile, *, sealed: bool) -> None:
        self._packed = packed
        self.sealed = sealed
        infos = packed.infolist()
        self._root = infos[0].orig_filename.partition("/")[0] + "/" if infos else ""
        self._files: dict[str, ZipInfo] = {}
        self.flaws = [*self._take(infos), *self._laid_over(infos)]

    def _take(self, infos: list[ZipInfo]) -> Iterator[Flaw]:
        """Keep the files that can be read, and yield a flaw for each of the others."""
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
        """Find files that overlap another file, or lie outside the part of the ZIP that holds files."""
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
    """Return the smallest offset at which a file can end."""
    return info.header_offset + _HEADER + len(info.orig_filename) + info.compress_size
