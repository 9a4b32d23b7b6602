"""Checks whether texts and files still fit the hashes that rows have of them."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from storage.engine.database import Reader, Row
from storage.engine.database_errors import onward
from storage.history.chain import Told, fits, text_fits
from storage.tasks.texts import text_sha256

FILE_KEPT = "file.kept"
"""The kind of the event that a file's row and bytes must fit."""

Bytes = Callable[[str], Awaitable[tuple[str, int] | None]]
"""Reads the bytes kept under a SHA-256 and returns their actual SHA-256 and size; None if there are none."""

_BATCH = 1000
_TEXTS = (
    "SELECT x.id, x.body, x.sha256, x.body IS NULL AND EXISTS (SELECT 1 FROM events e"
    "  LEFT JOIN archived_tasks a ON a.task_id = e.task_id"
    "  WHERE e.text_id = x.id AND a.disposed_at IS NULL) AS lost"
    " FROM texts x WHERE x.id > $1 ORDER BY x.id LIMIT $2"
)
"""A text may lack its body only if every task that points to it was disposed of."""
_KEPT = tuple(
    f"SELECT id, facts FROM {table} WHERE kind = 'file.kept' AND id > $1 ORDER BY id LIMIT $2"  # noqa: S608 - tables
    for table in ("events", "kept_events")
)
"""Events of this database, and events that came back from packages of other databases."""
_KEPT_EVENTS = (
    "SELECT k.*, x.sha256 AS text_sha256 FROM kept_events k LEFT JOIN texts x ON x.id = k.text_id"
    " WHERE k.id > $1 ORDER BY k.id LIMIT $2"
)


@dataclass(frozen=True)
class Misfit:
    """A row, or the bytes it stands for, that is not as it was written."""

    table: Literal["texts", "files", "kept_events"]
    id: int
    wrong: Literal["changed", "missing", "added"]


def hash_of(data: bytes) -> str:
    """Return the SHA-256 under which bytes are kept."""
    return hashlib.sha256(data).hexdigest()


def path_in(folder: Path, sha256: str) -> Path:
    """Return where in a folder of files the bytes with this SHA-256 lie."""
    return folder / sha256[:2] / sha256


def file_facts(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an event keeps of a file. Of its name only the hash, because a name may say much."""
    named = {"name_sha256": text_sha256(row["name"])}
    return {"file": row["id"], "sha256": row["sha256"], "size": row["size"], **named}


async def wrong_texts(db: Reader, told: Told) -> AsyncIterator[Misfit]:
    """Find texts whose words do not match their hash, or are lost."""
    total, done = await _count(db, "texts"), 0
    async for row in _rows(db, _TEXTS):
        done += 1
        body = row["body"]
        if row["lost"] or (body is not None and not text_fits(body, row["sha256"])):
            yield Misfit("texts", row["id"], "changed")
        if done % _BATCH == 0:
            told(done, max(done, total))
    told(done, done)


async def wrong_kept_events(db: Reader, told: Told) -> AsyncIterator[Misfit]:
    """Find events from packages that do not match their hash. Their chain is in another database."""
    total, done = await _count(db, "kept_events"), 0
    async for row in _rows(db, _KEPT_EVENTS):
        done += 1
        if not fits(row, row["previous"]):
            yield Misfit("kept_events", row["id"], "changed")
        if done % _BATCH == 0:
            told(done, max(done, total))
    told(done, done)


def in_folder(folder: Path) -> Bytes:
    """Return a function that looks at the bytes in a folder of files."""
    return lambda sha256: asyncio.to_thread(_hashed, path_in(folder, sha256))


async def wrong_files(db: Reader, bytes_of: Bytes, told: Told) -> AsyncIterator[Misfit]:
    """Find files whose row or bytes differ from what the history says.

    The history is taken as true; `chain.verify` checks it.
    """
    total, done, known = await _count(db, "files"), 0, 0
    fitting: set[str] = set()
    async for events in _kept(db):
        for facts, row in await _with_rows(db, events):
            known += row is not None
            if wrong := await _wrong(facts, row, bytes_of, fitting):
                yield Misfit("files", facts["file"], wrong)
        done += len(events)
        told(done, max(done, total))
    if known < await _count(db, "files"):
        async for misfit in _added(db):
            yield misfit


def _told(event: Row) -> dict[str, Any] | None:
    """Return the facts of an event; None for one that can no longer be read."""
    try:
        facts = json.loads(event["facts"])
        return facts if isinstance(facts["file"], int) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


async def _with_rows(db: Reader, events: Sequence[Row]) -> list[tuple[dict[str, Any], Row | None]]:
    facts = [one for event in events if (one := _told(event))]
    if not facts:
        return []
    slots = ", ".join(f"${number}" for number in range(1, len(facts) + 1))
    rows = await db.fetch(
        "SELECT f.id, f.sha256, f.size, f.name, a.disposed_at FROM files f"  # noqa: S608 - slots
        f" LEFT JOIN archived_tasks a ON a.task_id = f.task_id WHERE f.id IN ({slots})",
        *(one["file"] for one in facts),
    )
    known = {row["id"]: row for row in rows}
    return [(one, known.get(one["file"])) for one in facts]


async def _wrong(
    facts: Mapping[str, Any], row: Row | None, bytes_of: Bytes, fitting: set[str]
) -> Literal["changed", "missing"] | None:
    if row is None:
        return "missing"
    disposed_of = row["disposed_at"] is not None
    if not disposed_of and (not isinstance(row["name"], str) or file_facts(row) != facts):
        return "changed"
    if disposed_of or row["sha256"] in fitting:
        return None
    found = await bytes_of(row["sha256"])
    if found is None:
        return "missing"
    if found != (row["sha256"], row["size"]):
        return "changed"
    fitting.add(row["sha256"])
    return None


def _hashed(path: Path) -> tuple[str, int] | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
    except FileNotFoundError:
        return None


async def _added(db: Reader) -> AsyncIterator[Misfit]:
    """Find files that no event tells of. Called only if the history does not cover all files."""
    kept = [facts async for rows in _kept(db) for row in rows if (facts := _told(row))]
    told = {facts["file"] for facts in kept}
    async for row in _rows(db, "SELECT id FROM files WHERE id > $1 ORDER BY id LIMIT $2"):
        if row["id"] not in told:
            yield Misfit("files", row["id"], "added")


async def _kept(db: Reader) -> AsyncIterator[Sequence[Row]]:
    """Yield the events that tell of files, a batch at a time."""
    for sql in _KEPT:
        last = -1
        while rows := await db.fetch(sql, last, _BATCH):
            yield rows
            last = onward(last, rows[-1]["id"])


async def _rows(db: Reader, sql: str) -> AsyncIterator[Row]:
    last = -(2**63)
    while rows := await db.fetch(sql, last, _BATCH):
        for row in rows:
            yield row
        last = onward(last, rows[-1]["id"])


async def _count(db: Reader, table: Literal["texts", "files", "kept_events"]) -> int:
    (row,) = await db.fetch(f"SELECT COUNT(*) AS n FROM {table}")  # noqa: S608 - one of three names
    return int(row["n"])
