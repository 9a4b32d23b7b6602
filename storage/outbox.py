"""What is to be said, kept until it is said.

A row waits, is leased by one instance at a time, and ends as sent, folded (said in the message of
another row), never (not needed any more) or failed; `unreachable` ones wait for their person to come back. What falls due (`not_before`) goes by
the office's clock, leases and pauses by the real one. A lease holds a whole person: nobody's
messages overtake each other. Who writes several rows takes them by number, so that no two wait for each other.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from storage import leases
from storage.database import Database, Reader, Row, Transaction
from storage.leases import one_at_a_time, renew_rows
from storage.records import Outgoing, Reach

UNREADABLE = "unreadable"
LONGEST_WAIT = timedelta(days=1)
_CLAIMS = 6702  # an advisory lock: PostgreSQL would let two instances share out one person
_RESTING = "resting"  # the owner of a person whose messages did not get through
_PUT = (
    "INSERT INTO outbox"
    " (kind, person_id, task_id, facts, priority, not_before, created_at, update_id, state)"
    " SELECT $1, p.id, $3, $4, $5, $6, $7, $8,"
    " CASE WHEN p.reach = 'reachable' THEN 'waiting' ELSE 'unreachable' END"
    " FROM people AS p WHERE p.id = $2"
)
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
    " SELECT id FROM outbox WHERE id IN ({ids}) ORDER BY id {in_order}) RETURNING id"
)
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


class ToSay(NamedTuple):
    """A message to be worded when it is sent: what happened, and to whom it is told."""

    kind: str
    person_id: int
    task_id: int | None
    facts: Mapping[str, Any]
    priority: int
    not_before: datetime
    created_at: datetime


async def put(tx: Transaction, rows: Sequence[ToSay]) -> None:
    """Plan messages in the transaction they tell of; who is not reachable gets them on coming back.

    `facts` are kept as JSON.
    """
    # The lock on the person makes a return that is being written wait for us, or us for it.
    lock = " FOR SHARE OF p" if tx.engine == "postgres" else ""
    await tx.execute_many(
        _PUT + lock,
        [(*r[:3], json.dumps(r.facts, ensure_ascii=False), *r[4:], tx.caused_by) for r in rows],
    )


async def wait_for(tx: Transaction, last: ToSay) -> None:
    """Let what was to be said sooner, of the same kind and task to the same person, wait for the last.

    What is being said, or chosen to be, does not.
    """
    free = " FOR UPDATE SKIP LOCKED" if tx.engine == "postgres" else ""
    await tx.execute(
        "UPDATE outbox SET not_before = $4 WHERE id IN ("  # noqa: S608 - fixed texts
        " SELECT id FROM outbox WHERE person_id = $1 AND kind = $2 AND task_id IS NOT DISTINCT FROM $3"
        f" AND state = 'waiting' AND lease_owner IS NULL AND not_before < $4{free})",
        *(last.person_id, last.kind, last.task_id, last.not_before),
    )


async def turns(
    tx: Transaction, task_id: int, now: datetime, first: timedelta, pace: timedelta
) -> Callable[[int], datetime]:
    """Return when each person may be told the next note about a task (kind "task.note").

    One that waits for its turn takes the next along; else there is at least `pace` between two.
    """
    rows = await tx.fetch(
        "SELECT person_id, MAX(not_before) AS last FROM outbox"
        " WHERE kind = 'task.note' AND task_id = $1 GROUP BY person_id",
        task_id,
    )
    last = {row["person_id"]: _Moment.model_validate(row).last for row in rows}

    def turn(person_id: int) -> datetime:
        before = last.get(person_id)
        if before is None:
            return now + first
        return before if before > now else max(now + first, before + pace)

    return turn


class _Moment(BaseModel):
    last: datetime


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
    more to look at. A lease that ends in more than LONGEST_WAIT was given by a clock that has been
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
            "UPDATE outbox AS o SET lease_owner = $1, lease_until = $4"  # noqa: S608 - fixed texts
            f" WHERE state = 'waiting' AND not_before <= $2{wanted} AND person_id IN ("
            f" SELECT o.person_id FROM outbox AS o WHERE o.state = 'waiting' AND o.not_before <= $2{wanted}"
            " AND NOT EXISTS (SELECT 1 FROM outbox AS h WHERE h.person_id = o.person_id"
            "  AND h.state = 'waiting' AND h.lease_until >= $3 AND h.lease_until < $6)"
            " ORDER BY o.priority, o.not_before, o.id LIMIT $5)"
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
            "UPDATE outbox SET lease_owner = NULL, lease_until = NULL"
            " WHERE lease_owner = $1 AND state = 'waiting'",
            owner,
        )


async def leased(db: Database, owner: str) -> set[int]:
    """Return what is leased under a name and has not ended."""
    rows = await db.fetch(
        "SELECT id FROM outbox WHERE state = 'waiting' AND lease_owner = $1", owner
    )
    return {int(row["id"]) for row in rows}


class Ended(NamedTuple):
    """How a row ended: `state` is sent, folded (into the message of another row), never or failed."""

    id: int
    state: str
    at: datetime
    error: str | None = None
    into_id: int | None = None


async def settle(tx: Transaction, ended: Sequence[Ended]) -> None:
    """End rows that have not ended meanwhile."""
    await tx.execute_many(
        "UPDATE outbox SET state = $2, settled_at = $3, error = $4, into_id = $5, lease_owner = NULL,"
        " lease_until = NULL WHERE id = $1 AND state = 'waiting'",
        [tuple(one) for one in sorted(ended, key=lambda one: one.id)],
    )


async def heard(tx: Transaction, told: Mapping[int, datetime]) -> None:
    """Record when people were last told something they had not asked for."""
    await tx.execute_many(
        "INSERT INTO heard (person_id, at) VALUES ($1, $2)"
        " ON CONFLICT (person_id) DO UPDATE SET at = EXCLUDED.at",
        sorted(told.items()),
    )


async def postpone(tx: Transaction, ids: Sequence[int], not_before: datetime, error: str) -> None:
    """Try rows again later, by the office's clock; the person's other messages go on."""
    await tx.execute_many(
        "UPDATE outbox SET attempts = attempts + 1, not_before = $2, error = $3,"
        " lease_owner = NULL, lease_until = NULL WHERE id = $1",
        [(id, not_before, error) for id in sorted(ids)],
    )


async def rest(
    tx: Transaction, tried: Sequence[int], after: Sequence[int], until: datetime, error: str
) -> None:
    """Leave a person alone until a moment of the real clock.

    `tried` are the rows that did not get through, `after` those leased behind them.
    """
    await tx.execute_many(
        "UPDATE outbox SET attempts = attempts + $2, lease_owner = $3, lease_until = $4, error = $5"
        " WHERE id = $1",
        [(id, int(id in tried), _RESTING, until, error) for id in sorted((*tried, *after))],
    )


async def mark_unreachable(tx: Transaction, person_id: int, reach: Reach) -> None:
    """Note that we cannot write to a person; what waits for them waits until `release`."""
    await tx.execute("UPDATE people SET reach = $2 WHERE id = $1", person_id, reach.value)
    await tx.execute(
        "UPDATE outbox SET state = 'unreachable', lease_owner = NULL, lease_until = NULL"
        " WHERE person_id = $1 AND state = 'waiting'",
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
        "UPDATE outbox SET state = 'waiting', attempts = 0, priority = 0"
        " WHERE person_id = $1 AND state = 'unreachable'",
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


async def reminded_since(reader: Reader, person_id: int, since: datetime) -> list[int]:
    """Return the tasks of which somebody was reminded since a moment, the lowest number first."""
    rows = await reader.fetch(
        "SELECT DISTINCT task_id FROM outbox WHERE person_id = $1 AND created_at >= $2"
        " AND kind = 'reminder' AND state IN ('sent', 'folded') ORDER BY task_id",
        person_id,
        since,
    )
    return [int(row["task_id"]) for row in rows]


async def pass_on(
    tx: Transaction, rows: Sequence[Outgoing], to: int, in_place_of: int | None, at: datetime
) -> None:
    """Let another hear what was for somebody, as theirs or in the place of somebody away.

    Who is told of the same thing anyway, or did it themselves, is not told of it again.
    """
    for row in rows:
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
        "UPDATE outbox SET state = 'never', settled_at = $2"
        " WHERE person_id = $1 AND state IN ('waiting', 'unreachable')",
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
        "UPDATE outbox SET state = 'never', settled_at = $4, error = 'undone'"
        " WHERE task_id = $1 AND id > $2 AND created_at = $3"
        " AND state IN ('waiting', 'unreachable') AND COALESCE(lease_owner, $5) = $5",
        task_id,
        after_id,
        created_at,
        now,
        _RESTING,
    )
    rows = await tx.fetch(
        "SELECT kind, person_id FROM outbox WHERE task_id = $1 AND id > $2 AND created_at = $3"
        " AND state IN ('sent', 'folded', 'waiting') AND kind <> 'reminder' ORDER BY id",
        task_id,
        after_id,
        created_at,
    )
    return [(row["kind"], int(row["person_id"])) for row in rows]
