"""Who can be written to, and what waits for those who cannot."""

from datetime import datetime

from storage.engine.database import Database, Transaction
from storage.messaging.leases import in_order
from storage.records import Outgoing, Reach


async def mark_unreachable(tx: Transaction, person_id: int, reach: Reach) -> None:
    """Note that we cannot write to a person; what waits for them waits until `release`."""
    await tx.execute("UPDATE people SET reach = $2 WHERE id = $1", person_id, reach.value)
    await tx.execute(
        "UPDATE outbox SET state = 'unreachable', lease_owner = NULL, lease_until = NULL WHERE id IN ("  # noqa: S608 - fixed
        f" SELECT id FROM outbox WHERE person_id = $1 AND state = 'waiting' {in_order(tx)})",
        person_id,
    )


async def release(tx: Transaction, person_id: int) -> int:
    """Note that a person can be written to again; count the messages that waited for that.

    They have asked for them by coming: they hear them at any hour.
    """
    await tx.execute(
        "UPDATE people SET reach = 'reachable' WHERE id = $1 AND reach <> 'reachable'", person_id
    )
    return await tx.execute(
        "UPDATE outbox SET state = 'waiting', attempts = 0, priority = 0 WHERE id IN ("  # noqa: S608 - fixed
        f" SELECT id FROM outbox WHERE person_id = $1 AND state = 'unreachable' {in_order(tx)})",
        person_id,
    )


async def stuck(db: Database, person_id: int, since: datetime) -> list[Outgoing]:
    """Return what waits, since a moment, for somebody who cannot be written to to come back."""
    rows = await db.fetch(
        "SELECT id, kind, person_id, task_id, facts, priority, state, not_before, attempts,"
        " created_at FROM outbox WHERE state = 'unreachable' AND person_id = $1"
        " AND created_at >= $2 ORDER BY id LIMIT 100",
        person_id,
        since,
    )
    return [Outgoing.model_validate(row) for row in rows]
