"""Groups the bot is in, and the card by which a group follows a task."""

from datetime import date, timedelta

import pytest

from bot.actions import dialogs
from bot.actions.assigning import assign
from bot.actions.chat_places import Card, Place
from bot.actions.messaging import group_membership
from bot.actions.reminders import fire_reminders
from bot.actions.tasks import answer, note, review
from bot.language.readings import Kind, Reading
from bot.refusals import No, Refusal
from storage.engine.database import Row
from storage.messaging import cards, group_chats, strangers
from storage.records import Card as Shown
from storage.records import Tried
from tests.actions.office import MORNING, Staffed
from tests.actions.series.series_office import begun, look
from tests.rules.task import office as moment

GROUP, NEW = -400, -100400
CARD = Card(GROUP, 5, 77)


async def come(at_work: Staffed, chat_id: int = GROUP) -> bool:
    by = at_work.ids["leader"]
    return await group_membership.came(at_work.office, chat_id, "Tổ", by, MORNING, at_work.update())


async def chats(at_work: Staffed) -> list[Row]:
    return await at_work.db.fetch("SELECT * FROM group_chats ORDER BY chat_id")


async def the_card(at_work: Staffed) -> Shown:
    [card] = [one for one in await cards.of_task(at_work.db, 1) if one.person_id is None]
    return card


async def leased(at_work: Staffed) -> Shown:
    until = MORNING + timedelta(minutes=1)
    [card] = await cards.claim(at_work.db, "one", MORNING, until, 10)
    return card


async def shown(at_work: Staffed, card: Shown) -> None:
    async with at_work.db.transaction() as tx:
        assert await cards.showed(tx, card, "one", 77, MORNING)


async def test_the_bot_comes_once_and_again_after_it_left(at_work: Staffed) -> None:
    update = at_work.update()
    assert await group_membership.came(at_work.office, GROUP, "Tổ", None, MORNING, update)
    with pytest.raises(Refusal) as repeated:
        await group_membership.came(at_work.office, GROUP, "Tổ", None, MORNING, update)
    assert repeated.value.kind is No.ALREADY_DONE
    assert not await come(at_work)
    await group_membership.left(at_work.office, GROUP, MORNING)
    assert not await group_chats.is_in(at_work.db, GROUP)
    assert await come(at_work)
    [row] = await chats(at_work)
    assert (row["added_by"], row["ended_at"]) == (at_work.ids["leader"], None)


async def test_a_group_nobody_wrote_down_is_found(at_work: Staffed) -> None:
    for title in ("Tổ", "Tổ mới"):
        await group_membership.found(at_work.office, GROUP, title, MORNING)
    [row] = await chats(at_work)
    assert (row["title"], row["added_by"]) == ("Tổ", None)


async def test_what_a_stranger_does_with_a_group_is_counted_and_no_history(
    at_work: Staffed,
) -> None:
    """Of the office's own group it is known whether the bot is in it; of another nothing is kept."""
    await come(at_work)
    before, office = await history(at_work), at_work.office
    for is_in in (False, True, False, True) * 5:
        await group_membership.turned(office, GROUP, is_in, True, MORNING, at_work.update())
        await group_membership.turned(office, NEW, is_in, True, MORNING, at_work.update())
        assert await group_membership.is_noted(office, GROUP) is is_in
        assert not await group_membership.is_noted(office, NEW)
    update = at_work.update()
    for _ in range(2):  # a repeat counts nothing twice
        await group_membership.turned(office, GROUP, True, False, MORNING, update)
    assert [row["chat_id"] for row in await chats(at_work)] == [GROUP]
    assert not await group_membership.hears_all(office, GROUP)
    assert await history(at_work) == before
    tried = await strangers.tried(at_work.db, office.today(MORNING))
    assert tried == Tried(group_moves=41)


async def test_a_group_that_nobody_noted_leaves_and_moves_without_a_trace(at_work: Staffed) -> None:
    before = await history(at_work)
    await group_membership.left(at_work.office, GROUP, MORNING)
    await group_membership.moved(at_work.office, GROUP, NEW, MORNING)
    assert await chats(at_work) == []
    assert await history(at_work) == before


async def history(at_work: Staffed) -> int:
    """Count the lines of history."""
    return len(await at_work.db.fetch("SELECT id FROM events"))


async def test_strangers_are_told_at_most_once_an_hour(at_work: Staffed) -> None:
    await come(at_work)
    minutes = (0, 0, 59, 60, 61, 130)
    told = [
        await group_membership.tell_strangers(
            at_work.office, GROUP, MORNING + timedelta(minutes=count)
        )
        for count in minutes
    ]
    assert told == [True, False, False, True, False, True]
    assert not await group_membership.tell_strangers(at_work.office, -1, MORNING)


