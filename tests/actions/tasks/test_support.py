"""Supporting a task: who names, who reports, who is chased, and what waits for every part."""

import asyncio
from datetime import date

import pytest

from bot.actions.assigning import assign, edit_draft
from bot.actions.chat_places import Place
from bot.actions.reminders.morning import morning
from bot.actions.tasks import answer, review, support
from bot.language.readings import Kind, Part, PersonReading, Reading, UnitReading
from bot.refusals import No, Refusal
from storage.records import DoneWhen, PartState, Status, TaskView
from storage.tasks import tasks
from tests.actions.office import Staffed, refused
from tests.actions.reminders.test_fire_reminders import digests, said_at
from tests.rules.task import WORKDAYS, office

NOW = office(8)
FRIDAY = date(2026, 12, 11)


async def supported(at_work: Staffed, *, waits: bool = False, by: str = "leader") -> TaskView:
    """Give the staff a task that their mate and the unit qt support."""
    here, who, unit = at_work.office, at_work.who[by], at_work.units["qt"]
    reading = Reading(
        text="Soạn báo cáo",
        kind=Kind.ASSIGNMENT,
        title="Soạn báo cáo",
        people=(PersonReading(at_work.ids["mate"], "Trầm", Part.SUPPORT, (0, 1)),),
        units=(UnitReading(unit, "Phòng Quản trị", Part.SUPPORT, (0, 1)),),
    )
    at = office(7)
    [draft] = await assign.begin(here, who, Place(1), [reading], at, at_work.update())
    draft = await edit_draft.choose_lead(here, draft, at_work.ids["staff"], at, at_work.update())
    due = (*WORKDAYS.due(FRIDAY), False)
    draft = await edit_draft.choose_deadline(here, draft, due, at, at_work.update())
    if waits:
        draft = await edit_draft.switch(here, draft, at, at_work.update())
    return await assign.confirm(here, who, draft.id, draft.version, None, at, at_work.update())


async def named(
    at_work: Staffed, task_id: int, by: str = "other_head", whom: str = "other"
) -> None:
    unit, person = at_work.units["qt"], at_work.ids[whom]
    who = at_work.who[by]
    await support.name(at_work.office, who, task_id, unit, person, NOW, at_work.update())


async def report(at_work: Staffed, name: str, task_id: int, words: str = "") -> None:
    here, who = at_work.office, at_work.who[name]
    await support.report(here, who, task_id, words, NOW, at_work.update())


async def states(at_work: Staffed, task_id: int) -> list[tuple[str, PartState]]:
    view = await tasks.view(at_work.db, task_id)
    assert view is not None
    return [(one.name, one.state) for one in view.others]


async def test_each_is_told_what_is_theirs(at_work: Staffed) -> None:
    task = await supported(at_work)
    told = await at_work.outbox()
    assert sorted(told) == [
        ("support.asked", "other_head"),
        ("task.assigned", "mate"),
        ("task.assigned", "staff"),
    ]
    since = await at_work.last_said()
    await named(at_work, task.id)
    assert ("task.assigned", "other") in await at_work.outbox(since)
    assert await states(at_work, task.id) == [
        ("Ông Thị Ngọc Trầm", PartState.OWES),
        ("Đàm Tú Quyên", PartState.OWES),
    ]
    assert (await at_work.history(task.id))[-1] == ("task.name_part", "other_head")


@pytest.mark.parametrize("by", ["staff", "mate", "other", "head", "admin", "clerk"])
async def test_who_may_not_name(at_work: Staffed, by: str) -> None:
    task = await supported(at_work)
    await refused(No.NOT_ALLOWED, at_work, named(at_work, task.id, by))


@pytest.mark.parametrize("by", ["other_head", "leader"])
async def test_who_may_name(at_work: Staffed, by: str) -> None:
    task = await supported(at_work)
    await named(at_work, task.id, by)


async def test_only_people_of_the_unit_are_named(at_work: Staffed) -> None:
    task = await supported(at_work)
    await refused(No.PERSON_LEFT, at_work, named(at_work, task.id, whom="clerk"))
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE people SET ended_at = $1 WHERE id = $2", NOW, at_work.ids["other"])
    await refused(No.PERSON_LEFT, at_work, named(at_work, task.id))


async def test_a_unit_names_once(at_work: Staffed) -> None:
    task = await supported(at_work)
    await named(at_work, task.id)
    await refused(No.NOT_ALLOWED, at_work, named(at_work, task.id, whom="other_head"))


async def test_two_who_name_at_once_name_one(at_work: Staffed) -> None:
    task = await supported(at_work)
    done = await asyncio.gather(
        named(at_work, task.id, "other_head", "other"),
        named(at_work, task.id, "leader", "other_head"),
        return_exceptions=True,
    )
    assert sum(isinstance(one, Refusal) for one in done) == 1
    assert len(await states(at_work, task.id)) == 2


async def test_who_is_offered_by_whom(at_work: Staffed) -> None:
    task = await supported(at_work)
    offered = await support.candidates(at_work.office, at_work.who["other_head"], task)
    assert {one.key for _, one in offered} == {at_work.ids["other_head"], at_work.ids["other"]}
    assert await support.candidates(at_work.office, at_work.who["head"], task) == []


