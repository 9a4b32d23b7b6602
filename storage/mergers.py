"""Units merged, split and dissolved: what was done, with the tasks that went over and those in the way."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from storage.database import Reader, Row, Transaction
from storage.records import HeldPost, Merger, MovedTask, OpenTask


def _slots(ids: Collection[int], first: int = 1) -> str:
    return ", ".join(f"${n}" for n in range(first, len(ids) + first))


def _column(outside: bool) -> str:
    """A body outside the office leads in a column of its own."""
    return "body_id" if outside else "unit_id"


async def open_tasks(reader: Reader, unit_ids: Sequence[int], outside: bool) -> list[OpenTask]:
    """Return the open tasks of units, or of bodies outside, by number."""
    column = _column(outside)
    mine = "" if outside else " AND t.body_id IS NULL"
    rows = await reader.fetch(
        f"SELECT t.id, t.{column} AS unit_id, p.person_id AS lead_id, t.assigner_id, t.decider_id,"  # noqa: S608 - slots
        " t.version FROM tasks t LEFT JOIN task_people p ON p.task_id = t.id AND p.part = 'lead'"
        f" AND p.until_at IS NULL WHERE t.closed_at IS NULL AND t.{column} IN ({_slots(unit_ids)})"
        f"{mine} ORDER BY t.id",
        *unit_ids,
    )
    return [OpenTask.model_validate(row) for row in rows]


async def hold_tasks(tx: Transaction, unit_ids: Sequence[int], outside: bool) -> None:
    """Let nobody else change the open tasks of units until the transaction is over."""
    if tx.engine == "postgres":
        await tx.fetch(
            f"SELECT id FROM tasks WHERE closed_at IS NULL AND {_column(outside)}"  # noqa: S608 - slots
            f" IN ({_slots(unit_ids)}) ORDER BY id FOR UPDATE",
            *unit_ids,
        )


async def hold_people(tx: Transaction, person_ids: Collection[int]) -> None:
    """Let nobody be given a task by these people's posts until the transaction is over."""
    if tx.engine == "postgres" and person_ids:
        ids = sorted(person_ids)
        await tx.fetch(
            f"SELECT id FROM people WHERE id IN ({_slots(ids)}) ORDER BY id FOR UPDATE",  # noqa: S608 - slots
            *ids,
        )


async def parts(reader: Reader, unit_ids: Sequence[int]) -> list[Row]:
    """Return the living parts that units have in open tasks, and people in units' places."""
    return await reader.fetch(
        "SELECT p.id, p.task_id, p.person_id, p.unit_id, p.part, p.state FROM task_people p"  # noqa: S608 - slots
        " JOIN tasks t ON t.id = p.task_id AND t.closed_at IS NULL"
        f" WHERE p.until_at IS NULL AND p.unit_id IN ({_slots(unit_ids)}) ORDER BY p.id",
        *unit_ids,
    )


async def invitations(reader: Reader, person_ids: Collection[int], now: datetime) -> list[int]:
    """Return the numbers of the invitations that these people can still use."""
    if not person_ids:
        return []
    rows = await reader.fetch(
        "SELECT id FROM invitations WHERE used_at IS NULL AND expires_at > $1"  # noqa: S608 - slots
        f" AND person_id IN ({_slots(person_ids, 2)}) ORDER BY id",
        now,
        *person_ids,
    )
    return [int(row["id"]) for row in rows]


async def open_files(reader: Reader, unit_ids: Sequence[int], outside: bool) -> list[int]:
    """Return the numbers of the files of units' open tasks."""
    rows = await reader.fetch(
        "SELECT f.id FROM tasks t JOIN files f ON f.task_id = t.id WHERE t.closed_at IS NULL"  # noqa: S608 - slots
        f" AND t.{_column(outside)} IN ({_slots(unit_ids)}) ORDER BY f.id",
        *unit_ids,
    )
    return [int(row["id"]) for row in rows]


async def closed_count(reader: Reader, unit_id: int, outside: bool) -> int:
    """Return how many tasks of a unit are over; they stay its own."""
    row = await reader.fetch_one(
        "SELECT COALESCE(SUM(tasks), 0) AS tasks FROM tallies WHERE span = 'all'"  # noqa: S608 - column
        f" AND {_column(outside)} = $1",
        unit_id,
    )
    return int(row["tasks"]) if row else 0


