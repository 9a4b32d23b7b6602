"""Who may enter tasks on behalf of whom (thay mặt), from when until when."""

from datetime import datetime

from storage.engine.database import Reader, Transaction
from storage.records import EntryRight


async def living(db: Reader) -> list[EntryRight]:
    """Return every right in force, the oldest first."""
    rows = await db.fetch(
        "SELECT e.* FROM entry_rights e JOIN people p ON p.id = e.person_id AND p.ended_at IS NULL"
        " WHERE e.until_at IS NULL ORDER BY e.id"
    )
    return [EntryRight.model_validate(row) for row in rows]


async def get(db: Reader, right_id: int) -> EntryRight | None:
    row = await db.fetch_one("SELECT * FROM entry_rights WHERE id = $1", right_id)
    return EntryRight.model_validate(row) if row else None


async def holds(
    db: Reader, person_id: int, for_person_id: int | None, for_group_id: int | None
) -> bool:
    """Tell whether a person may enter for another person or for a group (the other argument is None)."""
    row = await db.fetch_one(
        "SELECT id FROM entry_rights WHERE person_id = $1 AND until_at IS NULL"
        " AND COALESCE(for_person_id, 0) = $2 AND COALESCE(for_group_id, 0) = $3",
        person_id,
        for_person_id or 0,
        for_group_id or 0,
    )
    return row is not None


async def give(
    tx: Transaction,
    *,
    person_id: int,
    for_person_id: int | None,
    for_group_id: int | None,
    given_by_id: int,
    at: datetime,
) -> None:
    """Let a person enter for another person or a group from a moment on."""
    await tx.execute(
        "INSERT INTO entry_rights (person_id, for_person_id, for_group_id, given_by_id, from_at)"
        " VALUES ($1, $2, $3, $4, $5)",
        person_id,
        for_person_id,
        for_group_id,
        given_by_id,
        at,
    )


async def end(tx: Transaction, right_id: int, at: datetime) -> bool:
    """End a right; False when it had ended already."""
    ended = await tx.execute(
        "UPDATE entry_rights SET until_at = $2 WHERE id = $1 AND until_at IS NULL", right_id, at
    )
    return ended == 1


async def end_all(tx: Transaction, person_id: int, at: datetime) -> None:
    """End every right of a person who leaves, and every right to enter for them."""
    await tx.execute(
        "UPDATE entry_rights SET until_at = $2 WHERE until_at IS NULL"
        " AND (person_id = $1 OR for_person_id = $1)",
        person_id,
        at,
    )
