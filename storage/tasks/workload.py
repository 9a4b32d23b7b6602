"""What people have in hand, and what they have done, for the division of labour."""

import asyncio
from collections.abc import Collection, Sequence, Set
from datetime import datetime

from storage.engine.database import Reader, Row
from storage.records import Carried, Finished
from storage.tasks.task_conditions import among

MOST_ASKED = 300
"""Of more people all that is open is read instead, and what is others' left out."""
MOST_PAST = 5000


async def carried(db: Reader, people: Collection[int]) -> list[Carried]:
    """Return the parts of these people in open tasks that still want work of them, by task.

    What is handed in, paused or reported wants none; of a task that waits for its parts, these do.
    """
    named = among("p.person_id", people)
    some = len(people) <= MOST_ASKED
    rows = await db.fetch(
        "SELECT p.person_id, t.id AS task_id, p.part, t.urgency, t.due_at, t.effort, t.percent"  # noqa: S608 - slots
        " FROM tasks t JOIN task_people p ON p.task_id = t.id"
        " WHERE t.closed_at IS NULL AND p.until_at IS NULL AND p.person_id IS NOT NULL"
        " AND ((t.status IN ('assigned', 'in_progress', 'returned')"
        "   AND (p.part = 'lead' OR (p.part = 'support' AND p.state = 'owes')))"
        "  OR (t.status = 'submitted' AND t.done_when = 'all_parts' AND p.part = 'support'"
        "   AND p.state = 'owes'))"
        f" AND {named.sql if some else 'TRUE'} ORDER BY t.id, p.id",
        *(named.values if some else ()),
    )
    return await asyncio.to_thread(_read, rows, set(people))


def _read(rows: Sequence[Row], people: Set[int]) -> list[Carried]:
    """Read those rows in a thread of its own: of a whole office they are many."""
    return [Carried.model_validate(row) for row in rows if row["person_id"] in people]


async def finished(db: Reader, people: Collection[int], since: datetime) -> list[Finished]:
    """Return what these people led and had accepted since a moment, told apart by title and product."""
    named = among("p.person_id", people)
    n = len(named.values)
    rows = await db.fetch(
        "SELECT p.person_id, t.title, t.product, COUNT(*) AS count"  # noqa: S608 - slots
        " FROM task_people p JOIN tasks t ON t.id = p.task_id"
        f" WHERE {named.sql} AND p.until_at IS NULL AND p.part = 'lead' AND t.status = 'done'"
        f" AND t.closed_at >= ${n + 1} GROUP BY p.person_id, t.title, t.product"
        f" ORDER BY MAX(t.id) DESC LIMIT {MOST_PAST}",
        *named.values,
        since,
    )
    return [Finished.model_validate(row) for row in rows]
