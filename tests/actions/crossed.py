"""Two steps that cross each other on PostgreSQL: the second is taken while the first waits to write."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.refusals import Refusal
from storage.engine.database import Database
from tests.actions.office import Staffed

Step = Callable[[], Awaitable[Any]]
_WAITING = (
    "SELECT COUNT(DISTINCT pid) AS number FROM pg_locks"
    " JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()"
)


async def crossed(at_work: Staffed, held: str, first: Step, then: Step) -> list[Any]:
    """Take a second step while the first has looked and waits to write; return what was refused.

    The first waits for what somebody else has `held` by this statement.
    """
    async with at_work.db.transaction() as tx:
        await tx.execute(held)
        one = asyncio.ensure_future(first())
        await _waiting(at_work.db, 1, one)
        other = asyncio.ensure_future(then())
        await _waiting(at_work.db, 2, other)
    ended = await asyncio.gather(one, other, return_exceptions=True)
    for each in ended:
        if isinstance(each, BaseException) and not isinstance(each, Refusal):
            raise each
    return [each.kind if isinstance(each, Refusal) else None for each in ended]


def row(table: str, number: int) -> str:
    """Return the statement that holds one row."""
    return f"SELECT id FROM {table} WHERE id = {number} FOR UPDATE"


async def _waiting(db: Database, number: int, step: asyncio.Future[Any]) -> None:
    """Return once so many wait for a lock, or the step is over."""
    waits = 0
    while not step.done() and waits < number:
        [found] = await db.fetch(_WAITING)
        waits = found["number"]
