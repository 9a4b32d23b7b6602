"""What no rebuilding of an office may change: checked by `benchmarks.mergers` after every step."""

import random
from collections.abc import Sequence
from pathlib import Path

from benchmarks.mergers_city import NOW, SIZE
from storage.engine.database import Database, Row
from storage.history import hashes
from storage.history.chain import verify
from storage.reporting import closed_counts
from storage.tasks import tasks

_SAMPLE = 2000
_LOST = """
SELECT COUNT(*) AS lost FROM tasks t
LEFT JOIN task_people p ON p.task_id = t.id AND p.part = 'lead' AND p.until_at IS NULL
LEFT JOIN people w ON w.id = p.person_id AND w.ended_at IS NULL
LEFT JOIN units u ON u.id = t.unit_id AND u.ended_at IS NULL
WHERE t.closed_at IS NULL AND (w.id IS NULL OR u.id IS NULL)
"""
_SUPPORTED = """
SELECT COUNT(DISTINCT p.task_id) AS tasks FROM task_people p
JOIN units u ON u.id = p.unit_id AND u.ended_at IS NULL
WHERE p.until_at IS NULL AND p.person_id IS NULL
"""
_BUCKETS = """
SELECT t.closed_at IS NULL AS open, t.in_correction, t.late_from < $1 AS late,
       t.submitted_at > t.late_from AS was_late, COUNT(*) AS tasks
FROM tasks t GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""


async def sums(db: Database) -> Sequence[Row]:
    """Return what reports count, and how many tasks have a living unit that supports them."""
    return [*await db.fetch(_BUCKETS, NOW), *await db.fetch(_SUPPORTED)]


async def check_step(db: Database, before: Sequence[Row]) -> None:
    """See that every open task has one living lead in a living unit, and that the sums are as before."""
    [row] = await db.fetch(_LOST)
    assert row["lost"] == 0, row
    assert await sums(db) == before


async def check_whole(db: Database, files: Path) -> str:
    """See that every number is found, tallies and history hold and every file is as it was kept."""
    [numbers] = await db.fetch("SELECT COUNT(*) AS n, MAX(id) AS last FROM tasks")
    assert numbers["n"] == numbers["last"] == SIZE.tasks
    some = sorted(random.Random(1).sample(range(1, SIZE.tasks + 1), _SAMPLE))
    assert [one.id for one in await tasks.views(db, some)] == some
    assert await closed_counts.wrong(db) == 0
    assert await verify(db) is None
    looked = [0]
    wrong = hashes.wrong_files(db, hashes.in_folder(files), lambda done, _: looked.append(done))
    assert [one async for one in wrong] == []
    assert looked[-1] > 0
    return f"{SIZE.tasks:,} numbers, {looked[-1]} files, the chain and the tallies: all as before"
