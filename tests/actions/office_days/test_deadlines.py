"""What is in somebody's calendar: the tasks of `/viec` that have a deadline, as they stand."""

from datetime import date, time

from bot.actions import find
from bot.actions.office_days import deadlines
from bot.actions.organisation import absence
from bot.actions.organisation.absence import Wanted
from bot.actions.tasks import answer, edit_task, review
from storage.engine.database import Value
from storage.records import Part, Status
from tests.actions.office import FRIDAY, Staffed
from tests.rules.task import office

NOW = office(7)


async def numbers(at_work: Staffed, name: str) -> list[int]:
    return [one.id for one in await deadlines.of(at_work.office, at_work.who[name])]


async def test_each_part_is_in_it_and_nothing_else(at_work: Staffed) -> None:
    led = await at_work.assign()
    supported = await at_work.assign(to="mate", due=date(2026, 12, 10))
    followed = await at_work.assign(to="mate", due=date(2026, 12, 9), clock=time(14))
    await at_work.assign(due=None)
    await at_work.assign(to="other")
    who = at_work.who["leader"]
    await edit_task.add(at_work.office, who, supported.id, "Ân", Part.SUPPORT, NOW, None)
    await edit_task.add(at_work.office, who, followed.id, "Ân", Part.FOLLOW, NOW, None)
    assert await numbers(at_work, "staff") == [followed.id, supported.id, led.id]
    assert await numbers(at_work, "leader") == []
    assert await numbers(at_work, "head") == []


async def test_it_has_what_the_list_has(at_work: Staffed) -> None:
    for _ in range(3):
        await at_work.assign()
    listed, _ = await find.mine(at_work.office, at_work.who["staff"])
    assert await numbers(at_work, "staff") == [one.id for one in listed]


async def test_what_is_over_is_left_out(at_work: Staffed) -> None:
    task = await at_work.assign()
    await answer.submit(at_work.office, at_work.who["staff"], task.id, "Đã trình", None, NOW, None)
    [waiting] = await deadlines.of(at_work.office, at_work.who["staff"])
    assert waiting.status is Status.SUBMITTED
    leader = at_work.who["leader"]
    await review.accept(at_work.office, leader, task.id, waiting.version, NOW, None)
    assert await numbers(at_work, "staff") == []


async def test_a_change_raises_the_version_and_the_moment(at_work: Staffed) -> None:
    task = await at_work.assign()
    [before] = await deadlines.of(at_work.office, at_work.who["staff"])
    assert (before.lead_name, before.assigner_name) == ("Mạc Thiên Ân", "Trịnh Quang Lĩnh")
    assert before.changed_at == office(7)
    due_at, late_from = at_work.office.workdays.due(date(2026, 12, 15), None)
    changes: dict[str, Value] = {"due_at": due_at, "late_from": late_from, "has_clock": False}
    await edit_task.fields(
        at_work.office, at_work.who["leader"], task.id, None, changes, office(8), None
    )
    [after] = await deadlines.of(at_work.office, at_work.who["staff"])
    assert (after.due_at, after.changed_at) == (due_at, office(8))
    assert after.version > before.version


async def test_who_stands_in_has_the_deadlines_of_who_is_away(at_work: Staffed) -> None:
    task = await at_work.assign(due=FRIDAY)
    days = Wanted(at_work.ids["staff"], date(2026, 12, 7), FRIDAY, at_work.ids["mate"])
    await absence.enter(at_work.office, at_work.who["staff"], days, NOW, at_work.update())
    known = await at_work.office.person(at_work.ids["mate"], NOW)
    assert known is not None
    assert [one.id for one in await deadlines.of(at_work.office, known.who)] == [task.id]
    back = await at_work.office.person(at_work.ids["mate"], office(14))
    assert back is not None
    assert await deadlines.of(at_work.office, back.who) == []
