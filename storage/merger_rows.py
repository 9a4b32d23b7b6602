"""Posts, charges and parts that end and begin when units are merged, each by the number of its row."""

from collections.abc import Sequence
from datetime import datetime

from storage.database import Row, Transaction
from storage.records import Part, Role

_DATED = frozenset({"roles", "charges", "task_people"})


async def end(tx: Transaction, table: str, ids: Sequence[int], at: datetime) -> None:
    """End rows of `roles`, `charges` or `task_people`."""
    assert table in _DATED
    await tx.execute_many(
        f"UPDATE {table} SET until_at = $2 WHERE id = $1 AND until_at IS NULL",  # noqa: S608 - tables
        [(one, at) for one in ids],
    )


async def reopen(tx: Transaction, table: str, ids: Sequence[int]) -> None:
    """Let rows that ended go on."""
    assert table in _DATED
    await tx.execute_many(
        f"UPDATE {table} SET until_at = NULL WHERE id = $1",  # noqa: S608 - tables
        [(one,) for one in ids],
    )


async def still(tx: Transaction, table: str, ids: Sequence[int]) -> int:
    """Return how many of these rows have not ended."""
    assert table in _DATED
    found = 0
    for one in ids:
        rows = await tx.fetch(f"SELECT 1 FROM {table} WHERE id = $1 AND until_at IS NULL", one)  # noqa: S608 - tables
        found += len(rows)
    return found


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
    """Put somebody in charge and return the number of the row."""
    rows = await tx.fetch(
        "INSERT INTO charges (person_id, unit_id, from_at) VALUES ($1, $2, $3) RETURNING id",
        person_id,
        unit_id,
        at,
    )
    return int(rows[0]["id"])


async def give_part(tx: Transaction, part_id: int, unit_id: int, at: datetime) -> int:
    """Give another unit a part in place of the one that had it, as far as that one had got.

    Return the number of its row.
    """
    rows = await tx.fetch(
        "INSERT INTO task_people (task_id, person_id, unit_id, part, state, text_id, reported_at,"
        " from_at) SELECT task_id, person_id, $2, part, state, text_id, reported_at, $3"
        " FROM task_people WHERE id = $1 RETURNING id",
        part_id,
        unit_id,
        at,
    )
    return int(rows[0]["id"])


async def waiting_for_units(tx: Transaction, kind: str) -> Sequence[Row]:
    """Return what waits to be said of this kind: id and facts."""
    return await tx.fetch(
        "SELECT id, facts FROM outbox WHERE kind = $1 AND state IN ('waiting', 'unreachable')",
        kind,
    )


async def reword(tx: Transaction, message_id: int, facts: str) -> None:
    """Let a message that waits tell of something else."""
    await tx.execute("UPDATE outbox SET facts = $2 WHERE id = $1", message_id, facts)


async def hand_task(
    tx: Transaction, task_id: int, lead_id: int, keeps_decider: bool, at: datetime
) -> None:
    """Let another lead a task, as it stands; who leads does not decide on it as well."""
    await tx.execute(
        "UPDATE task_people SET until_at = $3 WHERE task_id = $1 AND until_at IS NULL"
        " AND (part = 'lead' OR person_id = $2)",
        task_id,
        lead_id,
        at,
    )
    await tx.execute(
        "INSERT INTO task_people (task_id, person_id, part, from_at) VALUES ($1, $2, $3, $4)",
        task_id,
        lead_id,
        Part.LEAD,
        at,
    )
    decider = "" if keeps_decider else ", decider_id = NULL"
    await tx.execute(
        f"UPDATE tasks SET version = version + 1{decider} WHERE id = $1",  # noqa: S608 - column
        task_id,
    )