async def test_a_part_is_reported_once_and_by_its_own(at_work: Staffed) -> None:
    task = await supported(at_work)
    await report(at_work, "mate", task.id, "Đã gửi số liệu")
    assert (await states(at_work, task.id))[0] == ("Ông Thị Ngọc Trầm", PartState.REPORTED)
    await refused(No.ALREADY_DONE, at_work, report(at_work, "mate", task.id))
    for name in ("staff", "leader", "other", "head", "admin"):
        await refused(No.NOT_ALLOWED, at_work, report(at_work, name, task.id))
    past = await at_work.history(task.id)
    assert past[-1] == ("task.report_part", "mate")


async def test_an_update_repeated_reports_once(at_work: Staffed) -> None:
    task = await supported(at_work)
    here, mate, key = at_work.office, at_work.who["mate"], at_work.update()
    await support.report(here, mate, task.id, "", NOW, key)
    again = support.report(here, mate, task.id, "", NOW, key)
    await refused(No.ALREADY_DONE, at_work, again)


async def test_what_waits_for_all_is_not_accepted_before(at_work: Staffed) -> None:
    task = await supported(at_work, waits=True)
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    done = await answer.submit(here, staff, task.id, "Xong", None, NOW, at_work.update())
    assert done.status is Status.SUBMITTED
    accept = review.accept(here, leader, task.id, done.version, NOW, at_work.update())
    no = await refused(No.PARTS_OWED, at_work, accept)
    assert no.facts["names"] == ["Ông Thị Ngọc Trầm", "Phòng Quản trị"]
    await report(at_work, "mate", task.id)
    await named(at_work, task.id)
    since = await at_work.last_said()
    await report(at_work, "other", task.id)
    assert ("support.done", "leader") in await at_work.outbox(since)
    view = await tasks.view(at_work.db, task.id)
    assert view is not None
    accepted = await review.accept(here, leader, task.id, view.version, NOW, at_work.update())
    assert accepted.status is Status.DONE


async def test_the_assigner_may_stop_waiting(at_work: Staffed) -> None:
    task = await supported(at_work, waits=True)
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    for name in ("staff", "mate", "other_head", "head"):
        no = support.switch(here, at_work.who[name], task.id, task.version, NOW, at_work.update())
        await refused(No.NOT_ALLOWED, at_work, no)
    stale = support.switch(here, leader, task.id, task.version + 1, NOW, at_work.update())
    await refused(No.STALE, at_work, stale)
    changed = await support.switch(here, leader, task.id, task.version, NOW, at_work.update())
    assert changed.done_when is DoneWhen.LEAD
    done = await answer.submit(here, staff, task.id, "Xong", None, NOW, at_work.update())
    await review.accept(here, leader, task.id, done.version, NOW, at_work.update())


async def test_ones_own_task_is_not_done_while_parts_are_owed(at_work: Staffed) -> None:
    task = await supported(at_work, waits=True, by="head")
    here, head = at_work.office, at_work.who["head"]
    async with at_work.db.transaction() as tx:
        await tx.execute(
            "UPDATE task_people SET person_id = $1 WHERE part = 'lead'", at_work.ids["head"]
        )
    submit = answer.submit(here, head, task.id, "Xong", None, NOW, at_work.update())
    await refused(No.PARTS_OWED, at_work, submit)


async def test_only_who_owes_is_reminded(at_work: Staffed) -> None:
    task = await supported(at_work)
    assert await said_at(at_work, office(8, 17)) == [("yellow", "staff")]
    assert sorted(await said_at(at_work, office(10, 17))) == [
        ("before", "mate"),
        ("before", "other_head"),
        ("before", "staff"),
    ]
    await named(at_work, task.id)
    await report(at_work, "mate", task.id)
    assert sorted(await said_at(at_work, office(11, 7, 30))) == [
        ("due", "other"),
        ("due", "staff"),
    ]
    assert sorted(await said_at(at_work, office(14, 7, 30))) == [
        ("red", "head"),
        ("red", "other"),
        ("red", "staff"),
    ]
    assert sorted(await said_at(at_work, office(16, 7, 30))) == [
        ("red_special", "leader"),
        ("red_special", "staff"),
    ]


@pytest.mark.parametrize("waits", [True, False])
async def test_after_the_result_only_what_is_waited_for_is_chased(
    at_work: Staffed, waits: bool
) -> None:
    task = await supported(at_work, waits=waits)
    here, staff = at_work.office, at_work.who["staff"]
    await answer.submit(here, staff, task.id, "Xong", None, NOW, at_work.update())
    told = sorted(await said_at(at_work, office(14, 7, 30)))
    assert told == ([("red", "mate"), ("red", "other_head")] if waits else [])


async def test_a_unit_without_a_head_asks_who_is_in_charge_or_the_assigner(
    at_work: Staffed,
) -> None:
    async with at_work.db.transaction() as tx:
        await tx.execute("DELETE FROM roles WHERE person_id = $1", at_work.ids["other_head"])
    task = await supported(at_work)
    assert ("support.asked", "leader") in await at_work.outbox()
    await named(at_work, task.id, "leader")


async def test_the_morning_knows_who_supports(at_work: Staffed) -> None:
    """The digest's receivers are those whose morning has something to say."""
    await supported(at_work, waits=True)
    told = await digests(at_work, office(11, 8))
    assert told == ["mate", "other_head", "staff"]
    for name, who in at_work.who.items():
        found = await morning(at_work.office, who, office(11, 8))
        assert found.is_empty is (name not in told), name
