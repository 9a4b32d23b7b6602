"""Many rows at once, for an office that is made up; everything else is written by its own noun."""

from collections.abc import Sequence
from typing import NamedTuple

from storage.database import Transaction, Value

Rows = Sequence[Sequence[Value]]


class Table(NamedTuple):
    """A table and those of its columns that are written."""

    name: str
    columns: tuple[str, ...]


async def put(tx: Transaction, table: Table, rows: Rows) -> None:
    """Add rows, each with the values of the table's columns in their order."""
    slots = ", ".join(f"${n}" for n in range(1, len(table.columns) + 1))
    await tx.execute_many(
        f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({slots})",  # noqa: S608 - columns
        rows,
    )


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
