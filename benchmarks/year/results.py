"""What came of a simulated year: it is lived in a process of its own, on a database in memory, and counted."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiosqlite

from benchmarks.year.agenda import FOUNDED
from benchmarks.year.lived import Year, begun
from storage.engine.migrate import migrate
from storage.engine.opening import open_database

MEMORY = next(filter(Path.is_dir, [Path("/dev/shm")]), None)


@dataclass(frozen=True)
class Result:
    """Of one seed: messages of every person on every working day, and the ladder's part."""

    a_day: list[int]
    worst: str
    kinds: Counter[str]
    edits: int
    tasks: int
    late: int
    came: int
    missed: list[int]
    refused: Counter[str]


def lived(seed: int, months: int) -> Result:
    """Live one year in a process of its own."""
    setattr(aiosqlite.Connection, "_execute", _at_once)  # noqa: B010 - it is the library's own
    return asyncio.run(_lived(seed, months))


async def _at_once(_: aiosqlite.Connection, do: Callable[..., Any], *values: Any) -> Any:
    """Do in this thread what a connection's own would do: a hop between threads costs most of a year."""
    return do(*values)


async def _lived(seed: int, months: int) -> Result:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        db = await open_database(f"sqlite:///{Path(folder) / 'year.db'}")
        try:
            await migrate(db, FOUNDED)
            year = await begun(db, Path(folder), seed, months)
            await year.run()
        finally:
            await db.close()
    if year.broken:
        raise RuntimeError(f"{len(year.broken)} bugs, the first: {year.broken[0]!r}")
    return _result(year)


def _result(year: Year) -> Result:
    works, told = year.working.all.values(), year.told
    came, missed = year.unheard()
    return Result(
        a_day=_a_day(year),
        worst=_worst(year),
        kinds=told.kinds,
        edits=told.edits,
        tasks=len(works),
        late=sum(one.finished is None or one.finished >= one.late_from for one in works),
        came=came,
        missed=missed,
        refused=year.agenda.refused,
    )


def _a_day(year: Year) -> list[int]:
    """Return how many messages each person got on each working day, and on what other day there were any."""
    days = year.agenda.lived
    outside = {day for _, day in year.told.a_day} - set(days)
    people = year.agenda.people
    return [year.told.a_day[one.id, day] for day in (*days, *outside) for one in people]


def _worst(year: Year) -> str:
    """Return whose day brought the most messages, and of which kinds."""
    person_id, kinds = year.told.worst()
    (post,) = (one.post for one in year.agenda.people if one.id == person_id)
    return f"{post}, " + ", ".join(f"{n} {kind}" for kind, n in kinds.items())
