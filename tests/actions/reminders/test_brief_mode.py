"""Told in brief where the office or the person wants it; what was told is read again by whom it was for."""

from datetime import timedelta

from bot.actions import message_context
from bot.actions.reminders import brief_mode
from bot.chat.reminders import notices
from bot.refusals import No
from storage.messaging import outbox_leases, outbox_results
from storage.messaging.outbox_results import Ended
from tests.actions.office import MORNING, Staffed, refused
from tests.rules.task import office


async def choose(at_work: Staffed, brief: bool) -> None:
    await brief_mode.choose(at_work.office, at_work.who["staff"], brief, MORNING, at_work.update())


async def is_brief(at_work: Staffed, name: str) -> bool:
    found = await message_context.receiver(at_work.office, at_work.ids[name], MORNING)
    assert found is not None
    return found.brief


async def test_one_s_own_choice_and_the_office_s(at_work: Staffed) -> None:
    await choose(at_work, True)
    assert [await is_brief(at_work, one) for one in ("staff", "mate")] == [True, False]
    await choose(at_work, False)
    assert not await is_brief(at_work, "staff")
    at_work.office.brief = True
    assert await is_brief(at_work, "mate")
    await refused(No.STALE, at_work, choose(at_work, False))


async def test_what_was_told_is_there_for_its_reader_while_it_is_kept(at_work: Staffed) -> None:
    await at_work.assign()
    await at_work.assign(title="Soạn kế hoạch")
    [[first, second]] = await outbox_leases.claim(
        at_work.db, "one", office(8), office(8), office(9), limit=1
    )
    ended = [
        Ended(first.id, "sent", office(8)),
        Ended(second.id, "folded", office(8), None, first.id),
    ]
    async with at_work.db.transaction() as tx:
        await outbox_results.settle(tx, ended)
    here, who = at_work.office, at_work.who
    told = await brief_mode.told(here, who["staff"], first.id, office(9))
    assert [row.id for row in told] == [first.id, second.id]
    receiver = await message_context.receiver(here, at_work.ids["staff"], office(9))
    assert receiver is not None
    full = await notices.in_full(here, receiver, told, office(9))
    assert full is not None
    assert "Soạn báo cáo quý" in full.message.text
    assert "Soạn kế hoạch" in full.message.text
    for name, at in (("mate", office(9)), ("staff", office(8) + here.retention.messages)):
        await refused(No.STALE, at_work, brief_mode.told(here, who[name], first.id, at))
    await refused(
        No.STALE, at_work, brief_mode.told(here, who["staff"], 99, timedelta(1) + MORNING)
    )
