"""Checks whether a SQLite database is as it was written.

The faults that `storage.soundness.database_soundness` finds become lines for the operator. PostgreSQL is not
checked here: its server checks the checksum of each page that it reads.
"""

from collections.abc import AsyncIterator
from pathlib import Path

from rich.progress import Progress

from bot.commands.progress_bar import shown
from bot.commands.terminal import Finding
from bot.folding import words
from storage.engine.database import Reader
from storage.engine.database_errors import is_damage
from storage.engine.sqlite_file import cut_off, emptied
from storage.soundness import database_soundness, lost_writes
from storage.soundness.write_log import log_beside, read_log

NAMED = 10
"""The most faults of one kind that are named one by one."""


async def database(db: Reader, bar: Progress) -> list[Finding]:
    """Check pages and rows. Raises the engine's errors, except those caused by damage: these are findings."""
    if db.engine == "postgres":
        return []
    pages = [
        line async for line in until_damage(database_soundness.wrong_pages(db, shown(bar, "pages")))
    ]
    looks = (
        database_soundness.wrong_links(db, shown(bar, "links")),
        database_soundness.wrong_cells(db, shown(bar, "cells")),
        database_soundness.wrong_titles(db, words, shown(bar, "titles")),
    )
    rows = [line for look in looks async for line in until_damage(look)]
    return [
        *findings("pages", pages, "each as SQLite wrote it"),
        *findings("rows", rows, "each can be read, and points to what is there"),
    ]


def files(path: Path) -> list[Finding]:
    """Check the files of a database before SQLite opens it. The database may be in use.

    Returns an empty list if there is no database.
    """
    if emptied(path):
        return []
    wrong = []
    if missing := cut_off(path):
        wrong.append(f"{path} {missing}")
    if lost := read_log(path).lost:
        wrong.append(
            f"{log_beside(path)} is damaged: who opens the database when the bot does not run, this"
            f" command too, drops {lost} transactions that were committed and keeps a copy of the log;"
            " while the bot runs, dondoc backup still has them"
        )
    wrong += [
        f"{one.transactions} committed transactions were behind a damaged place:"
        f" {one.copy} has them; remove it once that is seen to"
        for one in lost_writes.kept(path)
    ]
    return findings("log", wrong, "whole")


async def until_damage(faults: AsyncIterator[str]) -> AsyncIterator[str]:
    """Yield the faults. If the engine cannot read further because of damage, this is the last fault."""
    try:
        async for one in faults:
            yield one
    except Exception as why:
        if not is_damage(why):
            raise
        yield f"cannot be read: {type(why).__name__}: {why}"


def findings(what: str, wrong: list[str], otherwise: str) -> list[Finding]:
    """Return a line for each fault (at most NAMED, then how many more), or one line with `otherwise` if there is none."""
    if not wrong:
        return [Finding(fine=True, words=f"{what}: {otherwise}")]
    more = [f"{len(wrong) - NAMED} more"] if len(wrong) > NAMED else []
    return [Finding(fine=False, words=f"{what}: {one}") for one in (*wrong[:NAMED], *more)]
