"""How fast may be written, counted by all instances together: a row for each limit, on the database's time.

A row holds the moment from which on its limit owes nothing: each message moves it on by what one costs, and
may go as soon as it is no further ahead than a burst; and until when Telegram has asked for silence in a chat.
Moments are microseconds since 1970.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from pydantic import BaseModel

from storage.engine.database import Database, Reader, Transaction

_SECOND = 1_000_000
_LONGEST_WAIT = 120.0
"""Seconds, twice what anybody waits: what is owed for longer was counted by a clock that has been set back since."""
_RESERVE = (
    "INSERT INTO paces (chat_id, free_at)"
    " VALUES ($1, CAST($2 AS BIGINT) + CAST($3 AS BIGINT))"
    " ON CONFLICT (chat_id) DO UPDATE SET free_at = CASE"
    " WHEN paces.free_at > CAST($2 AS BIGINT) AND paces.free_at <= CAST($4 AS BIGINT)"
    " THEN paces.free_at ELSE CAST($2 AS BIGINT) END + CAST($3 AS BIGINT)"
    " RETURNING free_at"
)


_BAR = (
    "INSERT INTO paces (chat_id, free_at, barred_until) VALUES ($1, 0, $2)"
    " ON CONFLICT (chat_id) DO UPDATE SET barred_until = EXCLUDED.barred_until"
    " WHERE paces.barred_until < EXCLUDED.barred_until"
)


class Limit(NamedTuple):
    """`chat_id` 0 is the limit of all together; `cost` is the seconds a message takes, and `burst` how many
    may go at once.
    """

    chat_id: int
    cost: float
    burst: float


class _Free(BaseModel):
    free_at: int


class _Barred(BaseModel):
    barred_until: int


class _TooLate(Exception):  # noqa: N818 - takes the transaction back
    pass


async def reserve(
    db: Database, limits: Sequence[Limit], now: datetime, patience: float
) -> float | None:
    """Count a message, and return the seconds until it may go; None, and it is not counted, for more than
    `patience`.

    `limits` are in the same order for everybody.
    """

    async def work(tx: Transaction) -> float:
        seconds = 0.0
        for limit in limits:
            cost = round(limit.cost * _SECOND)
            longest = _micros(now) + round((limit.cost * limit.burst + _LONGEST_WAIT) * _SECOND)
            row = await tx.fetch_one(_RESERVE, limit.chat_id, _micros(now), cost, longest)
            ahead = _Free.model_validate(row).free_at - _micros(now)
            seconds = max(seconds, ahead / _SECOND - limit.cost * limit.burst)
        if seconds > patience:
            raise _TooLate
        return seconds

    try:
        return await db.run(work)
    except _TooLate:
        return None


async def bar(db: Database, chat_id: int, now: datetime, seconds: float) -> None:
    """Let nobody send anything to a chat for so long; a longer silence is not shortened."""
    until = _micros(now + timedelta(seconds=seconds))
    async with db.transaction() as tx:
        await tx.execute(_BAR, chat_id, until)


async def barred(db: Reader, chat_id: int, now: datetime) -> float:
    """Return the seconds Telegram still wants silence in a chat."""
    row = await db.fetch_one("SELECT barred_until FROM paces WHERE chat_id = $1", chat_id)
    if row is None:
        return 0.0
    return max(0, _Barred.model_validate(row).barred_until - _micros(now)) / _SECOND


async def prune(db: Database, before: datetime) -> None:
    """Forget limits that have owed nothing for long, and silences that are over."""
    async with db.transaction() as tx:
        await tx.execute(
            "DELETE FROM paces WHERE free_at < $1 AND barred_until < $1", _micros(before)
        )


def _micros(moment: datetime) -> int:
    return round(moment.timestamp() * _SECOND)
