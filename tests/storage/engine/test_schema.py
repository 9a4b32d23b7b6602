"""schema.sql shows the tables as they stand, and both engines have the same ones.

After a new migration: `pytest tests/storage/engine/test_schema.py --update-schema`.
"""

from pathlib import Path

import pytest

import storage
from storage.engine.database import Database, Row
from storage.engine.opening import open_database

SCHEMA = Path(storage.__file__).parent / "schema.sql"
HEADING = "-- The tables as they stand after every migration, on SQLite; written by the tests.\n\n"
SEARCH = "task_search"
"""Search has a table of its own kind on each engine."""


async def test_it_is_what_the_migrations_make(sqlite_url: str, pytestconfig: pytest.Config) -> None:
    db = await open_database(sqlite_url)
    rows = await db.fetch(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE $1 ORDER BY rowid",
        f"{SEARCH}_%",
    )
    await db.close()
    schema = HEADING + "\n".join(f"{row['sql']};\n" for row in rows)
    if pytestconfig.getoption("--update-schema"):
        SCHEMA.write_text(schema, "utf-8")
    assert SCHEMA.read_text("utf-8") == schema


async def test_both_engines_have_the_same_tables_and_columns(
    sqlite_url: str, postgres_url: str
) -> None:
    on_sqlite = await tables(sqlite_url)
    on_postgres = await tables(postgres_url)
    assert {"tasks", "events", "outbox", SEARCH} <= on_sqlite.keys()
    assert on_sqlite.keys() == on_postgres.keys()
    assert ("said", "text") in {column[:2] for column in on_postgres.pop(SEARCH)}
    del on_sqlite[SEARCH]
    assert on_sqlite == on_postgres


async def tables(url: str) -> dict[str, set[tuple[str, str, bool]]]:
    """Return each table's columns: name, type, and whether it may be empty."""
    db = await open_database(url)
    try:
        rows = await columns(db)
    finally:
        await db.close()
    found: dict[str, set[tuple[str, str, bool]]] = {}
    for row in rows:
        kind = TYPES.get(str(row["type"]), str(row["type"]))
        found.setdefault(row["tab"], set()).add((row["name"], kind, bool(row["nullable"])))
    return found


TYPES: dict[str, str] = {
    "BIGINT": "bigint",
    "INTEGER": "bigint",
    "TEXT": "text",
    "BOOLEAN": "boolean",
    "TIMESTAMPTZ": "timestamp with time zone",
}


async def columns(db: Database) -> list[Row]:
    if db.engine == "postgres":
        return await db.fetch(
            "SELECT table_name AS tab, c.column_name AS name, c.data_type AS type,"
            " c.is_nullable = 'YES' AS nullable FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE table_schema = 'public' AND t.table_type = 'BASE TABLE'"
        )
    return await db.fetch(
        'SELECT m.name AS tab, c.name AS name, c.type AS type, NOT (c."notnull" OR c.pk)'
        " AS nullable FROM sqlite_master m JOIN pragma_table_info(m.name) c"
        " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE $1",
        f"{SEARCH}_%",
    )