async def posts(reader: Reader, unit_ids: Sequence[int]) -> list[HeldPost]:
    """Return the posts held in units."""
    rows = await reader.fetch(
        "SELECT r.id, r.person_id, r.unit_id, r.role FROM roles r"  # noqa: S608 - slots
        " JOIN people p ON p.id = r.person_id AND p.ended_at IS NULL"
        f" WHERE r.until_at IS NULL AND r.unit_id IN ({_slots(unit_ids)}) ORDER BY r.id",
        *unit_ids,
    )
    return [HeldPost.model_validate(row) for row in rows]


async def charges(reader: Reader, unit_ids: Sequence[int]) -> list[Row]:
    """Return who is in charge of units: id, person_id and unit_id."""
    return await reader.fetch(
        "SELECT c.id, c.person_id, c.unit_id FROM charges c"  # noqa: S608 - slots
        " JOIN people p ON p.id = c.person_id AND p.ended_at IS NULL"
        f" WHERE c.until_at IS NULL AND c.unit_id IN ({_slots(unit_ids)}) ORDER BY c.id",
        *unit_ids,
    )


async def insert(
    tx: Transaction,
    kind: str,
    into_id: int,
    actor_id: int,
    at: datetime,
    facts: Mapping[str, Any],
    moved: Sequence[MovedTask],
) -> int:
    """Keep what is done, with the tasks it is about, and return its number."""
    row = await tx.fetch(
        "INSERT INTO mergers (kind, into_id, actor_id, made_at, facts) VALUES ($1, $2, $3, $4, $5)"
        " RETURNING id",
        kind,
        into_id,
        actor_id,
        at,
        json.dumps(facts, ensure_ascii=False),
    )
    merger_id = int(row[0]["id"])
    await tx.execute_many(
        "INSERT INTO merger_tasks (merger_id, task_id, unit_id, to_unit_id, lead_id, to_lead_id)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        [
            (merger_id, one.task_id, one.unit_id, one.to_unit_id, one.lead_id, one.to_lead_id)
            for one in moved
        ],
    )
    return merger_id


async def move_tasks(tx: Transaction, merger_id: int, outside: bool, back: bool = False) -> None:
    """Let the tasks of a merger be of the unit they go to, or (`back`) of the one they came from.

    No card grows old by it: their version stays.
    """
    to = "m.unit_id" if back else "m.to_unit_id"
    await tx.execute(
        f"UPDATE tasks SET {_column(outside)} = {to} FROM merger_tasks m"  # noqa: S608 - columns
        " WHERE m.merger_id = $1 AND m.task_id = tasks.id AND m.unit_id <> m.to_unit_id",
        merger_id,
    )


async def get(reader: Reader, merger_id: int) -> Merger | None:
    row = await reader.fetch_one("SELECT * FROM mergers WHERE id = $1", merger_id)
    return Merger.model_validate(row) if row else None


async def latest(reader: Reader, limit: int, offset: int = 0) -> list[Merger]:
    """Return what was done, the latest first."""
    rows = await reader.fetch(
        "SELECT * FROM mergers ORDER BY id DESC LIMIT $1 OFFSET $2", limit, offset
    )
    return [Merger.model_validate(row) for row in rows]


async def moved(reader: Reader, merger_id: int) -> list[MovedTask]:
    """Return the tasks of a merger, by number."""
    rows = await reader.fetch(
        "SELECT * FROM merger_tasks WHERE merger_id = $1 ORDER BY task_id", merger_id
    )
    return [MovedTask.model_validate(row) for row in rows]


async def undone(tx: Transaction, merger_id: int, actor_id: int, at: datetime) -> bool:
    """Note that a merger was undone; False when it was so already."""
    changed = await tx.execute(
        "UPDATE mergers SET undone_at = $3, undone_by_id = $2 WHERE id = $1 AND undone_at IS NULL",
        merger_id,
        actor_id,
        at,
    )
    return changed == 1
