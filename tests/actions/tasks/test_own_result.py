"""A result comes to be of who waits for it, as when the work of somebody moved stays with the head."""

from bot.actions.mergers import merger
from bot.actions.reminders import overdue_answers
from bot.actions.reminders.morning import concerned, morning
from bot.actions.tasks import answer, review
from bot.actions.tasks.acceptance import to_decide
from bot.rules.mergers.wish import Kind, Wish
from storage.tasks import tasks
from tests.actions.office import Staffed
from tests.rules.task import office

NOW = office(9)


async def test_those_above_are_asked_to_accept_it(at_work: Staffed) -> None:
    """Nobody accepts what they lead: it stayed handed in, and nobody who may was asked."""
    here, who, ids = at_work.office, at_work.who, at_work.ids
    task = await at_work.assign(by="head")
    await answer.submit(here, who["staff"], task.id, "Xong", None, office(8), None)
    wish = Wish(
        kind=Kind.MOVE,
        units=(at_work.units["th"],),
        into_id=at_work.units["qt"],
        people=(ids["staff"],),
        work_stays=True,
    )
    view = await merger.look(here, who["admin"], wish, NOW)
    await merger.make(here, who["admin"], wish, view.seen.prints, NOW, None)
    [now] = await tasks.views(at_work.db, [task.id])
    assert (now.lead_id, now.assigner_id) == (ids["head"], ids["head"])
    listed = {one: [task.id] if one == "deputy" else [] for one in ("head", "deputy", "leader")}
    assert await decisions(at_work) == listed
    async with at_work.db.transaction() as tx:
        told = await concerned(tx, here, office(10, 7, 30))
    assert {one: ids[one] in told for one in listed} == {one: bool(listed[one]) for one in listed}
    asked = {one: await numbers_to_decide(at_work, one) for one in listed}
    assert asked == listed, "so is who asks what waits for them"
    said = await at_work.last_said()
    await overdue_answers.look(here, office(10))
    assert await at_work.outbox(said) == [("acceptance.waiting", "deputy")]
    await review.accept(here, who["deputy"], task.id, now.version, office(10), None)
    assert not any((await decisions(at_work)).values())


async def decisions(at_work: Staffed) -> dict[str, list[int]]:
    """Return what waits for a decision of each of those above, as their digest tells it."""
    moment = office(10, 7, 30)
    seen = {
        one: await morning(at_work.office, at_work.who[one], moment)
        for one in ("head", "deputy", "leader")
    }
    return {one: [line.id for line in its.decisions] for one, its in seen.items()}


async def numbers_to_decide(at_work: Staffed, name: str) -> list[int]:
    condition = await to_decide(at_work.office, at_work.who[name])
    lines, _ = await tasks.page(at_work.db, condition, tasks.SOONEST, 10)
    return [line.id for line in lines]
