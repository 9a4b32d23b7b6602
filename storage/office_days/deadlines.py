"""Open tasks with a deadline, as a calendar shows them."""

from storage.engine.database import Reader
from storage.records import DatedTask
from storage.tasks.task_conditions import Condition
from storage.tasks.tasks import SOONEST

_DATED = """
SELECT t.id, t.title, t.status, t.version, t.due_at, COALESCE(lead.name, body.name) AS lead_name,
       COALESCE(g.name, assigner.name) AS assigner_name, d.symbol AS document_symbol,
       COALESCE((SELECT e.at FROM events e WHERE e.task_id = t.id ORDER BY e.id DESC LIMIT 1),
                t.created_at) AS changed_at
FROM tasks t
JOIN people assigner ON assigner.id = t.assigner_id
LEFT JOIN task_people tp ON tp.task_id = t.id AND tp.part = 'lead' AND tp.until_at IS NULL
LEFT JOIN people lead ON lead.id = tp.person_id
LEFT JOIN units body ON body.id = t.body_id
LEFT JOIN leader_groups g ON g.id = t.group_id
LEFT JOIN documents d ON d.id = t.document_id
"""


async def dated(db: Reader, condition: Condition, limit: int) -> list[DatedTask]:
    """Return the tasks with a deadline that meet a condition, the soonest first."""
    rows = await db.fetch(
        f"{_DATED} WHERE t.due_at IS NOT NULL AND ({condition.sql})"
        f" ORDER BY {SOONEST} LIMIT ${len(condition.values) + 1}",
        *condition.values,
        limit,
    )
    return [DatedTask.model_validate(row) for row in rows]
