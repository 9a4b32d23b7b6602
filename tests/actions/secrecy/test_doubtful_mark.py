"""Whether a message carries a mark is asked of whoever wrote it, and answered once."""

import asyncio

from bot.actions import dialogs
from bot.actions.chat_places import Place
from bot.actions.secrecy import doubtful_mark
from bot.actions.secrecy.doubtful_mark import Doubt
from bot.refusals import No
from storage.engine.database import Row
from storage.records import Draft, UpdateKey
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(7, 10)
PLACE = Place(101)


async def asked(at_work: Staffed, update: UpdateKey | None = None) -> Draft:
    doubt = Doubt(message_id=7)
    key = update or at_work.update()
    return await doubtful_mark.ask(at_work.office, at_work.who["leader"], PLACE, doubt, NOW, key)


async def noted(at_work: Staffed) -> list[Row]:
    return await at_work.db.fetch("SELECT kind FROM events WHERE kind LIKE 'secrecy%'")


async def test_the_same_update_asks_once(at_work: Staffed) -> None:
    update = at_work.update()
    first, other = await asked(at_work, update), await asked(at_work)
    again = await asked(at_work, update)
    assert again.id == first.id != other.id
    assert len(await at_work.db.fetch("SELECT id FROM drafts")) == 2


async def test_of_two_presses_one_clears_it_and_may_do_so_again(at_work: Staffed) -> None:
    here, leader, draft = at_work.office, at_work.who["leader"], await asked(at_work)
    keys = [at_work.update(), at_work.update()]
    done = await asyncio.gather(
        *(doubtful_mark.clear(here, leader, draft.id, 7, NOW, key) for key in keys),
        return_exceptions=True,
    )
    (won,) = (key for key, one in zip(keys, done, strict=True) if isinstance(one, Doubt))
    (lost,) = (key for key in keys if key != won)
    again = await doubtful_mark.clear(here, leader, draft.id, 7, NOW, won)
    assert again.cleared_by == won.update_id
    await refused(
        No.ALREADY_DONE, at_work, doubtful_mark.clear(here, leader, draft.id, 7, NOW, lost)
    )
    assert len(await noted(at_work)) == 1


async def test_confirmed_it_is_noted_once_and_cannot_be_cleared(at_work: Staffed) -> None:
    here, leader, draft = at_work.office, at_work.who["leader"], await asked(at_work)
    update = at_work.update()
    for _ in range(2):
        await doubtful_mark.confirm(here, leader, draft.id, NOW, update)
    assert [row["kind"] for row in await noted(at_work)] == ["secrecy.refused"]
    clear = doubtful_mark.clear(here, leader, draft.id, 7, NOW, at_work.update())
    await refused(No.ALREADY_DONE, at_work, clear)
    confirm = doubtful_mark.confirm(here, leader, draft.id, NOW, at_work.update())
    await refused(No.ALREADY_DONE, at_work, confirm)


async def test_only_whoever_was_asked_and_only_of_that_message(at_work: Staffed) -> None:
    here, draft = at_work.office, await asked(at_work)
    for who, number, message, no in (
        ("staff", draft.id, 7, No.NOT_YOURS),
        ("leader", draft.id, 8, No.STALE),
        ("leader", 10**9, 7, No.STALE),
    ):
        clear = doubtful_mark.clear(here, at_work.who[who], number, message, NOW, at_work.update())
        await refused(no, at_work, clear)
    await refused(
        No.NOT_YOURS, at_work, doubtful_mark.check_own(here, at_work.who["staff"], draft.id)
    )
    await doubtful_mark.check_own(here, at_work.who["leader"], draft.id)


async def test_it_is_no_dialog(at_work: Staffed) -> None:
    update = at_work.update()
    await asked(at_work, update)
    here, leader = at_work.office, at_work.who["leader"]
    assert await dialogs.latest(here, leader, PLACE) is None
    assert await dialogs.waiting(here, leader, PLACE, NOW) is None
    assert await dialogs.touched_by(here, leader, PLACE, update) is None
