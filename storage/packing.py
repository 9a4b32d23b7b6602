"""What a backup holds: a description, the database, and the files that people handed in, as TAR.GZ."""

import gzip
import hashlib
import io
import json
import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from storage.chain import Told
from storage.database import Engine
from storage.hashes import path_in
from storage.piping import Watched
from storage.sealed import NotWhole

FORMAT = 1
DESCRIPTION, DATABASE, FILES = "description.json", "database", "files/"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_FAST = 1


@dataclass(frozen=True)
class Description:
    """What a backup is of: the tables with their rows, and the chain's last event, as NUMBER:HASH.

    The key that lies beside it is named by its hash.
    """

    engine: Engine
    made_at: str
    counts: dict[str, int]
    anchor: str
    files: int
    key_sha256: str
    format: int = FORMAT


@dataclass(frozen=True)
class Unpacked:
    """What was in a backup; by the name of each file, its SHA-256, the SHA-256 and size of its bytes."""

    description: Description
    files: dict[str, tuple[str, int]]


def kept_files(folder: Path) -> list[Path]:
    """Return the files people handed in, in the order of their SHA-256."""
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
        _add(tar, DESCRIPTION, io.BytesIO(json.dumps(asdict(description)).encode()))
        with database.open("rb") as content:
            _add(tar, DATABASE, content)
        for number, path in enumerate(files, 1):
            with path.open("rb") as content:
                _add(tar, f"{FILES}{path.name}", content)
            told(number, len(files))


def unpack(stream: io.BufferedIOBase, database: Path, folder: Path | None, told: Told) -> Unpacked:
    """Read what a backup holds, and write its database, and its files where a folder is given.

    Raises NotWhole for what is none of ours.
    """
    with (
        gzip.GzipFile(fileobj=stream, mode="rb") as zipped,
        tarfile.open(fileobj=zipped, mode="r|") as tar,
    ):
        members = _members(tar)
        description = _described(*next(members, ("", io.BytesIO())))
        found = {}
        for name, content in members:
            if name == DATABASE:
                with database.open("xb") as written:
                    shutil.copyfileobj(content, written, 1 << 20)
            elif _is_kept(sha256 := name.removeprefix(FILES)):
                found[sha256] = _take(content, path_in(folder, sha256) if folder else None)
                told(len(found), description.files)
            else:
                raise NotWhole(f"a backup holds nothing of the name {name}")
        while zipped.read(1 << 16):
            pass
    if len(found) != description.files or not database.exists():
        raise NotWhole(f"{len(found)} files of {description.files} are in it")
    return Unpacked(description, found)


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = content.seek(0, io.SEEK_END), 0o600
    content.seek(0)
    tar.addfile(info, content)


def _members(tar: tarfile.TarFile) -> Iterator[tuple[str, IO[bytes]]]:
    for info in tar:
        content = tar.extractfile(info)
        if content is None:
            raise NotWhole(f"a backup holds no {info.name}")
        yield info.name, content


def _described(name: str, content: IO[bytes]) -> Description:
    try:
        if name == DESCRIPTION:
            return Description(**json.load(content))
    except (ValueError, TypeError):
        pass
    raise NotWhole("it begins with no description of a backup that this program knows")


def _take(content: IO[bytes], path: Path | None) -> tuple[str, int]:
    """Read a file, write it where a path is given, and return its SHA-256 and size."""
    digest, size = hashlib.sha256(), 0
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") if path else nullcontext() as written:
        while data := content.read(1 << 20):
            digest.update(data)
            size += len(data)
            if written:
                written.write(data)
    return digest.hexdigest(), size


def _is_kept(name: str) -> bool:
    return _SHA256.fullmatch(name) is not None
