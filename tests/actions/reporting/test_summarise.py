"""The summary: its figures are a plain recount by the rule of lateness, for any office."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.actions.reporting.summarise import SHOWN, Summary, summarise
from bot.actions.tasks import answer, extend
from bot.rules.organisation.standing import Bucket, bucket, is_late
from storage.engine.database import Database
from storage.records import Status, TaskView
from storage.reporting.task_scope import Focus
from tests.actions.office import PEOPLE, Staffed
from tests.actions.tasks.written import NOW, put, rows, seen, written
from tests.opened import Opened
from tests.rules.task import office


async def check(at_work: Staffed, name: str) -> None:
    """Look at what somebody may see: all of it, and what one person leads of it."""
    who, lead = at_work.who[name], at_work.ids["staff"]
    visible = [one for one in await seen(at_work, who) if one.status is not Status.CANCELLED]
    compare(await summarise(at_work.office, who, NOW), visible)
    theirs = await summarise(at_work.office, who, NOW, Focus(person_id=lead))
    compare(theirs, [one for one in visible if one.lead_id == lead])


def compare(state: Summary, visible: list[TaskView]) -> None:
    for one in Bucket:
        assert state.count(one) == sum(bucket(task, NOW) is one for task in visible)
    assert state.count("correcting") == sum(task.in_correction for task in visible)
    assert state.total + state.count("correcting") == len(visible)
    for unit in state.units:
        own = [task for task in visible if (task.body_id or task.unit_id) == unit.key]
        assert unit.total + unit.correcting == len(own) > 0
        counted = {one: getattr(unit, one) for one in Bucket}
        assert counted == {one: sum(bucket(task, NOW) is one for task in own) for one in Bucket}
    waiting = [
        task
        for task in visible
        if task.closed_at is None and (task.status is Status.SUBMITTED or is_late(task, NOW))
    ]
    assert state.waiting == len(waiting)
    assert len(state.decisions) == min(SHOWN, len(waiting))
    assert {task.id for task in state.decisions} <= {task.id for task in waiting}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(rows, max_size=12), st.sampled_from(sorted(PEOPLE)))
def test_any_office(
    opened: Opened, tmp_path: Path, given_rows: list[dict[str, object]], name: str
) -> None:
    """One database serves all examples; each begins with no tasks."""

    async def example(db: Database) -> None:
        at_work = await written(db, tmp_path, given_rows)
        await check(at_work, name)

    opened.run(example)


@pytest.fixture
async def busy(at_work: Staffed) -> Staffed:
    """An office with a task in each bucket, and one that is called off."""
    before, after, at = NOW - timedelta(hours=1), NOW + timedelta(hours=1), None
    for status, late_from, submitted_at in [
        (Status.DONE, after, before),
        (Status.DONE, before, NOW),
        (Status.SUBMITTED, before, before - timedelta(hours=1)),
        (Status.IN_PROGRESS, after, at),
        (Status.RETURNED, before, at),
        (Status.PAUSED, before, at),
        (Status.ASSIGNED, None, at),
        (Status.CANCELLED, before, at),
    ]:
        await put(
            at_work,
            {
                "status": status, "late_from": late_from, "submitted_at": submitted_at,
                "unit": "th", "lead": "staff", "assigner": "leader",
            },
        )  # fmt: skip
    return at_work


async def test_the_buckets_add_up(busy: Staffed) -> None:
    state = await summarise(busy.office, busy.who["leader"], NOW)
    (unit,) = state.units
    assert (unit.name, unit.total) == ("Phòng Tổng hợp", 7)
    assert {one: state.count(one) for one in Bucket} == {
        Bucket.DONE_ON_TIME: 1,
        Bucket.DONE_LATE: 1,
        Bucket.ON_TRACK: 2,
        Bucket.OVERDUE: 2,
        Bucket.NO_DEADLINE: 1,
    }
    assert state.waiting == 3


@pytest.mark.parametrize("name", PEOPLE)
async def test_each_sees_their_own_figures(busy: Staffed, name: str) -> None:
    await check(busy, name)


async def test_blockers_and_requests_wait_for_a_decision(at_work: Staffed) -> None:
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    blocked, asked, _ = [(await at_work.assign()).id for _ in range(3)]
    await answer.block(here, staff, blocked, "Chưa có số liệu", office(8), None)
    await extend.request(here, staff, asked, "đến 25/12 vì bận", office(8), None)
    state = await summarise(here, leader, office(9))
    assert {task.id for task in state.decisions} == {blocked, asked}
    assert (state.waiting, state.total) == (2, 3)


async def test_an_office_without_tasks(at_work: Staffed) -> None:
    state = await summarise(at_work.office, at_work.who["leader"], datetime(2026, 1, 1, tzinfo=UTC))
    assert (state.units, state.decisions, state.total, state.waiting) == ([], [], 0, 0)
