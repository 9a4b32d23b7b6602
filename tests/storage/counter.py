"""A table with one number in it, and a statement that takes long."""

from storage.engine.database import Reader, Transaction

SLOW = (
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000000)"
    " SELECT COUNT(*) AS n FROM n"
)


async def value(db: Reader) -> int:
    row = await db.fetch_one("SELECT value FROM counter WHERE id = $1", 1)
    assert row is not None
    return int(row["value"])


async def add(tx: Transaction, number: int) -> None:
    await tx.execute("UPDATE counter SET value = value + $1", number)
