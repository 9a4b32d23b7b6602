"""The history: appends events, each with the hash of the event before, under the lock of one head row."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.engine.database import Reader, Row, Table, Transaction, Value
from storage.history.chain import event_hash
from storage.history.hashes import FILE_KEPT
from storage.messaging import cards
from storage.records import Event

READ = "read"
"""The kind of an event that records that somebody read something. It changes nothing."""

OFFICE_VERSION = (
    "(SELECT MAX(id) FROM events WHERE task_id IS NULL AND document_id IS NULL"
    " AND kind <> 'secrecy.refused' AND kind <> 'read')"
)

_FACTS = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_EVENTS = Table(
    "events",
    (
        *("id", "at", "kind", "actor_id", "task_id", "person_id", "text_id", "facts"),
        *("document_id", "hash"),
    ),
)
_MOVE_HEAD = "UPDATE chain SET hash = $1 WHERE id = 1"


@dataclass(frozen=True)
class NewEvent:
    """What happened; `facts` hold ids and figures, never a message's text."""

    kind: str
    actor_id: int | None = None
    task_id: int | None = None
    person_id: int | None = None
    text_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    document_id: int | None = None


class PastEvent(Event):
    """An event with the names and the text that a reader is shown."""

    actor_name: str | None
    text: str | None


async def append(
    tx: Transaction,
    at: datetime,
    kind: str,
    *,
    actor_id: int | None = None,
    task_id: int | None = None,
    person_id: int | None = None,
    text_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
    document_id: int | None = None,
) -> int:
    """Append one event and return its number; see `append_many`."""
    event = NewEvent(kind, actor_id, task_id, person_id, text_id, facts or {}, document_id)
    return (await append_many(tx, at, [event]))[0]


async def append_many(tx: Transaction, at: datetime, events: Sequence[NewEvent]) -> list[int]:
    """Append events of one moment in their order and return their numbers.

    From here to the end of the transaction, every other writer of history waits, so append last. The group cards
    of the tasks concerned are marked as out of date.
    """
    text_ids = sorted({event.text_id for event in events if event.text_id is not None})
    texts = await _text_hashes(tx, text_ids) if len(text_ids) > 1 else {}
    concerned = {event.task_id for event in events if event.task_id is not None}
    await cards.outdate(
        tx, sorted(concerned)
    )  # in one order, so that no two transactions wait for each other
    head = await tx.fetch_one(
        "UPDATE chain SET length = length + $1 WHERE id = 1 RETURNING length, hash,"
        " (SELECT sha256 FROM texts WHERE id = $2) AS text_sha256",
        len(events),
        text_ids[0] if text_ids else None,
    )
    assert head is not None
    if len(text_ids) == 1:
        texts = {text_ids[0]: head["text_sha256"]}
    rows, last = _chained(head, [(at, event) for event in events], texts)
    await tx.execute_many(_EVENTS.insert, rows)
    await tx.execute_many(_MOVE_HEAD, [(last,)])
    return list(range(head["length"] - len(events) + 1, head["length"] + 1))


async def append_past(tx: Transaction, past: Sequence[tuple[datetime, NewEvent]]) -> None:
    """Append events of several moments to a made-up office; none has a text."""
    head = await tx.fetch_one(
        "UPDATE chain SET length = length + $1 WHERE id = 1 RETURNING length, hash", len(past)
    )
    assert head is not None
    rows, last = _chained(head, past, {})
    await tx.copy(_EVENTS, rows)
    await tx.execute_many(_MOVE_HEAD, [(last,)])


def _chained(
    head: Row, past: Sequence[tuple[datetime, NewEvent]], texts: Mapping[int, str]
) -> tuple[list[Sequence[Value]], str]:
    """Return the rows of events that a head was moved on for, and the hash of the last.

    Each has the hash of the one before.
    """
    previous: str = head["hash"]
    rows: list[Sequence[Value]] = []
    for number, (at, event) in enumerate(past, head["length"] - len(past) + 1):
        row = {"id": number, "at": at, **vars(event), "facts": _canonical(event.facts)}
        previous = event_hash(previous, row, texts.get(event.text_id or 0))
        rows.append((*row.values(), previous))
    return rows, previous


