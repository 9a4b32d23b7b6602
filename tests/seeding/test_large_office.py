"""A made-up office is as large as told, and as whole as one that people worked in."""

from pathlib import Path

from bot.actions.find import scope_of
from bot.actions.office import Office
from bot.rules.tasks.lifecycle import Move, after
from bot.seeding.large_office import (
    FIRST_ACCOUNT,
    TASKS_A_DOCUMENT,
    LargeOffice,
    Size,
    finish,
    write,
)
from storage.engine.database import Database
from storage.history import audit
from storage.history.chain import verify
from storage.records import Status
from storage.reporting import closed_counts, summary
from storage.reporting.count_queries import Count
from storage.reporting.task_scope import By, Focus
from tests.actions.tasks.written import NOW
from tests.rules.task import WORKDAYS

SIZE = Size(tasks=2500, people=60, units=20)


async def a_large_office(db: Database) -> int:
    office = LargeOffice(SIZE, NOW, WORKDAYS)
    rows = await office.people(db)
    for batch in office.batches(1000):
        await write(db, batch)
        rows += len(batch)
    await finish(db)
    return rows


async def counted(db: Database, sql: str) -> int:
    row = await db.fetch_one(f"SELECT COUNT(*) AS n FROM {sql}")
    assert row is not None
    return int(row["n"])


async def test_it_has_what_was_asked_for(db: Database) -> None:
    rows = await a_large_office(db)
    tables = (
        "units",
        "people",
        "roles",
        "documents",
        "tasks",
        "task_people",
        "task_search",
        "events",
    )
    assert rows == sum([await counted(db, table) for table in tables])
    assert await counted(db, "tasks") == SIZE.tasks
    assert await counted(db, "documents") == SIZE.tasks / 2 / TASKS_A_DOCUMENT + 0.5
    assert 0.02 < await counted(db, "tasks WHERE closed_at IS NULL") / SIZE.tasks < 0.04
    assert 9 < await counted(db, "events") / SIZE.tasks < 10.1
    assert await verify(db) is None
    assert await closed_counts.wrong(db) == 0


async def test_its_leader_sees_all_of_it_and_it_goes_on(db: Database, tmp_path: Path) -> None:
    await a_large_office(db)
    office = Office(db=db, name="Thành ủy mẫu", files=tmp_path, workdays=WORKDAYS)
    known = await office.known(FIRST_ACCOUNT, NOW)
    assert known is not None
    groups = await summary.by(db, Count(scope_of(known.who), Focus(), By.UNIT, NOW))
    cancelled = await counted(db, "tasks WHERE status = 'cancelled'")
    assert sum(one.total for one in groups) == SIZE.tasks - cancelled
    async with db.transaction() as tx:
        row = await tx.fetch_one(
            "INSERT INTO tasks (title, urgency, status, assigner_id, entered_by_id, created_at)"
            " VALUES ('Việc', 'normal', 'assigned', 1, 1, $1) RETURNING id",
            NOW,
        )
    assert row is not None
    assert row["id"] == SIZE.tasks + 1


async def test_each_history_leads_to_the_state_that_is_stored(db: Database) -> None:
    await a_large_office(db)
    for row in await db.fetch(
        "SELECT id, status FROM tasks WHERE id % 50 = 0 OR closed_at IS NULL"
    ):
        status = Status.ASSIGNED
        for event in (await audit.history(db, row["id"]))[1:]:
            status = after(status, Move(event.kind.removeprefix("task.")))
        assert status == row["status"]
