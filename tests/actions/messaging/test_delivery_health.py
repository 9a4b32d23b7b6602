"""How delivery stands is told to admins, and whom the bot cannot reach to those above them."""

from bot.actions import moves
from bot.actions.messaging import delivery_health
from bot.actions.organisation.people import started
from bot.refusals import No
from storage.messaging import ledger as rows
from storage.messaging import outbox_results
from storage.messaging.outbox_results import Ended
from storage.organisation import people, reachability
from storage.records import Priority, Reach
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(8, 9)


async def test_the_ledger_counts_what_waits_and_why(at_work: Staffed) -> None:
    for to in ("staff", "mate", "clerk"):
        await at_work.assign(to=to)
    async with at_work.db.transaction() as tx:
        await outbox_results.settle(tx, [Ended(1, "failed", NOW), Ended(2, "sent", NOW)])
        await rows.note(tx, [1], "failed", "refused", NOW)
        await rows.note(tx, [3], "put_off", "flooded", NOW)
        await outbox_results.rest(tx, [3], [], NOW, "flooded")
    found = await delivery_health.delivery(at_work.office, at_work.who["admin"], office(8, 10))
    assert (found.health.waiting, found.health.put_off) == (1, 1)
    assert (found.health.sent, found.health.folded, found.health.failed) == (1, 0, 1)
    assert found.health.oldest == office(7)
    assert sorted(found.reasons) == [("failed", "refused", 1), ("put_off", "flooded", 1)]
    [failure] = await delivery_health.failures(at_work.office, at_work.who["admin"])
    assert (failure.id, failure.kind, failure.name, failure.reason) == (
        *(1, "task.assigned", "Mạc Thiên Ân", "refused"),
    )
    later = await delivery_health.delivery(at_work.office, at_work.who["admin"], office(10))
    assert (later.health.failed, list(later.reasons)) == (0, [])


async def test_only_an_admin_sees_how_delivery_stands(at_work: Staffed) -> None:
    for name in ("leader", "head", "staff"):
        who = at_work.who[name]
        await refused(No.NOT_ALLOWED, at_work, delivery_health.delivery(at_work.office, who, NOW))
        await refused(No.NOT_ALLOWED, at_work, delivery_health.failures(at_work.office, who))


async def test_who_cannot_be_reached_is_shown_to_those_above(at_work: Staffed) -> None:
    async with at_work.db.transaction() as tx:
        await reachability.mark_unreachable(tx, at_work.ids["staff"], Reach.BLOCKED)
    task = await at_work.assign()
    await at_work.assign()
    async with at_work.db.transaction() as tx:
        staff = [at_work.ids["staff"]]
        await moves.tell(tx, "reminder", task.id, staff, NOW, priority=Priority.REMINDER)
    for name in ("head", "deputy", "leader", "admin"):
        [one] = await delivery_health.unreached(at_work.office, at_work.who[name])
        assert (one.name, one.reach, one.messages, one.tasks) == (
            *("Mạc Thiên Ân", Reach.BLOCKED, 3, 2),
        )
        assert one.since == office(7)
    for name in ("other_head", "staff", "mate"):
        assert await delivery_health.unreached(at_work.office, at_work.who[name]) == []
    member = await people.member(at_work.db, at_work.ids["staff"])
    assert member is not None
    await started(at_work.db, member, member.username, NOW)
    assert await delivery_health.unreached(at_work.office, at_work.who["head"]) == []
