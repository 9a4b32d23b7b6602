"""Who carries what, of those whose work one divides, and what is proposed; on either engine."""

from datetime import date, datetime
from typing import Any

import pytest

from bot.actions.tasks import answer, edit_task, review
from bot.actions.tasks.workload import busy, divide
from bot.refusals import No
from storage.organisation import absences
from storage.records import Part
from storage.tasks import tasks, workload
from tests.actions.office import FRIDAY, Staffed, refused
from tests.rules.task import office

NOW = office(7, 7, 30)


async def sized(at_work: Staffed, hours: int, to: str = "staff", **said: Any) -> int:
    """Give somebody a task of so many hours, due on Friday."""
    task = await at_work.assign(to=to, **said)
    async with at_work.db.transaction() as tx:
        await tasks.change(tx, task.id, task.version, {"effort": hours})
    return task.id


async def away(at_work: Staffed, person: str, deputy: str | None, first: int, last: int) -> None:
    async with at_work.db.transaction() as tx:
        await absences.insert(
            tx, person_id=at_work.ids[person], at=NOW, entered_by_id=at_work.ids[person],
            deputy_id=at_work.ids[deputy] if deputy else None,
            from_day=date(2026, 12, first), until_day=date(2026, 12, last),
        )  # fmt: skip


async def shares(at_work: Staffed, by: str = "head", due: datetime | None = None) -> dict[str, Any]:
    found = await busy(at_work.office, at_work.who[by], list(at_work.ids.values()), due, NOW)
    names = {person_id: name for name, person_id in at_work.ids.items()}
    return {names[one]: load.percent for one, load in found.items()}


async def test_a_head_sees_how_busy_their_own_people_are(at_work: Staffed) -> None:
    await sized(at_work, 20)
    await sized(at_work, 10, to="other")
    due = office(11, 17, 0)
    assert await shares(at_work, due=due) == {"head": 0, "staff": 50, "mate": 0, "clerk": 0}
    assert await shares(at_work, "other_head", due) == {"other_head": 0, "other": 25}
    assert await shares(at_work, "staff", due) == {}
    assert await shares(at_work) == {"head": 0, "staff": 25, "mate": 0, "clerk": 0}


async def test_what_is_handed_in_or_over_weighs_nothing(at_work: Staffed) -> None:
    number = await sized(at_work, 20)
    here, who = at_work.office, at_work.who
    await answer.progress(here, who["staff"], number, "50%", NOW, None)
    assert (await shares(at_work, due=office(11, 17, 0)))["staff"] == 25
    task = await answer.submit(here, who["staff"], number, "đã trình", None, NOW, None)
    assert (await shares(at_work, due=office(11, 17, 0)))["staff"] == 0
    await review.accept(here, who["leader"], number, task.version, NOW, None)
    [done] = await workload.finished(at_work.db, [at_work.ids["staff"]], office(1))
    assert (done.title, done.count) == ("Soạn báo cáo quý", 1)


async def test_a_support_weighs_a_part_until_it_is_reported(at_work: Staffed) -> None:
    number = await sized(at_work, 40)
    here, leader = at_work.office, at_work.who["leader"]
    await edit_task.add(here, leader, number, "đồng chí Trầm", Part.SUPPORT, NOW, None)
    assert (await shares(at_work, due=office(11, 17, 0)))["mate"] == 25
    await at_work.db.run(lambda tx: tx.execute("UPDATE task_people SET state = 'reported'"))
    assert (await shares(at_work, due=office(11, 17, 0)))["mate"] == 0


async def test_a_deputy_carries_for_who_is_away(at_work: Staffed) -> None:
    await sized(at_work, 20)
    await away(at_work, "staff", "mate", 7, 11)
    found = await shares(at_work, due=office(11, 17, 0))
    assert (found["staff"], found["mate"]) == (None, 50)


async def test_what_lightens_whom_is_proposed_with_its_reason(at_work: Staffed) -> None:
    """A big task stays where there is nobody with room for it."""
    big = await sized(at_work, 60)
    small = await sized(at_work, 16)
    division = await divide(at_work.office, at_work.who["head"], NOW)
    first = division.burdens[0]
    assert (first.member.id, first.tasks, first.is_over) == (at_work.ids["staff"], 2, True)
    assert (division.until, division.next_until) == (date(2026, 12, 13), date(2026, 12, 20))
    [one] = division.proposals
    assert (one.task.id, one.offer.person_id, one.offer.past) == (small, at_work.ids["mate"], 0)
    assert one.lead.percent == 190
    assert one.offer.load.percent == 60
    assert big != small


async def test_practice_goes_before_an_empty_desk(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who
    for _ in range(2):
        number = await sized(at_work, 8, to="mate")
        task = await answer.submit(here, who["mate"], number, "đã trình", None, NOW, None)
        await review.accept(here, who["leader"], number, task.version, NOW, None)
    await sized(at_work, 36)
    await sized(at_work, 16)
    [one] = (await divide(here, who["head"], NOW)).proposals
    assert (one.offer.person_id, one.offer.past) == (at_work.ids["mate"], 2)


async def test_nothing_is_proposed_while_nobody_has_too_much(at_work: Staffed) -> None:
    await sized(at_work, 30)
    division = await divide(at_work.office, at_work.who["head"], NOW)
    assert division.proposals == []
    assert not any(one.is_over for one in division.burdens)


async def test_what_is_begun_stays(at_work: Staffed) -> None:
    for hours in (36, 16):
        number = await sized(at_work, hours)
        await answer.progress(at_work.office, at_work.who["staff"], number, "5%", NOW, None)
    division = await divide(at_work.office, at_work.who["head"], NOW)
    assert division.burdens[0].is_over
    assert division.proposals == []


@pytest.mark.parametrize("by", ["leader", "deputy", "head"])
async def test_nothing_is_changed_by_looking(at_work: Staffed, by: str) -> None:
    await sized(at_work, 60)
    before = await at_work.everything()
    await divide(at_work.office, at_work.who[by], NOW)
    assert await at_work.everything() == before


async def test_an_effort_is_set_on_a_task(at_work: Staffed) -> None:
    task = await at_work.assign(due=FRIDAY)
    here, leader = at_work.office, at_work.who["leader"]
    done = await edit_task.sized(here, leader, task.id, "khoảng 2 ngày công", NOW, at_work.update())
    assert done.effort == 16
    assert (await at_work.history(task.id))[-1] == ("task.edit", "leader")
    wrong = edit_task.sized(here, leader, task.id, "nhiều lắm", NOW, at_work.update())
    await refused(No.NO_EFFORT_READ, at_work, wrong)
    same = edit_task.sized(here, leader, task.id, "2 ngày", NOW, at_work.update())
    await refused(No.SAME, at_work, same)
