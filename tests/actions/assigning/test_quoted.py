"""Tasks made of what somebody else wrote: read with the order about it, or offered unasked."""

from bot.actions import dialogs
from bot.actions.assigning import assign, edit_draft, forwarded_draft
from bot.actions.assigning.draft import Fields
from bot.actions.chat_places import Place
from bot.refusals import No
from storage.records import Draft, UpdateKey
from storage.tasks import texts
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(7, 9)
PLACE = Place(101)
LIST = "1. Soạn báo cáo quý\n2. Rà soát hồ sơ đảng viên"


async def offer_of(at_work: Staffed, words: str, key: UpdateKey | None = None) -> Draft:
    here, who = at_work.office, at_work.who["leader"]
    key = key or at_work.update()
    return await forwarded_draft.begin(here, who, PLACE, words, "Văn thư", NOW, key, (), 7)


async def test_an_offer_interrupts_nothing_and_waits_for_a_press(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who["leader"]
    [reading] = await assign.read_all(here, who, "Giao đồng chí Ân soạn báo cáo", NOW)
    [asked] = await assign.begin(here, who, PLACE, [reading], NOW, at_work.update())
    offer = await offer_of(at_work, "Công văn về rà soát biên chế")
    waiting = await dialogs.waiting(here, who, PLACE, NOW)
    assert waiting is not None
    assert (waiting.id, offer.waits_for) == (asked.id, None)
    fields = Fields.model_validate(offer.fields)
    assert (fields.title, fields.source) == ("Công văn về rà soát biên chế", "Văn thư")
    pressed = await edit_draft.ask(here, offer, "nothing", NOW, at_work.update())
    assert pressed.waits_for == "lead"


async def test_a_list_that_nobody_asked_about_is_one_offer(at_work: Staffed) -> None:
    key = at_work.update()
    offer = await offer_of(at_work, LIST, key)
    assert Fields.model_validate(offer.fields).title == " ".join(LIST.split())
    await refused(No.ALREADY_DONE, at_work, offer_of(at_work, LIST, key))


async def test_no_more_is_kept_of_a_long_message_than_there_is_room_for(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who["leader"]
    readings = await assign.read_all(here, who, "giao đồng chí Ân", NOW, quoted="dài " * 1000)
    [draft] = await assign.begin(here, who, PLACE, readings, NOW, at_work.update())
    fields = Fields.model_validate(draft.fields)
    kept = await texts.body(at_work.db, fields.text_id)
    assert kept is not None
    assert len(kept) <= assign.MAX_QUOTED + len("giao đồng chí Ân\n")
    assert fields.lead_id == at_work.ids["staff"]
