"""Leaders' remarks: answered once, chased when they are not; results that wait for acceptance."""

from datetime import date, time

import pytest

from bot.actions import find
from bot.actions.organisation import leave, units
from bot.actions.reminders import fire_reminders, morning, overdue_answers
from bot.actions.reporting import summarise
from bot.actions.tasks import answer, remark, review
from bot.refusals import No
from bot.rules.rights import Standpoint
from storage.organisation import people
from storage.records import Role, Task
from storage.tasks import remarks
from tests.actions.office import Staffed, refused
from tests.rules.task import WORKDAYS, office

NOW = office(7, 9)


async def remarked(at_work: Staffed, by: str = "leader") -> Task:
    task = await at_work.assign()
    who = at_work.who[by]
    return await remark.remark(at_work.office, who, task.id, "Làm rõ nguyên nhân", NOW, None)


async def test_a_remark_goes_to_the_lead_and_stands_on_the_card_until_answered(
    at_work: Staffed,
) -> None:
    task = await remarked(at_work)
    assert (await at_work.outbox())[-1] == ("remark.asked", "staff")
    view = await find.task(at_work.office, at_work.who["staff"], task.id)
    assert (view.remark, view.remark_author) == ("Làm rõ nguyên nhân", "Trịnh Quang Lĩnh")
    assert view.remark_due_at == WORKDAYS.at(date(2026, 12, 9), time(17))
    staff = at_work.who["staff"]
    await remark.answer(at_work.office, staff, task.id, "Chậm do số liệu", office(8), None)
    assert (await at_work.outbox())[-1] == ("remark.answered", "leader")
    view = await find.task(at_work.office, staff, task.id)
    assert view.remark_id is None
    assert [kind for kind, _ in await at_work.history(task.id)] == [
        "task.assign",
        "task.remark",
        "task.answer_remark",
    ]


async def test_a_remark_of_the_head_is_answered_to_the_head(at_work: Staffed) -> None:
    task = await remarked(at_work, by="head")
    said = await at_work.last_said()
    staff = at_work.who["staff"]
    await remark.answer(at_work.office, staff, task.id, "Đã làm rõ", office(8), None)
    assert await at_work.outbox(said) == [("remark.answered", "head"), ("card.refresh", "leader")]


@pytest.mark.parametrize("left", [True, False])
async def test_the_answer_to_who_sees_the_task_no_more_goes_to_who_assigned(
    at_work: Staffed, left: bool
) -> None:
    """The head who remarked has left since, or is staff of the unit: nothing is worded for who may not see it."""
    task, here, ids = await remarked(at_work, by="head"), at_work.office, at_work.ids
    admin = at_work.who["admin"]
    if left:
        await leave.end(here, admin, ids["head"], NOW, None)
    else:
        await units.let_head(here, admin, at_work.units["th"], ids["mate"], NOW, None)
    said, staff = await at_work.last_said(), at_work.who["staff"]
    await remark.answer(here, staff, task.id, "Đã làm rõ", office(8), None)
    told = await at_work.outbox(said)
    assert ("remark.answered", "leader") in told
    assert (("remark.answered", "head") in told) is not left


@pytest.mark.parametrize("name", ["staff", "mate", "other_head", "other", "admin"])
async def test_who_may_not_remark(at_work: Staffed, name: str) -> None:
    task = await at_work.assign()
    asked = remark.remark(at_work.office, at_work.who[name], task.id, "Làm rõ", NOW, None)
    await refused(No.NOT_ALLOWED, at_work, asked)


