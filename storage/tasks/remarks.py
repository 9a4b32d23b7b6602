"""Leaders' remarks on a task, each of which expects an answer."""

from datetime import datetime

from storage.engine.database import Reader, Transaction
from storage.records import Remark


async def insert(
    tx: Transaction, *, task_id: int, author_id: int, text_id: int, at: datetime, due_at: datetime
) -> Remark:
    """Add a remark that is to be answered by a moment."""
    row = await tx.fetch_one(
        "INSERT INTO remarks (task_id, author_id, text_id, asked_at, due_at)"
        " VALUES ($1, $2, $3, $4, $5) RETURNING *",
        task_id,
        author_id,
        text_id,
        at,
        due_at,
    )
    return Remark.model_validate(row)


async def oldest_open(db: Reader, task_id: int) -> Remark | None:
    """Return the remark that waits longest for an answer."""
    row = await db.fetch_one(
        "SELECT * FROM remarks WHERE task_id = $1 AND answered_at IS NULL ORDER BY id LIMIT 1",
        task_id,
    )
    return Remark.model_validate(row) if row else None


async def answer(
    tx: Transaction, remark_id: int, answered_by: int, answer_id: int, at: datetime
) -> bool:
    """Answer a remark; False when it was answered already."""
    changed = await tx.execute(
        "UPDATE remarks SET answered_by = $2, answer_id = $3, answered_at = $4"
        " WHERE id = $1 AND answered_at IS NULL",
        remark_id,
        answered_by,
        answer_id,
        at,
    )
    return changed == 1


async def late(db: Reader, now: datetime) -> list[Remark]:
    """Return the open tasks' remarks whose answer is late and was not chased yet."""
    rows = await db.fetch(
        "SELECT m.* FROM remarks m JOIN tasks t ON t.id = m.task_id WHERE m.answered_at IS NULL"
        " AND m.chased_at IS NULL AND m.due_at <= $1 AND t.closed_at IS NULL ORDER BY m.id",
        now,
    )
    return [Remark.model_validate(row) for row in rows]


async def chased(tx: Transaction, remark_id: int, at: datetime) -> bool:
    """Record that an answer was chased; False when another process was faster."""
    changed = await tx.execute(
        "UPDATE remarks SET chased_at = $2 WHERE id = $1 AND chased_at IS NULL", remark_id, at
    )
    return changed == 1
