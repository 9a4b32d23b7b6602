"""What somebody has in hand: open tasks by what they are to them, and its passing to another."""

from collections.abc import Sequence
from datetime import datetime

from storage.engine.database import Reader, Transaction
from storage.records import Holdings
from storage.tasks.task_conditions import Condition

_OPEN = "(t.closed_at IS NULL OR t.in_correction)"
"""A correction of a figure is decided after the task is done, too."""
_WITH_PART = (
    f"(SELECT COUNT(DISTINCT t.id) FROM task_people tp JOIN tasks t ON t.id = tp.task_id AND {_OPEN}"  # noqa: S608 - conditions
    " WHERE tp.person_id = $1 AND tp.until_at IS NULL AND tp.part = "
)


async def of(db: Reader, person_id: int, today: str) -> Holdings:
    """Count what somebody has in hand; `today` is the office's day, for the absences that last or come.

    Series are counted by whoever reads their fields, documents by `documents`.
    """
    row = await db.fetch_one(
        f"SELECT {_WITH_PART} 'lead') AS leads, {_WITH_PART} 'support') AS supports,"  # noqa: S608 - conditions
        f" {_WITH_PART} 'follow') AS follows,"
        f" (SELECT COUNT(*) FROM tasks t WHERE t.assigner_id = $1 AND {_OPEN}) AS assigns,"
        f" (SELECT COUNT(*) FROM tasks t WHERE t.decider_id = $1 AND {_OPEN}) AS undoes,"
        f" (SELECT COUNT(*) FROM tasks t WHERE t.assigner_id = $1 AND {_OPEN} AND (t.status ="
        "  'submitted' OR t.id IN (SELECT task_id FROM requests WHERE state = 'open'))) AS decides,"
        " (SELECT COUNT(*) FROM absences a JOIN people p ON p.id = a.person_id AND p.ended_at IS NULL"
        "  WHERE a.deputy_id = $1 AND a.ended_at IS NULL AND a.until_day >= $2) AS stands_in",
        person_id,
        today,
    )
    assert row is not None
    return Holdings.model_validate(row)


async def documents(db: Reader, person_id: int, seen: Condition) -> int:
    """Count the documents `d` that somebody entered, that meet a condition, and of which a task is open."""
    theirs = Condition("d.entered_by_id = $1", (person_id,)) & seen
    row = await db.fetch_one(
        "SELECT COUNT(*) AS documents FROM documents d WHERE d.id IN"  # noqa: S608 - conditions
        f" (SELECT t.document_id FROM tasks t WHERE t.closed_at IS NULL) AND {theirs.sql}",
        *theirs.values,
    )
    return int(row["documents"]) if row else 0


async def tasks_of(tx: Transaction, person_id: int) -> list[int]:
    """Return the open tasks somebody leads, supports, follows, assigned or decides on, by number.

    Nobody else changes them until the transaction is over.
    """
    lock = " FOR UPDATE OF t" if tx.engine == "postgres" else ""
    rows = await tx.fetch(
        f"SELECT t.id FROM tasks t WHERE {_OPEN} AND (t.assigner_id = $1 OR t.decider_id = $1"  # noqa: S608 - conditions
        " OR t.id IN (SELECT task_id FROM task_people WHERE person_id = $1 AND until_at IS NULL))"
        f" ORDER BY t.id{lock}",
        person_id,
    )
    return [int(row["id"]) for row in rows]


async def pass_parts(
    tx: Transaction, task_ids: Sequence[int], from_id: int, to_id: int, at: datetime
) -> None:
    """Let another support or follow these tasks in somebody's place, as far as that one had got.

    Who leads one of them already only takes over. Of following and supporting one, they do what asks more
    of them: support it, or, where a body outside leads, follow it in its lead's place.
    """
    ended = [(task_id, from_id, at) for task_id in task_ids]
    await tx.execute_many(
        "UPDATE task_people SET until_at = $3 WHERE task_id = $1 AND person_id = $2"
        " AND part <> 'lead' AND until_at IS NULL",
        ended,
    )
    await tx.execute_many(
        "UPDATE task_people SET until_at = $4 WHERE task_id = $1 AND person_id = $3"
        " AND part <> 'lead' AND until_at IS NULL AND EXISTS (SELECT 1 FROM task_people o"
        "  JOIN tasks t ON t.id = o.task_id WHERE t.id = $1 AND o.person_id = $2 AND o.until_at = $4"
        "  AND o.part = CASE WHEN t.body_id IS NULL THEN 'support' ELSE 'follow' END"
        "  AND o.part <> task_people.part)",
        [(task_id, from_id, to_id, at) for task_id in task_ids],
    )
    await tx.execute_many(
        "INSERT INTO task_people (task_id, person_id, unit_id, part, state, text_id, reported_at,"
        " from_at) SELECT o.task_id, $3, o.unit_id, o.part, o.state, o.text_id, o.reported_at, $4"
        " FROM task_people o WHERE o.task_id = $1 AND o.person_id = $2 AND o.until_at = $4"
        " AND o.part <> 'lead' AND NOT EXISTS (SELECT 1 FROM task_people n WHERE n.task_id = $1"
        " AND n.person_id = $3 AND n.until_at IS NULL)",
        [(task_id, from_id, to_id, at) for task_id in task_ids],
    )
