"""Disposal (tiêu hủy) of archived tasks by a list. The number, a line, and the hashes of each task stay."""

import json
from collections.abc import Sequence
from datetime import datetime

from storage.archive import archived_rows
from storage.engine.database import Reader, Transaction
from storage.engine.sqlite_work import moment_of
from storage.records import Disposal

_OF = "(SELECT task_id FROM archived_tasks WHERE disposal_id = $1)"
_WIPE = (
    "UPDATE tasks SET title = '', product = NULL, receiver = NULL, evidence_symbol = NULL,"
    " evidence_on = NULL, evidence_to = NULL WHERE id IN",
    "UPDATE files SET name = '', telegram_file_id = NULL WHERE task_id IN",
    "UPDATE requests SET facts = '{}' WHERE task_id IN",
    "UPDATE drafts SET fields = '{}' WHERE task_id IN",
    "UPDATE task_search SET title = '', document = '', said = '', files = '' WHERE rowid IN",
    "DELETE FROM undos WHERE task_id IN",
)
"""Statements that erase the words of a task outside its texts."""
_SERIES = (
    "UPDATE series SET fields = '{}' WHERE ended_at IS NOT NULL"  # noqa: S608 - written here
    f" AND id IN (SELECT series_id FROM tasks WHERE id IN {_OF}) AND NOT EXISTS ("
    " SELECT 1 FROM tasks t LEFT JOIN archived_tasks a ON a.task_id = t.id"
    " WHERE t.series_id = series.id AND a.disposed_at IS NULL AND COALESCE(a.disposal_id, 0) <> $1)"
)
"""Erases the fields of an ended series, because they repeat the words of its tasks.

It does so once all its tasks are disposed of or on this list.
"""
_MOST = 5000
"""Values of one statement: PostgreSQL takes 32,767."""


async def kept(db: Reader) -> list[tuple[int, datetime, str | None]]:
    """Return the packaged tasks that are on no list yet: number, when it ended, its document's symbol."""
    rows = await db.fetch(
        "SELECT a.task_id, t.closed_at, d.symbol FROM archived_tasks a"
        " JOIN tasks t ON t.id = a.task_id LEFT JOIN documents d ON d.id = t.document_id"
        " WHERE a.disposal_id IS NULL AND a.sha256 IS NOT NULL ORDER BY a.task_id"
    )
    return [(row["task_id"], moment_of(row["closed_at"]), row["symbol"]) for row in rows]


async def opened(db: Reader) -> Disposal | None:
    """Return the list that waits for a second person to decide; there is at most one."""
    row = await db.fetch_one("SELECT * FROM disposals WHERE state = 'open'")
    return Disposal.model_validate(row) if row else None


async def tasks_of(db: Reader, disposal_id: int) -> list[tuple[int, str]]:
    """Return the tasks of a list and the hashes of their lines in the package."""
    rows = await db.fetch(
        "SELECT task_id, sha256 FROM archived_tasks WHERE disposal_id = $1 ORDER BY task_id",
        disposal_id,
    )
    return [(row["task_id"], row["sha256"]) for row in rows]


async def propose(
    tx: Transaction, task_ids: Sequence[int], person_id: int, at: datetime
) -> Disposal | None:
    """Put tasks on a new list; None if another list waits, perhaps one proposed at this same moment."""
    row = await tx.fetch_one(
        "INSERT INTO disposals (state, proposed_by_id, proposed_at) VALUES ('open', $1, $2)"
        " ON CONFLICT DO NOTHING RETURNING *",
        person_id,
        at,
    )
    if row is None:
        return None
    made = Disposal.model_validate(row)
    await tx.execute_many(
        "UPDATE archived_tasks SET disposal_id = $2 WHERE task_id = $1 AND disposal_id IS NULL",
        [(one, made.id) for one in task_ids],
    )
    return made


async def decide(
    tx: Transaction, disposal_id: int, state: str, person_id: int, at: datetime
) -> bool:
    """End a list as "done" or "refused"; False if it had ended before."""
    changed = await tx.execute(
        "UPDATE disposals SET state = $2, decided_by_id = $3, decided_at = $4"
        " WHERE id = $1 AND state = 'open'",
        disposal_id,
        state,
        person_id,
        at,
    )
    if state == "refused":
        await tx.execute(
            "UPDATE archived_tasks SET disposal_id = NULL WHERE disposal_id = $1", disposal_id
        )
    return changed == 1


async def wipe(tx: Transaction, disposal_id: int, at: datetime) -> None:
    """Erase all words of the tasks of a list.

    A text stays if another task, another task's history, or a series that goes on also points to it. A series
    that ended loses its words together with its last task.
    """
    ids = [number for number, _ in await tasks_of(tx, disposal_id)]
    bundles = await archived_rows.bundles(tx, ids)
    text_ids = sorted({text["id"] for one in bundles for text in one.texts})
    alone = set(text_ids) - await _of_series(tx, disposal_id)
    for start in range(0, len(text_ids), _MOST):
        alone -= await _shared(tx, disposal_id, text_ids[start : start + _MOST])
    await tx.execute_many("UPDATE texts SET body = NULL WHERE id = $1", [(one,) for one in alone])
    for statement in _WIPE:
        await tx.execute(f"{statement} {_OF}", disposal_id)
    await tx.execute(_SERIES, disposal_id)
    await tx.execute(
        "UPDATE archived_tasks SET disposed_at = $2 WHERE disposal_id = $1", disposal_id, at
    )


async def files_gone(db: Reader) -> list[str]:
    """Return the hashes of the files that only disposed tasks had."""
    rows = await db.fetch(
        "SELECT f.sha256 FROM files f LEFT JOIN archived_tasks a ON a.task_id = f.task_id"
        " WHERE f.sha256 IN (SELECT g.sha256 FROM files g JOIN archived_tasks b"
        " ON b.task_id = g.task_id WHERE b.disposed_at IS NOT NULL)"
        " GROUP BY f.sha256 HAVING COUNT(*) = COUNT(a.disposed_at) ORDER BY f.sha256"
    )
    return [row["sha256"] for row in rows]


async def _shared(tx: Transaction, disposal_id: int, text_ids: Sequence[int]) -> set[int]:
    """Return those of these texts that something outside the tasks of a list points to."""
    slots = ", ".join(f"${n}" for n in range(2, len(text_ids) + 2))
    rows = await tx.fetch(
        f"SELECT text_id FROM events WHERE text_id IN ({slots})"  # noqa: S608 - slots
        f" AND (task_id IS NULL OR task_id NOT IN {_OF})"
        f" UNION SELECT text_id FROM tasks WHERE text_id IN ({slots}) AND id NOT IN {_OF}",
        disposal_id,
        *text_ids,
    )
    return {row["text_id"] for row in rows}


async def _of_series(tx: Transaction, disposal_id: int) -> set[int]:
    """Return the texts from which series that go on will make further tasks."""
    rows = await tx.fetch(
        "SELECT fields FROM series WHERE ended_at IS NULL AND id IN"  # noqa: S608 - written here
        f" (SELECT series_id FROM tasks WHERE id IN {_OF})",
        disposal_id,
    )
    return {json.loads(row["fields"]).get("text_id") for row in rows}
