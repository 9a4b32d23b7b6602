"""The last step of each task, which its maker may undo, and what stood before it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypedDict

from storage.engine.database import Reader, Transaction
from storage.records import Undo

_BESIDE = (
    "SELECT 'said' AS what, COALESCE(MAX(id), 0) AS id, '' AS state FROM outbox WHERE task_id = $1"
    " UNION ALL SELECT 'requests', id, state FROM requests"
    "  WHERE task_id = $1 AND state IN ('open', 'offered')"
    " UNION ALL SELECT 'parts', id, state FROM task_people"
    "  WHERE task_id = $1 AND until_at IS NULL"
)


class Beside(TypedDict):
    """What stands beside a task: its newest message, its open requests and its current parts.

    Requests and parts are pairs of id and state.
    """

    said: int
    requests: list[tuple[int, str]]
    parts: list[tuple[int, str]]


class Step(NamedTuple):
    """A step that was made; `version` is the task's version after it."""

    task_id: int
    person_id: int
    kind: str
    version: int
    made_at: datetime


async def beside(tx: Transaction, task_id: int) -> Beside:
    """Return what stands beside a task, before a step changes it."""
    found: Beside = {"said": 0, "requests": [], "parts": []}
    for row in await tx.fetch(_BESIDE, task_id):
        if row["what"] == "said":
            found["said"] = row["id"]
        elif row["what"] == "requests":
            found["requests"].append((row["id"], row["state"]))
        else:
            found["parts"].append((row["id"], row["state"]))
    return found


async def put(tx: Transaction, step: Step, before: Mapping[str, Any]) -> None:
    """Store a step in place of the task's last one."""
    await tx.execute_many(
        "INSERT INTO undos (task_id, person_id, kind, version, made_at, before)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (task_id) DO UPDATE SET"
        " person_id = EXCLUDED.person_id, kind = EXCLUDED.kind, version = EXCLUDED.version,"
        " made_at = EXCLUDED.made_at, before = EXCLUDED.before",
        [(*step, json.dumps(before, ensure_ascii=False))],
    )


async def last(db: Reader, task_id: int) -> Undo | None:
    """Return the last step of a task that could be undone; it may be too old, or others may have acted on it."""
    row = await db.fetch_one(
        "SELECT u.*, EXISTS (SELECT 1 FROM events e"
        " WHERE e.at = u.made_at AND e.actor_id = u.person_id AND e.task_id IN ("
        "  SELECT id FROM tasks WHERE parent_id = u.task_id"
        "  UNION SELECT parent_id FROM tasks WHERE id = u.task_id AND parent_id IS NOT NULL"
        " )) OR EXISTS (SELECT 1 FROM mergers g WHERE g.made_at >= u.made_at"
        "  OR g.undone_at >= u.made_at)"
        " OR EXISTS (SELECT 1 FROM tasks t JOIN tasks w ON w.id = t.parent_id"
        "  WHERE t.id = u.task_id AND w.closed_at >= u.made_at)"
        " OR EXISTS (SELECT 1 FROM people p WHERE p.ended_at >= u.made_at AND p.id IN ("
        "  SELECT person_id FROM task_people WHERE task_id = u.task_id"
        "  UNION SELECT assigner_id FROM tasks WHERE id = u.task_id"
        "  UNION SELECT decider_id FROM tasks WHERE id = u.task_id"
        " )) AS drew_others FROM undos u WHERE u.task_id = $1",
        task_id,
    )
    return Undo.model_validate(row) if row else None


async def forget(tx: Transaction, undo_id: int) -> None:
    """Delete a step that was undone."""
    await tx.execute("DELETE FROM undos WHERE id = $1", undo_id)


async def restore_parts(
    tx: Transaction, task_id: int, before: list[tuple[int, str]], at: datetime
) -> None:
    """Reopen the parts that the step ended, and end those that it began."""
    await tx.execute(
        "UPDATE task_people SET until_at = $2 WHERE task_id = $1 AND until_at IS NULL", task_id, at
    )
    await tx.execute_many(
        "UPDATE task_people SET until_at = NULL, state = $3 WHERE task_id = $1 AND id = $2",
        [(task_id, part_id, state) for part_id, state in before],
    )


async def restore_requests(
    tx: Transaction, task_id: int, before: list[tuple[int, str]], at: datetime
) -> None:
    """Reopen the requests that the step closed, and withdraw the one that it made."""
    await tx.execute(
        "UPDATE requests SET state = 'withdrawn', decided_at = $2"
        " WHERE task_id = $1 AND state IN ('open', 'offered')",
        task_id,
        at,
    )
    await tx.execute_many(
        "UPDATE requests SET state = $3,"
        " decided_at = CASE WHEN CAST($3 AS TEXT) = 'open' THEN NULL ELSE decided_at END,"
        " decided_by = CASE WHEN CAST($3 AS TEXT) = 'open' THEN NULL ELSE decided_by END"
        " WHERE task_id = $1 AND id = $2",
        [(task_id, request_id, state) for request_id, state in before],
    )
