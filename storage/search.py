"""Finding tasks by folded words: FTS5 on SQLite, text search on PostgreSQL, the same results."""

from collections.abc import Sequence

from storage.conditions import Condition
from storage.database import Reader, Transaction

_FIND = {
    "sqlite": "SELECT rowid FROM task_search WHERE task_search MATCH $1",
    "postgres": "SELECT rowid FROM task_search WHERE tokens @@ to_tsquery('simple', $1)",
}


async def index(tx: Transaction, task_id: int, words: Sequence[str]) -> None:
    """Make a new task findable by these folded words."""
    await tx.execute_many(
        "INSERT INTO task_search (rowid, folded) VALUES ($1, $2)", [(task_id, " ".join(words))]
    )


async def reindex(tx: Transaction, task_id: int, words: Sequence[str]) -> None:
    """Put these words in place of those a task was found by."""
    await tx.execute(
        "UPDATE task_search SET folded = $2 WHERE rowid = $1", task_id, " ".join(words)
    )


def found(db: Reader, words: Sequence[str]) -> Condition:
    """Tasks with all of these folded words, one at least, the last one a beginning."""
    return Condition(f"t.id IN ({_FIND[db.engine]})", (_query(db, words),))


def _query(db: Reader, words: Sequence[str]) -> str:
    if db.engine == "sqlite":
        return " ".join(f'"{word}"' for word in words) + "*"
    return " & ".join(words) + ":*"
