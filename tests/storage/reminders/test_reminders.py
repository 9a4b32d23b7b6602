"""What is due is found in the index of what is ahead: the clock looks each second, for years."""

from typing import Any

import pytest

from storage.engine.database import Database, Row, Value
from storage.engine.sqlite import SqliteDatabase
from storage.reminders import reminders
from tests.rules.task import office


class Explained:
    """Reads how the store finds the rows of each statement, in place of the rows."""

    engine: Any = "sqlite"

    def __init__(self, db: Database) -> None:
        self._db = db
        self.steps: list[str] = []

    async def fetch(self, sql: str, *values: Value) -> list[Row]:
        found = await self._db.fetch(f"EXPLAIN QUERY PLAN {sql}", *values)
        self.steps += [row["detail"] for row in found]
        return []

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        await self.fetch(sql, *values)
        return None


@pytest.mark.parametrize("at_night", [False, True])
async def test_a_look_reads_what_is_due_alone(db: Database, at_night: bool) -> None:
    if not isinstance(db, SqliteDatabase):
        pytest.skip("PostgreSQL chooses by how many rows there are")
    explained = Explained(db)
    await reminders.due(explained, office(7), 200, at_night=at_night)
    assert any("reminders_due" in step for step in explained.steps)
    assert [step for step in explained.steps if step.startswith("SCAN reminders")] == []
