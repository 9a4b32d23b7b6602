"""Rows of lists that were taken in, by what they say: a list that comes again makes no task twice."""

from collections.abc import Mapping, Sequence

from storage.engine.database import Reader, Transaction


async def alone(tx: Transaction) -> None:
    """Let nobody else take rows in until the transaction is over; SQLite has one writer anyway."""
    if tx.engine == "postgres":
        await tx.execute("LOCK TABLE imported_rows IN SHARE ROW EXCLUSIVE MODE")


async def known(db: Reader, fingerprints: Sequence[str]) -> dict[str, int]:
    """Return, of these rows, those that are tasks already, and their numbers."""
    if not fingerprints:
        return {}
    slots = ", ".join(f"${n}" for n in range(1, len(fingerprints) + 1))
    rows = await db.fetch(
        f"SELECT fingerprint, task_id FROM imported_rows WHERE fingerprint IN ({slots})",  # noqa: S608 - slots
        *fingerprints,
    )
    return {str(row["fingerprint"]): int(row["task_id"]) for row in rows}


async def keep(tx: Transaction, made: Mapping[str, int]) -> None:
    """Note which task each row became."""
    await tx.execute_many(
        "INSERT INTO imported_rows (fingerprint, task_id) VALUES ($1, $2)", list(made.items())
    )
