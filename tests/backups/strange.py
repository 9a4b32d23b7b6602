"""Backups that somebody else made: the key for which they are sealed is public."""

import gzip
import hashlib
import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from storage.backups import encryption
from storage.backups.encryption import Identity
from storage.backups.stream_pipe import Watched
from tests.backups.office import KEY

DESCRIPTION, DATABASE = "description.json", "database"
Members = list[tuple[tarfile.TarInfo, bytes]]


def inside(path: Path, identity: Identity) -> bytes:
    """Return the TAR.GZ that a backup was sealed of."""
    return encryption.opened(path, [identity], lambda stream: stream.read())


def sealed_again(content: bytes, path: Path) -> Path:
    """Seal any bytes as a backup is."""
    path.unlink(missing_ok=True)

    def produce(out: Watched) -> None:
        out.write(content)

    encryption.seal(path, encryption.read_key(KEY.read_text()), produce)
    return path


def members(content: bytes) -> Members:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as tar:
        return [(one, tar.extractfile(one).read()) for one in tar]  # type: ignore[union-attr]


def member(name: str, body: bytes = b"", **more: Any) -> tuple[tarfile.TarInfo, bytes]:
    """Return a member as this program writes it, but for what is named."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(body), 0o600
    for key, value in more.items():
        setattr(info, key, value)
    return info, body


def packed(found: Members, form: int = tarfile.GNU_FORMAT) -> bytes:
    """Return a TAR.GZ of members, whatever they are."""
    out = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=out, mode="wb", compresslevel=1, mtime=0) as zipped,
        tarfile.open(fileobj=zipped, mode="w|", format=form) as tar,
    ):
        for info, body in found:
            tar.addfile(info, io.BytesIO(body))
    return out.getvalue()


def described(found: Members, change: Callable[[dict[str, Any]], Any]) -> Members:
    """Return members with another description."""
    said = json.loads(found[0][1])
    return [member(DESCRIPTION, json.dumps(change(said)).encode()), *found[1:]]


def of_database(body: bytes) -> Callable[[dict[str, Any]], Any]:
    """Return what makes a description fit another database."""
    size = {"database": len(body), "database_sha256": hashlib.sha256(body).hexdigest()}
    return lambda said: {**said, "size": {**said["size"], **size}}


def with_database(found: Members, folder: Path, script: str) -> Members:
    """Return members whose database was changed, and whose description says what it is since."""
    path = folder / "changed.db"
    path.write_bytes(found[1][1])
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        db.executescript(script)
        names = [row[0] for row in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
        )]  # fmt: skip
        counts = {one: db.execute(f'SELECT COUNT(*) FROM "{one}"').fetchone()[0] for one in names}
        db.execute("PRAGMA journal_mode=DELETE")
    body = path.read_bytes()
    path.unlink()
    again = described(found, lambda said: of_database(body)({**said, "counts": counts}))
    return [again[0], member(DATABASE, body), *again[2:]]


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return all that lies in a folder, but for the lock that whoever restores holds."""
    return {
        str(one.relative_to(folder)): one.read_bytes() if one.is_file() else b""
        for one in folder.rglob("*")
        if one.name != ".backup.lock"
    }
