"""The one kind of TAR that this program writes: plain files one after the other, without metadata.

tarfile makes the headers. A header that differs in any byte from what tarfile makes for the same name and
size is refused. So there are no links, devices or pipes, and no extensions that redefine a file.
"""

import tarfile
from collections.abc import Iterator
from typing import Protocol

BLOCK = tarfile.BLOCKSIZE
ENDING = bytes(2 * BLOCK)
_PIECE = 1 << 20


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class NotPlain(Exception):  # noqa: N818 - what is found
    """The data is not such a TAR, or not a complete one."""


def header(name: str, size: int) -> bytes:
    """Return the header of a file."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)


def padding(size: int) -> bytes:
    """Return the padding after a file of this size, up to the next block."""
    return bytes(-size % BLOCK)


def read_header(file: Readable) -> tuple[str, int]:
    """Return the name and the size of the file whose header comes next; raises NotPlain."""
    return _header_in(_exactly(file, BLOCK))


def _header_in(block: bytes) -> tuple[str, int]:
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
        if info.size >= 0 and block == header(info.name, info.size):
            return info.name, info.size
    except (tarfile.TarError, ValueError, OverflowError):
        pass
    raise NotPlain("it holds something that is no plain file as this program writes it")


def read_padding(file: Readable, size: int) -> None:
    """Skip the padding after a file of this size; raises NotPlain if it is not all zeros."""
    if _exactly(file, len(padding(size))) != padding(size):
        raise NotPlain("there is something between its files")


def members(stream: Readable) -> Iterator[tuple[str, int, "Member"]]:
    """Yield the files of a TAR in their order: name, size, content. Raises NotPlain.

    Content that the caller does not read is skipped. After the last file only zeros may come, to the end of a
    record.
    """
    while (block := _exactly(stream, BLOCK)) != bytes(BLOCK):
        name, size = _header_in(block)
        member = Member(stream, size)
        yield name, size, member
        while member.read(_PIECE):
            pass
        read_padding(stream, size)
    rest = stream.read(tarfile.RECORDSIZE + 1)
    if len(rest) > tarfile.RECORDSIZE or rest.strip(b"\0"):
        raise NotPlain("something comes after its last file")


class Member:
    """The bytes of one file, and none after them."""

    def __init__(self, stream: Readable, size: int) -> None:
        self._stream = stream
        self._left = size

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most `size`; raises NotPlain if the TAR ends too soon."""
        wanted = min(size, self._left)
        data = _exactly(self._stream, wanted)
        self._left -= wanted
        return data


def _exactly(stream: Readable, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise NotPlain("it ends too soon")
    return data
