"""A card is written anew where it stands, or sent again where it cannot be."""

from bot.clock import system_clock
from bot.delivery.outbox.bundling import CARD_REFRESH
from bot.delivery.telegram.sender import Sender
from bot.playground.emulator import Emulator
from storage.engine.database import Database
from storage.messaging import cards
from tests.delivery.conftest import add_person, add_task, said
from tests.delivery.wording import Words, an_outbox, put, running, to_say, until_states


async def test_a_card_is_registered_and_its_refreshes_are_one_edit(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    person = await add_person(db, 101)
    task = await add_task(db, person)
    async with running(an_outbox(db, sender, Words())) as box:
        await put(db, to_say(person, "thẻ", task_id=task))
        box.wake()
        await until_states(db, "sent")
        refresh = {"kind": CARD_REFRESH, "task_id": task}
        await put(db, *(to_say(person, f"mới {n}", **refresh) for n in range(3)))
        box.wake()
        await until_states(db, "sent", "sent", "folded", "folded")
    card = await cards.latest(db, task, person)
    assert card is not None
    assert card.message_id is not None
    shown = emulator.messages.find(101, card.message_id)
    assert shown is not None
    assert shown.data["text"] == "mới 0\nmới 1\nmới 2"
    assert len(shown.history) == 1
    assert len(await cards.of_task(db, task)) == 1


async def test_a_card_that_cannot_be_edited_is_sent_anew(
    db: Database, sender: Sender, emulator: Emulator
) -> None:
    person = await add_person(db, 101)
    task = await add_task(db, person)
    async with db.transaction() as tx:
        await cards.put(tx, [cards.Placed(task, person, 101, None, 999_999, system_clock())])
    await put(db, to_say(person, "thẻ", kind=CARD_REFRESH, task_id=task))
    async with running(an_outbox(db, sender, Words())):
        await until_states(db, "sent")
    card = await cards.latest(db, task, person)
    assert card is not None
    assert card.message_id != 999_999
    assert said(emulator, 101) == ["thẻ"]
