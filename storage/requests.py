"""Requests that somebody must decide: an extension asked for."""

from datetime import datetime

from storage.database import Reader, Transaction
from storage.records import Request, RequestState


async def ask(
    tx: Transaction,
    *,
    task_id: int,
    asked_by: int,
    due_at: datetime,
    late_from: datetime,
    has_clock: bool,
    text_id: int,
    at: datetime,
) -> Request | None:
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
    return Request.model_validate(row) if row else None


async def open_for(db: Reader, task_id: int) -> Request | None:
    row = await db.fetch_one(
        "SELECT * FROM requests WHERE task_id = $1 AND state = 'open'", task_id
    )
    return Request.model_validate(row) if row else None


async def lapse(tx: Transaction, task_id: int, at: datetime) -> None:
    """Close a task's open request, if it has one: nobody need decide it any more."""
    await tx.execute(
        "UPDATE requests SET state = $2, decided_at = $3 WHERE task_id = $1 AND state = 'open'",
        task_id,
        RequestState.LAPSED,
        at,
    )


async def decide(
    tx: Transaction, request_id: int, state: RequestState, decided_by: int, at: datetime
) -> bool:
    """Close a request; False when it was decided already."""
    changed = await tx.execute(
        "UPDATE requests SET state = $2, decided_by = $3, decided_at = $4"
        " WHERE id = $1 AND state = 'open'",
        request_id,
        state,
        decided_by,
        at,
    )
    return changed == 1
