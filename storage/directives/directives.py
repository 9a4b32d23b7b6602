"""Assigning documents: one document, many tasks (domain.md, section 8)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from storage.engine.database import Reader, Transaction, Value
from storage.records import Document, DocumentView
from storage.tasks.task_conditions import Condition

_SYMBOLS = (
    6705  # advisory locks, one for each symbol: a document that is not there yet has no row to lock
)
_ENTERED = Condition(
    "(SELECT COUNT(DISTINCT COALESCE(-t.series_id, t.id)) FROM tasks t"
    " WHERE t.document_id = d.id AND t.status <> 'cancelled' AND ("
)
"""All tasks of one series count once."""

_OWN = Condition(
    "CASE WHEN d.for_group_id IS NOT NULL THEN t.group_id = d.for_group_id"
    " ELSE t.assigner_id = COALESCE(d.for_person_id, d.entered_by_id) END"
)
"""Tasks `t` that were assigned by the one for whom document `d` was entered, else by who entered it."""

_NAMED = (
    " FROM documents d JOIN people p ON p.id = d.entered_by_id"
    " LEFT JOIN people f ON f.id = d.for_person_id"
    " LEFT JOIN leader_groups g ON g.id = d.for_group_id WHERE "
)
_COLUMNS = Condition(
    "SELECT COUNT(*) OVER () AS total, d.*, p.name AS entered_by_name,"
    " COALESCE(f.name, g.name) AS for_name, "
)
_END = Condition("")


async def alone(tx: Transaction, folded: str) -> None:
    """Lock a symbol: until the transaction ends, nobody else gives it to a document. SQLite has one writer."""
    if tx.engine == "postgres":
        await tx.fetch("SELECT pg_advisory_xact_lock($1, hashtext($2))", _SYMBOLS, folded)


async def put(tx: Transaction, columns: Mapping[str, Value | date]) -> Document:
    """Add a document, even if others have its symbol."""
    names = ", ".join(columns)
    slots = ", ".join(f"${n}" for n in range(1, len(columns) + 1))
    rows = await tx.fetch(
        f"INSERT INTO documents ({names}) VALUES ({slots}) RETURNING *",  # noqa: S608 - column names
        *_stored(columns),
    )
    return Document.model_validate(rows[0])


async def change(
    tx: Transaction, document_id: int, version: int, columns: Mapping[str, Value | date]
) -> Document | None:
    """Set columns and raise the version; None if the document has another version by now."""
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
    """Lock a document: until the transaction ends, nobody else enters tasks of it. SQLite has one writer."""
    if tx.engine == "postgres":
        await tx.fetch("SELECT id FROM documents WHERE id = $1 FOR NO KEY UPDATE", document_id)


async def get(db: Reader, document_id: int) -> Document | None:
    row = await db.fetch_one("SELECT * FROM documents WHERE id = $1", document_id)
    return Document.model_validate(row) if row else None


async def with_key(db: Reader, keys: Collection[str], seen: Condition) -> list[Document]:
    """Return the documents `d` that have one of these folded symbols and meet a condition, the newest first."""
    if not keys:
        return []
    slots = ", ".join(f"${n}" for n in range(1, len(keys) + 1))
    wanted = Condition(f"d.folded IN ({slots})", tuple(keys)) & seen
    rows = await db.fetch(
        f"SELECT d.* FROM documents d WHERE {wanted.sql}"  # noqa: S608 - conditions
        " ORDER BY COALESCE(d.issued_on, '') DESC, d.id DESC",
        *wanted.values,
    )
    return [Document.model_validate(row) for row in rows]


async def page(
    db: Reader, condition: Condition, tasks: Condition, limit: int, offset: int = 0
) -> tuple[list[DocumentView], int]:
    """Return one page of the documents that meet a condition on `d`, the newest first, and how many meet it.

    `tasks` is the condition on `t` that the reader may see a task, see `entered`.
    """
    columns = _COLUMNS.then("", entered(tasks)).then(" AS entered", _END)
    newest = Condition(" ORDER BY d.id DESC LIMIT $1 OFFSET $2", (limit, offset))
    wanted = columns.then(_NAMED, condition).then("", newest)
    rows = await db.fetch(wanted.sql, *wanted.values)
    return [DocumentView.model_validate(row) for row in rows], rows[0]["total"] if rows else 0


async def view(db: Reader, document_id: int, tasks: Condition) -> DocumentView | None:
    """Return one document with the names its page shows; `tasks` as for `page`."""
    found, _ = await page(db, Condition("d.id = $1", (document_id,)), tasks, 1)
    return found[0] if found else None


def entered(tasks: Condition) -> Condition:
    """Return the expression that counts a document's tasks for a reader; `tasks` are those the reader may see.

    Of the other tasks, it counts those that were assigned by the one whose document it is (see _OWN). So the
    figure does not show that somebody else assigned a task that the reader may not see.
    """
    return _ENTERED.then("", tasks | _OWN).then("))", _END)


def lacking(tasks: Condition) -> Condition:
    """Documents with more planned tasks than entered ones, counted as `entered` does."""
    return Condition("COALESCE(d.planned, 0)").then(" > ", entered(tasks))


async def sees_task(db: Reader, document_id: int, condition: Condition) -> bool:
    """Tell whether a task of a document meets a condition on `t`."""
    wanted = condition & of_document(document_id)
    row = await db.fetch_one(
        f"SELECT 1 AS found FROM tasks t WHERE {wanted.sql} LIMIT 1",  # noqa: S608 - conditions
        *wanted.values,
    )
    return row is not None


async def titles(db: Reader, document_id: int, seen: Condition) -> dict[int, str]:
    """Return the titles of a document's tasks that meet a condition on `t`, by number, without cancelled tasks."""
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
    """Documents that these people entered, or that were entered for them or for these groups, and those of some tasks."""
    found = _among("d.entered_by_id", people) | _among("d.for_person_id", people)
    if groups:
        found = found | _among("d.for_group_id", groups)
    its = "EXISTS (SELECT 1 FROM tasks t WHERE t.document_id = d.id AND ("
    return found | Condition(its).then("", tasks).then("))", _END)


def having(words: Sequence[str]) -> Condition:
    """Documents with all of these folded words in their symbol, title or issuer."""
    found = Condition("TRUE")
    for word in words:
        found = found & Condition("d.words LIKE $1", (f"%{word}%",))
    return found


def _stored(columns: Mapping[str, Value | date]) -> list[Value]:
    """Return the values as they are stored: a date as ISO text."""
    return [
        one.isoformat() if isinstance(one, date) and not isinstance(one, datetime) else one
        for one in columns.values()
    ]


def _among(column: str, ids: Collection[int]) -> Condition:
    slots = ", ".join(f"${n}" for n in range(1, len(ids) + 1))
    return Condition(f"{column} IN ({slots})", tuple(ids))
