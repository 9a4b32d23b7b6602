"""What people asked and searched for, kept a while: further pages go by it, and what follows on a question."""

from datetime import datetime
from enum import StrEnum

from storage.engine.database import Database, Reader


class Kind(StrEnum):
    QUESTION = "question"
    SEARCH = "search"
    OFFERED = "offered"
    """One of two that words may mean, until somebody says which."""


async def put(
    db: Database, person_id: int, chat_id: int, kind: Kind, fields: str, at: datetime
) -> int:
    """Keep what somebody asked in a chat and return its number."""
    async with db.transaction() as tx:
        row = await tx.fetch_one(
            "INSERT INTO inquiries (person_id, chat_id, kind, fields, asked_at)"
            " VALUES ($1, $2, $3, $4, $5) RETURNING id",
            person_id,
            chat_id,
            kind,
            fields,
            at,
        )
    assert row is not None
    return int(row["id"])


async def get(db: Reader, inquiry_id: int, person_id: int, kind: Kind) -> str | None:
    """Return what somebody asked; None for what another asked, and what is forgotten."""
    row = await db.fetch_one(
        "SELECT fields FROM inquiries WHERE id = $1 AND person_id = $2 AND kind = $3",
        inquiry_id,
        person_id,
        kind,
    )
    return row["fields"] if row else None


async def latest(db: Reader, person_id: int, chat_id: int, since: datetime) -> str | None:
    """Return the question that somebody asked last in a chat, if they did since a moment."""
    row = await db.fetch_one(
        "SELECT fields FROM inquiries WHERE person_id = $1 AND chat_id = $2 AND asked_at >= $3"
        " AND kind = $4 ORDER BY id DESC LIMIT 1",
        person_id,
        chat_id,
        since,
        Kind.QUESTION,
    )
    return row["fields"] if row else None


async def prune(db: Database, before: datetime) -> None:
    """Forget what was asked before a moment."""
    async with db.transaction() as tx:
        await tx.execute("DELETE FROM inquiries WHERE asked_at < $1", before)
