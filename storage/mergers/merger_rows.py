"""Posts, charges and parts that end and begin when units are merged, each by the number of its row."""

from collections.abc import Sequence
from datetime import datetime

from storage.engine.database import Row, Transaction
from storage.records import Role

_DATED = frozenset({"roles", "charges", "task_people"})
_AT_ONCE = 500
Which = tuple[int, int | None, str]


async def end(tx: Transaction, table: str, ids: Sequence[int], at: datetime) -> None:
    """End rows of `roles`, `charges` or `task_people`."""
    assert table in _DATED
    await tx.execute_many(
        f"UPDATE {table} SET until_at = $2 WHERE id = $1 AND until_at IS NULL",  # noqa: S608 - tables
        [(one, at) for one in ids],
    )


async def reopen(tx: Transaction, table: str, ids: Sequence[int]) -> None:
    """Reopen rows that had ended."""
    assert table in _DATED
    await tx.execute_many(
        f"UPDATE {table} SET until_at = NULL WHERE id = $1",  # noqa: S608 - tables
        [(one,) for one in ids],
    )


async def alive(tx: Transaction, table: str, ids: Sequence[int]) -> list[int]:
    """Return those of these rows that have not ended."""
    assert table in _DATED
    if not ids:
        return []
    slots = ", ".join(f"${n}" for n in range(1, len(ids) + 1))
    rows = await tx.fetch(
        f"SELECT id FROM {table} WHERE until_at IS NULL AND id IN ({slots}) ORDER BY id",  # noqa: S608 - slots
        *ids,
    )
    return [int(row["id"]) for row in rows]


async def of_the_left(tx: Transaction, role_ids: Sequence[int]) -> int:
    """Return how many of these posts belong to people who have left."""
    if not role_ids:
        return 0
    slots = ", ".join(f"${n}" for n in range(1, len(role_ids) + 1))
    rows = await tx.fetch(
        "SELECT r.id FROM roles r JOIN people p ON p.id = r.person_id"  # noqa: S608 - slots
        f" WHERE p.ended_at IS NOT NULL AND r.id IN ({slots})",
        *role_ids,
    )
    return len(rows)


async def give_post(tx: Transaction, person_id: int, unit_id: int, role: Role, at: datetime) -> int:
    """Give a post and return the number of its row."""
    rows = await tx.fetch(
        "INSERT INTO roles (person_id, unit_id, role, from_at) VALUES ($1, $2, $3, $4) RETURNING id",
        person_id,
        unit_id,
        role,
        at,
    )
    return int(rows[0]["id"])


async def give_charge(tx: Transaction, person_id: int, unit_id: int, at: datetime) -> int:
    """Put a person in charge of a unit and return the number of the row."""
    rows = await tx.fetch(
        "INSERT INTO charges (person_id, unit_id, from_at) VALUES ($1, $2, $3) RETURNING id",
        person_id,
        unit_id,
        at,
    )
    return int(rows[0]["id"])


async def give_parts(
    tx: Transaction, parts: Sequence[Row], unit_id: int, at: datetime
) -> dict[Which, int]:
    """Give another unit these parts in place of those that had them, as far as they had got.

    No two are of one task and one person. Return the numbers of the new rows.
    """
    begun: dict[Which, int] = {}
    for first in range(0, len(parts), _AT_ONCE):
        some = parts[first : first + _AT_ONCE]
        slots = ", ".join(f"${n}" for n in range(3, len(some) + 3))
        rows = await tx.fetch(
            "INSERT INTO task_people (task_id, person_id, unit_id, part, state, text_id, reported_at,"  # noqa: S608 - slots
            " from_at) SELECT task_id, person_id, $1, part, state, text_id, reported_at, $2"
            f" FROM task_people WHERE id IN ({slots}) RETURNING id, task_id, person_id, part",
            unit_id,
            at,
            *(int(row["id"]) for row in some),
        )
        begun |= {which(row): int(row["id"]) for row in rows}
    return begun


def which(part: Row) -> Which:
    """Return the task, the person (None for the unit itself) and the kind of a part."""
    return part["task_id"], part["person_id"], part["part"]


async def waiting_for_units(tx: Transaction, kind: str) -> Sequence[Row]:
    """Return the messages of this kind that are not sent yet: id and facts."""
    return await tx.fetch(
        "SELECT id, facts FROM outbox WHERE kind = $1 AND state IN ('waiting', 'unreachable')",
        kind,
    )


async def reword(tx: Transaction, message_id: int, facts: str) -> None:
    """Change the facts of a message that is not sent yet."""
    await tx.execute("UPDATE outbox SET facts = $2 WHERE id = $1", message_id, facts)
