"""Copies all rows of one database into another, empty one, on either engine, and compares them."""

import hashlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from storage.engine.database import Engine, Reader, Row, Table, Transaction, Value
from storage.engine.sqlite_work import utc_text

Kind = Literal["moment", "flag", "plain"]
PAGE = 2000
_SHAPES: dict[Engine, str] = {
    "sqlite": "SELECT t.name AS of, c.name AS name, c.type AS type, c.pk AS key, t.type AS sort"
    " FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c"
    " WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND t.name NOT LIKE 'sqlite%'"
    " ORDER BY t.name, c.cid",
    "postgres": "SELECT c.table_name AS of, c.column_name AS name, c.data_type AS type,"
    " COALESCE(k.ordinal_position, 0) AS key, 'table' AS sort FROM information_schema.columns AS c"
    " JOIN information_schema.tables AS t USING (table_schema, table_name)"
    " LEFT JOIN information_schema.table_constraints AS x ON x.table_schema = c.table_schema"
    "  AND x.table_name = c.table_name AND x.constraint_type = 'PRIMARY KEY'"
    " LEFT JOIN information_schema.key_column_usage AS k ON k.table_schema = c.table_schema"
    "  AND k.constraint_name = x.constraint_name AND k.column_name = c.column_name"
    " WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'"
    "  AND c.is_generated = 'NEVER' ORDER BY c.table_name, c.ordinal_position",
}
_POINTING = (
    "SELECT CAST(CAST(conrelid AS regclass) AS TEXT) AS of, conname AS name, pg_get_constraintdef(oid) AS rule"
    " FROM pg_constraint WHERE contype = 'f' AND connamespace = CAST(current_schema() AS regnamespace)"
)


class CannotMove(Exception):  # noqa: N818 - the operator reads what it is
    """The rows cannot be moved; the text says which and why."""


@dataclass(frozen=True)
class Shape:
    """A table: its key, in order, and what each column holds."""

    name: str
    key: tuple[str, ...]
    columns: Mapping[str, Kind]


@dataclass(frozen=True)
class Sum:
    """How many rows a table has, and a sum of their hashes, whatever their order."""

    rows: int = 0
    hashes: int = 0


async def shapes(db: Reader) -> dict[str, Shape]:
    """Return the tables that hold an office's data."""
    found: dict[str, list[Row]] = {}
    for row in await db.fetch(_SHAPES[db.engine]):
        found.setdefault(row["of"], []).append(row)
    found.pop("migrations", None)
    return {name: _shape(name, rows) for name, rows in found.items()}


def _shape(name: str, rows: Sequence[Row]) -> Shape:
    columns = {row["name"]: _kind(row["type"]) for row in rows}
    if (
        rows[0]["sort"] == "virtual"
    ):  # SQLite's full-text index: its rows are numbered, but it has no key
        return Shape(name, ("rowid",), {"rowid": "plain", **columns})
    key = sorted((row["key"], row["name"]) for row in rows if row["key"])
    return Shape(name, tuple(name for _, name in key), columns)


def _kind(declared: str) -> Kind:
    if declared in {"TIMESTAMPTZ", "timestamp with time zone"}:
        return "moment"
    return "flag" if declared in {"BOOLEAN", "boolean"} else "plain"


async def written_in(db: Reader) -> list[str]:
    """Return the tables that have been written to, by people or by the program, since they were made."""
    new = {"chain": "length = 0"}
    return [
        name
        for name in await shapes(db)
        if await db.fetch(
            f"SELECT 1 FROM {name} WHERE NOT ({new.get(name, '1 = 0')}) LIMIT 1"  # noqa: S608 - our tables
        )
    ]


async def hold(tx: Transaction) -> None:
    """Keep others from writing until the transaction ends. On SQLite its first statement does that."""
    names = ", ".join(await shapes(tx))
    if tx.engine == "postgres":
        await tx.execute(f"LOCK TABLE {names} IN SHARE MODE")


