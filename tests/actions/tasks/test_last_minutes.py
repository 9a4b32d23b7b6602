"""The last minutes before a deadline: who was just reminded is not told again, whoever was not is."""

from datetime import date, time, timedelta

import pytest

from bot.actions.reminders import fire_reminders
from bot.actions.tasks import answer, edit_task, handover, review
from bot.rules.reminders.reminders import LADDERS, Ladder, Rung
from storage.engine.database_errors import trouble_of
from storage.records import Task, Urgency
from storage.reminders import reminders
from tests.actions.office import Staffed
from tests.actions.reminders.test_fire_reminders import said_at
from tests.rules.task import office

SATURDAY = date(2026, 12, 12)
QUARTER = Ladder(before=(timedelta(minutes=15),))


async def flash(at_work: Staffed) -> Task:
    """Return a task of the highest urgency, due on Saturday at ten in the evening."""
    task = await at_work.assign(clock=time(22), due=SATURDAY)
    urgency = {"urgency": Urgency.FLASH}
    who, update = at_work.who["leader"], at_work.update()
    return await edit_task.fields(at_work.office, who, task.id, None, urgency, office(11), update)


async def test_who_was_told_a_quarter_of_an_hour_before_hears_next_that_it_is_late(
    at_work: Staffed,
) -> None:
    await flash(at_work)
    await said_at(at_work, office(12, 21))
    assert await said_at(at_work, office(12, 21, 45)) == [("before", "staff")]
    assert await said_at(at_work, office(12, 22)) == []
    assert await said_at(at_work, office(12, 22, 1)) == [("red", "staff"), ("red", "head")]


async def test_who_was_not_hears_it_when_it_is_due(at_work: Staffed) -> None:
    """Given ten minutes before, there is no other reminder."""
    at_work.office.ladders = {**LADDERS, Urgency.NORMAL: QUARTER}
    await at_work.assign(clock=time(16), at=office(11, 15, 50))
    assert await said_at(at_work, office(11, 15, 59)) == []
    assert await said_at(at_work, office(11, 16)) == [("due", "staff")]


async def test_after_a_return_in_the_last_minutes_too(at_work: Staffed) -> None:
    task = await flash(at_work)
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    await said_at(at_work, office(12, 21))
    await answer.submit(here, staff, task.id, "Xong", None, office(12, 21, 40), None)
    assert await said_at(at_work, office(12, 21, 45)) == []
    await review.return_result(here, leader, task.id, "Thiếu", office(12, 21, 47), None)
    assert await said_at(at_work, office(12, 22)) == [("due", "staff")]


async def test_who_leads_it_only_since_then_too(at_work: Staffed) -> None:
    task = await flash(at_work)
    assert ("before", "staff") in await said_at(at_work, office(12, 21, 45))
    who, mate = at_work.who["leader"], at_work.ids["mate"]
    now, update = office(12, 21, 50), at_work.update()
    await handover.reassign(at_work.office, who, task.id, None, mate, "Bận họp", now, update)
    assert await said_at(at_work, office(12, 22)) == [("due", "mate")]


async def test_a_stop_over_the_last_reminder_leaves_the_graver_one(at_work: Staffed) -> None:
    await flash(at_work)
    await said_at(at_work, office(12, 21))
    assert await said_at(at_work, office(12, 22)) == [("due", "staff")]


async def test_a_rung_that_nobody_can_read_silences_no_other_of_its_task(at_work: Staffed) -> None:
    task = await at_work.assign(clock=time(16))
    await at_work.db.run(
        lambda tx: tx.execute("UPDATE reminders SET rung = 'unknown' WHERE rung = 'before'")
    )
    with pytest.raises(ValueError, match="unknown") as wrong:
        await fire_reminders.look(at_work.office, office(11, 16))
    assert trouble_of(wrong.value) is None
    settled = {row.rung: row.outcome for row in await reminders.of_task(at_work.db, task.id)}
    assert settled[Rung.DUE] == "sent"
    assert settled["unknown"] is None
    [first, *_] = [row for row in await reminders.of_task(at_work.db, task.id) if not row.outcome]
    assert first.rung == Rung.RED
    assert await said_at(at_work, office(11, 16, 1)) == [("red", "staff"), ("red", "head")]
