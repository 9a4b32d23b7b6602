"""The content of a backup as TAR.GZ: a description, the database, and the files that people handed in."""

import gzip
import io
import re
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Annotated, Literal, Self

from pydantic import ConfigDict, Field, ValidationError, model_validator

from storage.archive import placing
from storage.backups import plain_tar
from storage.backups.plain_tar import Member, NotPlain
from storage.backups.stream_pipe import Watched
from storage.history.chain import Told
from storage.history.hashes import path_in
from storage.records.record import Record

FORMAT = 2
DESCRIPTION, DATABASE, FILES = "description.json", "database", "files/"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FAST = 1
_LARGEST_DESCRIPTION = 1 << 20
_MOST_MISNAMED = 1000
"""Limit of files whose bytes do not match their names. An office may have some damaged files, but wrong names
could be made without end.
"""
Count = Annotated[int, Field(ge=0)]
Sha256 = Annotated[str, Field(pattern=r"\A[0-9a-f]{64}\z")]


class Size(Record):
    """The sizes of a backup's parts in bytes, and the SHA-256 of its database."""

    model_config = ConfigDict(strict=True, extra="forbid")

    database: Count
    database_sha256: Sha256
    files: Count


class Description(Record):
    """Describes a backup: how many rows each table has, and the chain's last event as NUMBER:HASH.

    `key_sha256` is the hash of the key that lies beside it. Backups of format 1 do not state their size.
    """

    model_config = ConfigDict(strict=True, extra="forbid")

    engine: Literal["sqlite", "postgres"]
    made_at: str
    counts: dict[Annotated[str, Field(pattern=r"\A[a-z_0-9]{1,63}\z")], Count]
    anchor: Annotated[str, Field(pattern=r"\A[0-9]{1,18}:([0-9a-f]{64})?\z")]
    files: Count
    key_sha256: Sha256
    format: Annotated[int, Field(ge=1, le=FORMAT)] = FORMAT
    size: Size | None = None

    @model_validator(mode="after")
    def _says_its_size(self) -> Self:
        if (self.size is None) != (self.format == 1):
            raise ValueError("size")
        return self


@dataclass(frozen=True)
class Unpacked:
    """The content of a backup. `files` has, by the SHA-256 that is a file's name, the SHA-256 and size of its bytes."""

    description: Description
    files: dict[str, tuple[str, int]]

    @property
    def misnamed(self) -> list[str]:
        """The files whose bytes do not match their names."""
        return [name for name, (sha256, _) in self.files.items() if name != sha256]


class NoRoom(Exception):  # noqa: N818 - the operator reads what it is
    """There is not enough disk space for what a backup holds."""


def kept_files(folder: Path) -> list[Path]:
    """Return the files that people handed in, sorted by SHA-256."""
    found = folder.glob("??/*") if folder.is_dir() else ()
    return sorted(
        path for path in found if _is_kept(path.name) and path.parent.name == path.name[:2]
    )


def pack(
    out: Watched, description: Description, database: Path, files: list[Path], told: Told
) -> None:
    """Write what a backup holds."""
    with (
        gzip.GzipFile(fileobj=out, mode="wb", compresslevel=_FAST, mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w|", format=tarfile.GNU_FORMAT) as tar,
    ):
        _add(tar, DESCRIPTION, io.BytesIO(description.model_dump_json().encode()))
        with database.open("rb") as content:
            _add(tar, DATABASE, content)
        for number, path in enumerate(files, 1):
            with path.open("rb") as content:
                _add(tar, f"{FILES}{path.name}", content)
            told(number, len(files))


def unpack(stream: io.BufferedIOBase, database: Path, folder: Path | None, told: Told) -> Unpacked:
    """Read a backup and write its database; write its files too if a folder is given.

    A file whose bytes do not match its name is reported and not kept. Raises NotPlain for anything that this
    program did not write. Raises NoRoom, before it writes anything, if there is not enough disk space.
    """
    with gzip.GzipFile(fileobj=stream, mode="rb") as zipped:
        members = plain_tar.members(zipped)
        description = _described(members)
        _take_database(members, description.size, database, folder)
        files, misnamed = {}, 0
        for sha256, content in _files(members, description.size):
            path = path_in(folder, sha256) if folder else None
            found, size = placing.take(content, path)
            if found != sha256:
                misnamed += 1
                if path:
                    path.unlink()
            if misnamed > _MOST_MISNAMED:
                raise NotPlain(f"more than {_MOST_MISNAMED} files are not what their names say")
            files[sha256] = (
                sha256 if found == sha256 else found,
                size,
            )  # keep one string, not two equal ones
            told(len(files), description.files)
    if len(files) != description.files:
        raise NotPlain(f"{len(files)} files of {description.files} are in it")
    return Unpacked(description, files)


Members = Iterator[tuple[str, int, Member]]


def _described(members: Members) -> Description:
    name, size, content = next(members, ("", 0, None))
    if content is not None and name == DESCRIPTION and size <= _LARGEST_DESCRIPTION:
        try:
            return Description.model_validate_json(content.read(size))
        except ValidationError:
            pass
    raise NotPlain("it begins with no description of a backup that this program knows")


def _take_database(
    members: Members, said: Size | None, database: Path, folder: Path | None
) -> None:
    name, size, content = next(members, ("", 0, None))
    if content is None or name != DATABASE or (said and said.database != size):
        raise NotPlain("the database that is described is not in it")
    _require_room(database.parent, size + (said.files if said and folder else 0))
    sha256, _ = placing.take(content, database)
    if said and said.database_sha256 != sha256:
        raise NotPlain("the database in it is not the one that is described beside it")


def _files(members: Members, said: Size | None) -> Iterator[tuple[str, Member]]:
    """Yield the files by their SHA-256, and no more bytes than the description says. Raises NotPlain."""
    last, left = "", said.files if said else None
    for name, size, content in members:
        sha256 = name.removeprefix(FILES)
        if name != FILES + sha256 or not _is_kept(sha256):
            raise NotPlain(f"a backup holds nothing of the name {name!r}")
        if sha256 <= last:
            raise NotPlain(f"{name} is in it twice, or in no order")
        left = left - size if left is not None else None
        if left is not None and left < 0:
            raise NotPlain(f"its files are larger than it says, from {name} on")
        last = sha256
        yield sha256, content
    if left:
        raise NotPlain(f"its files are {left} bytes smaller than it says")


def _require_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if size > free:
        raise NoRoom(f"{folder}: {free >> 20} MB are free, to open the backup takes {size >> 20}")


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = content.seek(0, io.SEEK_END), 0o600
    content.seek(0)
    tar.addfile(info, content)


def _is_kept(name: str) -> bool:
    return _SHA256.fullmatch(name) is not None