async def pages(db: Reader, shape: Shape) -> AsyncIterator[list[list[Value]]]:
    """Yield a table's rows, a page at a time, in the form that both engines take; raises CannotMove."""
    key, slots = ", ".join(shape.key), ", ".join(f"${n + 1}" for n in range(len(shape.key)))
    select = f"SELECT {', '.join(shape.columns)} FROM {shape.name}"  # noqa: S608 - our tables
    order = f"ORDER BY {key} LIMIT {PAGE}"
    rows = await db.fetch(f"{select} {order}")
    while rows:
        yield [_values(shape, row) for row in rows]
        last = [rows[-1][one] for one in shape.key]
        rows = await db.fetch(f"{select} WHERE ({key}) > ({slots}) {order}", *last)


def _values(shape: Shape, row: Row) -> list[Value]:
    try:
        return [_value(kind, row[name]) for name, kind in shape.columns.items()]
    except ValueError as why:
        number = ", ".join(str(row[one]) for one in shape.key)
        raise CannotMove(f"{shape.name} {number}: a moment that cannot be read: {why}") from None


def _value(kind: Kind, value: Value) -> Value:
    if value is None or kind == "plain":
        return value
    if kind == "flag":
        return bool(value)
    return datetime.fromisoformat(value) if isinstance(value, str) else value


def plus(known: Sum, rows: Sequence[Sequence[Value]]) -> Sum:
    """Return a sum that includes more rows."""
    hashes = known.hashes
    for row in rows:
        words = [utc_text(one) if isinstance(one, datetime) else one for one in row]
        digest = hashlib.sha256(json.dumps(words).encode()).digest()
        hashes += int.from_bytes(digest[:16], "big")
    return Sum(known.rows + len(rows), hashes % 2**128)


async def put(tx: Transaction, shape: Shape, rows: Sequence[Sequence[Value]]) -> None:
    """Add rows of a table."""
    await tx.copy(Table(shape.name, tuple(shape.columns)), rows)


async def begin(tx: Transaction) -> list[str]:
    """Let rows be added in any order; return the rules that `end` needs."""
    await tx.execute("DELETE FROM chain")
    if tx.engine == "sqlite":
        await tx.execute("PRAGMA defer_foreign_keys=ON")
        return []
    rules = await tx.fetch(_POINTING)
    for one in rules:
        await tx.execute(f"ALTER TABLE {one['of']} DROP CONSTRAINT {one['name']}")
    return [f"ALTER TABLE {one['of']} ADD CONSTRAINT {one['name']} {one['rule']}" for one in rules]


async def end(tx: Transaction, rules: Sequence[str], numbers: Mapping[str, int]) -> None:
    """Check that every row points to an existing row, and let each table continue its numbers as before."""
    for rule in rules:
        await tx.execute(rule)
    for name, last in numbers.items():
        if tx.engine == "sqlite":
            await tx.execute("DELETE FROM sqlite_sequence WHERE name = $1", name)
            await tx.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)", name, last)
        else:
            await tx.fetch(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {last})")
    if tx.engine == "postgres":
        await tx.execute("ANALYZE")


async def numbers_given(db: Reader) -> dict[str, int]:
    """Return the last number that each table gave, if any. A number is never given twice."""
    if db.engine == "sqlite":
        rows = await db.fetch("SELECT name, seq FROM sqlite_sequence")
        return {row["name"]: int(row["seq"]) for row in rows if row["seq"]}
    rows = await db.fetch(
        "SELECT t.relname AS name, pg_sequence_last_value(s.oid) AS seq"
        " FROM pg_class AS s JOIN pg_depend AS d ON d.objid = s.oid AND d.deptype = 'i'"
        " JOIN pg_class AS t ON t.oid = d.refobjid"
        " WHERE s.relkind = 'S' AND t.relnamespace = CAST(current_schema() AS regnamespace)"
    )
    return {row["name"]: int(row["seq"]) for row in rows if row["seq"]}
