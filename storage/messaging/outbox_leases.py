"""Who is saying what waits: the leases of the outbox.

A lease holds a whole person: nobody's messages overtake each other.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import ValidationError

from storage.engine.database import Database, Row, Transaction
from storage.messaging import leases
from storage.messaging.leases import in_order, one_at_a_time, renew_rows
from storage.records import Outgoing

UNREADABLE = "unreadable"
LONGEST_WAIT = timedelta(days=1)
_CLAIMS = 6702  # an advisory lock: PostgreSQL would let two instances share out one person
# SQLite knows no alias of the table in RETURNING.
_IS_FLASH = "EXISTS (SELECT 1 FROM tasks t WHERE t.id = task_id AND t.urgency = 'flash')"
_NOTHING_PLANNED = (
    f"NOT EXISTS (SELECT 1 FROM leases WHERE name = '{leases.PLANNING}' AND until >= $3)"  # noqa: S608 - fixed
)
AT_ANY_HOUR = f"(o.priority = 0 OR o.kind = 'card.refresh' OR {_IS_FLASH})"
"""What nobody is woken by, or must be: answers, cards that change where they stand, hỏa tốc. The
outbox is `o` there."""
_WAS_TOLD = (
    "EXISTS (SELECT 1 FROM heard w WHERE w.person_id = o.person_id AND w.at > $7 AND w.at <= $2)"
)
_RENEW = (
    "UPDATE outbox SET lease_until = $2 WHERE lease_owner = $1 AND state = 'waiting' AND id IN ("
    " SELECT id FROM outbox WHERE id IN ({ids}) {in_order}) RETURNING id"
)


async def claim(
    db: Database,
    owner: str,
    now_office: datetime,
    now_real: datetime,
    until: datetime,
    limit: int,
    *,
    quiet: bool = False,
    told_since: datetime | None = None,
) -> list[list[Outgoing]]:
    """Lease the `limit` most urgent messages that are due, and all else due to the same people.

    While it is `quiet` or an instance is planning, and to who was told something since a moment
    (`told_since`), only what may be said at any hour. Returns one list a person. The order is the index's, so a long queue costs no
    more to look at. What was renewed by who is late, while we waited for it, is passed over. A lease that ends in more than LONGEST_WAIT was given by a clock that has been
    set back since, and is none.
    """
    if quiet:
        wanted = f" AND {AT_ANY_HOUR}"
    elif told_since is not None:
        wanted = f" AND ({AT_ANY_HOUR} OR ({_NOTHING_PLANNED} AND NOT {_WAS_TOLD}))"
    else:
        wanted = f" AND ({_NOTHING_PLANNED} OR {AT_ANY_HOUR})"
    since = [] if quiet or told_since is None else [told_since]

    async def work(tx: Transaction) -> list[Row]:
        await one_at_a_time(tx, _CLAIMS)
        return await tx.fetch(
            # Chosen once, as in the inbox.
            "WITH chosen AS MATERIALIZED ("  # noqa: S608 - fixed texts
            f" SELECT o.id FROM outbox AS o WHERE o.state = 'waiting' AND o.not_before <= $2{wanted}"
            " AND o.person_id IN ("
            f"  SELECT o.person_id FROM outbox AS o WHERE o.state = 'waiting' AND o.not_before <= $2{wanted}"
            "  AND NOT EXISTS (SELECT 1 FROM outbox AS h WHERE h.person_id = o.person_id"
            "   AND h.state = 'waiting' AND h.lease_until >= $3 AND h.lease_until < $6)"
            f"  ORDER BY o.priority, o.not_before, o.id LIMIT $5) {in_order(tx, 'o.id')})"
            " UPDATE outbox SET lease_owner = $1, lease_until = $4 WHERE state = 'waiting'"
            " AND (lease_until IS NULL OR lease_until < $3 OR lease_until >= $6)"
            " AND id IN (SELECT id FROM chosen)"
            " RETURNING id, kind, person_id, task_id, facts, priority, state, not_before, attempts,"
            f" created_at, update_id, {_IS_FLASH} AS flash",
            owner,
            now_office,
            now_real,
            until,
            limit,
            now_real + LONGEST_WAIT,
            *since,
        )

    rows = await db.run(work)
    people: dict[int, list[Outgoing]] = {}
    for row in sorted(map(_read, rows), key=lambda row: (row.priority, row.id)):
        people.setdefault(row.person_id, []).append(row)
    return list(people.values())


def _read(row: Row) -> Outgoing:
    """Read a row; one that cannot be read is of a kind that nobody can word, and ends as such do."""
    try:
        return Outgoing.model_validate(row)
    except ValidationError:
        return Outgoing.model_validate({**row, "kind": UNREADABLE, "facts": "{}"})


async def renew(db: Database, owner: str, ids: Sequence[int], until: datetime) -> set[int]:
    """Keep for longer what this instance has in hand; return what it still has leased."""
    return await renew_rows(db, _RENEW, (owner, until), ids)


async def give_back(db: Database, owner: str) -> None:
    """Give back everything leased under a name: by this instance, or before its restart."""
    async with db.transaction() as tx:
        await tx.execute(
            "UPDATE outbox SET lease_owner = NULL, lease_until = NULL WHERE id IN ("  # noqa: S608 - fixed
            f" SELECT id FROM outbox WHERE lease_owner = $1 AND state = 'waiting' {in_order(tx)})",
            owner,
        )


async def leased(db: Database, owner: str) -> set[int]:
    """Return what is leased under a name and has not ended."""
    rows = await db.fetch(
        "SELECT id FROM outbox WHERE state = 'waiting' AND lease_owner = $1", owner
    )
    return {int(row["id"]) for row in rows}
