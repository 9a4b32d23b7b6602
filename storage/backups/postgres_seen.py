"""Writes what the check of a PostgreSQL copy's history needs into a SQLite file."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from storage.backups.postgres_backup import LastNumber, NotADump, Rows, contents
from storage.engine.sqlite_work import utc_text

_ESCAPED = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v"}
_EVENT = "id at kind facts hash"
_LOOKED_AT = {
    "events": _EVENT,
    "kept_events": f"{_EVENT} previous",
    "chain": "id length hash",
    "texts": "id sha256 created_at",
    "files": "id sha256 name size mime task_id person_id created_at",
    "archived_tasks": "task_id archive_id",
    "migrations": "number name sha256 works_with run_at",
}
"""By table, the columns that are never NULL."""
_MAY_BE_EMPTY = {
    "events": "actor_id task_id person_id text_id document_id",
    "kept_events": "actor_id task_id person_id text_id document_id",
    "texts": "body",
    "archived_tasks": "disposed_at",
}
_NUMBERS = {"id", "length", "size", "number", "works_with"}
_MOMENTS = ("at", "created_at", "disposed_at", "run_at")
_BATCH = 1000


def to_sqlite(source: Path, target: Path) -> dict[str, int]:
    """Write the tables that are checked into a new SQLite file; return the number of rows of every table.

    Raises NotADump.
    """
    counts: dict[str, int] = {}
    with closing(sqlite3.connect(target)) as db:
        try:
            for one in contents(source):
                if isinstance(one, LastNumber):
                    continue
                if one.table in counts:
                    raise NotADump(f"{one.table} is in it twice")
                counts[one.table] = _take(db, one)
        except (ValueError, OverflowError, sqlite3.DatabaseError) as why:
            raise NotADump(str(why)) from None
        db.commit()
    return counts


def _take(db: sqlite3.Connection, rows: Rows) -> int:
    """Count the rows of a table, and store them if the table is checked."""
    if rows.table not in _LOOKED_AT:
        return sum(1 for _ in rows.lines)
    filled = _LOOKED_AT[rows.table].split()
    wanted = {*filled, *_MAY_BE_EMPTY.get(rows.table, "").split()}
    if missing := wanted - set(rows.columns):
        raise NotADump(f"{rows.table} has no column {min(missing)}")
    kinds = {one: "INTEGER" if _is_number(one) else "TEXT" for one in rows.columns}
    kinds |= {one: f"{kinds[one]} NOT NULL" for one in filled}
    named = ", ".join(f"{one} {kind}" for one, kind in kinds.items())
    db.execute(f"CREATE TABLE {rows.table} ({named}, PRIMARY KEY ({filled[0]}))")
    slots = ", ".join("?" * len(rows.columns))
    count = 0
    for some in _some(rows):
        db.executemany(f"INSERT INTO {rows.table} VALUES ({slots})", some)  # noqa: S608 - slots
        count += len(some)
    return count


def _some(rows: Rows) -> Iterator[list[Sequence[str | int | None]]]:
    """Yield the values of rows, a batch at a time; raises ValueError."""
    some: list[Sequence[str | int | None]] = []
    for line in rows.lines:
        said = line.decode().removesuffix("\n").split("\t")
        some.append([_value(*pair) for pair in zip(rows.columns, said, strict=True)])
        if len(some) == _BATCH:
            yield some
            some = []
    yield some


def _value(column: str, said: str) -> str | int | None:
    """Return a value in the form in which it is hashed on both engines."""
    if said == r"\N":
        return None
    value = _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), said)
    if _is_number(column):
        return int(value)
    return utc_text(datetime.fromisoformat(value)) if column in _MOMENTS else value


def _is_number(column: str) -> bool:
    return column in _NUMBERS or (column.endswith("_id") and column != "telegram_file_id")
