"""How delivery stands is told to admins, and whom the bot cannot reach to those above them."""

from bot.actions import ledger, moves
from bot.actions.people import started
from bot.refusals import No
from storage import ledger as rows
from storage import outcomes, people, reach
from storage.outcomes import Ended
from storage.records import Priority, Reach
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(8, 9)


async def test_the_ledger_counts_what_waits_and_why(at_work: Staffed) -> None:
    for to in ("staff", "mate", "clerk"):
        await at_work.assign(to=to)
    async with at_work.db.transaction() as tx:
        await outcomes.settle(tx, [Ended(1, "failed", NOW), Ended(2, "sent", NOW)])
        await rows.note(tx, [1], "failed", "refused", NOW)
        await rows.note(tx, [3], "put_off", "flooded", NOW)
        await outcomes.rest(tx, [3], [], NOW, "flooded")
    found = await ledger.delivery(at_work.office, at_work.who["admin"], office(8, 10))
    assert (found.health.waiting, found.health.put_off) == (1, 1)
    assert (found.health.sent, found.health.folded, found.health.failed) == (1, 0, 1)
    assert found.health.oldest == office(7)
    assert sorted(found.reasons) == [("failed", "refused", 1), ("put_off", "flooded", 1)]
    [failure] = await ledger.failures(at_work.office, at_work.who["admin"])
    assert (failure.id, failure.kind, failure.name, failure.reason) == (
        *(1, "task.assigned", "Mạc Thiên Ân", "refused"),
    )
    later = await ledger.delivery(at_work.office, at_work.who["admin"], office(10))
    assert (later.health.failed, list(later.reasons)) == (0, [])


async def test_only_an_admin_sees_how_delivery_stands(at_work: Staffed) -> None:
    for name in ("leader", "head", "staff"):
        who = at_work.who[name]
        await refused(No.NOT_ALLOWED, at_work, ledger.delivery(at_work.office, who, NOW))
        await refused(No.NOT_ALLOWED, at_work, ledger.failures(at_work.office, who))


async def test_who_cannot_be_reached_is_shown_to_those_above(at_work: Staffed) -> None:
    async with at_work.db.transaction() as tx:
        await reach.mark_unreachable(tx, at_work.ids["staff"], Reach.BLOCKED)
    task = await at_work.assign()
    await at_work.assign()
    async with at_work.db.transaction() as tx:
        staff = [at_work.ids["staff"]]
        await moves.tell(tx, "reminder", task.id, staff, NOW, priority=Priority.REMINDER)
    for name in ("head", "deputy", "leader", "admin"):
        [one] = await ledger.unreached(at_work.office, at_work.who[name])
        assert (one.name, one.reach, one.messages, one.tasks) == (
            *("Mạc Thiên Ân", Reach.BLOCKED, 3, 2),
        )
        assert one.since == office(7)
    for name in ("other_head", "staff", "mate"):
        assert await ledger.unreached(at_work.office, at_work.who[name]) == []
    member = await people.member(at_work.db, at_work.ids["staff"])
    assert member is not None
    await started(at_work.db, member, member.username, NOW)
    assert await ledger.unreached(at_work.office, at_work.who["head"]) == []
