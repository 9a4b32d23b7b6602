"""Which message reminds whom of which task, and which of those messages have been outrun.

A message may remind of several tasks. It is over once a later one reminds the person of each of them, or
they have ended; `clear_at`, by the office's clock, is when somebody sees to it. Whoever does leases one row
of the message, in real time.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from storage.engine.database import Database, Reader, Row, Transaction
from storage.messaging.leases import in_order, one_at_a_time, renew_rows
from storage.records import Reminding

_CLAIMS = 6704  # an advisory lock: PostgreSQL would let two instances see to one message
_RENEW = (
    "UPDATE reminded SET lease_until = $2 WHERE lease_owner = $1 AND id IN ("
    " SELECT id FROM reminded WHERE id IN ({ids}) {in_order}) RETURNING id"
)
_PRESSED_NOW = timedelta(minutes=1)
_OVER = (
    "FROM reminded r WHERE r.over IS NOT NULL AND r.clear_at <= $1"
    " AND NOT EXISTS (SELECT 1 FROM reminded s WHERE s.chat_id = r.chat_id"
    "  AND s.message_id = r.message_id AND (s.over IS NULL OR s.lease_until >= $2))"
    " AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.ended_at IS NULL AND d.chat_id = r.chat_id"
    "  AND r.message_id IN (d.message_id, d.card_id))"
)
"""One on which somebody is just writing is left alone."""


class Told(NamedTuple):
    """A person was reminded of a task; in which message, if it holds reminders and nothing else."""

    task_id: int
    person_id: int
    at: datetime
    chat_id: int
    message_id: int
    stands: bool


async def put(tx: Transaction, told: Sequence[Told]) -> None:
    """Note where reminders stand; those before them about the same task are over."""
    await tx.execute_many(
        "UPDATE reminded SET over = 'replaced', clear_at = $3 WHERE task_id = $1 AND person_id = $2"
        " AND over IS NULL AND (chat_id <> $4 OR message_id <> $5)",
        [one[:5] for one in told],
    )
    await tx.execute_many(
        "INSERT INTO reminded (task_id, person_id, sent_at, chat_id, message_id)"
        " VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (task_id, person_id) WHERE over IS NULL DO NOTHING",
        [one[:5] for one in told if one.stands],
    )


async def close(tx: Transaction, task_id: int, now: datetime) -> None:
    """Note that a task has ended; what was pressed just now shows what came of that press."""
    await tx.execute(
        "DELETE FROM reminded WHERE task_id = $1 AND over IS NULL AND pressed_at > $2",
        task_id,
        now - _PRESSED_NOW,
    )
    await tx.execute(
        "UPDATE reminded SET over = 'closed', clear_at = $2 WHERE task_id = $1 AND over IS NULL",
        task_id,
        now,
    )


async def of_message(reader: Reader, chat_id: int, message_id: int) -> list[int]:
    """Return the tasks of which a message still reminds, the lowest number first."""
    rows = await reader.fetch(
        "SELECT task_id FROM reminded WHERE chat_id = $1 AND message_id = $2 AND over IS NULL"
        " ORDER BY task_id",
        chat_id,
        message_id,
    )
    return [int(row["task_id"]) for row in rows]


async def press(tx: Transaction, chat_id: int, message_id: int, now: datetime) -> None:
    """Note that a button of a message was pressed."""
    await tx.execute(
        "UPDATE reminded SET pressed_at = $3 WHERE chat_id = $1 AND message_id = $2",
        chat_id,
        message_id,
        now,
    )


async def claim(
    db: Database,
    owner: str,
    now_office: datetime,
    now_real: datetime,
    until: datetime,
    limit: int,
) -> list[Reminding]:
    """Lease the longest outrun messages that nobody sees to; what ends or is renewed meanwhile is passed over."""
    if not await db.fetch(f"SELECT 1 {_OVER} LIMIT 1", now_office, now_real):
        return []

    async def work(tx: Transaction) -> list[Row]:
        await one_at_a_time(tx, _CLAIMS)
        rows = await tx.fetch(
            "SELECT MIN(r.id) AS id, r.chat_id, r.message_id, MIN(r.sent_at) AS sent_at,"
            " MIN(r.task_id) AS task_id, COUNT(*) AS tasks,"
            " COUNT(*) FILTER (WHERE r.over = 'replaced') AS replaced"
            f" {_OVER} GROUP BY r.chat_id, r.message_id ORDER BY MIN(r.id) LIMIT $3",
            now_office,
            now_real,
            limit,
        )
        ours = await _lease(tx, [row["id"] for row in rows], owner, now_real, until)
        return [row for row in rows if row["id"] in ours]

    return [Reminding.model_validate(row) for row in await db.run(work)]


async def _lease(
    tx: Transaction, ids: Sequence[int], owner: str, now: datetime, until: datetime
) -> set[int]:
    """Lease rows; return those that were not renewed by who is late, while we waited for them."""
    if not ids:
        return set()
    slots = ", ".join(f"${n}" for n in range(4, 4 + len(ids)))
    rows = await tx.fetch(
        "UPDATE reminded SET lease_owner = $1, lease_until = $2 WHERE id IN ("  # noqa: S608 - slots
        f" SELECT id FROM reminded WHERE id IN ({slots})"
        f" AND (lease_until IS NULL OR lease_until < $3) {in_order(tx)}) RETURNING id",
        owner,
        until,
        now,
        *ids,
    )
    return {int(row["id"]) for row in rows}


async def renew(db: Database, owner: str, ids: Sequence[int], until: datetime) -> set[int]:
    """Keep for longer what this instance has in hand; return what it still has leased."""
    return await renew_rows(db, _RENEW, (owner, until), ids)


async def give_back(db: Database, owner: str) -> None:
    """Give back everything leased under a name: by this instance, or before its restart."""
    async with db.transaction() as tx:
        await tx.execute(
            "UPDATE reminded SET lease_owner = NULL, lease_until = NULL WHERE id IN ("  # noqa: S608 - fixed
            f" SELECT id FROM reminded WHERE lease_owner = $1 {in_order(tx)})",
            owner,
        )


async def forget(tx: Transaction, chat_id: int, message_id: int, *, gone: bool) -> None:
    """Forget a message that has been seen to; where it is `gone` it is no card any more either."""
    await tx.execute(
        "DELETE FROM reminded WHERE chat_id = $1 AND message_id = $2", chat_id, message_id
    )
    if gone:
        await tx.execute(
            "DELETE FROM cards WHERE chat_id = $1 AND message_id = $2 AND person_id IS NOT NULL",
            chat_id,
            message_id,
        )
