"""Who had a digest on which day: once, however often the bot looks or restarts; hours are "07:30"."""

from collections.abc import Collection
from datetime import datetime, time

from storage.engine.database import Reader, Transaction
from storage.tasks import task_conditions

_OTHERS = (
    "NOT EXISTS (SELECT 1 FROM task_people tp WHERE tp.task_id = t.id AND tp.until_at IS NULL"
    " AND (tp.part = 'lead' OR (tp.part = 'follow' AND t.body_id IS NOT NULL))"
    " AND tp.person_id = p.person_id)"
)


async def begin(tx: Transaction, day: str, hour: str) -> bool:
    """Record that the digests of a day's hour are planned; False when they were before."""
    begun = "INSERT INTO digest_rounds (day, hour) VALUES ($1, $2) ON CONFLICT DO NOTHING"
    return await tx.execute(begun, day, hour) == 1


async def is_begun(db: Reader, day: str, hour: str) -> bool:
    """Tell whether the digests of a day's hour are planned."""
    begun = "SELECT 1 FROM digest_rounds WHERE day = $1 AND hour = $2"
    return bool(await db.fetch(begun, day, hour))


async def to_begin(db: Reader, day: str, usual: str, now: str) -> list[str]:
    """Return the hours up to now, the office's and those people chose, not begun on a day yet."""
    rows = await db.fetch(
        "SELECT h.hour FROM (SELECT CAST($2 AS TEXT) AS hour UNION SELECT digest_at FROM people"
        "  WHERE digest_at IS NOT NULL AND ended_at IS NULL) h WHERE h.hour <= $3"
        " AND h.hour NOT IN (SELECT hour FROM digest_rounds WHERE day = $1) ORDER BY h.hour",
        day,
        usual,
        now,
    )
    return [row["hour"] for row in rows]


async def not_told(
    tx: Transaction, day: str, hour: str, usual: str, last: str, person_ids: Collection[int]
) -> list[int]:
    """Return which of these people want their digest at an hour and had none that day.

    An hour chosen once that is later than the `last` at which anybody is written to is as none.
    """
    rows = await tx.fetch(
        "SELECT id FROM people WHERE $2 = CASE WHEN digest_at <= CAST($4 AS TEXT) THEN digest_at"
        " ELSE CAST($3 AS TEXT) END"
        " AND id NOT IN (SELECT person_id FROM digests WHERE day = $1)",
        day,
        hour,
        usual,
        last,
    )
    found = {int(row["id"]) for row in rows}
    return [one for one in person_ids if one in found]


async def told(tx: Transaction, day: str, person_ids: Collection[int]) -> None:
    """Record who has a digest on a day."""
    await tx.execute_many(
        "INSERT INTO digests (day, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        [(day, one) for one in person_ids],
    )


async def hour_of(db: Reader, person_id: int) -> time | None:
    """Return the hour that somebody chose; None for the office's."""
    row = await db.fetch_one("SELECT digest_at FROM people WHERE id = $1", person_id)
    return time.fromisoformat(row["digest_at"]) if row and row["digest_at"] else None


async def choose_hour(tx: Transaction, person_id: int, hour: time | None) -> None:
    """Let somebody have their digest at an hour; None for the office's."""
    chosen = hour.isoformat("minutes") if hour else None
    await tx.execute("UPDATE people SET digest_at = $2 WHERE id = $1", person_id, chosen)


