"""The tasks of a report, in one read: every figure of it is counted from these rows."""

import asyncio
from collections.abc import Sequence

from storage.engine.database import Reader, Row
from storage.records import ReportLine
from storage.tasks.task_conditions import Condition

_LINES = """
SELECT t.id, t.title, t.product, t.urgency, t.status, t.in_correction, t.created_at, t.due_at,
       t.late_from, t.has_clock, t.first_due_at, t.first_late_from, t.submitted_at, t.closed_at,
       t.percent, t.extensions, t.quality, t.evidence_symbol AS evidence,
       u.id AS owner_id, u.name AS owner, above.name AS above,
       lead.id AS lead_id, lead.name AS lead, COALESCE(g.name, assigner.name) AS assigner,
       decider.name AS decider, d.symbol AS document, blocker.body AS blocker,
       note.body AS reported, asked.body AS asked,
       (SELECT COUNT(*) FROM events e WHERE e.task_id = t.id AND e.kind = 'task.return') AS returned
FROM tasks t
JOIN people assigner ON assigner.id = t.assigner_id
LEFT JOIN leader_groups g ON g.id = t.group_id
LEFT JOIN task_people tp ON tp.task_id = t.id AND tp.part = 'lead' AND tp.until_at IS NULL
LEFT JOIN people lead ON lead.id = tp.person_id
LEFT JOIN units u ON u.id = COALESCE(t.body_id, t.unit_id)
LEFT JOIN units above ON above.id = u.parent_id
LEFT JOIN people decider ON decider.id = t.decider_id
LEFT JOIN documents d ON d.id = t.document_id
LEFT JOIN texts blocker ON blocker.id = t.blocker_id
LEFT JOIN texts note ON note.id = t.note_id
LEFT JOIN requests r ON r.id = (
  SELECT MAX(id) FROM requests WHERE task_id = t.id AND kind = 'extension')
LEFT JOIN texts asked ON asked.id = r.text_id
"""


async def lines(db: Reader, condition: Condition) -> list[ReportLine]:
    """Return the tasks that meet a condition on `t` alone, by number, without the cancelled ones."""
    rows = await db.fetch(
        f"{_LINES} WHERE t.status <> 'cancelled' AND ({condition.sql}) ORDER BY t.id",
        *condition.values,
    )
    return await asyncio.to_thread(_read, rows)  # a year's are many: the others are answered


def _read(rows: Sequence[Row]) -> list[ReportLine]:
    return [ReportLine.model_validate(row) for row in rows]
