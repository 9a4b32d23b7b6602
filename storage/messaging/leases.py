"""What one instance of the program has to itself for a while, on the database's own time.

Whoever holds a name keeps it by renewing it; when they die it is another's as soon as it has run out.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel

from storage.engine.database import Database, Engine, Reader, Transaction, Value

PLANNING = "planning"
"""What belongs into one message is being planned: nobody says what can wait for it."""
_FORGOTTEN = timedelta(days=1)
_NOW: dict[Engine, str] = {
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now') AS now",
    "postgres": "SELECT clock_timestamp() AS now",
}


class Lease(BaseModel, frozen=True):
    name: str
    owner: str
    until: datetime


class _Moment(BaseModel):
    now: datetime


async def database_time(db: Reader) -> datetime:
    """Return what time it is by the database, which is the same for all who use it."""
    row = await db.fetch_one(_NOW[db.engine])
    return _Moment.model_validate(row).now


async def take(db: Database, name: str, owner: str, now: datetime, until: datetime) -> bool:
    """Take a name that is free, run out or one's own already; False where another has it."""
    async with db.transaction() as tx:
        taken = await tx.execute(
            "INSERT INTO leases (name, owner, until) VALUES ($1, $2, $4)"
            " ON CONFLICT (name) DO UPDATE SET owner = EXCLUDED.owner, until = EXCLUDED.until"
            " WHERE leases.owner = EXCLUDED.owner OR leases.until < $3",
            name,
            owner,
            now,
            until,
        )
    return taken == 1


async def renew(db: Database, names: Collection[str], owner: str, until: datetime) -> set[str]:
    """Keep names for longer; return those that are still one's own."""
    kept = set()
    async with db.transaction() as tx:
        for name in names:
            row = await tx.execute(
                "UPDATE leases SET until = $3 WHERE name = $1 AND owner = $2", name, owner, until
            )
            kept |= {name} if row else set()
    return kept


async def let_go(db: Database, name: str, owner: str) -> None:
    """Let another have one name that is one's own."""
    async with db.transaction() as tx:
        await tx.execute("DELETE FROM leases WHERE name = $1 AND owner = $2", name, owner)


async def one_at_a_time(tx: Transaction, claims: int) -> None:
    """Let no other instance lease rows of a kind until this transaction ends; on SQLite none does anyhow."""
    if tx.engine == "postgres":
        await tx.fetch("SELECT pg_advisory_xact_lock($1)", claims)


def in_order(of: Reader, column: str = "id") -> str:
    """Return what makes a subquery take its rows by number, so that no two who take several wait for each other.

    On SQLite, which has one writer, it is nothing.
    """
    return f"ORDER BY {column} FOR NO KEY UPDATE" if of.engine == "postgres" else ""


async def renew_rows(
    db: Database, sql: str, values: Sequence[Value], ids: Collection[int], column: str = "id"
) -> set[int]:
    """Renew leased rows by a statement that has place for their `{ids}`; return those that it found.

    At its `{in_order}` comes what `in_order` returns. What somebody is just writing is renewed the next time:
    a long action holds its own update.
    """
    if not ids:
        return set()
    slots = ", ".join(f"${len(values) + n}" for n in range(1, len(ids) + 1))
    free = " SKIP LOCKED" if db.engine == "postgres" else ""
    statement = sql.format(ids=slots, in_order=in_order(db, column) + free)
    async with db.transaction() as tx:
        rows = await tx.fetch(statement, *values, *ids)
    return {int(row["id"]) for row in rows}


async def give_back(db: Database, owner: str, now: datetime) -> None:
    """Let go of all that one holds, and of what nobody has held for long."""
    async with db.transaction() as tx:
        await tx.execute(
            "DELETE FROM leases WHERE owner = $1 OR until < $2", owner, now - _FORGOTTEN
        )


async def held(db: Reader, now: datetime) -> list[Lease]:
    """Return what anybody holds, by name."""
    rows = await db.fetch(
        "SELECT name, owner, until FROM leases WHERE until >= $1 ORDER BY name", now
    )
    return [Lease.model_validate(row) for row in rows]
