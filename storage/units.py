"""Units of the office: a tree, each unit known by its name and its place."""

from collections.abc import Collection
from datetime import datetime

from storage.database import Reader, Transaction
from storage.records import Unit


async def living(reader: Reader) -> list[Unit]:
    """Return every unit that has not ended, in the order they were made: parents come first."""
    rows = await reader.fetch("SELECT * FROM units WHERE ended_at IS NULL ORDER BY id")
    return [Unit.model_validate(row) for row in rows]


async def below(reader: Reader, unit_ids: Collection[int]) -> list[Unit]:
    """Return these units and all that hang below them, the ended ones too: their tasks remain."""
    if not unit_ids:
        return []
    slots = ", ".join(f"${n}" for n in range(1, len(unit_ids) + 1))
    rows = await reader.fetch(
        f"WITH RECURSIVE tree (id) AS (SELECT id FROM units WHERE id IN ({slots})"  # noqa: S608 - slots
        " UNION SELECT u.id FROM units u JOIN tree t ON u.parent_id = t.id)"
        " SELECT * FROM units WHERE id IN (SELECT id FROM tree) ORDER BY id",
        *unit_ids,
    )
    return [Unit.model_validate(row) for row in rows]


async def outside(reader: Reader, unit_ids: Collection[int]) -> set[int]:
    """Return which of these are bodies outside the office."""
    if not unit_ids:
        return set()
    slots = ", ".join(f"${n}" for n in range(1, len(unit_ids) + 1))
    rows = await reader.fetch(
        f"SELECT id FROM units WHERE outside AND id IN ({slots})",  # noqa: S608 - slots
        *unit_ids,
    )
    return {int(row["id"]) for row in rows}


async def enter_body(tx: Transaction, name: str, folded: str, at: datetime) -> tuple[int, bool]:
    """Return the top unit of a name, and whether it was entered now, as a body outside the office."""
    row = await tx.fetch_one(
        "INSERT INTO units (name, folded, outside, created_at) VALUES ($1, $2, TRUE, $3)"
        " ON CONFLICT DO NOTHING RETURNING id",
        name,
        folded,
        at,
    )
    if row is not None:
        return int(row["id"]), True
    known = await tx.fetch(
        "SELECT id FROM units WHERE parent_id IS NULL AND folded = $1 AND ended_at IS NULL", folded
    )
    return int(known[0]["id"]), False


async def insert(
    tx: Transaction, name: str, folded: str, parent_id: int | None, at: datetime
) -> int:
    """Add a unit at its place and return its id."""
    row = await tx.fetch(
        "INSERT INTO units (name, folded, parent_id, created_at) VALUES ($1, $2, $3, $4)"
        " RETURNING id",
        name,
        folded,
        parent_id,
        at,
    )
    return int(row[0]["id"])
