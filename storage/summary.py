"""Counts of tasks by unit and bucket, in one read."""

from collections.abc import Sequence
from datetime import datetime

from storage.conditions import Condition
from storage.database import Reader
from storage.records import Counts, UnitCounts


async def accepted_late(db: Reader, condition: Condition) -> list[tuple[str, int]]:
    """Return how many tasks that meet a condition on `t` each acceptor has, the most first.

    The acceptor is who assigned, or the group of leaders it was assigned for.
    """
    rows = await db.fetch(
        "SELECT COALESCE(g.name, p.name) AS name, COUNT(*) AS tasks FROM tasks t"  # noqa: S608 - conditions are written in storage
        " JOIN people p ON p.id = t.assigner_id LEFT JOIN leader_groups g ON g.id = t.group_id"
        f" WHERE {condition.sql} GROUP BY COALESCE(g.name, p.name)"
        " ORDER BY COUNT(*) DESC, COALESCE(g.name, p.name)",
        *condition.values,
    )
    return [(row["name"], int(row["tasks"])) for row in rows]


async def count(db: Reader, condition: Condition) -> int:
    """Return how many tasks meet a condition on `t`."""
    row = await db.fetch_one(
        f"SELECT COUNT(*) AS tasks FROM tasks t WHERE {condition.sql}",  # noqa: S608 - conditions
        *condition.values,
    )
    return int(row["tasks"]) if row else 0


async def deciders(db: Reader, task_ids: Sequence[int]) -> dict[int, str]:
    """Return who was named to undo the knot of these tasks, where somebody was."""
    if not task_ids:
        return {}
    slots = ", ".join(f"${n}" for n in range(1, len(task_ids) + 1))
    rows = await db.fetch(
        "SELECT t.id, p.name FROM tasks t JOIN people p ON p.id = t.decider_id"  # noqa: S608 - slots
        f" WHERE t.id IN ({slots})",
        *task_ids,
    )
    return {int(row["id"]): row["name"] for row in rows}


async def by_unit(db: Reader, condition: Condition, now: datetime) -> list[UnitCounts]:
    """Return the buckets of each unit with tasks that meet a condition on `t` alone, by unit name.

    A body outside the office that leads counts as the unit: figures are by owner. The rule is that of `bot/rules/standing.py`, and a test holds the two together.
    """
    rows = await db.fetch(
        "SELECT u.id AS unit_id, u.name AS unit_name, above.name AS above_name,"  # noqa: S608 - conditions are written in storage
        f" {_buckets(len(condition.values) + 1)} FROM tasks t LEFT JOIN units u ON u.id = COALESCE(t.body_id, t.unit_id)"
        " LEFT JOIN units above ON above.id = u.parent_id"
        f" WHERE t.status <> 'cancelled' AND ({condition.sql})"
        " GROUP BY u.id, u.name, above.name ORDER BY u.name, u.id",
        *condition.values,
        now,
    )
    return [UnitCounts.model_validate(row) for row in rows]


async def by_document(
    db: Reader, document_ids: Sequence[int], condition: Condition, now: datetime
) -> dict[int, Counts]:
    """Return the buckets of these documents' tasks that meet a condition on `t`, where there are any."""
    if not document_ids:
        return {}
    n = len(condition.values)
    slots = ", ".join(f"${n + 1 + place}" for place in range(1, len(document_ids) + 1))
    rows = await db.fetch(
        f"SELECT t.document_id, {_buckets(n + 1)} FROM tasks t"  # noqa: S608 - conditions
        f" WHERE t.status <> 'cancelled' AND ({condition.sql}) AND t.document_id IN ({slots})"
        " GROUP BY t.document_id",
        *condition.values,
        now,
        *document_ids,
    )
    return {int(row["document_id"]): Counts.model_validate(row) for row in rows}


def _buckets(slot: int) -> str:
    """Return the columns that count each bucket; `slot` is that of the moment."""
    late = f"(t.late_from IS NOT NULL AND COALESCE(t.submitted_at, ${slot}) > t.late_from)"
    rest = "NOT t.in_correction AND t.status <> 'done'"
    done = "NOT t.in_correction AND t.status = 'done'"
    return (
        f"COUNT(*) FILTER (WHERE {done} AND NOT {late}) AS done_on_time,"
        f" COUNT(*) FILTER (WHERE {done} AND {late}) AS done_late,"
        f" COUNT(*) FILTER (WHERE {rest} AND t.late_from IS NOT NULL AND NOT {late}) AS on_track,"
        f" COUNT(*) FILTER (WHERE {rest} AND {late}) AS overdue,"
        f" COUNT(*) FILTER (WHERE {rest} AND t.late_from IS NULL) AS no_deadline,"
        " COUNT(*) FILTER (WHERE t.in_correction) AS correcting"
    )
