"""Who says nothing is asked: whether they have a new task, and how an old one stands."""

from datetime import date, datetime

import pytest

from bot.actions.reminders import fire_reminders
from bot.actions.tasks import answer, handover, note, pause, support
from bot.rules.reminders.reminders import Rung
from storage.records import Status
from tests.actions.office import Staffed
from tests.actions.tasks.test_support import supported
from tests.rules.task import office

LATER = date(2026, 12, 31)


async def asked_at(at_work: Staffed, moment: datetime) -> list[tuple[str, str]]:
    """Return who is asked what when the clock looks at a moment."""
    since = await at_work.last_said()
    await fire_reminders.look(at_work.office, moment)
    rows = await at_work.db.fetch(
        "SELECT * FROM outbox WHERE id > $1 AND kind = 'reminder' ORDER BY id", since
    )
    names = {person_id: name for name, person_id in at_work.ids.items()}
    return [(row["facts"].split('"')[3], names[row["person_id"]]) for row in rows]


async def test_a_lead_who_says_nothing_is_asked_after_a_working_day_and_once(
    at_work: Staffed,
) -> None:
    await at_work.assign(due=LATER, at=office(11, 10))
    told = [await asked_at(at_work, office(day, 9, 59)) for day in (12, 13, 14)]
    assert told == [[], [], []]
    assert await asked_at(at_work, office(14, 10)) == [("receive", "staff")]
    assert await asked_at(at_work, office(15, 10)) == []


async def test_who_has_it_is_not_asked(at_work: Staffed) -> None:
    task = await at_work.assign(due=LATER)
    here, staff = at_work.office, at_work.who["staff"]
    await answer.receive(here, staff, task.id, task.version, office(7, 10), None)
    assert await asked_at(at_work, office(8, 10)) == []


async def test_a_new_lead_is_asked_anew_and_so_is_one_given_it_back(at_work: Staffed) -> None:
    task = await at_work.assign(due=LATER)
    assert await asked_at(at_work, office(8, 10)) == [("receive", "staff")]
    here, leader = at_work.office, at_work.who["leader"]
    to = at_work.ids["mate"]
    await handover.reassign(here, leader, task.id, None, to, "Nghỉ", office(8, 11), None)
    assert await asked_at(at_work, office(9, 10)) == []
    assert await asked_at(at_work, office(9, 11)) == [("receive", "mate")]
    back = at_work.ids["staff"]
    await handover.reassign(here, leader, task.id, None, back, "Đã về", office(9, 12), None)
    assert await asked_at(at_work, office(10, 11, 59)) == []
    assert await asked_at(at_work, office(10, 12)) == [("receive", "staff")]
    assert await asked_at(at_work, office(11, 12)) == []


async def test_a_stale_task_is_asked_for_every_so_many_working_days(at_work: Staffed) -> None:
    task = await at_work.assign(due=None)
    here, staff = at_work.office, at_work.who["staff"]
    await answer.receive(here, staff, task.id, task.version, office(7, 10), None)
    days = [(day, await asked_at(at_work, office(day, 7, 30))) for day in range(8, 32)]
    assert [day for day, told in days if told == [("stale", "staff")]] == [14, 21, 28]
    assert [told for _, told in days if told] == [[("stale", "staff")]] * 3


async def reports(at_work: Staffed, task_id: int, now: datetime) -> None:
    await answer.progress(at_work.office, at_work.who["staff"], task_id, "30%", now, None)


async def writes(at_work: Staffed, task_id: int, now: datetime) -> None:
    await note.write(at_work.office, at_work.who["staff"], task_id, "Đang chờ", [], now, None)


async def rests(at_work: Staffed, task_id: int, now: datetime) -> None:
    here, leader = at_work.office, at_work.who["leader"]
    resting = await pause.pause(here, leader, task_id, "Chờ", now, None)
    await pause.resume(here, leader, task_id, resting.version, now, None)


@pytest.mark.parametrize("heard", [reports, writes, rests])
async def test_whatever_is_heard_counts_anew(at_work: Staffed, heard: object) -> None:
    task = await at_work.assign(due=LATER)
    here, staff = at_work.office, at_work.who["staff"]
    await answer.receive(here, staff, task.id, task.version, office(7, 10), None)
    assert callable(heard)
    await heard(at_work, task.id, office(10, 15))
    assert await asked_at(at_work, office(14, 7, 30)) == []
    assert await asked_at(at_work, office(17, 7, 29)) == []
    assert await asked_at(at_work, office(17, 7, 30)) == [("stale", "staff")]


async def test_what_an_assigner_writes_is_no_report(at_work: Staffed) -> None:
    task = await at_work.assign(due=LATER)
    here, who = at_work.office, at_work.who
    await answer.receive(here, who["staff"], task.id, task.version, office(7, 10), None)
    await note.write(here, who["leader"], task.id, "Đến đâu rồi?", [], office(10), None)
    assert await asked_at(at_work, office(14, 7, 30)) == [("stale", "staff")]


async def test_a_part_reported_is_heard_of_the_task(at_work: Staffed) -> None:
    task = await supported(at_work)
    here, mate = at_work.office, at_work.who["mate"]
    done = await support.report(here, mate, task.id, "", office(9), at_work.update())
    assert done.reported_at == office(9)


async def test_nobody_is_asked_of_what_is_handed_in(at_work: Staffed) -> None:
    task = await at_work.assign(due=LATER)
    here, staff = at_work.office, at_work.who["staff"]
    done = await answer.submit(here, staff, task.id, "Xong", None, office(7, 10), None)
    assert done.status is Status.SUBMITTED
    for day in range(8, 31):
        assert await asked_at(at_work, office(day)) == []


async def test_the_gravest_of_the_morning_speaks_for_all(at_work: Staffed) -> None:
    """The task is stale on the day it turns red: one message."""
    task = await at_work.assign(due=date(2026, 12, 11))
    here, staff = at_work.office, at_work.who["staff"]
    await answer.receive(here, staff, task.id, task.version, office(7, 10), None)
    told = [await asked_at(at_work, office(day, 7, 30)) for day in (8, 10, 11, 14)]
    assert told == [
        [(Rung.YELLOW, "staff")],
        [(Rung.BEFORE, "staff")],
        [(Rung.DUE, "staff")],
        [(Rung.RED, "staff"), (Rung.RED, "head")],
    ]
