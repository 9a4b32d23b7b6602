"""Finding tasks by folded words: FTS5 on SQLite, text search on PostgreSQL, the same results."""

from collections.abc import Sequence

from storage.database import Reader, Transaction

_FIND = {
    "sqlite": "SELECT rowid FROM task_search WHERE task_search MATCH {slot}",
    "postgres": "SELECT rowid FROM task_search WHERE tokens @@ to_tsquery('simple', {slot})",
}


async def index(tx: Transaction, task_id: int, words: Sequence[str]) -> None:
    """Make a new task findable by these folded words."""
    await tx.execute(
        "INSERT INTO task_search (rowid, folded) VALUES ($1, $2)", task_id, " ".join(words)
    )


async def reindex(tx: Transaction, task_id: int, words: Sequence[str]) -> None:
    """Put these words in place of those a task was found by."""
    await tx.execute(
        "UPDATE task_search SET folded = $2 WHERE rowid = $1", task_id, " ".join(words)
    )


def condition(db: Reader, slot: str) -> str:
    """Return the SQL condition on `t.id` for a query made by `query`, bound at that slot."""
    return f"t.id IN ({_FIND[db.engine].format(slot=slot)})"


def query(db: Reader, words: Sequence[str]) -> str:
    """Return the engine's query for tasks with all of these words, the last one a beginning."""
    if db.engine == "sqlite":
        return " ".join(f'"{word}"' for word in words) + "*"
    return " & ".join(words) + ":*"
