"""Steps after many rows were written with explicit numbers: sets the next numbers and updates statistics."""

from collections.abc import Sequence

from storage.engine.database import Transaction


async def count_on(tx: Transaction, tables: Sequence[str]) -> None:
    """Let each table give its next number after the highest one written, on PostgreSQL."""
    if tx.engine == "postgres":
        for table in tables:
            await tx.fetch(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), MAX(id)) FROM {table}"  # noqa: S608 - tables
            )


async def analyse(tx: Transaction) -> None:
    """Let the engine update its statistics of the rows, which its query plans depend on."""
    await tx.execute("ANALYZE")
