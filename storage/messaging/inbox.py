"""Updates as Telegram sent them, kept until they are handled.

A row waits, is leased by one instance of the program at a time, and ends as handled or failed.
Leases are in real time, never the office's. In one lane (a chat) rows are leased in order: none
while an earlier one is put off or leased by another instance. Who writes several takes them by number,
so that no two wait for each other.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from pydantic import BaseModel

from storage.engine.database import Database, Reader, Transaction
from storage.messaging.leases import in_order, one_at_a_time, renew_rows
from storage.records import Incoming, UpdateKey

LONGEST_WAIT = timedelta(days=1)
OF_LANE = 20
"""Rows of one lane that are leased at a time."""
_CLAIMS = 6701  # an advisory lock: PostgreSQL would let two instances share out one lane

_RENEW = (
    "UPDATE inbox SET lease_until = $3 WHERE bot_id = $1 AND lease_owner = $2 AND state = 'waiting'"
    " AND update_id IN (SELECT update_id FROM inbox WHERE bot_id = $1 AND update_id IN ({ids})"
    " {in_order}) RETURNING update_id AS id"
)
_MARK = (
    "INSERT INTO inbox (bot_id, update_id, lane, state, received_at, not_before, applied_at,"
    " handled_at) VALUES ($1, $2, 0, 'handled', $3, $3, $3, $3)"
    " ON CONFLICT (bot_id, update_id) DO UPDATE SET applied_at = EXCLUDED.applied_at"
    " WHERE inbox.applied_at IS NULL"
)


class _Applied(BaseModel):
    applied_at: datetime | None


class _Suspect(BaseModel):
    bot_id: int
    update_id: int
    suspect: bool


class Received(NamedTuple):
    """A new row; with an `error` it is kept, but never handled."""

    update_id: int
    lane: int
    body: str | None
    mark: str | None = None
    error: str | None = None
    album: str | None = None


async def store(
    tx: Transaction, bot_id: int, rows: Sequence[Received], received_at: datetime
) -> None:
    """Keep updates; one that is there already is left as it is."""
    await tx.execute_many(
        "INSERT INTO inbox (bot_id, update_id, lane, body, mark, error, album, state, received_at,"
        " not_before) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)"
        " ON CONFLICT (bot_id, update_id) DO NOTHING",
        [
            (bot_id, *row, "failed" if row.error else "waiting", received_at)
            for row in sorted(rows, key=lambda row: row.update_id)
        ],
    )


async def has_album(db: Reader, lane: int, album: str) -> bool:
    """Tell whether one of files sent at once to a chat was kept, handled by now or not."""
    row = await db.fetch_one(
        "SELECT 1 AS kept FROM inbox WHERE album = $2 AND lane = $1 LIMIT 1", lane, album
    )
    return row is not None


async def of_album(db: Reader, lane: int, album: str) -> list[str]:
    """Return the bodies of files sent at once to a chat that are not handled yet, in their order."""
    rows = await db.fetch(
        "SELECT body FROM inbox WHERE album = $2 AND lane = $1 AND state = 'waiting'"
        " AND body IS NOT NULL ORDER BY update_id",
        lane,
        album,
    )
    return [str(row["body"]) for row in rows]


async def kept_albums(db: Reader, albums: Sequence[tuple[int, str]]) -> set[tuple[int, str]]:
    """Return of which of these (lane and album) one was kept, handled by now or not."""
    slots = ", ".join(f"${n}" for n in range(1, 1 + len(albums)))
    rows = await db.fetch(
        f"SELECT DISTINCT lane, album FROM inbox WHERE album IN ({slots})",  # noqa: S608 - slots
        *(album for _, album in albums),
    )
    return {(int(row["lane"]), str(row["album"])) for row in rows} & set(albums)


async def claim(
    tx: Transaction,
    bot_id: int,
    owner: str,
    now: datetime,
    until: datetime,
    limit: int,
    full: Collection[int] = (),
) -> list[Incoming]:
    """Lease the oldest rows that may be handled now, in the order they came.

    None of a lane that is `full`, and at most OF_LANE of any other: what waits behind a lane that stands still would take
    everybody's room. What waits for more than LONGEST_WAIT was put off by a clock that has been set back since. What somebody
    is just writing (it ends, is renewed, or acted on for long) is passed over, and so is all behind it in its lane.
    """
    await one_at_a_time(tx, _CLAIMS)
    locked = " FOR NO KEY UPDATE OF i SKIP LOCKED" if tx.engine == "postgres" else ""
    others = (
        f" AND i.lane NOT IN ({', '.join(f'${n}' for n in range(7, 7 + len(full)))})"
        if full
        else ""
    )
    rows = await tx.fetch(
        # Chosen once: in the condition itself PostgreSQL may choose anew for each row, and take more than so many.
        # An OFFSET keeps it from joining: it would go through all that waits, once for each row.
        "WITH chosen AS MATERIALIZED ("  # noqa: S608 - fixed texts
        " SELECT i.update_id, i.lane FROM inbox AS i"
        " WHERE i.bot_id = $1 AND i.state = 'waiting' AND (i.not_before <= $3 OR i.not_before > $6)"
        " AND (i.lease_owner IS NULL OR i.lease_until < $3 OR i.lease_until > $6)"
        " AND NOT EXISTS (SELECT 1 FROM inbox AS e WHERE e.bot_id = $1 AND e.lane = i.lane"
        "  AND e.state = 'waiting' AND e.update_id < i.update_id"
        "  AND ((e.not_before > $3 AND e.not_before <= $6)"
        "  OR (e.lease_owner <> $2 AND e.lease_until >= $3 AND e.lease_until <= $6)) LIMIT 1 OFFSET 0)"
        f"{others}"
        f" ORDER BY i.update_id LIMIT $5{locked}),"
        # What neither we nor another has, nor was chosen, is being written.
        " free AS MATERIALIZED (SELECT c.update_id FROM (SELECT update_id, lane,"
        "  ROW_NUMBER() OVER (PARTITION BY lane ORDER BY update_id) AS place FROM chosen) AS c"
        f" WHERE c.place <= {OF_LANE} AND NOT EXISTS ("
        "  SELECT 1 FROM inbox AS e WHERE e.bot_id = $1 AND e.lane = c.lane AND e.state = 'waiting'"
        "  AND e.update_id < c.update_id AND e.update_id NOT IN (SELECT update_id FROM chosen)"
        "  AND (e.lease_owner IS NULL OR e.lease_until < $3 OR e.lease_until > $6) LIMIT 1 OFFSET 0))"
        " UPDATE inbox SET lease_owner = $2, lease_until = $4 WHERE bot_id = $1 AND state = 'waiting'"
        " AND (lease_owner IS NULL OR lease_until < $3 OR lease_until > $6)"
        " AND update_id IN (SELECT update_id FROM free)"
        " RETURNING bot_id, update_id, lane, body, mark, state, received_at, attempts, applied_at,"
        " suspect, deaths",
        bot_id,
        owner,
        now,
        until,
        limit,
        now + LONGEST_WAIT,
        *full,
    )
    return sorted(map(Incoming.model_validate, rows), key=lambda row: row.update_id)


async def renew(
    db: Database, bot_id: int, owner: str, ids: Sequence[int], until: datetime
) -> set[int]:
    """Keep for longer what this instance has in hand; return what it still has leased."""
    return await renew_rows(db, _RENEW, (bot_id, owner, until), ids, "update_id")


async def give_back(db: Database, bot_id: int, owner: str) -> None:
    """Give back everything leased under a name: by this instance, or before its restart."""
    async with db.transaction() as tx:
        await tx.execute(
            "UPDATE inbox SET lease_owner = NULL, lease_until = NULL"  # noqa: S608 - fixed
            " WHERE bot_id = $1 AND update_id IN (SELECT update_id FROM inbox WHERE bot_id = $1"
            f" AND lease_owner = $2 AND state = 'waiting' {in_order(tx, 'update_id')})",
            bot_id,
            owner,
        )


async def blame(tx: Transaction, keys: Sequence[UpdateKey]) -> None:
    """Note that the process ended, or an update's time ran out, while these were in hand.

    All become suspects, which are handled one at a time from then on. The end counts as one of its
    `deaths` for the only suspect among them, or for the only one in hand.
    """
    rows = await _waiting(tx, keys)
    chosen = [key for key, suspect in rows.items() if suspect] or list(rows)
    await tx.execute_many(
        "UPDATE inbox SET suspect = TRUE, deaths = deaths + $3"
        " WHERE bot_id = $1 AND update_id = $2 AND state = 'waiting'",
        [(*key, int([key] == chosen)) for key in sorted(rows)],
    )


async def _waiting(tx: Transaction, keys: Sequence[UpdateKey]) -> dict[UpdateKey, bool]:
    """Return which of these updates wait still, and whether each is a suspect already."""
    found = [
        await tx.fetch_one(
            "SELECT bot_id, update_id, suspect FROM inbox"
            " WHERE bot_id = $1 AND update_id = $2 AND state = 'waiting'",
            *key,
        )
        for key in keys
    ]
    rows = [_Suspect.model_validate(row) for row in found if row is not None]
    return {UpdateKey(row.bot_id, row.update_id): row.suspect for row in rows}


async def put_off(
    tx: Transaction,
    owner: str,
    key: UpdateKey,
    not_before: datetime,
    error: str,
    after: Sequence[UpdateKey],
) -> None:
    """Try a row again later, and give back those `after` it in its lane: they wait for it.

    What another has leased meanwhile stays as it is.
    """
    await tx.execute(
        "UPDATE inbox SET attempts = attempts + 1, not_before = $3, error = $4,"
        " lease_owner = NULL, lease_until = NULL"
        " WHERE bot_id = $1 AND update_id = $2 AND state = 'waiting' AND lease_owner = $5",
        *key,
        not_before,
        error,
        owner,
    )
    if after:
        await tx.execute_many(
            "UPDATE inbox SET lease_owner = NULL, lease_until = NULL"
            " WHERE bot_id = $1 AND update_id = $2 AND state = 'waiting' AND lease_owner = $3",
            [(*one, owner) for one in after],
        )


class Ended(NamedTuple):
    """How the handling of an update ended: with an `error`, or well."""

    key: UpdateKey
    at: datetime
    error: str | None = None


async def settle(tx: Transaction, ended: Sequence[Ended]) -> None:
    """End rows that have not ended meanwhile.

    The body of a handled one goes at once; of a failed one it is kept to be read.
    """
    await tx.execute_many(
        "UPDATE inbox SET state = $4, error = $5, handled_at = $3, lease_owner = NULL,"
        " lease_until = NULL, body = CASE WHEN CAST($5 AS TEXT) IS NULL THEN NULL ELSE body END"
        " WHERE bot_id = $1 AND update_id = $2 AND state = 'waiting'",
        [
            (*one.key, one.at, "failed" if one.error else "handled", one.error)
            for one in sorted(ended, key=lambda one: one.key)
        ],
    )


async def apply_once(tx: Transaction, key: UpdateKey, at: datetime, otherwise: Exception) -> None:
    """As `mark_applied`, with the next statement; raises `otherwise` when it had taken effect."""
    tx.caused_by = key.update_id
    await tx.require(otherwise, _MARK, *key, at)


async def mark_applied(tx: Transaction, key: UpdateKey, at: datetime) -> bool:
    """Write in an action's own transaction that its update took effect; False when it had before.

    An update the inbox never held can be marked as well, and counts as handled.
    """
    tx.caused_by = key.update_id
    return await tx.execute(_MARK, *key, at) == 1


async def prune(db: Database, before: datetime, failed_before: datetime) -> int:
    """Delete updates handled before a moment and those that failed before another; count rows.

    The bodies of those that failed go with what was handled then. Telegram repeats an update for a day at most, and numbers anew after a week of silence: rows
    kept for longer could be taken for a new update.
    """
    async with db.transaction() as tx:
        gone = await tx.execute(
            "DELETE FROM inbox WHERE state = 'handled' AND handled_at < $1"
            " OR state = 'failed' AND received_at < $2",
            before,
            failed_before,
        )
        return gone + await tx.execute(
            "UPDATE inbox SET body = NULL"
            " WHERE state = 'failed' AND body IS NOT NULL AND received_at < $1",
            before,
        )


async def applied_at(db: Reader, key: UpdateKey) -> datetime | None:
    """Return when an update's effect was written, by the office's clock; None if it was not."""
    row = await db.fetch_one(
        "SELECT applied_at FROM inbox WHERE bot_id = $1 AND update_id = $2", *key
    )
    return None if row is None else _Applied.model_validate(row).applied_at
