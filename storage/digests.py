"""Which mornings had their digests: once a day, however often the bot looks or restarts."""

from collections.abc import Collection
from datetime import datetime

from storage.database import Transaction


async def begin(tx: Transaction, day: str) -> bool:
    """Record that a day's digests are planned; False when they were before."""
    return (
        await tx.execute("INSERT INTO digests (day) VALUES ($1) ON CONFLICT DO NOTHING", day) == 1
    )


async def concerned(tx: Transaction, due_by: datetime) -> list[int]:
    """Return everyone who owes a part by then, or must decide on something.

    For one person it is `conditions.owed` and `conditions.to_decide`; a test holds them together.
    """
    rows = await tx.fetch(
        "SELECT p.id FROM people p WHERE p.ended_at IS NULL AND p.id IN ("
        " SELECT COALESCE(tp.person_id, h.person_id) FROM task_people tp"
        "  JOIN tasks t ON t.id = tp.task_id"
        "  LEFT JOIN roles h ON h.unit_id = tp.unit_id AND h.role = 'head' AND h.until_at IS NULL"
        "   AND tp.person_id IS NULL"
        "  WHERE tp.until_at IS NULL AND t.late_from <= $1"
        "  AND ((t.status IN ('assigned', 'in_progress', 'returned')"
        "    AND (tp.part = 'lead' OR (tp.part = 'follow' AND t.body_id IS NOT NULL)))"
        "   OR ((t.status IN ('assigned', 'in_progress', 'returned')"
        "     OR (t.status = 'submitted' AND t.done_when = 'all_parts'))"
        "    AND tp.part = 'support' AND tp.state = 'owes'))"
        " UNION SELECT t.assigner_id FROM tasks t WHERE t.status = 'submitted'"
        " UNION SELECT t.assigner_id FROM requests r JOIN tasks t ON t.id = r.task_id"
        "  WHERE r.state = 'open' AND (t.closed_at IS NULL OR r.kind = 'correction')"
        " UNION SELECT tp.person_id FROM requests r JOIN tasks t ON t.id = r.task_id"
        "  JOIN task_people tp ON tp.task_id = t.id AND tp.until_at IS NULL"
        "   AND (tp.part = 'lead' OR (tp.part = 'follow' AND t.body_id IS NOT NULL))"
        "  WHERE r.state = 'offered' AND t.closed_at IS NULL"
        " UNION SELECT g.person_id FROM leader_group_members g JOIN tasks t ON t.group_id = g.group_id"
        "  WHERE g.until_at IS NULL AND t.closed_at IS NULL AND (t.status = 'submitted'"
        "  OR t.id IN (SELECT task_id FROM requests WHERE state = 'open'))"
        " UNION SELECT tp.person_id FROM task_people tp JOIN tasks t ON t.id = tp.task_id"
        "  WHERE tp.until_at IS NULL AND (tp.part = 'lead' OR (tp.part = 'follow'"
        "  AND t.body_id IS NOT NULL)) AND t.closed_at IS NULL"
        "  AND t.id IN (SELECT task_id FROM remarks WHERE answered_at IS NULL)"
        ") ORDER BY p.id",
        due_by,
    )
    return [int(row["id"]) for row in rows]


async def reachable(tx: Transaction, person_ids: Collection[int]) -> list[int]:
    """Return which of these people can be written to."""
    rows = await tx.fetch("SELECT id FROM people WHERE reach = 'reachable' AND ended_at IS NULL")
    found = {int(row["id"]) for row in rows}
    return [person_id for person_id in person_ids if person_id in found]
