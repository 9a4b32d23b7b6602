"""Which morning digests were planned: one a person and day, however often the bot looks."""

from datetime import datetime

from storage.database import Transaction

_CONCERNED = """
SELECT tp.person_id FROM task_people tp JOIN tasks t ON t.id = tp.task_id
WHERE tp.until_at IS NULL AND tp.part = 'lead' AND t.closed_at IS NULL AND t.submitted_at IS NULL
  AND t.late_from <= $2 AND t.status <> 'paused'
UNION
SELECT t.assigner_id FROM tasks t WHERE t.closed_at IS NULL AND t.status = 'submitted'
UNION
SELECT t.assigner_id FROM requests r JOIN tasks t ON t.id = r.task_id WHERE r.state = 'open'
"""


async def plan(tx: Transaction, day: str, due_by: datetime) -> list[int]:
    """Record today's digest for everyone who owes a result by then or must decide; return them.

    Whoever already has one for the day is left out.
    """
    rows = await tx.fetch(
        "INSERT INTO digests (person_id, day)"  # noqa: S608 - a constant
        f" SELECT c.person_id, CAST($1 AS TEXT) FROM ({_CONCERNED}) c"
        " JOIN people p ON p.id = c.person_id AND p.reach = 'reachable' WHERE TRUE"
        " ON CONFLICT DO NOTHING RETURNING person_id",
        day,
        due_by,
    )
    return [int(row["person_id"]) for row in rows]
