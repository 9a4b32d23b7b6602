"""Files that belong to tasks; the bytes lie on disk under their SHA-256."""

from collections.abc import Sequence
from datetime import datetime

from storage.engine.database import Reader, Transaction
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
    album: str | None,
    at: datetime,
) -> File:
    row = await tx.fetch_one(
        "INSERT INTO files (task_id, person_id, sha256, name, size, mime, telegram_file_id,"
        " album, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING *",
        task_id,
        person_id,
        sha256,
        name,
        size,
        mime,
        telegram_file_id,
        album,
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


async def is_known(db: Reader, sha256: str, name: str) -> bool:
    """Tell whether a task has a file with these bytes and this name."""
    row = await db.fetch_one(
        "SELECT id FROM files WHERE sha256 = $1 AND name = $2 LIMIT 1", sha256, name
    )
    return row is not None


async def named(db: Reader, file_ids: Sequence[int]) -> list[str]:
    """Return the names of files, in the order they were kept."""
    if not file_ids:
        return []
    slots = ", ".join(f"${n}" for n in range(1, len(file_ids) + 1))
    rows = await db.fetch(
        f"SELECT name FROM files WHERE id IN ({slots}) ORDER BY id",  # noqa: S608 - slots
        *file_ids,
    )
    return [str(row["name"]) for row in rows]


async def task_of_album(db: Reader, album: str, person_id: int) -> int | None:
    """Return the task that a person's album belongs to, once one of its files is kept."""
    row = await db.fetch_one(
        "SELECT task_id FROM files WHERE album = $1 AND person_id = $2 ORDER BY id LIMIT 1",
        album,
        person_id,
    )
    return row["task_id"] if row else None
