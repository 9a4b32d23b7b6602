"""Checks whether a SQLite database from elsewhere could have been written by this program.

SQLite keeps any value in any column, and the file may hold tables, views and triggers made by anyone. Code
that reads it as ours would fail on them somewhere, or do what they say.
"""

from datetime import UTC, datetime

from storage.engine.database import Database, Reader
from storage.engine.migrate import make_like

_SOME_TIME = datetime(2026, 1, 1, tzinfo=UTC)
_MADE = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT IN ('sqlite_stat1', 'sqlite_stat4')"
_SEARCH = "task_search_"
"""The names of the tables that SQLite itself makes for full-text search begin so. Their form is up to SQLite."""
_COLUMNS = (
    "SELECT t.name AS of, c.name AS name, c.type AS kind FROM pragma_table_list AS t"
    " JOIN pragma_table_info(t.name) AS c WHERE t.schema = 'main' AND t.type = 'table'"
    " AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid"
)
_MOMENT = "[1-8][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]+00:00"
_IMPOSSIBLE = (
    "WITH RECURSIVE tree AS (SELECT id FROM units WHERE parent_id IS NULL"
    " UNION SELECT u.id FROM units u JOIN tree t ON u.parent_id = t.id)"
    " SELECT 'units ' || id || ' is above itself' AS words FROM units"
    " WHERE id NOT IN (SELECT id FROM tree) ORDER BY id LIMIT 1",
    "SELECT 'tasks ' || id || ' is above itself' AS words FROM tasks WHERE parent_id >= id"
    " ORDER BY id LIMIT 1",
    "SELECT 'the history has no head' AS words WHERE NOT EXISTS (SELECT 1 FROM chain WHERE id = 1)",
)
"""Walking up from a row that is above itself would never end. Without a head no event can be added."""
_WRONG = {
    "INTEGER": "typeof({0}) NOT IN ('integer', 'null')",
    "BIGINT": "typeof({0}) NOT IN ('integer', 'null')",
    "BOOLEAN": "typeof({0}) NOT IN ('integer', 'null') OR {0} NOT IN (0, 1)",
    "TEXT": "typeof({0}) NOT IN ('text', 'null')",
    "TIMESTAMPTZ": "typeof({0}) NOT IN ('text', 'null')"
    f" OR {{0}} NOT GLOB '{_MOMENT}' OR julianday({{0}}) IS NULL AND {{0}} IS NOT NULL",
}


async def other_tables(db: Reader, empty: Database) -> str | None:
    """Return the first table, view or trigger that differs from what this program makes; None if none differs.

    `empty` is a new SQLite database in which they are made again for comparison. Raises REFUSALS of
    storage.engine.migrate.
    """
    async with empty.transaction() as tx:
        await make_like(tx, db, _SOME_TIME)
    theirs, wanted = await _made(db), await _made(empty)
    for kind, name in sorted(theirs.keys() - wanted.keys()):
        return f"the {kind} {name!r} is not of it"
    for kind, name in sorted(wanted.keys() - theirs.keys()):
        return f"the {kind} {name!r} is missing"
    for kind, name in sorted(wanted):
        if theirs[kind, name] != wanted[kind, name] and not name.startswith(_SEARCH):
            return f"the {kind} {name!r} is another"
    return None


async def other_values(db: Reader) -> str | None:
    """Return the first column that has a value of the wrong type, or a row that points to a missing row."""
    return await _other_kinds(db) or await _dangling(db)


async def impossible(db: Reader) -> str | None:
    """Return a fault that no single row shows, but that no database of ours has, on either engine; None if none."""
    for sql in _IMPOSSIBLE:
        if row := await db.fetch_one(sql):
            return str(row["words"])
    return None


async def _made(db: Reader) -> dict[tuple[str, str], tuple[str, str]]:
    return {
        (row["type"], row["name"]): (row["tbl_name"], row["sql"]) for row in await db.fetch(_MADE)
    }


async def _other_kinds(db: Reader) -> str | None:
    """Return the first column that has a value of the wrong type."""
    columns: dict[str, dict[str, str]] = {}
    for row in await db.fetch(_COLUMNS):
        if row["kind"] in _WRONG and not row["of"].startswith(_SEARCH):
            columns.setdefault(row["of"], {})[row["name"]] = _WRONG[row["kind"]].format(row["name"])
    for table, wrong in columns.items():
        each = ", ".join(f"MAX({one}) AS {name}" for name, one in wrong.items())
        found = await db.fetch_one(f"SELECT {each} FROM {table}")  # noqa: S608 - our tables
        for name, is_wrong in (found or {}).items():
            if is_wrong:
                return f"{table}.{name} has a value that is none of its kind"
    return None


async def _dangling(db: Reader) -> str | None:
    row = await db.fetch_one('SELECT "table" AS of, parent FROM pragma_foreign_key_check LIMIT 1')
    return (
        f"a row of {row['of']} points to one of {row['parent']} that is not there" if row else None
    )
