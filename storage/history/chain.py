"""The hash chain: how each event's hash is made from the hash before it, and how the chain is checked."""

import hashlib
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.engine.database import Reader, Row
from storage.engine.database_errors import Damaged
from storage.engine.sqlite_work import utc_text
from storage.tasks.texts import text_sha256

_BATCH = 1000
_BEFORE_ALL = -(2**63)
_HASHED = ("kind", "actor_id", "task_id", "person_id", "text_id", "document_id")
_EVENTS = (
    "SELECT e.*, t.sha256 AS text_sha256, t.body AS text FROM events e"
    " LEFT JOIN texts t ON t.id = e.text_id WHERE e.id > $1 ORDER BY e.id LIMIT $2"
)
Told = Callable[[int, int], None]
"""Is called with how many rows were read, and of how many."""


class Wrong(StrEnum):
    CHANGED = "changed"
    """The row, or its place in the order, does not match its hash."""
    MISSING = "missing"
    ADDED = "added"
    TEXT_CHANGED = "text_changed"
    HEAD = "head"
    """The last row is sound, but the head names another hash."""
    REWRITTEN = "rewritten"
    """Every hash fits, but an event is not the one that was noted elsewhere."""


@dataclass(frozen=True)
class Fault:
    """The first fault in the history: what is wrong and at which event, with its moment and kind if they are known."""

    event_id: int
    wrong: Wrong
    at: datetime | str | None = field(default=None, compare=False)
    kind: str | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Anchor:
    """The number and the hash of an event, kept where who rewrites the history cannot change them."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


def event_hash(previous: str, row: Mapping[str, Any], text: str | None) -> str:
    """Return an event's hash: SHA-256 over the hash before it, its columns, and its text's hash.

    The moment counts as UTC text, so that both engines give the same hash.
    """
    at = utc_text(row["at"]) if isinstance(row["at"], datetime) else row["at"]
    columns = [row[name] for name in _HASHED]
    whole = json.dumps([previous, row["id"], at, *columns, row["facts"], text])
    return hashlib.sha256(whole.encode()).hexdigest()


def fits(row: Row, previous: str) -> bool:
    """Tell whether an event has the right hash; False if it cannot be hashed."""
    try:
        return bool(row["hash"] == event_hash(previous, row, row["text_sha256"]))
    except (TypeError, ValueError):
        return False


def text_fits(body: Any, sha256: Any) -> bool:
    """Tell whether a text has the right hash; False if it is no text."""
    return isinstance(body, str) and text_sha256(body) == sha256


async def anchor(db: Reader) -> Anchor:
    """Return the last event's number and hash; 0 and "" before the first. Raises Damaged without a head."""
    head = await db.fetch_one("SELECT length, hash FROM chain WHERE id = 1")
    if head is None or not isinstance(head["length"], int):
        raise Damaged("the head of the history cannot be read")
    return Anchor(head["length"], head["hash"])


async def event_anchor(db: Reader, number: int) -> Anchor | None:
    """Return the anchor of an event; None where there is no such event."""
    row = await db.fetch_one("SELECT id, hash FROM events WHERE id = $1", number)
    return Anchor(row["id"], row["hash"]) if row else None


async def verify(
    db: Reader, known: Anchor | None = None, told: Told = lambda _done, _of: None
) -> Fault | None:
    """Return the first fault, or None when every event and text is as it was written.

    Events appended meanwhile do no harm. Who can rewrite all events and the head too is found out
    by an anchor that is `known` from before, and not without one.
    """
    head = await anchor(db)
    last, previous = 0, ""
    async for row in _events(db):
        last += 1
        if fault := _fault(row, last, previous):
            return fault if last <= head.number else await _added(db) or fault
        previous = row["hash"]
        if last == head.number and previous != head.hash:
            return Fault(last, Wrong.HEAD, row["at"], row["kind"])
        if last % _BATCH == 0:
            told(last, max(last, head.number))
    told(last, last)
    if last < head.number:
        return Fault(last + 1, Wrong.MISSING)
    return await _added(db) or (await _rewritten(db, known) if known else None)


def _fault(row: Row, expected: int, previous: str) -> Fault | None:
    if not isinstance(row["id"], int):
        return Fault(expected, Wrong.CHANGED, row["at"], row["kind"])
    if row["id"] > expected:
        return Fault(expected, Wrong.MISSING)
    if row["id"] < expected:
        return Fault(row["id"], Wrong.ADDED, row["at"], row["kind"])
    if not fits(row, previous):
        return Fault(expected, Wrong.CHANGED, row["at"], row["kind"])
    if row["text"] is not None and not text_fits(row["text"], row["text_sha256"]):
        return Fault(expected, Wrong.TEXT_CHANGED, row["at"], row["kind"])
    return None


async def _events(db: Reader) -> AsyncIterator[Row]:
    last = _BEFORE_ALL
    while rows := await db.fetch(_EVENTS, last, _BATCH):
        for row in rows:
            yield row
        last = rows[-1]["id"]


async def _added(db: Reader) -> Fault | None:
    """Return the first event behind the head as it is now. One statement reads both: the head moves with every append."""
    row = await db.fetch_one(
        "SELECT e.id, e.at, e.kind FROM events e JOIN chain c ON c.id = 1 AND e.id > c.length"
        " ORDER BY e.id LIMIT 1"
    )
    return Fault(row["id"], Wrong.ADDED, row["at"], row["kind"]) if row else None


async def _rewritten(db: Reader, known: Anchor) -> Fault | None:
    """Compare the event of an anchor with the chain's event of the same number."""
    row = await db.fetch_one("SELECT at, kind, hash FROM events WHERE id = $1", known.number)
    if row is None:
        return Fault(known.number, Wrong.MISSING) if known.number else None
    if row["hash"] == known.hash:
        return None
    return Fault(known.number, Wrong.REWRITTEN, row["at"], row["kind"])
