"""A paused task rests: nobody is chased, its place in the totals stays, and it goes on anew."""

import pytest

from bot.actions.tasks import answer, pause
from bot.refusals import No
from storage.records import Status
from storage.reminders import reminders
from tests.actions.office import Staffed, refused
from tests.actions.reminders.test_fire_reminders import digests, said_at
from tests.rules.task import office

NOW = office(8)


async def test_nobody_is_chased_until_it_goes_on(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, leader = at_work.office, at_work.who["leader"]
    since = await at_work.last_said()
    resting = await pause.pause(here, leader, task.id, "Chờ ý kiến", NOW, at_work.update())
    assert resting.status is Status.PAUSED
    assert resting.due_at == task.due_at
    assert await at_work.outbox(since) == [("task.paused", "staff")]
    for day in range(8, 18):
        assert await said_at(at_work, office(day, 17)) == []
    assert await digests(at_work, office(17, 8)) == []
    on = await pause.resume(here, leader, task.id, resting.version, office(17, 9), at_work.update())
    assert on.status is Status.IN_PROGRESS
    assert sorted(await said_at(at_work, office(17, 9, 1))) == [
        ("red_special", "head"),
        ("red_special", "leader"),
        ("red_special", "staff"),
    ]
    assert await at_work.history(task.id) == [
        ("task.assign", "leader"),
        ("task.pause", "leader"),
        ("task.resume", "leader"),
    ]


async def test_what_was_said_before_is_not_said_again(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, leader = at_work.office, at_work.who["leader"]
    assert await said_at(at_work, office(8, 17)) == [("yellow", "staff")]
    resting = await pause.pause(here, leader, task.id, "Chờ", office(9), at_work.update())
    await pause.resume(here, leader, task.id, resting.version, office(9, 10), at_work.update())
    assert await said_at(at_work, office(9, 11)) == []
    assert await said_at(at_work, office(10, 17)) == [("before", "staff")]


@pytest.mark.parametrize("name", ["staff", "mate", "head", "other_head", "admin"])
async def test_who_may_not(at_work: Staffed, name: str) -> None:
    task = await at_work.assign()
    here, who, key = at_work.office, at_work.who[name], at_work.update()
    await refused(No.NOT_ALLOWED, at_work, pause.pause(here, who, task.id, "Thôi", NOW, key))
    await pause.pause(here, at_work.who["deputy"], task.id, "Chờ", NOW, at_work.update())
    await refused(No.NOT_ALLOWED, at_work, pause.resume(here, who, task.id, 2, NOW, key))


async def test_what_a_paused_task_does_not_take(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, leader, staff = at_work.office, at_work.who["leader"], at_work.who["staff"]
    key = at_work.update()
    await refused(No.EMPTY, at_work, pause.pause(here, leader, task.id, " ", NOW, key))
    await refused(No.WRONG_STATE, at_work, pause.resume(here, leader, task.id, 1, NOW, key))
    await pause.pause(here, leader, task.id, "Chờ", NOW, key)
    again = pause.pause(here, leader, task.id, "Chờ", NOW, key)
    await refused(No.ALREADY_DONE, at_work, again)
    fresh = at_work.update()
    await refused(No.WRONG_STATE, at_work, pause.pause(here, leader, task.id, "Chờ", NOW, fresh))
    submit = answer.submit(here, staff, task.id, "Xong", None, NOW, fresh)
    await refused(No.WRONG_STATE, at_work, submit)
    await refused(No.STALE, at_work, pause.resume(here, leader, task.id, 1, NOW, fresh))
    rows = await reminders.of_task(at_work.db, task.id)
    assert {row.outcome for row in rows} == {"paused"}
