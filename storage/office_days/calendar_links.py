"""Links to the calendar of somebody's deadlines. Only a token's hash is kept."""

from datetime import datetime

from storage.engine.database import Reader, Transaction
from storage.records import CalendarLink


async def of_person(reader: Reader, person_id: int) -> CalendarLink | None:
    """Return the link that a person has now."""
    row = await reader.fetch_one(
        "SELECT * FROM calendar_links WHERE person_id = $1 AND ended_at IS NULL", person_id
    )
    return CalendarLink.model_validate(row) if row else None


async def owner(reader: Reader, token_sha256: str) -> int | None:
    """Return whose a living link is."""
    row = await reader.fetch_one(
        "SELECT person_id FROM calendar_links WHERE token_sha256 = $1 AND ended_at IS NULL",
        token_sha256,
    )
    return int(row["person_id"]) if row else None


async def insert(tx: Transaction, token_sha256: str, person_id: int, at: datetime) -> bool:
    """Give a person a link; False for one who has a link already."""
    rows = await tx.fetch(
        "INSERT INTO calendar_links (token_sha256, person_id, made_at) VALUES ($1, $2, $3)"
        " ON CONFLICT DO NOTHING RETURNING id",
        token_sha256,
        person_id,
        at,
    )
    return bool(rows)


async def change_token(tx: Transaction, person_id: int, token_sha256: str) -> bool:
    """Let the link that a person has be reached by another token; False where there is none."""
    changed = await tx.execute(
        "UPDATE calendar_links SET token_sha256 = $2 WHERE person_id = $1 AND ended_at IS NULL",
        person_id,
        token_sha256,
    )
    return changed == 1


async def end(tx: Transaction, link_id: int, person_id: int, at: datetime) -> bool:
    """End a person's link; False when it is over already, or another's."""
    ended = await tx.execute(
        "UPDATE calendar_links SET ended_at = $3"
        " WHERE id = $1 AND person_id = $2 AND ended_at IS NULL",
        link_id,
        person_id,
        at,
    )
    return ended == 1


async def end_all(tx: Transaction, person_id: int, at: datetime) -> None:
    """End the link that a person may have."""
    await tx.execute(
        "UPDATE calendar_links SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL",
        person_id,
        at,
    )
