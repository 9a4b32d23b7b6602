"""A request that nobody decides is chased: once as a message, and in the digest each morning."""

from bot.actions.reminders import request_reminders
from bot.actions.reminders.fire_reminders import digest
from bot.actions.reminders.morning import morning
from bot.actions.tasks import decline, extend
from tests.actions.office import Staffed
from tests.rules.task import office


async def test_after_a_working_day_and_once(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, staff = at_work.office, at_work.who["staff"]
    await extend.request(here, staff, task.id, "đến 25/12 vì bận", office(11, 10), None)
    said = await at_work.last_said()
    for moment in (office(11, 16), office(12, 11), office(13, 11), office(14, 9, 59)):
        assert await request_reminders.look(here, moment) == 0
    assert await request_reminders.look(here, office(14, 10)) == 1
    assert await at_work.outbox(said) == [("extension.waiting", "leader")]
    assert await request_reminders.look(here, office(15, 10)) == 0


async def test_what_is_decided_or_asked_at_night(at_work: Staffed) -> None:
    task, other = await at_work.assign(), await at_work.assign()
    here, who = at_work.office, at_work.who
    asked = await extend.request(here, who["staff"], task.id, "đến 25/12 vì bận", office(8), None)
    await decline.decline(here, who["staff"], other.id, "không đúng", office(8, 20), None)
    await extend.refuse(here, who["leader"], task.id, asked.version, office(8, 11), None)
    said = await at_work.last_said()
    assert await request_reminders.look(here, office(9, 17)) == 0
    assert await request_reminders.look(here, office(9, 20, 30)) == 0
    assert await request_reminders.look(here, office(10, 7, 30)) == 1
    assert await at_work.outbox(said) == [("decline.waiting", "leader")]


async def test_it_stands_in_the_digest_until_it_is_decided(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, who = at_work.office, at_work.who
    await decline.decline(here, who["staff"], task.id, "không đúng", office(7), None)
    for day in (8, 9):
        said = await at_work.last_said()
        await digest(here, office(day, 7, 30))
        assert ("digest", "leader") in await at_work.outbox(said)
        found = await morning(here, who["leader"], office(day, 7, 30))
        assert [one.id for one in found.decisions] == [task.id]


async def test_an_offer_waits_for_the_lead(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, who = at_work.office, at_work.who
    await extend.request(here, who["staff"], task.id, "đến 25/12 vì bận", office(7), None)
    other = extend.read(here, "18/12", office(7)).deadline
    assert other is not None
    await extend.offer(here, who["leader"], task.id, other, "", office(7), None)
    assert await request_reminders.look(here, office(9)) == 0
    assert (await morning(here, who["leader"], office(8))).decisions == []
    assert [one.id for one in (await morning(here, who["staff"], office(8))).decisions] == [task.id]
    said = await at_work.last_said()
    await digest(here, office(8, 7, 30))
    assert await at_work.outbox(said) == [("digest", "staff")]
