"""What PostgreSQL's planner knows of the tasks: in an office of years, most of them are over."""

import re
from datetime import UTC, datetime

import pytest

from storage.engine.database import Database, Reader
from storage.reporting.task_scope import EVERYTHING
from storage.tasks import task_conditions, task_filters
from storage.tasks.task_conditions import Condition

NOW = datetime(2026, 12, 14, 2, 0, tzinfo=UTC)
FEW, MANY = 100, 4900


@pytest.fixture
async def years(db: Database) -> Database:
    """An office where every fiftieth task is open, half of these handed in."""
    if db.engine != "postgres":
        pytest.skip("SQLite goes by the indexes, whatever the rows")
    async with db.transaction() as tx:
        await tx.execute(
            "INSERT INTO people (id, name, folded, created_at) VALUES (1, 'An', 'an', $1)", NOW
        )
        await tx.execute(
            "INSERT INTO tasks (title, urgency, assigner_id, entered_by_id, created_at, late_from,"
            " status, submitted_at, closed_at) SELECT 'Việc', 'normal', 1, 1, $1, $1,"
            " CASE WHEN n > $2 THEN 'done' WHEN n % 2 = 0 THEN 'submitted' ELSE 'assigned' END,"
            " CASE WHEN n > $2 OR n % 2 = 0 THEN CAST($1 AS TIMESTAMPTZ) END,"
            " CASE WHEN n > $2 THEN $1 + n * INTERVAL '1 second' END"
            " FROM generate_series(1, CAST($3 AS BIGINT)) AS n",
            NOW,
            FEW,
            FEW + MANY,
        )
    await db.fetch("ANALYZE tasks")
    return db


async def plan(db: Reader, wanted: Condition) -> str:
    rows = await db.fetch(f"EXPLAIN SELECT t.id FROM tasks t WHERE {wanted.sql}", *wanted.values)
    return "\n".join(row["QUERY PLAN"] for row in rows)


async def test_states_and_being_open_go_together(years: Database) -> None:
    wanted = task_filters.SUBMITTED & EVERYTHING.open_ones & task_filters.UNQUESTIONED
    expected = re.search(r"rows=(\d+)", await plan(years, wanted))
    assert expected is not None
    assert FEW / 4 < int(expected[1]) < FEW


async def test_what_is_overdue_is_read_from_an_index_alone(years: Database) -> None:
    async with years.transaction() as tx:
        for other in ("seqscan", "bitmapscan"):
            await tx.execute(f"SET LOCAL enable_{other} = off")
        found = await plan(tx, task_conditions.overdue(NOW) & EVERYTHING.open_ones)
    assert "Index Only Scan using tasks_late" in found
