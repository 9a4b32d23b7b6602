"""Counts by unit and bucket, and conditions put together."""

from datetime import UTC, datetime, timedelta

from storage.engine.database import Database
from storage.organisation import units
from storage.records import Group, Status
from storage.reporting import summary
from storage.reporting.count_queries import Count
from storage.reporting.task_scope import EVERYTHING, By, Focus, Scope
from storage.tasks import task_conditions, tasks
from storage.tasks.task_conditions import OPEN, Condition, visible

NOW = datetime(2026, 12, 14, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def an_office(db: Database) -> dict[str, int]:
    async with db.transaction() as tx:
        await tx.execute(
            "INSERT INTO people (id, name, folded, created_at) VALUES (1, 'An', 'an', $1)", NOW
        )
        return {
            name: await units.insert(tx, name, name.lower(), None, NOW) for name in ("B", "A", "C")
        }


async def a_task(
    db: Database,
    unit_id: int | None,
    status: Status,
    late_from: datetime | None = None,
    submitted_at: datetime | None = None,
) -> int:
    async with db.transaction() as tx:
        task = await tasks.insert(
            tx,
            {
                "title": "Việc", "urgency": "normal", "status": Status.ASSIGNED, "assigner_id": 1,
                "entered_by_id": 1, "unit_id": unit_id, "late_from": late_from,
                "submitted_at": submitted_at, "created_at": NOW,
            },
        )  # fmt: skip
        over = NOW if status in {Status.DONE, Status.CANCELLED} else None
        await tasks.change(tx, task.id, task.version, {"status": status, "closed_at": over})
        return task.id


async def counted(db: Database, scope: Scope) -> list[Group]:
    return await summary.by(db, Count(scope, Focus(), By.UNIT, NOW))


async def test_each_unit_with_its_buckets_by_name(db: Database) -> None:
    unit = await an_office(db)
    await a_task(db, unit["B"], Status.DONE, NOW, NOW)
    await a_task(db, unit["B"], Status.DONE, NOW - HOUR, NOW)
    await a_task(db, unit["A"], Status.ASSIGNED, NOW)
    await a_task(db, unit["A"], Status.ASSIGNED, NOW - timedelta(microseconds=1))
    await a_task(db, unit["A"], Status.SUBMITTED, NOW - HOUR, NOW - HOUR)
    await a_task(db, unit["C"], Status.CANCELLED, NOW - HOUR)
    await a_task(db, None, Status.PAUSED)
    found = await counted(db, EVERYTHING)
    named = {one.name: one for one in found}
    assert [one.name for one in found if one.name] == ["A", "B"]
    assert set(named) == {"A", "B", None}
    assert (named["B"].done_on_time, named["B"].done_late, named["B"].total) == (1, 1, 2)
    assert (named["A"].on_track, named["A"].overdue, named["A"].total) == (2, 1, 3)
    assert (named[None].no_deadline, named[None].total) == (1, 1)


async def test_only_what_the_condition_means_is_counted(db: Database) -> None:
    unit = await an_office(db)
    for name in ("A", "B", "C"):
        await a_task(db, unit[name], Status.ASSIGNED, NOW - HOUR)
    found = await counted(db, Scope([unit["A"], unit["C"]], [99]))
    assert [one.name for one in found] == ["A", "C"]
    assert await counted(db, Scope([], [99])) == []
    assert len(await counted(db, Scope([], [1]))) == 3


async def test_as_many_units_as_a_city_has(db: Database) -> None:
    await an_office(db)
    async with db.transaction() as tx:
        many = [await units.insert(tx, f"Đơn vị {n}", f"don vi {n}", None, NOW) for n in range(200)]
    number = await a_task(db, many[-1], Status.ASSIGNED, NOW - HOUR)
    wanted = task_conditions.overdue(NOW) & visible([99], many, [])
    page, total = await tasks.page(db, wanted, tasks.SOONEST, 8)
    assert ([task.id for task in page], total) == ([number], 1)
    assert [one.overdue for one in await counted(db, Scope(many, [99]))] == [1]


def test_conditions_keep_their_values_apart() -> None:
    both = Condition("a = $1 OR b = $2", (1, 2)) & OPEN & Condition("c = $1 OR d = $1", (3,))
    assert both.values == (1, 2, 3)
    assert both.sql == "(a = $1 OR b = $2) AND (t.closed_at IS NULL) AND (c = $3 OR d = $3)"
    assert OPEN & both == Condition(
        f"({OPEN.sql}) AND (a = $1 OR b = $2) AND (c = $3 OR d = $3)", both.values
    )
    ten = Condition("x IN ($1, $10, $11)", tuple(range(11)))
    assert (Condition("y = $1", (0,)) & ten).sql == "(y = $1) AND (x IN ($2, $11, $12))"


def test_numbers_repeat_the_last_so_that_statements_are_few() -> None:
    assert task_conditions.numbered([4, 7, 9]) == Condition(
        "t.id IN ($1, $2, $3, $4)", (4, 7, 9, 9)
    )
    assert task_conditions.numbered([4]) == Condition("t.id IN ($1)", (4,))
    assert task_conditions.numbered([]) == task_conditions.NONE
