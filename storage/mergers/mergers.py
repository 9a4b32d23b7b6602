"""Units merged, split and dissolved: what was done, with the tasks that went over and those in the way."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from storage.engine.database import Reader, Row, Transaction
from storage.records import HeldPost, Merger, MovedTask, OpenTask
from storage.tasks.task_conditions import Condition


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
        f"SELECT t.id, t.{column} AS unit_id, p.person_id AS lead_id, t.assigner_id, t.decider_id"  # noqa: S608 - slots
        " FROM tasks t LEFT JOIN task_people p ON p.task_id = t.id AND p.part = 'lead'"
        f" AND p.until_at IS NULL WHERE t.closed_at IS NULL AND t.{column} IN ({_slots(unit_ids)})"
        f"{mine} ORDER BY t.id",
        *unit_ids,
    )
    return [OpenTask(**row) for row in rows]


async def alone(tx: Transaction) -> None:
    """Wait for all who give tasks to people by their posts, and for other mergers; they wait for us.

    It comes right after `people.lock`, and for them before all they write: who waits for it holds
    nothing that a merger needs.
    """
    if tx.engine == "postgres":
        await tx.execute("LOCK TABLE mergers IN EXCLUSIVE MODE")


async def hold_tasks(tx: Transaction, unit_ids: Sequence[int], outside: bool) -> None:
    """Let nobody else change the open tasks of units until the transaction is over."""
    if tx.engine == "postgres":
        await tx.fetch(
            f"SELECT id FROM tasks WHERE closed_at IS NULL AND {_column(outside)}"  # noqa: S608 - slots
            f" IN ({_slots(unit_ids)}) ORDER BY id FOR NO KEY UPDATE",
            *unit_ids,
        )


async def hold_moved(tx: Transaction, merger_id: int) -> None:
    """Let nobody else change the tasks of a merger until the transaction is over."""
    if tx.engine == "postgres":
        await tx.fetch(
            "SELECT t.id FROM tasks t JOIN merger_tasks m ON m.task_id = t.id"
            " WHERE m.merger_id = $1 ORDER BY t.id FOR NO KEY UPDATE OF t",
            merger_id,
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


async def unit_counts(reader: Reader, unit_id: int, outside: bool) -> dict[str, int]:
    """Return how many people, tasks open and closed, parts and files a unit has."""
    column = _column(outside)
    mine = f"t.{column} = $1" + ("" if outside else " AND t.body_id IS NULL")
    row = await reader.fetch_one(
        "SELECT (SELECT COUNT(DISTINCT r.person_id) FROM roles r JOIN people p ON p.id = r.person_id"  # noqa: S608 - columns
        "  AND p.ended_at IS NULL WHERE r.unit_id = $1 AND r.until_at IS NULL) AS people,"
        f" (SELECT COUNT(*) FROM tasks t WHERE t.closed_at IS NULL AND {mine}) AS open_tasks,"
        " (SELECT COALESCE(SUM(k.tasks), 0) FROM tallies k WHERE k.span = 'all'"
        f"  AND k.{column} = $1) AS closed_tasks,"
        " (SELECT COUNT(*) FROM task_people p JOIN tasks t ON t.id = p.task_id AND t.closed_at IS NULL"
        "  WHERE p.unit_id = $1 AND p.until_at IS NULL) AS parts,"
        " (SELECT COUNT(*) FROM tasks t JOIN files f ON f.task_id = t.id"
        f"  WHERE t.closed_at IS NULL AND {mine}) AS files",
        unit_id,
    )
    assert row is not None
    return {name: int(value) for name, value in row.items()}


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
        "INSERT INTO merger_tasks (merger_id, task_id, unit_id, to_unit_id, lead_id, to_lead_id,"
        " decider_id) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        [(merger_id, *one) for one in moved],
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


_HANDED = "m.merger_id = $1 AND COALESCE(m.lead_id, 0) <> COALESCE(m.to_lead_id, 0)"


async def hand_leads(tx: Transaction, merger_id: int, at: datetime) -> None:
    """Let those lead the tasks of a merger who are to; its card grows old by it.

    Another part they had in one ends, and who leads does not decide.
    """
    await _lead(tx, merger_id, "to_lead_id", at)
    await tx.execute(
        "UPDATE tasks SET unit_id = m.to_unit_id, version = tasks.version + 1,"  # noqa: S608 - one condition
        " decider_id = NULLIF(tasks.decider_id, m.to_lead_id) FROM merger_tasks m"
        f" WHERE {_HANDED} AND m.to_lead_id IS NOT NULL AND m.task_id = tasks.id",
        merger_id,
    )


async def hand_leads_back(tx: Transaction, merger_id: int, at: datetime) -> None:
    """Let those lead and decide again who did, and those have their other parts whom it had made leads."""
    await _lead(tx, merger_id, "lead_id", at)
    await tx.execute(
        "UPDATE task_people SET until_at = NULL FROM merger_tasks m, mergers g"  # noqa: S608 - one condition
        f" WHERE {_HANDED} AND g.id = m.merger_id AND m.task_id = task_people.task_id"
        " AND task_people.person_id = m.to_lead_id AND task_people.part <> 'lead'"
        " AND task_people.until_at = g.made_at",
        merger_id,
    )
    await tx.execute(
        "UPDATE tasks SET unit_id = m.unit_id, version = tasks.version + 1,"  # noqa: S608 - one condition
        " decider_id = COALESCE(tasks.decider_id, m.decider_id) FROM merger_tasks m"
        f" WHERE {_HANDED} AND m.lead_id IS NOT NULL AND m.task_id = tasks.id",
        merger_id,
    )


async def _lead(tx: Transaction, merger_id: int, column: str, at: datetime) -> None:
    lead = f"m.{column}"
    await tx.execute(
        "UPDATE task_people SET until_at = $2 FROM merger_tasks m"  # noqa: S608 - columns
        f" WHERE {_HANDED} AND {lead} IS NOT NULL AND m.task_id = task_people.task_id"
        f" AND task_people.until_at IS NULL AND (task_people.part = 'lead' OR task_people.person_id = {lead})",
        merger_id,
        at,
    )
    await tx.execute(
        "INSERT INTO task_people (task_id, person_id, part, from_at)"  # noqa: S608 - columns
        f" SELECT m.task_id, {lead}, 'lead', $2 FROM merger_tasks m"
        f" WHERE {_HANDED} AND {lead} IS NOT NULL",
        merger_id,
        at,
    )


async def keep(tx: Transaction, merger_id: int, facts: Mapping[str, Any]) -> None:
    """Keep the facts of a merger as they are at its end."""
    said = json.dumps(facts, ensure_ascii=False)
    await tx.execute("UPDATE mergers SET facts = $2 WHERE id = $1", merger_id, said)


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
        "SELECT task_id, unit_id, to_unit_id, lead_id, to_lead_id, decider_id FROM merger_tasks"
        " WHERE merger_id = $1 ORDER BY task_id",
        merger_id,
    )
    return [MovedTask(**row) for row in rows]


async def undone(tx: Transaction, merger_id: int, actor_id: int, at: datetime) -> bool:
    """Note that a merger was undone; False when it was so already."""
    changed = await tx.execute(
        "UPDATE mergers SET undone_at = $3, undone_by_id = $2 WHERE id = $1 AND undone_at IS NULL",
        merger_id,
        actor_id,
        at,
    )
    return changed == 1


async def newer(reader: Reader, merger_id: int, unit_ids: Sequence[int]) -> int:
    """Return how many later mergers, not undone, are about any of these units."""
    rows = await reader.fetch(
        "SELECT into_id, facts FROM mergers WHERE id > $1 AND undone_at IS NULL", merger_id
    )
    wanted = set(unit_ids)
    return sum(
        not wanted.isdisjoint((row["into_id"], *json.loads(row["facts"])["wish"]["units"]))
        for row in rows
    )


async def tasks_gone_on(reader: Reader, merger_id: int, outside: bool) -> int:
    """Return how many tasks of a merger are over since, or of another unit or lead."""
    row = await reader.fetch_one(
        "SELECT COUNT(*) AS tasks FROM merger_tasks m JOIN tasks t ON t.id = m.task_id"  # noqa: S608 - column
        " LEFT JOIN task_people p ON p.task_id = t.id AND p.part = 'lead' AND p.until_at IS NULL"
        " WHERE m.merger_id = $1 AND (t.closed_at IS NOT NULL"
        f" OR COALESCE(t.{_column(outside)}, 0) <> m.to_unit_id"
        " OR COALESCE(p.person_id, 0) <> COALESCE(m.to_lead_id, 0))",
        merger_id,
    )
    return int(row["tasks"]) if row else 0


async def all_tasks(reader: Reader, unit_id: int, outside: bool) -> list[int]:
    """Return the tasks of a unit, open and over."""
    rows = await reader.fetch(
        f"SELECT id FROM tasks WHERE {_column(outside)} = $1",  # noqa: S608 - column
        unit_id,
    )
    return [int(row["id"]) for row in rows]


def of_merger(merger_id: int) -> Condition:
    """The tasks that a merger was about."""
    return Condition(
        "t.id IN (SELECT task_id FROM merger_tasks WHERE merger_id = $1)", (merger_id,)
    )


def of_units(unit_ids: Collection[int], outside: bool) -> Condition:
    """The tasks of units that are over: the archive of those that ended."""
    closed = f"t.closed_at IS NOT NULL AND t.{_column(outside)} IN ({_slots(unit_ids)})"
    return Condition(closed, tuple(unit_ids))


async def held_now(reader: Reader, wanted: Condition) -> list[Row]:
    """Return tasks, all columns, with who holds them now: lead_name and unit_name, by number."""
    return await reader.fetch(
        "SELECT t.*, COALESCE(p.name, b.name) AS lead_name, u.name AS unit_name FROM tasks t"  # noqa: S608 - conditions
        " LEFT JOIN task_people tp ON tp.task_id = t.id AND tp.part = 'lead'"
        " AND tp.until_at IS NULL LEFT JOIN people p ON p.id = tp.person_id"
        " LEFT JOIN units u ON u.id = t.unit_id LEFT JOIN units b ON b.id = t.body_id"
        f" WHERE {wanted.sql} ORDER BY t.id",
        *wanted.values,
    )


async def numbers_of(reader: Reader, wanted: Condition) -> set[int]:
    """Return the numbers of the tasks that meet a condition."""
    rows = await reader.fetch(f"SELECT t.id FROM tasks t WHERE {wanted.sql}", *wanted.values)  # noqa: S608 - conditions
    return {int(row["id"]) for row in rows}


async def files_of(reader: Reader, wanted: Condition) -> list[Row]:
    """Return the files of tasks: task_id, name, size and sha256, by task."""
    return await reader.fetch(
        "SELECT f.task_id, f.name, f.size, f.sha256 FROM tasks t JOIN files f ON f.task_id = t.id"  # noqa: S608 - conditions
        f" WHERE {wanted.sql} ORDER BY f.task_id, f.id",
        *wanted.values,
    )