async def test_every_change_makes_the_groups_card_out_of_date(at_work: Staffed) -> None:
    await come(at_work)
    await at_work.assign(card=CARD)
    waiting = await leased(at_work)
    assert (waiting.chat_id, waiting.topic_id, waiting.message_id) == (GROUP, 5, 77)
    assert waiting.person_id is None
    who, office = at_work.who["staff"], at_work.office
    await answer.receive(office, who, 1, 1, MORNING, at_work.update())
    await shown(at_work, waiting)
    still = await leased(at_work)
    assert (still.changes, still.shown) == (2, 1)
    await shown(at_work, still)
    assert await cards.outdated(at_work.db, 10) == []
    await note.write(office, who, 1, "đã xin số liệu", (), MORNING, at_work.update())
    assert len(await cards.outdated(at_work.db, 10)) == 1
    await group_membership.left(office, GROUP, MORNING)
    assert await cards.outdated(at_work.db, 10) == []


async def test_a_reminder_makes_it_out_of_date_too(at_work: Staffed) -> None:
    await come(at_work)
    await at_work.assign(card=CARD)
    before = (await the_card(at_work)).changes
    assert await fire_reminders.look(at_work.office, moment(7, 10)) == 0
    assert await fire_reminders.look(at_work.office, moment(14, 9)) > 0
    assert (await the_card(at_work)).changes == before + 1


async def test_a_task_from_a_private_chat_has_no_card_in_a_group(at_work: Staffed) -> None:
    await come(at_work)
    await at_work.assign(card=Card(101, None, 77))
    assert await cards.outdated(at_work.db, 10) == []
    assert (await cards.of_task(at_work.db, 1))[0].person_id == at_work.ids["leader"]


async def test_a_group_moves_with_its_cards_and_drafts(at_work: Staffed) -> None:
    await come(at_work)
    await at_work.assign(card=CARD)
    who, place = at_work.who["leader"], Place(GROUP)
    reading = Reading(text="soạn kế hoạch", kind=Kind.ASSIGNMENT, title="soạn kế hoạch")
    begun = (at_work.office, who, place, [reading], MORNING, at_work.update(), (), 9)
    [draft] = await assign.begin(*begun)
    await dialogs.shown(at_work.office, draft, 10)
    before = await leased(at_work)
    for _ in range(2):
        await group_membership.moved(at_work.office, GROUP, NEW, MORNING)
    assert [(row["chat_id"], row["ended_at"]) for row in await chats(at_work)] == [(NEW, None)]
    card = await the_card(at_work)
    assert (card.chat_id, card.message_id) == (NEW, None)
    async with at_work.db.transaction() as tx:
        assert not await cards.showed(tx, before, "one", 77, MORNING)
    assert await leased(at_work) == card
    waiting = await dialogs.waiting(at_work.office, who, Place(NEW), MORNING)
    assert waiting is not None
    assert (waiting.id, waiting.message_id, waiting.card_id) == (draft.id, None, None)


async def test_a_group_moves_to_where_the_bot_is_already(at_work: Staffed) -> None:
    await come(at_work)
    await come(at_work, NEW)
    await group_membership.moved(at_work.office, GROUP, NEW, MORNING)
    ended = {row["chat_id"]: row["ended_at"] is not None for row in await chats(at_work)}
    assert ended == {GROUP: True, NEW: False}


async def test_what_is_over_is_not_said_anew_where_a_group_moved(at_work: Staffed) -> None:
    await come(at_work)
    task = await at_work.assign(card=CARD)
    who = at_work.who["leader"]
    await review.cancel(at_work.office, who, 1, "thôi", MORNING, at_work.update())
    assert task.id == (await cards.outdated(at_work.db, 10))[0].task_id
    await group_membership.moved(at_work.office, GROUP, NEW, MORNING)
    assert await cards.outdated(at_work.db, 10) == []


async def test_groups_that_follow_a_task_follow_the_next_of_its_series(at_work: Staffed) -> None:
    await come(at_work)
    await begun(at_work, card=CARD)
    [task] = await look(at_work, date(2027, 1, 11))
    [card] = [one for one in await cards.of_task(at_work.db, task.id) if one.person_id is None]
    assert (card.chat_id, card.topic_id, card.message_id) == (GROUP, 5, None)
    assert card.changes > card.shown
    await group_membership.moved(at_work.office, GROUP, NEW, MORNING)
    [third] = await look(at_work, date(2027, 2, 11))
    [card] = await cards.of_task(at_work.db, third.id)
    assert (card.chat_id, card.topic_id) == (NEW, 5)
