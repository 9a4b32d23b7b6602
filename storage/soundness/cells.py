"""What a value of each column can be, as a condition that SQLite can ask of every row."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple, get_args

from pydantic.fields import FieldInfo

from storage.engine.database import Reader
from storage.records import (
    Absence,
    Document,
    Person,
    Post,
    Record,
    Request,
    Series,
    Task,
    TaskPerson,
)

_ROWS: dict[str, type[Record]] = {
    "absences": Absence,
    "documents": Document,
    "people": Person,
    "requests": Request,
    "roles": Post,
    "series": Series,
    "task_people": TaskPerson,
    "tasks": Task,
}
"""Tables whose rows are read as records that know more of a column than its type."""
_JSON = {"aliases", "before", "facts", "fields", "former_names", "short_names"}
"""Columns that hold JSON, whichever table they are of."""
_DAY = "[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]"
_MOMENT = f"{_DAY}T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].{'[0-9]' * 6}+00:00"
_OF_TYPE = {
    "INTEGER": "typeof({0}) = 'integer'",
    "BIGINT": "typeof({0}) = 'integer'",
    "BOOLEAN": "typeof({0}) = 'integer' AND {0} IN (0, 1)",
    "TEXT": "typeof({0}) = 'text'",
    "TIMESTAMPTZ": f"typeof({{0}}) = 'text' AND {{0}} GLOB '{_MOMENT}' AND julianday({{0}}) NOTNULL",
}
_NOT_ASCII = "typeof({0}) = 'text' AND {0} GLOB '*[^' || char(1) || '-' || char(127) || ']*'"


class Column(NamedTuple):
    name: str
    right: str
    """The condition that each value fulfils, or is NULL."""
    has_words: bool
    """Whether it may hold letters beyond ASCII, and so what is not UTF-8."""


async def columns(db: Reader, table: str) -> list[Column]:
    """Return the columns of a table of ours."""
    rows = await db.fetch(f"PRAGMA table_info({table})")
    fields = _ROWS[table].model_fields if table in _ROWS else {}
    return [_column(row["name"], row["type"], fields.get(row["name"])) for row in rows]


def find_wrong(table: str, given: Sequence[Column]) -> str:
    """Return the statement that finds, between two row numbers, cells that cannot be: `id` and `name`."""
    wrong = [f"{one.name} NOTNULL AND NOT ({one.right})" for one in given]
    named = " ".join(f"WHEN {no} THEN '{one.name}'" for no, one in zip(wrong, given, strict=True))
    return _between(table, f"CASE {named} END AS name", " OR ".join(wrong))


def find_words(table: str, given: Sequence[Column]) -> str | None:
    """Return the statement that finds texts beyond ASCII, as bytes; None where there can be none."""
    with_words = [one.name for one in given if one.has_words]
    if not with_words:
        return None
    bytes_of = ", ".join(f"CAST({name} AS BLOB) AS {name}" for name in with_words)
    is_wide = " OR ".join(_NOT_ASCII.format(name) for name in with_words)
    return _between(table, bytes_of, is_wide)


def _between(table: str, found: str, condition: str) -> str:
    return (
        f"SELECT rowid AS id, {found} FROM {table}"  # noqa: S608 - tables and columns of ours
        f" WHERE rowid > $1 AND rowid <= $2 AND ({condition})"
    )


def _column(name: str, type_: str, field: FieldInfo | None) -> Column:
    right = _OF_TYPE.get(type_, "TRUE").format(name)
    meant = "TRUE" if field is None else _meant(name, field)
    if name in _JSON:
        meant = f"json_valid({name})"
    return Column(name, f"{right} AND {meant}", type_ == "TEXT")


def _meant(name: str, field: FieldInfo) -> str:
    """Return what a record knows of a column beyond its type."""
    kinds = get_args(field.annotation) or (field.annotation,)
    words = [one for one in kinds if isinstance(one, type) and issubclass(one, StrEnum)]
    if words:
        return f"{name} IN ({', '.join(repr(str(one)) for one in words[0])})"
    if date in kinds:
        return f"{name} GLOB '{_DAY}' AND julianday({name}) NOTNULL"
    return "TRUE"
