"""Another lead: given, handed back with a proposal, kept; who is told and what goes on."""

import pytest

from bot.actions import find
from bot.actions.reminders import fire_reminders
from bot.actions.tasks import answer, decline, extend, handover, withdraw
from bot.actions.tasks.handover import named
from bot.refusals import No
from storage.records import RequestState, Status
from storage.reminders import reminders
from storage.tasks import requests
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(9)
REASON = "Đồng chí Ân đi học"
WORDS = "thuộc phòng Quản trị, đề nghị giao đồng chí Quyên"


async def given(at_work: Staffed, by: str = "leader", to: str = "mate") -> int:
    task = await at_work.assign()
    await handover.reassign(
        at_work.office, at_work.who[by], task.id, 1, at_work.ids[to], REASON, NOW, at_work.update()
    )
    return task.id


async def declined(at_work: Staffed, by: str = "leader") -> tuple[int, int]:
    task = await at_work.assign(by=by)
    here, staff = at_work.office, at_work.who["staff"]
    task = await decline.decline(here, staff, task.id, WORDS, NOW, at_work.update())
    return task.id, task.version


async def test_the_new_lead_begins_and_the_old_one_has_it_no_more(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, who, ids = at_work.office, at_work.who, at_work.ids
    task = await answer.progress(here, who["staff"], task.id, "40%", NOW, None)
    task = await extend.request(here, who["staff"], task.id, "đến 25/12 vì bận", NOW, None)
    said = await at_work.last_said()
    task = await handover.reassign(
        here, who["leader"], task.id, task.version, ids["mate"], REASON, NOW, at_work.update()
    )
    assert (task.status, task.received_at, task.percent) == (Status.ASSIGNED, None, 40)
    view = await find.task(here, who["mate"], task.id)
    assert (view.lead_id, view.request_id) == (ids["mate"], None)
    await refused(No.NOT_FOUND, at_work, find.task(here, who["staff"], task.id))
    assert await at_work.outbox(said) == [("task.reassigned", "mate"), ("task.handed_on", "staff")]
    last = (await find.history(here, who["mate"], task.id))[-1]
    assert (last.kind, last.text) == ("task.reassign", REASON)
    assert (last.facts["from"], last.facts["to"]) == (ids["staff"], ids["mate"])
    await answer.receive(here, who["mate"], task.id, task.version, NOW, at_work.update())


async def test_reminders_go_on_to_the_new_lead(at_work: Staffed) -> None:
    number = await given(at_work)
    said = await at_work.last_said()
    await fire_reminders.look(at_work.office, office(10, 17, 0))
    assert await at_work.outbox(said) == [("reminder", "mate")]
    assert any(not row.settled_at for row in await reminders.of_task(at_work.db, number))


async def test_it_belongs_to_the_unit_of_its_new_lead(at_work: Staffed) -> None:
    number = await given(at_work, to="other")
    view = await find.task(at_work.office, at_work.who["other_head"], number)
    assert view.unit_id == at_work.units["qt"]
    await refused(No.NOT_FOUND, at_work, find.task(at_work.office, at_work.who["head"], number))


async def test_the_head_above_divides_the_work_and_the_assigner_hears_of_it(
    at_work: Staffed,
) -> None:
    task = await at_work.assign()
    here, who, ids = at_work.office, at_work.who, at_work.ids
    said = await at_work.last_said()
    await handover.reassign(here, who["head"], task.id, 1, ids["head"], "", NOW, None)
    assert await at_work.outbox(said) == [
        ("task.reassigned", "leader"),
        ("task.handed_on", "staff"),
    ]


@pytest.mark.parametrize(
    ("by", "to"),
    [("staff", "mate"), ("mate", "mate"), ("other_head", "other"), ("admin", "mate")],
)
async def test_who_may_not_give_it_away(at_work: Staffed, by: str, to: str) -> None:
    task = await at_work.assign()
    give = handover.reassign(
        at_work.office, at_work.who[by], task.id, 1, at_work.ids[to], "", NOW, at_work.update()
    )
    await refused(No.NOT_ALLOWED, at_work, give)


async def test_to_whom_it_may_not_go(at_work: Staffed) -> None:
    task = await at_work.assign(by="head")
    here, head, ids, key = at_work.office, at_work.who["head"], at_work.ids, at_work.update()
    for to, kind in (("staff", No.SAME_PERSON), ("other", No.NOT_ALLOWED)):
        give = handover.reassign(here, head, task.id, 1, ids[to], "", NOW, key)
        await refused(kind, at_work, give)
    gone = handover.reassign(here, head, task.id, 1, 10**6, "", NOW, key)
    await refused(No.PERSON_LEFT, at_work, gone)
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE people SET ended_at = $1 WHERE id = $2", NOW, ids["mate"])
    left = handover.reassign(here, head, task.id, 1, ids["mate"], "", NOW, key)
    await refused(No.PERSON_LEFT, at_work, left)


async def test_once_and_as_it_was_seen(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, leader, ids, key = at_work.office, at_work.who["leader"], at_work.ids, at_work.update()
    await handover.reassign(here, leader, task.id, 1, ids["mate"], "", NOW, key)
    again = handover.reassign(here, leader, task.id, None, ids["clerk"], "", NOW, key)
    await refused(No.ALREADY_DONE, at_work, again)
    stale = handover.reassign(here, leader, task.id, 1, ids["clerk"], "", NOW, at_work.update())
    await refused(No.STALE, at_work, stale)
    await answer.submit(here, at_work.who["mate"], task.id, "Xong", None, NOW, None)
    late = handover.reassign(here, leader, task.id, None, ids["clerk"], "", NOW, at_work.update())
    await refused(No.WRONG_STATE, at_work, late)


async def test_handed_back_with_a_proposal(at_work: Staffed) -> None:
    number, version = await declined(at_work)
    here, who, ids = at_work.office, at_work.who, at_work.ids
    view = await find.task(here, who["leader"], number)
    assert (view.decline_reason, view.proposed_id) == (WORDS, ids["other"])
    assert view.lead_id == ids["staff"]
    assert (await at_work.outbox())[-1] == ("decline.requested", "leader")
    again = decline.decline(here, who["staff"], number, "bận", NOW, at_work.update())
    await refused(No.REQUEST_OPEN, at_work, again)
    await handover.reassign(here, who["leader"], number, version, ids["other"], "", NOW, None)
    row = await at_work.db.fetch_one("SELECT * FROM requests")
    assert row is not None
    assert (row["state"], row["decided_by"]) == (RequestState.GRANTED, ids["leader"])
    last = (await find.history(here, who["leader"], number))[-1]
    assert last.text == WORDS


async def test_kept(at_work: Staffed) -> None:
    number, version = await declined(at_work, by="head")
    here, who = at_work.office, at_work.who
    said = await at_work.last_said()
    for name in ("staff", "mate", "admin", "other_head"):
        other = decline.keep(here, who[name], number, version, NOW, at_work.update())
        await refused(No.NOT_ALLOWED, at_work, other)
    task = await decline.keep(here, who["deputy"], number, version, NOW, at_work.update())
    assert await at_work.outbox(said) == [("decline.refused", "staff"), ("decline.refused", "head")]
    assert await requests.latest_open(at_work.db, number, ["decline"]) is None
    again = decline.keep(here, who["head"], number, task.version, NOW, at_work.update())
    await refused(No.STALE, at_work, again)


async def test_who_may_hand_back_and_take_that_back(at_work: Staffed) -> None:
    own = await at_work.assign(by="staff", to="staff")
    here, who = at_work.office, at_work.who
    mine = decline.decline(here, who["staff"], own.id, "bận", NOW, at_work.update())
    await refused(No.NOT_ALLOWED, at_work, mine)
    number, version = await declined(at_work)
    for name in ("leader", "mate", "head"):
        other = decline.decline(here, who[name], number, "bận", NOW, at_work.update())
        await refused(No.NOT_ALLOWED, at_work, other)
    await withdraw.withdraw(here, who["staff"], number, version, NOW, at_work.update())
    assert (await find.task(here, who["staff"], number)).decline_id is None


async def test_words_without_a_name_propose_the_head_of_the_unit_or_nobody(
    at_work: Staffed,
) -> None:
    task, other = await at_work.assign(), await at_work.assign()
    here, staff = at_work.office, at_work.who["staff"]
    await decline.decline(here, staff, task.id, "đề nghị giao phòng Quản trị", NOW, None)
    assert (await find.task(here, staff, task.id)).proposed_id == at_work.ids["other_head"]
    await decline.decline(here, staff, other.id, "không đúng việc", NOW, None)
    assert (await find.task(here, staff, other.id)).proposed_id is None


async def test_names_in_an_answer(at_work: Staffed) -> None:
    here, leader, ids = at_work.office, at_work.who["leader"], at_work.ids
    assert await named(here, leader, "đồng chí Trầm vì Ân đi học") == ([ids["mate"]], True)
    assert await named(here, leader, "ai cũng được") == ([], False)
