"""Invitations: one-time links that join a person to their account. Only a code's hash is kept."""

from datetime import datetime

from storage.engine.database import Reader, Transaction
from storage.records import Invitation


async def insert(
    tx: Transaction,
    code_sha256: str,
    person_id: int,
    created_by: int | None,
    created_at: datetime,
    expires_at: datetime,
) -> None:
    """Keep an invitation."""
    await tx.execute(
        "INSERT INTO invitations (code_sha256, person_id, created_by, created_at, expires_at)"
        " VALUES ($1, $2, $3, $4, $5)",
        code_sha256,
        person_id,
        created_by,
        created_at,
        expires_at,
    )


async def expire(tx: Transaction, person_id: int, at: datetime) -> None:
    """End every open invitation of a person."""
    await tx.execute(
        "UPDATE invitations SET expires_at = $2"
        " WHERE person_id = $1 AND used_at IS NULL AND expires_at > $2",
        person_id,
        at,
    )


async def use(tx: Transaction, code_sha256: str, at: datetime) -> int | None:
    """Use an open invitation, once, and return whose it is; None when it is not open."""
    row = await tx.fetch(
        "UPDATE invitations SET used_at = $2"
        " WHERE code_sha256 = $1 AND used_at IS NULL AND expires_at > $2 RETURNING person_id",
        code_sha256,
        at,
    )
    return int(row[0]["person_id"]) if row else None


async def by_code(reader: Reader, code_sha256: str) -> Invitation | None:
    """Return the invitation of a code, used and expired ones too."""
    row = await reader.fetch_one("SELECT * FROM invitations WHERE code_sha256 = $1", code_sha256)
    return Invitation.model_validate(row) if row else None
