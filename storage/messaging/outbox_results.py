"""What came of saying a message: it ended, is tried again later, or its person is left alone for a while."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from storage.engine.database import Database, Transaction
from storage.messaging.leases import in_order

RESTING = "resting"
"""The owner of a person whose messages did not get through."""
SILENT = "silent"
"""The owner of a person to whom Telegram asked us to say nothing for so long."""


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
    tx: Transaction,
    tried: Sequence[int],
    after: Sequence[int],
    until: datetime,
    error: str,
    *,
    asked: bool = False,
) -> None:
    """Leave a person alone until a moment of the real clock, or of Telegram's where it `asked`.

    `tried` are the rows that did not get through, `after` those leased behind them.
    """
    owner = SILENT if asked else RESTING
    await tx.execute_many(
        "UPDATE outbox SET attempts = attempts + $2, lease_owner = $3, lease_until = $4, error = $5"
        " WHERE id = $1",
        [(id, int(id in tried), owner, until, error) for id in sorted((*tried, *after))],
    )


async def rest_no_more(db: Database) -> None:
    """Have all tried again at once that did not get through, but where Telegram asked for a silence."""
    async with db.transaction() as tx:
        await tx.execute(
            "UPDATE outbox SET lease_owner = NULL, lease_until = NULL WHERE id IN ("  # noqa: S608 - fixed
            f" SELECT id FROM outbox WHERE state = 'waiting' AND lease_owner = $1 {in_order(tx)})",
            RESTING,
        )
