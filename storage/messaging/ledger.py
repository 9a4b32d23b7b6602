"""The ledger of delivery: what did not get through, when and why, and how it stands; no words of messages.

When a message was queued and how it ended stands in its row of the outbox; here is each time it was
put off or given up. Reasons are kinds, such as "flooded" or "blocked".
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from storage.engine.database import Reader, Transaction
from storage.records import Failure, Health, Unreached


async def note(
    tx: Transaction, message_ids: Sequence[int], outcome: str, reason: str, at: datetime
) -> None:
    """Write down that messages were put_off, unreachable or failed."""
    await tx.execute_many(
        "INSERT INTO attempts (message_id, outcome, reason, at) VALUES ($1, $2, $3, $4)",
        [(one, outcome, reason, at) for one in message_ids],
    )


async def health(db: Reader, now: datetime, day_ago: datetime) -> Health:
    """Count by the office's clock what waits, and how what ended since a moment ended."""
    row = await db.fetch_one(
        "SELECT (SELECT COUNT(*) FROM outbox WHERE state = 'waiting' AND not_before <= $1) AS waiting,"
        " (SELECT COUNT(*) FROM outbox WHERE state = 'waiting' AND attempts > 0) AS put_off,"
        " (SELECT MIN(not_before) FROM outbox WHERE state = 'waiting' AND not_before <= $1) AS oldest,"
        " COUNT(*) FILTER (WHERE state = 'sent') AS sent,"
        " COUNT(*) FILTER (WHERE state = 'folded') AS folded,"
        " COUNT(*) FILTER (WHERE state = 'failed') AS failed"
        " FROM outbox WHERE settled_at > $2",
        now,
        day_ago,
    )
    assert row is not None
    return Health.model_validate(dict(row))


async def reasons(db: Reader, since: datetime) -> list[tuple[str, str, int]]:
    """Return outcome, reason and how often since a moment, the most frequent first."""
    rows = await db.fetch(
        "SELECT outcome, reason, COUNT(*) AS times FROM attempts WHERE at > $1"
        " GROUP BY outcome, reason ORDER BY COUNT(*) DESC, outcome, reason",
        since,
    )
    return [(row["outcome"], row["reason"], int(row["times"])) for row in rows]


async def failures(db: Reader, limit: int) -> list[Failure]:
    """Return the newest messages that were given up."""
    rows = await db.fetch(
        "SELECT o.id, o.kind, p.name, o.task_id, o.settled_at, (SELECT a.reason FROM attempts a"
        "  WHERE a.message_id = o.id ORDER BY a.id DESC LIMIT 1) AS reason FROM outbox o"
        " JOIN people p ON p.id = o.person_id WHERE o.state = 'failed' ORDER BY o.id DESC LIMIT $1",
        limit,
    )
    return [Failure.model_validate(dict(row)) for row in rows]


async def unreached(db: Reader, unit_ids: Collection[int] | None) -> list[Unreached]:
    """Return for whom something waits that they cannot be told, of these units (None: of all)."""
    if unit_ids is not None and not unit_ids:
        return []
    slots = ", ".join(f"${n}" for n in range(1, len(unit_ids or ()) + 1))
    theirs = f" AND r.unit_id IN ({slots})" if unit_ids is not None else ""
    rows = await db.fetch(
        "SELECT p.id, p.name, p.reach, COUNT(*) AS messages, COUNT(DISTINCT o.task_id) AS tasks,"  # noqa: S608 - slots
        " MIN(o.created_at) AS since, MAX(o.created_at) AS latest FROM outbox o JOIN people p ON p.id = o.person_id"
        " WHERE o.state = 'unreachable' AND p.ended_at IS NULL AND EXISTS (SELECT 1 FROM roles r"
        f"  WHERE r.person_id = p.id AND r.until_at IS NULL{theirs})"
        " GROUP BY p.id, p.name, p.reach ORDER BY COUNT(*) DESC, p.id",
        *(unit_ids or ()),
    )
    return [Unreached.model_validate(dict(row)) for row in rows]


async def missing_since(db: Reader, since: datetime) -> list[tuple[int, int]]:
    """Return person and unit of those whom something from a moment on could not be told."""
    rows = await db.fetch(
        "SELECT DISTINCT p.id, r.unit_id FROM outbox o JOIN people p ON p.id = o.person_id"
        " JOIN roles r ON r.person_id = p.id AND r.until_at IS NULL AND r.unit_id IS NOT NULL"
        " WHERE o.state = 'unreachable' AND o.created_at >= $1 AND p.ended_at IS NULL",
        since,
    )
    return [(int(row["id"]), int(row["unit_id"])) for row in rows]
