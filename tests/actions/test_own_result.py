"""A result comes to be of who waits for it, as when the work of somebody moved stays with the head."""

from bot.actions import answer, mergers, review, unanswered
from bot.rules.merger_wish import Kind, Wish
from storage import tasks
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
    view = await mergers.look(here, who["admin"], wish, NOW)
    await mergers.make(here, who["admin"], wish, view.seen.prints, NOW, None)
    [now] = await tasks.views(at_work.db, [task.id])
    assert (now.lead_id, now.assigner_id) == (ids["head"], ids["head"])
    said = await at_work.last_said()
    await unanswered.look(here, office(10))
    assert await at_work.outbox(said) == [("acceptance.waiting", "deputy")]
    await review.accept(here, who["deputy"], task.id, now.version, office(10), None)
