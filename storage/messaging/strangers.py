"""What people whom the office does not know have tried, counted in one row a day: the history holds nothing of it."""

from datetime import date
from typing import Literal

from storage.engine.database import Database, Reader, Transaction
from storage.records import Tried

What = Literal["marked", "wrong_codes", "group_moves"]


async def count(tx: Transaction, day: date, what: What) -> None:
    """Count one more of something on a day of the office's zone."""
    await tx.execute(
        f"INSERT INTO strangers (day, {what}) VALUES ($1, 1)"  # noqa: S608 - a fixed name
        f" ON CONFLICT (day) DO UPDATE SET {what} = strangers.{what} + 1",
        day.isoformat(),
    )


async def tried(db: Reader, since: date) -> Tried:
    """Return what was tried from a day on."""
    row = await db.fetch_one(
        "SELECT COALESCE(SUM(marked), 0) AS marked, COALESCE(SUM(wrong_codes), 0) AS wrong_codes,"
        " COALESCE(SUM(group_moves), 0) AS group_moves FROM strangers WHERE day >= $1",
        since.isoformat(),
    )
    return Tried.model_validate(row)


async def prune(db: Database, before: date) -> None:
    """Forget what was tried before a day."""
    async with db.transaction() as tx:
        await tx.execute("DELETE FROM strangers WHERE day < $1", before.isoformat())
