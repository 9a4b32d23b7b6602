"""Assigning documents: one document, many tasks (domain.md, section 8)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from storage.conditions import Condition
from storage.database import Reader, Transaction, Value
from storage.records import Document, DocumentView

_SYMBOLS = 6705  # advisory locks, one a symbol: two that are only looked for cannot be held
_ENTERED = (
    "(SELECT COUNT(DISTINCT COALESCE(-k.series_id, k.id)) FROM tasks k"
    " WHERE k.document_id = d.id AND k.status <> 'cancelled')"
)
"""What comes back counts once."""

_NAMED = (
    " JOIN people p ON p.id = d.entered_by_id LEFT JOIN people f ON f.id = d.for_person_id"
    " LEFT JOIN leader_groups g ON g.id = d.for_group_id"
)
_COLUMNS = (
    f"d.*, p.name AS entered_by_name, COALESCE(f.name, g.name) AS for_name, {_ENTERED} AS entered"
)
LACKING = Condition(f"COALESCE(d.planned, 0) > {_ENTERED}")
"""Documents with planned tasks that are not entered yet."""


async def alone(tx: Transaction, folded: str) -> None:
    """Let nobody else give a document this symbol until the transaction is over; SQLite has one writer."""
    if tx.engine == "postgres":
        await tx.fetch("SELECT pg_advisory_xact_lock($1, hashtext($2))", _SYMBOLS, folded)


async def put(tx: Transaction, columns: Mapping[str, Value | date]) -> Document | None:
    """Add a document; None where one of this symbol and day is there."""
    await alone(tx, str(columns["folded"]))
    names = ", ".join(columns)
    slots = ", ".join(f"${n}" for n in range(1, len(columns) + 1))
    row = await tx.fetch_one(
        f"INSERT INTO documents ({names}) VALUES ({slots})"  # noqa: S608 - column names
        " ON CONFLICT DO NOTHING RETURNING *",
        *_stored(columns),
    )
    return Document.model_validate(row) if row else None


async def change(
    tx: Transaction, document_id: int, version: int, columns: Mapping[str, Value | date]
) -> Document | None:
    """Set columns and raise the version; None where the document has another version by now."""
    sets = ", ".join(f"{name} = ${n}" for n, name in enumerate(columns, 3))
    row = await tx.fetch_one(
        f"UPDATE documents SET {sets}, version = version + 1"  # noqa: S608 - column names
        " WHERE id = $1 AND version = $2 RETURNING *",
        document_id,
        version,
        *_stored(columns),
    )
    return Document.model_validate(row) if row else None


async def hold(tx: Transaction, document_id: int) -> None:
    """Let nobody else enter tasks of a document until the transaction is over; SQLite has one writer."""
    if tx.engine == "postgres":
        await tx.fetch("SELECT id FROM documents WHERE id = $1 FOR NO KEY UPDATE", document_id)


async def view(db: Reader, document_id: int) -> DocumentView | None:
    row = await db.fetch_one(
        f"SELECT {_COLUMNS} FROM documents d {_NAMED} WHERE d.id = $1",  # noqa: S608 - columns
        document_id,
    )
    return DocumentView.model_validate(row) if row else None


async def with_key(db: Reader, keys: Collection[str]) -> list[Document]:
    """Return the documents whose folded symbol is one of these, the newest first."""
    if not keys:
        return []
    slots = ", ".join(f"${n}" for n in range(1, len(keys) + 1))
    rows = await db.fetch(
        f"SELECT * FROM documents WHERE folded IN ({slots})"  # noqa: S608 - slots
        " ORDER BY COALESCE(issued_on, '') DESC, id DESC",
        *keys,
    )
    return [Document.model_validate(row) for row in rows]


async def page(
    db: Reader, condition: Condition, limit: int, offset: int = 0
) -> tuple[list[DocumentView], int]:
    """Return one page of the documents that meet a condition on `d`, the newest first, and how many do."""
    n = len(condition.values)
    rows = await db.fetch(
        f"SELECT COUNT(*) OVER () AS total, {_COLUMNS} FROM documents d {_NAMED}"  # noqa: S608 - conditions
        f" WHERE {condition.sql} ORDER BY d.id DESC LIMIT ${n + 1} OFFSET ${n + 2}",
        *condition.values,
        limit,
        offset,
    )
    return [DocumentView.model_validate(row) for row in rows], rows[0]["total"] if rows else 0


async def sees_task(db: Reader, document_id: int, condition: Condition) -> bool:
    """Tell whether a task of a document meets a condition on `t`."""
    wanted = condition & of_document(document_id)
    row = await db.fetch_one(
        f"SELECT 1 AS found FROM tasks t WHERE {wanted.sql} LIMIT 1",  # noqa: S608 - conditions
        *wanted.values,
    )
    return row is not None


async def titles(db: Reader, document_id: int, seen: Condition) -> dict[int, str]:
    """Return the titles of a document's tasks that meet a condition on `t`, by their numbers; no cancelled."""
    wanted = seen & of_document(document_id)
    rows = await db.fetch(
        "SELECT t.id, t.title FROM tasks t"  # noqa: S608 - conditions
        f" WHERE t.status <> 'cancelled' AND ({wanted.sql}) ORDER BY t.id",
        *wanted.values,
    )
    return {int(row["id"]): row["title"] for row in rows}


def of_document(document_id: int) -> Condition:
    """Tasks that a document assigned."""
    return Condition("t.document_id = $1", (document_id,))


def concerning(people: Sequence[int], groups: Collection[int], tasks: Condition) -> Condition:
    """Documents that these people entered or that were entered for them, and those of some tasks."""
    found = _among("d.entered_by_id", people) | _among("d.for_person_id", people)
    if groups:
        found = found | _among("d.for_group_id", groups)
    from_tasks = f"d.id IN (SELECT t.document_id FROM tasks t WHERE {tasks.sql})"  # noqa: S608 - conditions
    return found | Condition(from_tasks, tasks.values)


def having(words: Sequence[str]) -> Condition:
    """Documents with all of these folded words in their symbol, title or issuer."""
    found = Condition("TRUE")
    for word in words:
        found = found & Condition("d.words LIKE $1", (f"%{word}%",))
    return found


def _stored(columns: Mapping[str, Value | date]) -> list[Value]:
    """Return the values as they are stored: a day in ISO."""
    return [
        one.isoformat() if isinstance(one, date) and not isinstance(one, datetime) else one
        for one in columns.values()
    ]


def _among(column: str, ids: Collection[int]) -> Condition:
    slots = ", ".join(f"${n}" for n in range(1, len(ids) + 1))
    return Condition(f"{column} IN ({slots})", tuple(ids))
