"""What is to be said, kept until it is said.

A row waits, is leased by one instance at a time (`saying`), and ends as sent, folded (said in the message of
another row), never (not needed any more) or failed (`outcomes`); `unreachable` ones wait for their person to
come back (`reach`). What falls due (`not_before`) goes by the office's clock, leases and pauses by the real one.
Who writes several rows takes them by number, so that no two wait for each other.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pydantic import BaseModel

from storage.engine.database import Transaction

_PUT = (
    "INSERT INTO outbox"
    " (kind, person_id, task_id, facts, priority, not_before, created_at, update_id, state)"
    " SELECT $1, p.id, $3, $4, $5, $6, $7, $8,"
    " CASE WHEN p.reach = 'reachable' THEN 'waiting' ELSE 'unreachable' END"
    " FROM people AS p WHERE p.id = $2"
)


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
