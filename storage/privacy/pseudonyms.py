"""A pseudonym in place of who somebody was, once they left: their rows stay, and stay theirs."""

from datetime import datetime

from storage.engine.database import Reader, Transaction
from storage.messaging import cards

_PRIVATE = (
    "DELETE FROM reminded WHERE person_id = $1",
    "DELETE FROM inquiries WHERE person_id = $1",
    "DELETE FROM album_parts WHERE person_id = $1",
    "UPDATE outbox SET facts = '{}' WHERE person_id = $1",
    "UPDATE drafts SET fields = '{}', message_id = NULL, card_id = NULL,"
    " chat_id = CASE WHEN chat_id > 0 THEN 0 ELSE chat_id END WHERE person_id = $1",
)
"""What knows their private chat, whose number is that of their account, or what they wrote."""
_TASKS = """
SELECT id FROM tasks WHERE $1 IN (assigner_id, entered_by_id, decider_id, accepted_by_id)
UNION SELECT task_id FROM task_people WHERE person_id = $1
UNION SELECT task_id FROM requests WHERE $1 IN (asked_by, decided_by, person_id)
UNION SELECT task_id FROM check_items WHERE done_by = $1
UNION SELECT task_id FROM remarks WHERE $1 IN (author_id, answered_by)
UNION SELECT task_id FROM files WHERE person_id = $1
UNION SELECT task_id FROM events WHERE actor_id = $1 OR person_id = $1
UNION SELECT task_id FROM kept_events WHERE actor_id = $1 OR person_id = $1
UNION SELECT t.id FROM tasks t JOIN documents d ON d.id = t.document_id
      WHERE $1 IN (d.for_person_id, d.entered_by_id)
UNION SELECT t.id FROM tasks t JOIN documents d ON d.id = t.document_id
      JOIN events e ON e.document_id = d.id WHERE e.actor_id = $1
UNION SELECT t.id FROM tasks t JOIN series s ON s.id = t.series_id
      WHERE $1 IN (s.assigner_id, s.entered_by_id)
"""
"""The tasks whose rows, or what they point to, point to a person."""


async def replace(tx: Transaction, person_id: int, name: str, folded: str, at: datetime) -> bool:
    """Put a pseudonym in place of name, account and all else that tells who somebody was.

    False for who has not left, or has one already.
    """
    account = await tx.fetch_one(
        "SELECT telegram_id FROM people"
        " WHERE id = $1 AND ended_at IS NOT NULL AND pseudonym_at IS NULL",
        person_id,
    )
    if account is None:
        return False
    await tx.execute(
        "UPDATE people SET name = $2, folded = $3, pseudonym_at = $4, position = '',"
        " username = NULL, aliases = '[]', telegram_id = NULL, digest_at = NULL WHERE id = $1",
        person_id,
        name,
        folded,
        at,
    )
    await cards.forget(tx, person_id)
    for statement in _PRIVATE:
        await tx.execute(statement, person_id)
    await tx.execute(
        "UPDATE inbox SET lane = 0, body = NULL WHERE lane = $1 AND state <> 'waiting'",
        account["telegram_id"] or 0,
    )
    return True


async def packages(db: Reader, person_id: int) -> list[str]:
    """Return the names of the packages that were written while a person had their own name."""
    rows = await db.fetch(
        "SELECT DISTINCT a.id, a.name FROM archives a JOIN archived_tasks t ON t.archive_id = a.id"  # noqa: S608 - written here
        f" WHERE a.made_at IS NOT NULL AND t.task_id IN ({_TASKS}) ORDER BY a.id",
        person_id,
    )
    return [row["name"] for row in rows]