PAST = (
    "SELECT e.*, p.name AS actor_name, t.body AS text FROM events e"
    " LEFT JOIN people p ON p.id = e.actor_id LEFT JOIN texts t ON t.id = e.text_id"
)
_KEPT = PAST.replace("FROM events e", "FROM kept_events e")
_OF_TASK = f" WHERE e.task_id = $1 AND e.kind <> '{FILE_KEPT}' ORDER BY e.id"


async def history(db: Reader, task_id: int) -> list[PastEvent]:
    """Return what happened to a task, the oldest first, with names and texts.

    `file.kept` events are left out: the event that a file came with tells of it. Events that came back from a
    package are put before all events of this database's own chain.
    """
    rows = await db.fetch(f"{PAST}{_OF_TASK}", task_id)
    kept = await db.fetch(f"{_KEPT}{_OF_TASK}", task_id)
    rows = [*kept, *rows]
    return [PastEvent.model_validate(row) for row in rows]


async def of_document(db: Reader, document_id: int) -> list[PastEvent]:
    """Return what happened to an assigning document itself, the oldest first."""
    rows = await db.fetch(f"{PAST} WHERE e.document_id = $1 ORDER BY e.id", document_id)
    kept = await db.fetch(f"{_KEPT} WHERE e.document_id = $1 ORDER BY e.id", document_id)
    rows = [*kept, *rows]
    return [PastEvent.model_validate(row) for row in rows]


async def by_others(db: Reader, person_id: int, since: datetime, limit: int) -> list[PastEvent]:
    """Return what others did since a moment to the tasks that a person has a part in or assigned.

    If there are more than `limit` events, returns the newest; they are sorted with the oldest first.
    """
    rows = await db.fetch(
        "SELECT e.*, p.name AS actor_name, NULL AS text FROM events e"
        " LEFT JOIN people p ON p.id = e.actor_id"
        " WHERE e.task_id IN (SELECT t.id FROM tasks t WHERE t.assigner_id = $1"
        "  UNION SELECT tp.task_id FROM task_people tp WHERE tp.person_id = $1 AND tp.until_at IS NULL)"
        " AND e.at >= $2 AND COALESCE(e.actor_id, 0) <> $1 AND e.kind <> 'file.kept' ORDER BY e.id DESC LIMIT $3",
        person_id,
        since,
        limit,
    )
    return [PastEvent.model_validate(row) for row in reversed(rows)]


async def latest(db: Reader, kind: str, person_id: int) -> Event | None:
    """Return the newest event of a kind that is about a person and no task."""
    row = await db.fetch_one(
        "SELECT * FROM events WHERE task_id IS NULL AND document_id IS NULL"
        " AND kind <> 'secrecy.refused' AND kind <> 'read' AND kind = $1"
        " AND person_id = $2 ORDER BY id DESC LIMIT 1",
        kind,
        person_id,
    )
    return Event.model_validate(row) if row else None


async def span(db: Reader, first: int, last: int) -> list[Event]:
    """Return the events from number `first` to number `last`, both included."""
    rows = await db.fetch(
        "SELECT * FROM events WHERE id >= $1 AND id <= $2 ORDER BY id", first, last
    )
    return [Event.model_validate(row) for row in rows]


async def last_change(db: Reader) -> int:
    """Return the number of the last event that changed anything; 0 before the first."""
    row = await db.fetch_one("SELECT id FROM events WHERE kind <> 'read' ORDER BY id DESC LIMIT 1")
    return int(row["id"]) if row else 0


async def office_version(db: Reader) -> int:
    """Return a number that grows whenever something of the office changed: people, units, days."""
    row = await db.fetch_one(f"SELECT {OFFICE_VERSION} AS id")
    return (row and row["id"]) or 0


def _canonical(facts: Mapping[str, Any]) -> str:
    """Return facts as the one JSON text that is stored and hashed."""
    return _FACTS.encode(facts)


async def _text_hashes(tx: Transaction, wanted: Sequence[int]) -> dict[int, str]:
    slots = ", ".join(f"${number}" for number in range(1, len(wanted) + 1))
    rows = await tx.fetch(f"SELECT id, sha256 FROM texts WHERE id IN ({slots})", *wanted)  # noqa: S608 - slots only
    return {row["id"]: row["sha256"] for row in rows}
