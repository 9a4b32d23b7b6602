"""The check-list of a task: who may write and tick it, how long it may be, and what is told."""

import pytest

from bot.actions.tasks import check, review
from bot.actions.tasks.check import LONGEST, MOST
from bot.refusals import No
from storage.records import Part, Task
from storage.tasks import tasks
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(7, 10)
LINES = "1. Soạn đề cương\n- Xin số liệu\n\n  Trình dự thảo"


async def listed(at_work: Staffed, task_id: int = 1) -> list[tuple[str, bool]]:
    _, steps = await check.steps(at_work.office, at_work.who["leader"], task_id)
    return [(one.words, one.done_at is not None) for one in steps]


async def with_steps(at_work: Staffed, lines: str = LINES) -> Task:
    await at_work.assign()
    lead = at_work.who["staff"]
    return await check.add(at_work.office, lead, 1, lines, NOW, at_work.update())


async def test_lines_become_steps_and_are_ticked(at_work: Staffed) -> None:
    lead, here = at_work.who["staff"], at_work.office
    task = await with_steps(at_work)
    assert await listed(at_work) == [
        ("Soạn đề cương", False), ("Xin số liệu", False), ("Trình dự thảo", False),
    ]  # fmt: skip
    _, steps = await check.steps(here, lead, 1)
    told = await at_work.last_said()
    task = await check.tick(here, lead, 1, task.version, steps[1].id, NOW, at_work.update())
    assert task.reported_at == NOW
    assert (await listed(at_work))[1] == ("Xin số liệu", True)
    assert await at_work.outbox(told) == [("card.refresh", "leader")]
    view = await tasks.view(at_work.db, 1)
    assert view is not None
    assert (view.checks, view.checks_done) == (3, 1)
    task = await check.tick(here, lead, 1, task.version, steps[1].id, NOW, at_work.update())
    assert (await listed(at_work))[1] == ("Xin số liệu", False)
    await check.strike_out(here, lead, 1, task.version, steps[0].id, NOW, at_work.update())
    assert await listed(at_work) == [("Xin số liệu", False), ("Trình dự thảo", False)]
    assert [kind for kind, _ in await at_work.history(1)] == ["task.assign", *["task.check"] * 4]


async def test_who_supports_ticks_too(at_work: Staffed) -> None:
    task = await with_steps(at_work)
    async with at_work.db.transaction() as tx:
        await tasks.add_people(tx, 1, [(at_work.ids["other"], Part.SUPPORT)], NOW)
    _, steps = await check.steps(at_work.office, at_work.who["other"], 1)
    told = await at_work.last_said()
    await check.tick(
        at_work.office, at_work.who["other"], 1, task.version, steps[0].id, NOW, at_work.update()
    )
    told_now = await at_work.outbox(told)
    assert sorted(told_now) == [("card.refresh", "leader"), ("card.refresh", "staff")]


@pytest.mark.parametrize("name", ["leader", "head", "mate", "other_head", "admin"])
async def test_nobody_else_writes_steps(at_work: Staffed, name: str) -> None:
    task = await with_steps(at_work)
    who, here = at_work.who[name], at_work.office
    _, steps = await check.steps(here, at_work.who["staff"], 1)
    await refused(No.NOT_ALLOWED, at_work, check.add(here, who, 1, "a", NOW, at_work.update()))
    press = check.tick(here, who, 1, task.version, steps[0].id, NOW, at_work.update())
    await refused(No.NOT_ALLOWED, at_work, press)


async def test_what_is_refused(at_work: Staffed) -> None:
    task = await with_steps(at_work)
    lead, here = at_work.who["staff"], at_work.office
    _, steps = await check.steps(here, lead, 1)
    for words, why in [
        (" \n ", No.EMPTY),
        ("- ", No.EMPTY),
        ("ư" * (LONGEST + 1), No.TOO_LONG),
        ("a\n" * (MOST - 2), No.TOO_MANY_STEPS),
    ]:
        await refused(why, at_work, check.add(here, lead, 1, words, NOW, at_work.update()))
    old = check.tick(here, lead, 1, task.version - 1, steps[0].id, NOW, at_work.update())
    await refused(No.STALE, at_work, old)
    unknown = check.tick(here, lead, 1, task.version, 10**6, NOW, at_work.update())
    await refused(No.STALE, at_work, unknown)
    await check.add(here, lead, 1, "a\n" * (MOST - 3), NOW, at_work.update())
    assert len(await listed(at_work)) == MOST


async def test_a_step_of_another_task_is_not_ticked_from_here(at_work: Staffed) -> None:
    await with_steps(at_work)
    other = await at_work.assign()
    lead, here = at_work.who["staff"], at_work.office
    _, steps = await check.steps(here, lead, 1)
    astray = check.tick(here, lead, 2, other.version, steps[0].id, NOW, at_work.update())
    await refused(No.STALE, at_work, astray)


async def test_a_press_that_comes_twice_ticks_once(at_work: Staffed) -> None:
    task = await with_steps(at_work)
    lead, here = at_work.who["staff"], at_work.office
    _, steps = await check.steps(here, lead, 1)
    key = at_work.update()
    await check.tick(here, lead, 1, task.version, steps[0].id, NOW, key)
    await refused(
        No.ALREADY_DONE, at_work, check.tick(here, lead, 1, task.version, steps[0].id, NOW, key)
    )


async def test_nothing_is_ticked_once_the_task_is_over(at_work: Staffed) -> None:
    task = await with_steps(at_work)
    here, leader = at_work.office, at_work.who["leader"]
    await review.cancel(here, leader, 1, "thôi", NOW, at_work.update())
    _, steps = await check.steps(here, leader, 1)
    late = check.tick(
        here, at_work.who["staff"], 1, task.version + 1, steps[0].id, NOW, at_work.update()
    )
    await refused(No.WRONG_STATE, at_work, late)