async def concerned(tx: Transaction, due_by: datetime, now: datetime) -> list[int]:
    """Return everyone who owes a part by then, must decide on something, or was reminded in vain.

    For one person it is `owed`, `to_decide`, `unreceived`, `stale`, and for what they assigned
    `exceptions` and `nobody_received` of `conditions`; a test holds them together.
    """
    red = task_conditions.is_red(now)
    needs = f"({red.sql}) AND ({task_conditions.VERY_RED.sql}) OR ({task_conditions.BLOCKED.sql}) OR ({task_conditions.NOT_RECEIVED.sql})"
    needs = needs.replace("$1", "$2")
    rows = await tx.fetch(
        "SELECT p.id FROM people p WHERE p.ended_at IS NULL AND p.id IN ("  # noqa: S608 - conditions
        " SELECT COALESCE(tp.person_id, h.person_id) FROM task_people tp"
        "  JOIN tasks t ON t.id = tp.task_id"
        "  LEFT JOIN roles h ON h.unit_id = tp.unit_id AND h.role = 'head' AND h.until_at IS NULL"
        "   AND tp.person_id IS NULL"
        "  WHERE tp.until_at IS NULL AND t.late_from <= $1"
        "  AND ((t.status IN ('assigned', 'in_progress', 'returned')"
        "    AND (tp.part = 'lead' OR (tp.part = 'follow' AND t.body_id IS NOT NULL)))"
        "   OR ((t.status IN ('assigned', 'in_progress', 'returned')"
        "     OR (t.status = 'submitted' AND t.done_when = 'all_parts'))"
        "    AND tp.part = 'support' AND tp.state = 'owes'))"
        " UNION SELECT t.assigner_id FROM tasks t"
        f" WHERE t.status = 'submitted' AND NOT ({task_conditions.OWN_RESULT.sql})"
        " UNION SELECT t.assigner_id FROM requests r JOIN tasks t ON t.id = r.task_id"
        "  WHERE r.state = 'open' AND (r.kind = 'correction' AND r.asked_by <> t.assigner_id"
        "   OR r.kind <> 'correction' AND t.closed_at IS NULL)"
        " UNION SELECT tp.person_id FROM requests r JOIN tasks t ON t.id = r.task_id"
        "  JOIN task_people tp ON tp.task_id = t.id AND tp.until_at IS NULL"
        "   AND (tp.part = 'lead' OR (tp.part = 'follow' AND t.body_id IS NOT NULL))"
        "  WHERE r.state = 'offered' AND t.closed_at IS NULL OR r.state = 'open'"
        "   AND r.kind = 'correction' AND r.asked_by = t.assigner_id AND r.asked_by <> tp.person_id"
        " UNION SELECT g.person_id FROM leader_group_members g JOIN tasks t ON t.group_id = g.group_id"
        "  WHERE g.until_at IS NULL AND NOT EXISTS (SELECT 1 FROM task_people tp"
        "   WHERE tp.task_id = t.id AND tp.until_at IS NULL AND tp.person_id = g.person_id"
        "   AND (tp.part = 'lead' OR (tp.part = 'follow' AND t.body_id IS NOT NULL)))"
        "  AND (t.closed_at IS NULL AND t.status = 'submitted'"
        "  OR t.id IN (SELECT task_id FROM requests WHERE state = 'open'"
        "   AND (kind = 'correction' AND asked_by <> g.person_id"
        "    OR kind <> 'correction' AND t.closed_at IS NULL)))"
        " UNION SELECT tp.person_id FROM task_people tp JOIN tasks t ON t.id = tp.task_id"
        "  WHERE tp.until_at IS NULL AND (tp.part = 'lead' OR (tp.part = 'follow'"
        "  AND t.body_id IS NOT NULL)) AND t.closed_at IS NULL"
        "  AND (t.id IN (SELECT task_id FROM remarks WHERE answered_at IS NULL)"
        f"  OR ({task_conditions.NOT_RECEIVED.sql}) OR ({task_conditions.NOT_HEARD_OF.sql}))"
        " UNION SELECT p.person_id FROM ("
        "  SELECT id AS task_id, assigner_id AS person_id FROM tasks WHERE closed_at IS NULL"
        "  UNION SELECT id, decider_id FROM tasks"
        "   WHERE closed_at IS NULL AND decider_id IS NOT NULL"
        "  UNION SELECT g.id, m.person_id FROM tasks g JOIN leader_group_members m"
        "   ON m.group_id = g.group_id AND m.until_at IS NULL WHERE g.closed_at IS NULL) p"
        f" JOIN tasks t ON t.id = p.task_id WHERE t.closed_at IS NULL AND ({needs}) AND {_OTHERS}"
        ") ORDER BY p.id",
        due_by,
        now,
    )
    return [int(row["id"]) for row in rows]


async def units_in_need(tx: Transaction, now: datetime) -> list[tuple[int, bool]]:
    """Return the units with tasks that are red or not received, and whether one is ĐỎ ĐẶC BIỆT."""
    red = task_conditions.is_red(now)
    special = f"({red.sql}) AND ({task_conditions.VERY_RED.sql})"
    rows = await tx.fetch(
        f"SELECT t.unit_id, MAX(CASE WHEN {special} THEN 1 ELSE 0 END) AS special FROM tasks t"  # noqa: S608 - conditions
        f" WHERE t.closed_at IS NULL AND t.unit_id IS NOT NULL AND (({red.sql})"
        f" OR ({task_conditions.NOT_RECEIVED.sql})) GROUP BY t.unit_id",
        *red.values,
    )
    return [(int(row["unit_id"]), bool(row["special"])) for row in rows]


async def reachable(tx: Transaction, person_ids: Collection[int]) -> list[int]:
    """Return which of these people can be written to."""
    rows = await tx.fetch("SELECT id FROM people WHERE reach = 'reachable' AND ended_at IS NULL")
    found = {int(row["id"]) for row in rows}
    return [person_id for person_id in person_ids if person_id in found]