async def test_refused_answers(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, staff = at_work.office, at_work.who["staff"]
    await refused(No.NO_REMARK, at_work, remark.answer(here, staff, task.id, "Rồi", NOW, None))
    task = await remarked(at_work)
    leader = at_work.who["leader"]
    await refused(No.NOT_ALLOWED, at_work, remark.answer(here, leader, task.id, "Rồi", NOW, None))
    await refused(No.EMPTY, at_work, remark.answer(here, staff, task.id, " ", NOW, None))


async def test_the_same_update_remarks_once(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, leader, update = at_work.office, at_work.who["leader"], at_work.update()
    await remark.remark(here, leader, task.id, "Làm rõ", NOW, update)
    again = remark.remark(here, leader, task.id, "Làm rõ", NOW, update)
    await refused(No.ALREADY_DONE, at_work, again)


async def test_no_answer_is_chased_once_and_then_every_morning(at_work: Staffed) -> None:
    task = await remarked(at_work)
    here = at_work.office
    assert await overdue_answers.look(here, office(9, 16, 59)) == 0
    said = await at_work.last_said()
    assert await overdue_answers.look(here, office(9, 17)) == 1
    assert await overdue_answers.look(here, office(9, 17, 1)) == 0
    assert await at_work.outbox(said) == [("remark.late", "staff")]
    shown = await morning.morning(here, at_work.who["staff"], office(10, 7, 30))
    assert [one.id for one in shown.remarks] == [task.id]
    await fire_reminders.digest(here, office(10, 7, 30))
    assert ("digest", "staff") in await at_work.outbox(said)


async def test_nobody_is_chased_at_night_nor_for_a_closed_task(at_work: Staffed) -> None:
    task = await remarked(at_work)
    here = at_work.office
    assert await overdue_answers.look(here, office(9, 22)) == 0
    await review.cancel(here, at_work.who["leader"], task.id, "Thôi", office(9), None)
    assert await overdue_answers.look(here, office(10, 9)) == 0
    assert await remarks.oldest_open(at_work.db, task.id) is not None


async def test_a_result_waiting_one_working_day_reminds_the_acceptor_once(
    at_work: Staffed,
) -> None:
    task = await at_work.assign()
    here, staff = at_work.office, at_work.who["staff"]
    await answer.submit(here, staff, task.id, "Xong", None, office(11, 10), None)
    said = await at_work.last_said()
    assert await overdue_answers.look(here, office(14, 9, 59)) == 0
    assert await overdue_answers.look(here, office(14, 10)) == 1
    assert await overdue_answers.look(here, office(14, 11)) == 0
    assert await at_work.outbox(said) == [("acceptance.waiting", "leader")]
    leader = at_work.who["leader"]
    await review.return_result(here, leader, task.id, "Thiếu", office(14, 12), None)
    await answer.submit(here, staff, task.id, "Đủ", None, office(14, 13), None)
    assert await overdue_answers.look(here, office(15, 12)) == 0
    assert await overdue_answers.look(here, office(15, 13)) == 1


async def test_late_acceptance_counts_against_the_acceptor_not_the_lead(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, leader = at_work.office, at_work.who["leader"]
    await answer.submit(here, at_work.who["staff"], task.id, "Xong", None, office(11, 10), None)
    state = await summarise.summarise(here, leader, office(11, 18))
    assert state.accepted_late == []
    state = await summarise.summarise(here, leader, office(14))
    assert state.accepted_late == [("Trịnh Quang Lĩnh", 1)]
    assert (state.count("on_track"), state.count("overdue"), state.undecided) == (1, 0, 0)


async def test_late_acceptance_of_two_of_one_name_is_each_their_own(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who
    for by in ("leader", "head"):
        task = await at_work.assign(by=by)
        await answer.submit(here, who["staff"], task.id, "Xong", None, office(11, 10), None)
    await at_work.db.run(
        lambda tx: people.change(tx, at_work.ids["head"], {"name": "Trịnh Quang Lĩnh"})
    )
    state = await summarise.summarise(here, who["leader"], office(14))
    assert state.accepted_late == [("Trịnh Quang Lĩnh", 1), ("Trịnh Quang Lĩnh", 1)]


async def test_red_tasks_without_a_deciding_level_are_counted(at_work: Staffed) -> None:
    await at_work.assign()
    seen = await summarise.summarise(at_work.office, at_work.who["leader"], office(14))
    assert seen.undecided == 1
    stranger = Standpoint(at_work.ids["other"], frozenset({Role.STAFF}))
    assert (await summarise.summarise(at_work.office, stranger, office(14))).undecided == 0
