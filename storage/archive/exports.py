"""Exports everything the office keeps, in pages by number, so that a million tasks take no more memory than ten."""

from collections.abc import AsyncIterator

from storage.archive.archived_rows import PARTS, REGISTERS, Plain, plain
from storage.engine.database import Reader
from storage.history.audit import PAST, PastEvent

PAGE = 500
TABLES = ("tasks", *PARTS.values(), "series", "documents", "leader_groups", "units", "people")
"""A table comes before the tables that it points to. So a row added meanwhile points to no missing row."""
WORDS = ("events", "texts")
LISTED = ("tasks", "events", "documents", "units", "people", "files")
"""Tables that are also written as a list for people."""


async def count(db: Reader) -> int:
    """Return how many rows the export has, as things stand now."""
    total = 0
    for table in (*TABLES, *WORDS, *LISTED):
        row = await db.fetch_one(f"SELECT COUNT(*) AS rows FROM {table}")  # noqa: S608 - our tables
        total += int(row["rows"]) if row else 0
    return total


async def rows(db: Reader, table: str) -> AsyncIterator[list[Plain]]:
    """Yield pages of a table's rows, by number; of people and units only the columns that an archive may hold."""
    columns, last = REGISTERS.get(table, "*"), 0
    sql = f"SELECT {columns} FROM {table} WHERE id > $1 ORDER BY id LIMIT {PAGE}"  # noqa: S608 - ours
    while found := await db.fetch(sql, last):
        yield [plain(row) for row in found]
        last = found[-1]["id"]


async def numbers(db: Reader) -> AsyncIterator[list[int]]:
    """Yield pages of the numbers of all tasks."""
    last = 0
    sql = f"SELECT id FROM tasks WHERE id > $1 ORDER BY id LIMIT {PAGE}"  # noqa: S608 - a number
    while found := await db.fetch(sql, last):
        yield [int(row["id"]) for row in found]
        last = found[-1]["id"]


async def history(db: Reader) -> AsyncIterator[list[PastEvent]]:
    """Yield pages of everything that ever happened, the oldest first."""
    last = 0
    while found := await db.fetch(f"{PAST} WHERE e.id > $1 ORDER BY e.id LIMIT {PAGE}", last):
        yield [PastEvent.model_validate(row) for row in found]
        last = found[-1]["id"]
