"""Files that belong to tasks; the bytes lie on disk under their SHA-256."""

from datetime import datetime

from storage.database import Reader, Transaction
from storage.records import File


async def add(
    tx: Transaction,
    *,
    task_id: int,
    person_id: int,
    sha256: str,
    name: str,
    size: int,
    mime: str,
    telegram_file_id: str | None,
    at: datetime,
) -> File:
    row = await tx.fetch_one(
        "INSERT INTO files (task_id, person_id, sha256, name, size, mime, telegram_file_id,"
        " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING *",
        task_id,
        person_id,
        sha256,
        name,
        size,
        mime,
        telegram_file_id,
        at,
    )
    return File.model_validate(row)


async def of_task(db: Reader, task_id: int) -> list[File]:
    """Return a task's files, the oldest first."""
    rows = await db.fetch("SELECT * FROM files WHERE task_id = $1 ORDER BY id", task_id)
    return [File.model_validate(row) for row in rows]


async def get(db: Reader, file_id: int) -> File | None:
    row = await db.fetch_one("SELECT * FROM files WHERE id = $1", file_id)
    return File.model_validate(row) if row else None
