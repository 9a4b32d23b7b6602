"""Puts the rows of an archive package back: adds missing rows and corrects rows that differ."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import asyncpg

from storage.archive.archived_rows import PARTS, Plain, plain, stored
from storage.engine.database import Table, Transaction
from storage.tasks import search

MISFITS = (
    *(sqlite3.IntegrityError, sqlite3.DataError),
    *(asyncpg.IntegrityConstraintViolationError, asyncpg.DataError),
)
"""Errors of both engines for rows that no database of this program can hold."""

_MOST = 5000


class OtherRow(Exception):  # noqa: N818 - what is found, and why nothing is put back
    """The number of a row belongs to something else in this database.

    A package can be restored only where its tasks are, or where nothing is.
    """

    def __init__(self, table: str, number: int) -> None:
        super().__init__(f"{table}: number {number} is something else here")


@dataclass
class Put:
    """Counts of the rows that were added, changed, and removed because the package does not have them."""

    added: int = 0
    changed: int = 0
    removed: int = 0


async def put_register(tx: Transaction, table: str, rows: Sequence[Plain]) -> int:
    """Add the rows that tasks point to, where they are missing; existing rows stay unchanged. Raises OtherRow.

    Two rows with one number are the same thing if they were created at the same moment.
    """
    known = await _known(tx, table, rows)
    for row in rows:
        other = known.get(row["id"])
        if other is not None and other["created_at"] != row["created_at"]:
            raise OtherRow(table, row["id"])
    missing = [row for row in rows if row["id"] not in known]
    await _add(tx, table, missing)
    return len(missing)


async def put(
    tx: Transaction, table: str, rows: Sequence[Plain], done: Put, *, change: bool
) -> None:
    """Put rows back into a table, by number, and count them in `done`.

    A row that exists and differs is corrected if `change` is set; otherwise this raises OtherRow.
    """
    known = await _known(tx, table, rows)
    missing = [row for row in rows if row["id"] not in known]
    await _add(tx, table, missing)
    done.added += len(missing)
    for row in rows:
        here = known.get(row["id"])
        if here is not None and any(here[name] != value for name, value in row.items()):
            if not change:
                raise OtherRow(table, row["id"])
            await _set(tx, table, row)
            done.changed += 1


async def is_lived_in(tx: Transaction) -> bool:
    """Tell whether an office works in this database: somebody has an account, or a task is in no package."""
    row = await tx.fetch_one(
        "SELECT EXISTS (SELECT 1 FROM people WHERE telegram_id IS NOT NULL) OR EXISTS (SELECT 1 FROM tasks t"
        " LEFT JOIN archived_tasks a ON a.task_id = t.id WHERE a.task_id IS NULL) AS lived_in"
    )
    return row is not None and bool(row["lived_in"])


async def take_away(
    tx: Transaction, task_ids: Sequence[int], kept: Mapping[str, set[int]], done: Put
) -> None:
    """Delete the rows of these tasks that are in no package; `kept` has the row numbers to keep, by part."""
    slots = ", ".join(f"${n}" for n in range(1, len(task_ids) + 1))
    for part, table in PARTS.items():
        rows = await tx.fetch(f"SELECT id FROM {table} WHERE task_id IN ({slots})", *task_ids)  # noqa: S608 - names
        strange = [(row["id"],) for row in rows if row["id"] not in kept[part]]
        await tx.execute_many(f"DELETE FROM {table} WHERE id = $1", strange)  # noqa: S608 - names
        done.removed += len(strange)


async def put_words(
    tx: Transaction, rows: Sequence[tuple[int, str, str, str]], known: set[int]
) -> None:
    """Make tasks searchable by the folded words of their title, document and files, and of what was said.

    `rows` hold a number, a title, what was said, and file names. Tasks in `known` are skipped.
    """
    await tx.copy(
        Table("task_search", ("rowid", "title", "document", "said", "files")),
        [
            (number, title, "", said[: search.MOST_KEPT], files)
            for number, title, said, files in rows
            if number not in known
        ],
    )
    await tx.execute_many(
        "UPDATE task_search SET document = COALESCE((SELECT d.words FROM documents d JOIN tasks t"
        " ON t.document_id = d.id WHERE t.id = $1), '') WHERE rowid = $1",
        [(number,) for number, *_ in rows if number not in known],
    )


async def present(tx: Transaction, task_ids: Sequence[int]) -> set[int]:
    """Return the numbers of those tasks that exist."""
    slots = ", ".join(f"${n}" for n in range(1, len(task_ids) + 1))
    rows = await tx.fetch(f"SELECT id FROM tasks WHERE id IN ({slots})", *task_ids)  # noqa: S608 - slots
    return {int(row["id"]) for row in rows}


async def _known(tx: Transaction, table: str, rows: Sequence[Plain]) -> dict[int, Plain]:
    found: dict[int, Plain] = {}
    ids = [row["id"] for row in rows]
    for start in range(0, len(ids), _MOST):
        some = ids[start : start + _MOST]
        slots = ", ".join(f"${n}" for n in range(1, len(some) + 1))
        known = await tx.fetch(f"SELECT * FROM {table} WHERE id IN ({slots})", *some)  # noqa: S608 - names
        found |= {row["id"]: plain(row) for row in known}
    return found


async def _add(tx: Transaction, table: str, rows: Sequence[Plain]) -> None:
    if rows:
        columns = tuple(rows[0])
        values = [[stored(name, row[name]) for name in columns] for row in rows]
        await tx.copy(Table(table, columns), values)


async def _set(tx: Transaction, table: str, row: Plain) -> None:
    sets = ", ".join(f"{name} = ${n}" for n, name in enumerate(row, 1) if name != "id")
    values = [stored(name, value) for name, value in row.items()]
    where = list(row).index("id") + 1
    await tx.execute(f"UPDATE {table} SET {sets} WHERE id = ${where}", *values)  # noqa: S608 - names
