"""The bot, counting its statements of SQL and its hops between threads.

    python -m benchmarks.counted FILE run --config config.toml

At each SIGUSR1 it writes both into FILE. A hop is a wait for a thread of SQLite's; statements are
all that SQLite is given, BEGIN and COMMIT among them, without those of its own search index.
"""

import os
import signal
import sqlite3
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import aiosqlite

from bot.__main__ import main

counted: Counter[str] = Counter()


def count_statements() -> None:
    connect = sqlite3.connect

    def note(sql: str) -> None:
        counted["statements"] += not sql.startswith("--")

    def connected(*values: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*values, **named)
        connection.set_trace_callback(note)
        return connection

    setattr(sqlite3, "connect", connected)  # noqa: B010 - a function is replaced


def count_hops() -> None:
    execute: Any = aiosqlite.Connection._execute

    async def hop(connection: aiosqlite.Connection, *values: Any, **named: Any) -> Any:
        counted["hops"] += 1
        return await execute(connection, *values, **named)

    setattr(aiosqlite.Connection, "_execute", hop)  # noqa: B010 - a method is replaced


def tell(into: Path) -> None:
    """Write both numbers so that whoever waits for the file never sees half of it."""
    half = into.with_suffix(".half")
    half.write_text(f"{counted['statements']} {counted['hops']}")
    os.replace(half, into)


if __name__ == "__main__":
    file = Path(sys.argv.pop(1))
    count_statements()
    count_hops()
    signal.signal(signal.SIGUSR1, lambda *_: tell(file))
    main()
