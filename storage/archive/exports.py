"""Everything the office keeps, some rows at a time by number: a million tasks take no more memory than ten."""

from collections.abc import AsyncIterator

from storage.archive.archived_rows import PARTS, REGISTERS, Plain, plain
from storage.engine.database import Reader
from storage.history.audit import PAST, PastEvent

PAGE = 500
TABLES = ("tasks", *PARTS.values(), "series", "documents", "leader_groups", "units", "people")
"""Rows that point to others come before these: what is added meanwhile points to nothing missing."""
WORDS = ("events", "texts")
LISTED = ("tasks", "events", "documents", "units", "people", "files")
"""Those that are also written as a list for people."""


async def count(db: Reader) -> int:
    """Return how many rows will come, as things stand now."""
    total = 0
    for table in (*TABLES, *WORDS, *LISTED):
        row = await db.fetch_one(f"SELECT COUNT(*) AS rows FROM {table}")  # noqa: S608 - our tables
        total += int(row["rows"]) if row else 0
    return total


async def rows(db: Reader, table: str) -> AsyncIterator[list[Plain]]:
    """Return the rows of a table by number; of people and units what an archive may hold of them."""
    columns, last = REGISTERS.get(table, "*"), 0
    sql = f"SELECT {columns} FROM {table} WHERE id > $1 ORDER BY id LIMIT {PAGE}"  # noqa: S608 - ours
    while found := await db.fetch(sql, last):
        yield [plain(row) for row in found]
        last = found[-1]["id"]


async def numbers(db: Reader) -> AsyncIterator[list[int]]:
    """Return the numbers of all tasks."""
    last = 0
    sql = f"SELECT id FROM tasks WHERE id > $1 ORDER BY id LIMIT {PAGE}"  # noqa: S608 - a number
    while found := await db.fetch(sql, last):
        yield [int(row["id"]) for row in found]
        last = found[-1]["id"]


async def history(db: Reader) -> AsyncIterator[list[PastEvent]]:
    """Return all that ever happened, the oldest first."""
    last = 0
    while found := await db.fetch(f"{PAST} WHERE e.id > $1 ORDER BY e.id LIMIT {PAGE}", last):
        yield [PastEvent.model_validate(row) for row in found]
        last = found[-1]["id"]
