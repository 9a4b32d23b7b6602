"""Rows of lists that were taken in, by their content: a list that comes again makes no task twice."""

from collections.abc import Mapping, Sequence

from storage.engine.database import Reader, Transaction


async def alone(tx: Transaction) -> None:
    """Keep others from taking rows in until the transaction ends; SQLite has one writer anyway."""
    if tx.engine == "postgres":
        await tx.execute("LOCK TABLE imported_rows IN SHARE ROW EXCLUSIVE MODE")


async def known(db: Reader, fingerprints: Sequence[str]) -> dict[str, int]:
    """Return those of these rows that are tasks already, with the numbers of the tasks."""
    if not fingerprints:
        return {}
    slots = ", ".join(f"${n}" for n in range(1, len(fingerprints) + 1))
    rows = await db.fetch(
        f"SELECT fingerprint, task_id FROM imported_rows WHERE fingerprint IN ({slots})",  # noqa: S608 - slots
        *fingerprints,
    )
    return {str(row["fingerprint"]): int(row["task_id"]) for row in rows}


async def keep(tx: Transaction, made: Mapping[str, int]) -> None:
    """Record which task each row became."""
    await tx.execute_many(
        "INSERT INTO imported_rows (fingerprint, task_id) VALUES ($1, $2)", list(made.items())
    )
