"""What people wrote, kept apart from the history that points to it."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from storage.engine.database import Reader, Transaction


def text_sha256(body: str) -> str:
    """Return the hash of a text's UTF-8 bytes, as the history keeps it."""
    return hashlib.sha256(body.encode()).hexdigest()


async def keep_text(tx: Transaction, body: str, at: datetime) -> int:
    """Store a text and return its id."""
    row = await tx.fetch_one(
        "INSERT INTO texts (body, sha256, created_at) VALUES ($1, $2, $3) RETURNING id",
        body,
        text_sha256(body),
        at,
    )
    assert row is not None
    return int(row["id"])


async def bodies(db: Reader, text_ids: Collection[int]) -> dict[int, str]:
    """Return kept texts by their ids."""
    if not text_ids:
        return {}
    slots = ", ".join(f"${n}" for n in range(1, len(text_ids) + 1))
    rows = await db.fetch(f"SELECT id, body FROM texts WHERE id IN ({slots})", *text_ids)  # noqa: S608 - slots
    return {int(row["id"]): row["body"] for row in rows}


async def body(db: Reader, text_id: int) -> str | None:
    """Return a kept text."""
    row = await db.fetch_one("SELECT body FROM texts WHERE id = $1", text_id)
    return row["body"] if row else None
