"""Finding tasks by folded words: FTS5 on SQLite, text search on PostgreSQL, the same results.

A task is found by its title, the document that assigned it, what people said of it, and the names of
its files. Whoever writes one of these writes its folded words here in the same transaction.
"""

from collections.abc import Sequence

from storage.engine.database import Reader, Transaction
from storage.tasks.task_conditions import Condition

BREAK = " à "
"""Between two texts, so that no phrase runs from one into the other: no folded word has a mark."""
MOST_KEPT = 200_000
"""Letters said of one task; what is said beyond is not searched (a tsvector holds a megabyte)."""
_FIND = {
    "sqlite": "SELECT rowid FROM task_search WHERE task_search MATCH $1",
    "postgres": "WITH hit AS MATERIALIZED (SELECT rowid FROM task_search"
    " WHERE tokens @@ to_tsquery('simple', $1)) SELECT rowid FROM hit",
}
"""Materialized: for the newest few the planner would rather read every text, newest first."""
Term = Sequence[str]
"""Folded words that stand one after the other: a phrase, or a single word."""


async def index(
    tx: Transaction, task_id: int, words: Sequence[str], document_id: int | None = None
) -> None:
    """Make a new task findable by the folded words of its title, and those of its document."""
    await tx.execute(
        "INSERT INTO task_search (rowid, title, document, said, files) VALUES ($1, $2,"
        " COALESCE((SELECT words FROM documents WHERE id = $3), ''), '', '')",
        task_id,
        " ".join(words),
        document_id,
    )


async def reindex(tx: Transaction, task_id: int, words: Sequence[str]) -> None:
    """Put these words in place of those of a task's title."""
    await tx.execute("UPDATE task_search SET title = $2 WHERE rowid = $1", task_id, " ".join(words))


async def reindex_document(tx: Transaction, document_id: int, words: str) -> None:
    """Put these folded words in place of those by which a document's tasks were found."""
    await tx.execute(
        "UPDATE task_search SET document = $2"
        " WHERE rowid IN (SELECT id FROM tasks WHERE document_id = $1)",
        document_id,
        words,
    )


async def add_said(tx: Transaction, task_id: int, words: Sequence[str]) -> None:
    """Let a task be found also by what somebody said of it."""
    await _append(tx, "said", task_id, words)


async def add_file(tx: Transaction, task_id: int, words: Sequence[str]) -> None:
    """Let a task be found also by the name of a file."""
    await _append(tx, "files", task_id, words)


async def _append(tx: Transaction, column: str, task_id: int, words: Sequence[str]) -> None:
    await tx.execute_many(
        f"UPDATE task_search SET {column} = {column} || $2"  # noqa: S608 - column names
        f" WHERE rowid = $1 AND LENGTH({column}) < {MOST_KEPT}",
        [(task_id, BREAK + " ".join(words))],
    )


def found(db: Reader, terms: Sequence[Term], begins: bool = True) -> Condition:
    """Tasks with all of these terms, one at least; the last word is a beginning, if `begins`."""
    query = " AND ".join if db.engine == "sqlite" else " & ".join
    join = _quoted if db.engine == "sqlite" else "<->".join
    asked = query([join(term) for term in terms])
    star = "*" if db.engine == "sqlite" else ":*"
    return Condition(f"t.id IN ({_FIND[db.engine]})", (asked + (star if begins else ""),))


def _quoted(term: Term) -> str:
    return f'"{" ".join(term)}"'
