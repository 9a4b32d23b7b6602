"""Requests that somebody must decide: an extension asked for."""

import json
from collections.abc import Sequence
from datetime import datetime

from storage.engine.database import Reader, Row, Transaction
from storage.records import Extension, Request, RequestState


async def ask(
    tx: Transaction,
    *,
    task_id: int,
    asked_by: int,
    due_at: datetime,
    late_from: datetime,
    has_clock: bool,
    text_id: int | None,
    at: datetime,
) -> Extension | None:
    """Open an extension request; None when the task has an open one already."""
    row = await tx.fetch_one(
        "INSERT INTO requests (task_id, kind, state, asked_by, asked_at, due_at, late_from,"
        " has_clock, text_id) VALUES ($1, 'extension', 'open', $2, $3, $4, $5, $6, $7)"
        " ON CONFLICT DO NOTHING RETURNING *",
        task_id,
        asked_by,
        at,
        due_at,
        late_from,
        has_clock,
        text_id,
    )
    return Extension.model_validate(row) if row else None


async def decline(
    tx: Transaction, task_id: int, asked_by: int, proposed: int | None, text_id: int, at: datetime
) -> bool:
    """Ask for another lead, perhaps proposing who; False when the task has such a request open."""
    asked = await tx.execute(
        "INSERT INTO requests (task_id, kind, state, asked_by, asked_at, person_id, text_id)"
        " VALUES ($1, 'decline', 'open', $2, $5, $3, $4) ON CONFLICT DO NOTHING",
        task_id,
        asked_by,
        proposed,
        text_id,
        at,
    )
    return asked == 1


async def unchased(
    db: Reader, kinds: Sequence[str], asked_by: datetime, limit: int
) -> list[Request]:
    """Return the undecided requests of open tasks asked up to a moment and not chased, oldest first."""
    slots = ", ".join(f"${n}" for n in range(3, len(kinds) + 3))
    of_kinds = f"r.kind IN ({slots})"
    rows = await db.fetch(
        "SELECT r.* FROM requests r JOIN tasks t ON t.id = r.task_id AND t.closed_at IS NULL"  # noqa: S608 - slots
        " WHERE r.state = 'open' AND r.chased_at IS NULL AND r.asked_at <= $1"
        f" AND {of_kinds} ORDER BY r.asked_at, r.id LIMIT $2",
        asked_by,
        limit,
        *kinds,
    )
    return [Request.model_validate(row) for row in rows]


async def chase(tx: Transaction, request_id: int, at: datetime) -> bool:
    """Note that whoever must decide was reminded; False when it was noted or decided before."""
    changed = await tx.execute(
        "UPDATE requests SET chased_at = $2 WHERE id = $1 AND chased_at IS NULL AND state = 'open'",
        request_id,
        at,
    )
    return changed == 1


async def open_extension(db: Reader, task_id: int) -> Extension | None:
    """Return the extension that waits for a decision, or for the lead to take another date."""
    row = await _open(db, task_id, "extension")
    return Extension.model_validate(row) if row else None


async def latest_open(db: Reader, task_id: int, kinds: Sequence[str]) -> Request | None:
    """Return the newest request of these kinds that waits for a decision or an answer."""
    slots = ", ".join(f"${n}" for n in range(2, len(kinds) + 2))
    row = await db.fetch_one(
        f"SELECT * FROM requests WHERE task_id = $1 AND kind IN ({slots})"  # noqa: S608 - slots
        " AND state IN ('open', 'offered') ORDER BY id DESC LIMIT 1",
        task_id,
        *kinds,
    )
    return Request.model_validate(row) if row else None


async def _open(db: Reader, task_id: int, kind: str) -> Row | None:
    return await db.fetch_one(
        "SELECT * FROM requests WHERE task_id = $1 AND kind = $2 AND state IN ('open', 'offered')",
        task_id,
        kind,
    )


async def offer(
    tx: Transaction,
    asked: Extension,
    deadline: tuple[datetime, datetime, bool],
    decided_by: int,
    at: datetime,
) -> None:
    """Put another deadline (due, late from, with a clock) in place of the one asked for."""
    facts = {"asked": asked.due_at.isoformat(), **asked.facts}
    await tx.execute(
        "UPDATE requests SET state = 'offered', due_at = $2, late_from = $3, has_clock = $4,"
        " decided_by = $5, decided_at = $6, facts = $7"
        " WHERE id = $1 AND state IN ('open', 'offered')",
        asked.id,
        *deadline,
        decided_by,
        at,
        json.dumps(facts),
    )


async def lapse_extension(tx: Transaction, task_id: int, at: datetime) -> None:
    """Close an extension asked for: who asked leads the task no more."""
    await tx.execute(
        "UPDATE requests SET state = 'lapsed', decided_at = $2 WHERE task_id = $1"
        " AND kind = 'extension' AND state IN ('open', 'offered')",
        task_id,
        at,
    )


async def lapse(tx: Transaction, task_id: int, at: datetime) -> None:
    """Close what is open of a task's requests but corrections: nobody need decide them any more."""
    await tx.execute(
        "UPDATE requests SET state = $2, decided_at = $3 WHERE task_id = $1"
        " AND kind <> 'correction' AND state IN ('open', 'offered')",
        task_id,
        RequestState.LAPSED,
        at,
    )


async def decide(
    tx: Transaction, request_id: int, state: RequestState, decided_by: int | None, at: datetime
) -> bool:
    """Close a request; False when it was decided already."""
    changed = await tx.execute(
        "UPDATE requests SET state = $2, decided_by = $3, decided_at = $4"
        " WHERE id = $1 AND state IN ('open', 'offered')",
        request_id,
        state,
        decided_by,
        at,
    )
    return changed == 1
