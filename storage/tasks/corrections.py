"""Requests to correct a reported figure; while one is open its task is counted apart."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from storage.engine.database import Reader, Transaction
from storage.records import Request, RequestState


async def ask(
    tx: Transaction,
    *,
    task_id: int,
    asked_by: int,
    facts: Mapping[str, Any],
    text_id: int,
    at: datetime,
) -> bool:
    """Open a correction; False when the task has an open one already."""
    row = await tx.fetch_one(
        "INSERT INTO requests (task_id, kind, state, asked_by, asked_at, facts, text_id)"
        " VALUES ($1, 'correction', 'open', $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING id",
        task_id,
        asked_by,
        at,
        json.dumps(facts, ensure_ascii=False),
        text_id,
    )
    return row is not None


async def open_one(db: Reader, task_id: int) -> Request | None:
    """Return the correction that waits for a decision."""
    row = await db.fetch_one(
        "SELECT * FROM requests WHERE task_id = $1 AND kind = 'correction' AND state = 'open'",
        task_id,
    )
    return Request.model_validate(row) if row else None


async def lapse(tx: Transaction, task_id: int, at: datetime) -> None:
    """Close an open correction of a task that was called off."""
    closed = await tx.execute(
        "UPDATE requests SET state = $2, decided_at = $3"
        " WHERE task_id = $1 AND kind = 'correction' AND state = 'open'",
        task_id,
        RequestState.LAPSED,
        at,
    )
    if closed:
        await tx.execute("UPDATE tasks SET in_correction = FALSE WHERE id = $1", task_id)
