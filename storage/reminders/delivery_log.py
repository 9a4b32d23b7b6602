"""What people hear: what waits to be said to one of them, and how much they were told of late."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from pydantic import ValidationError

from storage.engine.database import Reader, Transaction
from storage.records import Outgoing


async def due(db: Reader, person_id: int, now: datetime) -> list[Outgoing]:
    """Return what is due to be said to somebody and is not being said, the oldest first.

    Without what cannot be read: whoever says it gives it up.
    """
    rows = await db.fetch(
        "SELECT id, kind, person_id, task_id, facts, priority, state, not_before, attempts,"
        " created_at FROM outbox WHERE state = 'waiting' AND person_id = $1 AND not_before <= $2"
        " AND lease_owner IS NULL ORDER BY id LIMIT 100",
        person_id,
        now,
    )
    found = []
    for row in rows:
        with suppress(ValidationError):
            found.append(Outgoing.model_validate(row))
    return found


async def told_since(db: Reader, person_ids: Collection[int], since: datetime) -> dict[int, int]:
    """Return how many messages people were sent since a moment; not of cards put right in place."""
    slots = ", ".join(f"${n}" for n in range(2, 2 + len(person_ids)))
    rows = await db.fetch(
        "SELECT person_id, COUNT(*) AS told FROM outbox WHERE state = 'sent'"  # noqa: S608 - slots
        f" AND kind <> 'card.refresh' AND settled_at > $1 AND person_id IN ({slots})"
        " GROUP BY person_id",
        since,
        *person_ids,
    )
    return {int(row["person_id"]): int(row["told"]) for row in rows}


async def reminded_since(reader: Reader, person_id: int, since: datetime) -> list[int]:
    """Return the tasks of which somebody was reminded since a moment, the lowest number first."""
    rows = await reader.fetch(
        "SELECT DISTINCT task_id FROM outbox WHERE person_id = $1 AND created_at >= $2"
        " AND kind = 'reminder' AND state IN ('sent', 'folded') ORDER BY task_id",
        person_id,
        since,
    )
    return [int(row["task_id"]) for row in rows]


async def put_off(tx: Transaction, row: Outgoing, to: int, until: datetime) -> None:
    """Let somebody hear later what was passed on to them from a row."""
    await _change(tx, "not_before = $5", row, to, until)


async def leave_out(tx: Transaction, row: Outgoing, to: int, at: datetime) -> None:
    """Let somebody not hear what was passed on to them from a row: their digest has it."""
    await _change(tx, "state = 'never', settled_at = $5", row, to, at)


async def _change(tx: Transaction, columns: str, row: Outgoing, to: int, at: datetime) -> None:
    """Change what was passed on to somebody from a row, unless it is being said."""
    await tx.execute(
        f"UPDATE outbox SET {columns} WHERE person_id = $1 AND kind = $2"  # noqa: S608 - fixed texts
        " AND task_id = $3 AND created_at = $4 AND state = 'waiting' AND lease_owner IS NULL",
        to,
        row.kind,
        row.task_id,
        row.created_at,
        at,
    )
