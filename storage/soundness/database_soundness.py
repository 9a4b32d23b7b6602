"""Whether a SQLite database is as it was written: what SQLite looks for itself, and what it does not.

SQLite has no checksums. `PRAGMA integrity_check` finds what is wrong with the structure of a page, and a cell of
which an index has a copy; of every other cell it takes any bytes. So each cell is asked here whether it can be a
value of its column, and each title whether it is the one that search knows. A cell that was changed into another
value that can be is told by nothing but the history, where it is in there.

PostgreSQL has checksums of its pages, and looks at them whenever it reads one.
"""

from collections.abc import AsyncIterator, Callable, Sequence

from storage.engine.database import Reader
from storage.engine.database_errors import onward
from storage.history.chain import Told
from storage.soundness import cells
from storage.soundness.cells import Column

MOST_NAMED = 5
"""Faults of one table that are named: a page that is gone may hold a thousand rows."""
_BATCH = 20_000
"""Rows in one read, so that no read takes long."""
_OURS = (
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND wr = 0"
    " AND name NOT LIKE 'sqlite%' ORDER BY name"
)
_HASHED = {"events", "kept_events"}
"""Tables whose rows have hashes, which tell more."""
_ALL = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'view' ORDER BY name"
_LINKS = "SELECT rowid, parent FROM pragma_foreign_key_check($1) LIMIT $2"
_TITLES = (
    "SELECT t.id, t.title, s.title AS found_by FROM tasks t JOIN task_search s ON s.rowid = t.id"
    " WHERE t.id > $1 AND t.id <= $2"
)
Words = Callable[[str], Sequence[str]]
"""Returns the words by which search keeps a title."""


async def wrong_pages(db: Reader, told: Told) -> AsyncIterator[str]:
    """Look through the pages of each table and of its indexes, one table in one read."""
    names = await _names(db, _ALL)
    for done, name in enumerate(names, 1):
        for row in (await db.fetch(f"PRAGMA integrity_check({name})"))[:MOST_NAMED]:
            if row["integrity_check"] != "ok":
                yield f"{name}: {row['integrity_check']}"
        told(done, len(names))


async def wrong_links(db: Reader, told: Told) -> AsyncIterator[str]:
    """Find rows that point to a row which is not there."""
    names = await _names(db, _OURS)
    for done, name in enumerate(names, 1):
        for row in await db.fetch(_LINKS, name, MOST_NAMED):
            yield f"{name}: row {row['rowid']} points to a row of {row['parent']} that is not there"
        told(done, len(names))


async def wrong_cells(db: Reader, told: Told) -> AsyncIterator[str]:
    """Find values that their columns cannot have, and texts that are not UTF-8."""
    names = [name for name in await _names(db, _OURS) if name not in _HASHED]
    for done, name in enumerate(names, 1):
        columns, found = await cells.columns(db, name), 0
        async for first, last in _spans(db, name):
            for row, column in await _wrong_in(db, name, columns, first, last):
                if (found := found + 1) <= MOST_NAMED:
                    yield f"{name}: {column} of row {row} cannot be read"
        told(done, len(names))


async def wrong_titles(db: Reader, words: Words, told: Told) -> AsyncIterator[str]:
    """Find tasks whose title is not the one by which they are found."""
    found = 0
    async for first, last in _spans(db, "tasks"):
        for row in await db.fetch(_TITLES, first, last):
            is_wrong = " ".join(words(str(row["title"]))) != row["found_by"]
            if is_wrong and (found := found + 1) <= MOST_NAMED:
                yield f"tasks: the title of row {row['id']} is not the one that search has of it"
        told(last, last)


async def _wrong_in(
    db: Reader, table: str, columns: Sequence[Column], first: int, last: int
) -> list[tuple[int, str]]:
    """Return the cells that are wrong between two rows, by row number and column."""
    rows = await db.fetch(cells.find_wrong(table, columns), first, last)
    found = [(int(row["id"]), str(row["name"])) for row in rows]
    if (find_words := cells.find_words(table, columns)) is None:
        return found
    for row in await db.fetch(find_words, first, last):
        broken = [name for name, raw in row.items() if isinstance(raw, bytes) and not _is_utf8(raw)]
        found += [(int(row["id"]), name) for name in broken]
    return found


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


async def _spans(db: Reader, table: str) -> AsyncIterator[tuple[int, int]]:
    """Return the rows of a table, some thousand at a time, as the numbers between which they are."""
    end = (
        f"SELECT MAX(id) AS id FROM (SELECT rowid AS id FROM {table}"  # noqa: S608 - our tables
        " WHERE rowid > $1 ORDER BY rowid LIMIT $2)"
    )
    first = -(2**63)
    while (row := await db.fetch_one(end, first, _BATCH)) and row["id"] is not None:
        last = onward(first, row["id"])
        yield first, last
        first = last


async def _names(db: Reader, sql: str) -> list[str]:
    return [row["name"] for row in await db.fetch(sql)]
