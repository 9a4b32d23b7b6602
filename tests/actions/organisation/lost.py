"""Open tasks that have no living lead, or are in a unit that is no more."""

LOST = """
SELECT t.id FROM tasks t
LEFT JOIN task_people p ON p.task_id = t.id AND p.part = 'lead' AND p.until_at IS NULL
LEFT JOIN people w ON w.id = p.person_id AND w.ended_at IS NULL
LEFT JOIN units u ON u.id = t.unit_id AND u.ended_at IS NULL
WHERE t.closed_at IS NULL AND (w.id IS NULL OR u.id IS NULL)
"""
