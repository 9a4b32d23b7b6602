"""All that is held on one person, for them to have on request (domain.md, section 6)."""

from collections.abc import Mapping
from typing import Any

from storage.archive.archived_rows import plain
from storage.engine.database import Reader

_HELD = {
    "person": "SELECT * FROM people WHERE id = $1",
    "roles": "SELECT r.role, u.name AS unit, r.from_at, r.until_at FROM roles r"
    " LEFT JOIN units u ON u.id = r.unit_id WHERE r.person_id = $1 ORDER BY r.id",
    "charges": "SELECT u.name AS unit, c.from_at, c.until_at FROM charges c"
    " JOIN units u ON u.id = c.unit_id WHERE c.person_id = $1 ORDER BY c.id",
    "absences": "SELECT from_day, until_day, created_at, ended_at FROM absences"
    " WHERE person_id = $1 ORDER BY id",
    "groups": "SELECT g.name, m.from_at, m.until_at FROM leader_group_members m"
    " JOIN leader_groups g ON g.id = m.group_id WHERE m.person_id = $1 ORDER BY m.id",
    "tasks": "SELECT t.id AS task_id, t.title, p.part, p.from_at, p.until_at FROM task_people p"
    " JOIN tasks t ON t.id = p.task_id WHERE p.person_id = $1 ORDER BY p.id",
    "assigned": "SELECT id AS task_id, title, created_at FROM tasks"
    " WHERE assigner_id = $1 OR entered_by_id = $1 ORDER BY id",
    "said": "SELECT e.at, e.task_id, e.kind, x.body FROM events e"
    " LEFT JOIN texts x ON x.id = e.text_id WHERE e.actor_id = $1 ORDER BY e.id",
    "files": "SELECT task_id, name, size, created_at FROM files WHERE person_id = $1 ORDER BY id",
    "drafts": "SELECT kind, fields, created_at, ended_at FROM drafts WHERE person_id = $1 ORDER BY id",
    "questions": "SELECT fields, asked_at FROM inquiries WHERE person_id = $1 ORDER BY id",
    "messages": "SELECT kind, task_id, state, created_at, settled_at FROM outbox"
    " WHERE person_id = $1 ORDER BY id",
}
"""Where something of a person stands: in the order in which it is shown."""


async def held_on(db: Reader, person_id: int) -> dict[str, list[Mapping[str, Any]]]:
    """Return the rows that are about a person or written by them, by what they are."""
    return {
        name: [plain(row) for row in await db.fetch(sql, person_id)] for name, sql in _HELD.items()
    }
