"""Units of the office: a tree, each unit known by its name and its place."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime

from storage.engine.database import Reader, Transaction, Value
from storage.records import Unit


async def living(reader: Reader) -> list[Unit]:
    """Return every unit that has not ended, in the order they were made: parents come first."""
    rows = await reader.fetch("SELECT * FROM units WHERE ended_at IS NULL ORDER BY id")
    return [Unit.model_validate(row) for row in rows]


async def get(reader: Reader, unit_id: int) -> Unit | None:
    """Return a unit, one that has ended too."""
    row = await reader.fetch_one("SELECT * FROM units WHERE id = $1", unit_id)
    return Unit.model_validate(row) if row else None


async def names(reader: Reader, unit_ids: Collection[int]) -> dict[int, str]:
    """Return units' names by id, of those that ended too."""
    if not unit_ids:
        return {}
    slots = ", ".join(f"${n}" for n in range(1, len(unit_ids) + 1))
    rows = await reader.fetch(f"SELECT id, name FROM units WHERE id IN ({slots})", *unit_ids)  # noqa: S608 - slots
    return {int(row["id"]): str(row["name"]) for row in rows}


async def lock(tx: Transaction) -> None:
    """Let nobody else change the tree until the transaction ends: who checks a place sees all of it.

    It comes after `people.lock`, where both are needed; SQLite has one writer anyway.
    """
    if tx.engine == "postgres":
        await tx.execute("LOCK TABLE units IN SHARE ROW EXCLUSIVE MODE")


async def held(tx: Transaction, unit_ids: Collection[int], strength: str = "SHARE") -> set[int]:
    """Return those of these units that have not ended; nobody ends them until the transaction is over.

    With "NO KEY UPDATE" nobody else holds them either.
    """
    ids = sorted(set(unit_ids))
    slots = ", ".join(f"${n}" for n in range(1, len(ids) + 1))
    lock = f" FOR {strength}" if tx.engine == "postgres" else ""
    rows = await tx.fetch(
        f"SELECT id FROM units WHERE id IN ({slots}) AND ended_at IS NULL ORDER BY id{lock}",  # noqa: S608 - slots
        *ids,
    )
    return {int(row["id"]) for row in rows}


async def taken_over_by(reader: Reader, unit_id: int) -> int | None:
    """Return a living unit itself; of one that ended, the nearest living above: what took it over."""
    row = await reader.fetch_one(
        "WITH RECURSIVE path (id, parent_id, ended_at, step) AS"
        " (SELECT id, parent_id, ended_at, 0 FROM units WHERE id = $1 UNION ALL"
        " SELECT u.id, u.parent_id, u.ended_at, p.step + 1 FROM units u"
        " JOIN path p ON u.id = p.parent_id WHERE p.ended_at IS NOT NULL)"
        " SELECT id FROM path WHERE ended_at IS NULL ORDER BY step LIMIT 1",
        unit_id,
    )
    return int(row["id"]) if row else None


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


async def called(reader: Reader, folded: str) -> list[Unit]:
    """Return the units of a folded name, those that ended too, by number."""
    rows = await reader.fetch("SELECT * FROM units WHERE folded = $1 ORDER BY id", folded)
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


async def change(tx: Transaction, unit_id: int, columns: Mapping[str, Value]) -> None:
    """Set columns of a unit."""
    sets = ", ".join(f"{name} = ${n}" for n, name in enumerate(columns, 2))
    await tx.execute(
        f"UPDATE units SET {sets} WHERE id = $1",  # noqa: S608 - column names
        unit_id,
        *columns.values(),
    )


def listed(names: Collection[str]) -> str:
    """Return names as their column holds them."""
    return json.dumps(list(names), ensure_ascii=False)
