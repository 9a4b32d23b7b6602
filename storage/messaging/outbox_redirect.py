"""What waits and is not said to whom it was for: passed on, dropped, or taken back with its step."""

import json
from collections.abc import Sequence
from datetime import datetime

from storage.engine.database import Transaction
from storage.messaging.leases import in_order
from storage.messaging.outbox_results import RESTING, SILENT
from storage.records import Outgoing

_NEAR = 1000  # rows put in the same transaction stand so near to each other
_HAND_ON = """
INSERT INTO outbox
  (kind, person_id, task_id, facts, priority, not_before, created_at, update_id, state)
SELECT o.kind, p.id, o.task_id, CAST($3 AS TEXT), o.priority, o.not_before, o.created_at, o.update_id,
       CASE WHEN p.reach = 'reachable' THEN 'waiting' ELSE 'unreachable' END
FROM outbox o JOIN people p ON p.id = $2
WHERE o.id = $1 AND o.state IN ('waiting', 'unreachable') AND NOT EXISTS (
  SELECT 1 FROM outbox n WHERE n.id > o.id - $4 AND n.id < o.id + $4 AND n.person_id = p.id
  AND n.kind = o.kind AND COALESCE(n.task_id, 0) = COALESCE(o.task_id, 0)
  AND n.created_at = o.created_at AND n.state <> 'never')
AND NOT EXISTS (
  SELECT 1 FROM events e
  WHERE e.task_id = o.task_id AND e.at = o.created_at AND e.actor_id = p.id)
"""


async def pass_on(
    tx: Transaction, rows: Sequence[Outgoing], to: int, in_place_of: int | None, at: datetime
) -> None:
    """Let another hear what was for somebody, as theirs or in the place of somebody away.

    Who is told of the same thing anyway, or did it themselves, is not told of it again.
    """
    for row in sorted(rows, key=lambda row: row.id):
        facts = {key: fact for key, fact in row.facts.items() if key != "for"}
        facts |= {} if in_place_of is None else {"for": in_place_of}
        await tx.execute(_HAND_ON, row.id, to, json.dumps(facts, ensure_ascii=False), _NEAR)
        await tx.execute(
            "UPDATE outbox SET state = 'never', settled_at = $2"
            " WHERE id = $1 AND state IN ('waiting', 'unreachable')",
            row.id,
            at,
        )


async def drop_all(tx: Transaction, person_id: int, at: datetime) -> None:
    """Say nothing of what waits for somebody who has left."""
    await tx.execute(
        "UPDATE outbox SET state = 'never', settled_at = $2 WHERE id IN ("  # noqa: S608 - fixed
        " SELECT id FROM outbox WHERE person_id = $1 AND state IN ('waiting', 'unreachable')"
        f" {in_order(tx)})",
        person_id,
        at,
    )


async def drop_read(tx: Transaction, at: datetime) -> None:
    """Count all news as read, but for what waits for somebody: new tasks, results, requests."""
    await tx.execute(
        "UPDATE outbox SET state = 'never', settled_at = $1"
        " WHERE state IN ('waiting', 'unreachable') AND NOT EXISTS (SELECT 1 FROM tasks t"
        " WHERE t.id = outbox.task_id AND t.closed_at IS NULL AND ("
        "  (outbox.kind = 'task.assigned' AND t.status = 'assigned')"
        "  OR (outbox.kind = 'task.submitted' AND t.status = 'submitted')"
        "  OR (outbox.kind = 'extension.requested' AND t.status <> 'submitted')))",
        at,
    )


async def take_back(
    tx: Transaction, task_id: int, after_id: int, created_at: datetime, now: datetime
) -> list[tuple[str, int]]:
    """Withdraw the messages of one step that nobody has yet; return kind and person of the others.

    One that is being sent counts as said.
    """
    await tx.execute(
        "UPDATE outbox SET state = 'never', settled_at = $4, error = 'undone' WHERE id IN ("  # noqa: S608 - fixed
        " SELECT id FROM outbox WHERE task_id = $1 AND id > $2 AND created_at = $3"
        " AND state IN ('waiting', 'unreachable') AND COALESCE(lease_owner, $5) IN ($5, $6)"
        f" {in_order(tx)})",
        task_id,
        after_id,
        created_at,
        now,
        RESTING,
        SILENT,
    )
    rows = await tx.fetch(
        "SELECT kind, person_id FROM outbox WHERE task_id = $1 AND id > $2 AND created_at = $3"
        " AND state IN ('sent', 'folded', 'waiting') AND kind <> 'reminder' ORDER BY id",
        task_id,
        after_id,
        created_at,
    )
    return [(row["kind"], int(row["person_id"])) for row in rows]
