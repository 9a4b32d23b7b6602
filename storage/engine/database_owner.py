"""Detects another program's database: we neither write between its tables nor read them as ours."""

from collections.abc import Sequence

from storage.engine.database import Engine, Reader

_OUR_MARK = ("migrations", "works_with")
_COLUMNS: dict[Engine, str] = {
    "sqlite": "SELECT t.name AS of, c.name AS name FROM pragma_table_list AS t"
    " JOIN pragma_table_info(t.name) AS c"
    " WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite%'",
    "postgres": "SELECT table_name AS of, column_name AS name FROM information_schema.columns"
    " JOIN information_schema.tables USING (table_schema, table_name)"
    " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'",
}


class ForeignDatabase(Exception):  # noqa: N818 - the operator reads what it is
    """Another program keeps its tables in the database."""

    def __init__(self, tables: Sequence[str]) -> None:
        named = ", ".join(tables[:3]) + (f" and {len(tables) - 3} more" if len(tables) > 3 else "")
        super().__init__(
            f"the database has tables of another program ({named}): dondoc needs an empty one of its own"
        )


async def refuse_foreign(db: Reader) -> None:
    """Raise ForeignDatabase if there are tables, but not our list of migrations."""
    columns = {(row["of"], row["name"]) for row in await db.fetch(_COLUMNS[db.engine])}
    if columns and _OUR_MARK not in columns:
        raise ForeignDatabase(sorted({table for table, _ in columns}))
