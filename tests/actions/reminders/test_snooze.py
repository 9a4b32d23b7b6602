"""Being reminded again: per person and task, once, and never past the deadline."""

from datetime import date, datetime, time

import pytest

from bot.actions.office_days import calendar
from bot.actions.reminders import fire_reminders, snooze
from bot.actions.tasks import answer, edit_task, handover
from bot.refusals import No
from storage.records import CalendarDay
from storage.reminders import reminders
from tests.actions.office import FRIDAY, Staffed, refused
from tests.actions.tasks.test_asked import asked_at
from tests.actions.tasks.test_support import supported
from tests.rules.task import office

NOON = office(10, 11)


async def again(
    at_work: Staffed, name: str, when: str, now: datetime = NOON, task_id: int = 1
) -> datetime:
    who = at_work.who[name]
    return await snooze.snooze(at_work.office, who, task_id, when, now, at_work.update())


async def received(at_work: Staffed, due: date | None = FRIDAY, clock: time | None = None) -> None:
    task = await at_work.assign(due=due, clock=clock)
    here, staff = at_work.office, at_work.who["staff"]
    await answer.receive(here, staff, task.id, task.version, office(7, 10), None)
    await fire_reminders.look(here, office(10, 10))


async def test_this_afternoon_and_only_once(at_work: Staffed) -> None:
    await received(at_work)
    assert await again(at_work, "staff", "afternoon") == office(10, 14)
    assert await asked_at(at_work, office(10, 13, 59)) == []
    assert await asked_at(at_work, office(10, 14)) == [("snooze", "staff")]
    assert await asked_at(at_work, office(10, 14, 1)) == []


async def test_pressed_twice_is_once_and_the_last_wish_holds(at_work: Staffed) -> None:
    await received(at_work, due=date(2026, 12, 25))
    for when in ("afternoon", "afternoon", "morning"):
        await again(at_work, "staff", when)
    assert await asked_at(at_work, office(10, 14)) == []
    assert await asked_at(at_work, office(11, 7, 30)) == [("snooze", "staff")]
    rows = await reminders.of_task(at_work.db, 1)
    assert sum(row.rung == "snooze" for row in rows) == 1


async def test_each_person_for_themselves(at_work: Staffed) -> None:
    task = await supported(at_work)
    await fire_reminders.look(at_work.office, office(10, 10))
    await again(at_work, "mate", "afternoon", task_id=task.id)
    assert await asked_at(at_work, office(10, 14)) == [("snooze", "mate")]


async def test_what_one_asked_for_is_not_said_to_others_nor_theirs_to_them(
    at_work: Staffed,
) -> None:
    task = await supported(at_work)
    await again(at_work, "mate", "morning", office(7, 10), task.id)
    assert await asked_at(at_work, office(8, 9)) == [("yellow", "staff"), ("snooze", "mate")]


async def test_a_new_lead_is_told_nothing_of_it_and_others_are_still_reminded(
    at_work: Staffed,
) -> None:
    task = await supported(at_work)
    await fire_reminders.look(at_work.office, office(10, 10))
    for name in ("staff", "mate"):
        await again(at_work, name, "afternoon", task_id=task.id)
    here, leader, clerk = at_work.office, at_work.who["leader"], at_work.ids["clerk"]
    await handover.reassign(here, leader, task.id, None, clerk, "Nghỉ", NOON, at_work.update())
    assert await asked_at(at_work, office(10, 14)) == [("snooze", "mate")]


async def test_with_another_rung_of_the_morning_it_is_one_message(at_work: Staffed) -> None:
    await received(at_work)
    await again(at_work, "staff", "morning")
    assert await asked_at(at_work, office(11, 7, 30)) == [("due", "staff")]


@pytest.mark.parametrize(
    ("clock", "now", "offered"),
    [
        (None, office(10, 11), ["afternoon", "morning"]),
        (None, office(10, 14), ["morning"]),
        (None, office(11, 9), ["afternoon"]),
        (None, office(11, 14), []),
        (time(13), office(11, 9), []),
        (None, office(14, 9), []),
    ],
)
async def test_never_past_the_deadline(
    at_work: Staffed, clock: time | None, now: datetime, offered: list[str]
) -> None:
    await received(at_work, clock=clock)
    for when in ("afternoon", "morning"):
        if when in offered:
            assert now < await again(at_work, "staff", when, now)
        else:
            late = again(at_work, "staff", when, now)
            await refused(No.SNOOZE_LATE, at_work, late)


async def test_an_earlier_deadline_takes_it_along(at_work: Staffed) -> None:
    await received(at_work, due=date(2026, 12, 25))
    await again(at_work, "staff", "afternoon")
    here, leader = at_work.office, at_work.who["leader"]
    sooner = edit_task.due((office(10, 13), office(10, 13), True))
    await edit_task.fields(here, leader, 1, None, sooner, NOON, at_work.update())
    assert await asked_at(at_work, office(10, 13)) == [("due", "staff")]
    assert ("snooze", "staff") not in await asked_at(at_work, office(10, 14))


async def test_a_day_off_that_comes_between_moves_it(at_work: Staffed) -> None:
    await received(at_work, due=date(2026, 12, 25))
    await again(at_work, "staff", "morning")
    off = [CalendarDay(day=FRIDAY, works=False, note="")]
    await calendar.decide(at_work.office, at_work.who["admin"], off, NOON, at_work.update())
    assert await asked_at(at_work, office(11, 9)) == []
    assert await asked_at(at_work, office(14, 7, 15)) == [("snooze", "staff")]


async def test_who_may_not(at_work: Staffed) -> None:
    await received(at_work)
    await refused(No.NOT_FOUND, at_work, again(at_work, "other", "afternoon"))
    await refused(No.SNOOZE_LATE, at_work, again(at_work, "staff", "tối"))
    here, staff = at_work.office, at_work.who["staff"]
    await answer.submit(here, staff, 1, "Xong", None, NOON, None)
    await refused(No.ALREADY_DONE, at_work, again(at_work, "staff", "afternoon"))
