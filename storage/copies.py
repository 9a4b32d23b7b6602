"""Whole copies of a SQLite database, taken while it is in use."""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path


async def copy_sqlite(source: Path, target: Path) -> None:
    """Copy all that is committed; `target` is replaced once the copy is whole and on the disk.

    Raises FileNotFoundError when there is no `source`.
    """
    await asyncio.to_thread(_copy, source, target)


def _copy(source: Path, target: Path) -> None:
    if not source.exists():
        raise FileNotFoundError(source)
    unfinished = target.with_name(target.name + ".part")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as whole, closing(sqlite3.connect(unfinished)) as copy:
        whole.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    with unfinished.open("rb") as written:
        os.fsync(written.fileno())
    unfinished.replace(target)
