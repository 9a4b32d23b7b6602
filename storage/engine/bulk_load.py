"""After many rows were written by hand: the next numbers, and how the rows are spread."""

from collections.abc import Sequence

from storage.engine.database import Transaction


async def count_on(tx: Transaction, tables: Sequence[str]) -> None:
    """Let the next numbers be given from behind those that were written by hand, on PostgreSQL."""
    if tx.engine == "postgres":
        for table in tables:
            await tx.fetch(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), MAX(id)) FROM {table}"  # noqa: S608 - tables
            )


async def analyse(tx: Transaction) -> None:
    """Let the engine look at how the rows are spread, which its plans follow."""
    await tx.execute("ANALYZE")
