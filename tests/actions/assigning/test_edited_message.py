"""A message read again: which drafts follow, what stays, what is begun, dropped or told."""

from datetime import UTC, datetime

from bot.actions import dialogs
from bot.actions.assigning import assign, edit_draft, edited_message
from bot.actions.assigning.draft import Fields
from bot.actions.assigning.edited_message import Reread
from bot.actions.chat_places import Place
from bot.refusals import No
from storage.assigning import drafts
from storage.records import Draft, UpdateKey
from tests.actions.office import Staffed, refused
from tests.rules.task import WORKDAYS, office

NOW = office(7, 9)
PLACE = Place(101)
HEAD = "Giao đồng chí Mạc Thiên Ân, hạn 11/12:\n1. "
TWO = f"{HEAD}Soạn báo cáo quý\n2. Rà soát hồ sơ"


async def begun(at_work: Staffed, words: str, place: Place = PLACE) -> list[Draft]:
    here, who = at_work.office, at_work.who["leader"]
    readings = await assign.read_all(here, who, words, NOW)
    key = at_work.update()
    return await assign.begin(here, who, place, readings, NOW, key, message_id=7)


async def again(
    at_work: Staffed, words: str, by: str = "leader", key: UpdateKey | None = None
) -> Reread:
    here, who = at_work.office, at_work.who[by]
    readings = await assign.read_all(here, who, words, NOW)
    key = key or at_work.update()
    return await edited_message.reread(here, who, PLACE, 7, readings, NOW, key)


def titles(found: list[Draft]) -> list[str]:
    return [Fields.model_validate(draft.fields).title for draft in found]


async def test_lines_are_paired_by_their_words_first(at_work: Staffed) -> None:
    first, second = await begun(at_work, TWO)
    done = await again(at_work, f"{HEAD}Rà soát hồ sơ\n2. Lập dự toán")
    assert [draft.id for draft in done.changed] == [first.id]
    assert titles(done.changed) == ["Lập dự toán"]
    assert (done.begun, done.dropped, done.assigned) == ([], [], [])
    assert await drafts.get(at_work.db, second.id) == second
    longer = await again(at_work, f"{HEAD}Lập dự toán\n2. Rà soát hồ sơ\n3. Soạn tờ trình")
    assert (longer.changed, titles(longer.begun)) == ([], ["Soạn tờ trình"])
    shorter = await again(at_work, f"{HEAD}Rà soát hồ sơ\n2. Soạn tờ trình")
    assert [draft.id for draft in shorter.dropped] == [first.id]
    assert shorter.dropped[0].ended_at == NOW


async def test_every_correction_by_hand_stays(at_work: Staffed) -> None:
    here, who, ids = at_work.office, at_work.who["leader"], at_work.ids
    [draft] = await begun(at_work, "Giao đồng chí Mạc Thiên Ân soạn báo cáo, phối hợp chị Trầm")
    due = (*WORKDAYS.due(datetime(2026, 12, 18, tzinfo=UTC).date()), False)
    draft = await edit_draft.choose_deadline(here, draft, due, NOW, at_work.update())
    draft = await edit_draft.choose_lead(here, draft, ids["head"], NOW, at_work.update())
    draft = await edit_draft.switch(here, draft, NOW, at_work.update())
    for field, words in (("title", "Soạn tờ trình"), ("others", "phối hợp Đàm Tú Quyên")):
        draft = await edit_draft.ask(here, draft, field, NOW, at_work.update())
        draft = await edit_draft.answer(here, who, draft, words, NOW, at_work.update())
    before = Fields.model_validate(draft.fields)
    done = await again(at_work, "Giao đồng chí Thân Đức Vượng lập dự toán khẩn, hạn 25/12")
    after = Fields.model_validate(done.changed[0].fields)
    assert after.urgency == "urgent"
    assert after.text_id != before.text_id
    same = {"text_id": before.text_id, "urgency": before.urgency, "product": before.product}
    assert after.model_copy(update=same) == before
    assert done.changed[0].version == draft.version + 1


async def test_files_stay_and_what_was_not_corrected_follows(at_work: Staffed) -> None:
    [draft] = await begun(at_work, "Giao đồng chí Mạc Thiên Ân soạn báo cáo, hạn 11/12")
    done = await again(at_work, "Giao soạn báo cáo năm")
    fields = Fields.model_validate(done.changed[0].fields)
    assert (fields.title, fields.lead_id, fields.late_from) == ("soạn báo cáo năm", None, None)
    assert done.changed[0].waits_for == "lead"
    assert done.changed[0].id == draft.id


async def test_a_task_is_told_of_and_a_dropped_draft_begins_anew(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who["leader"]
    first, second = await begun(at_work, TWO)
    task = await assign.confirm(here, who, first.id, first.version, None, NOW, None)
    await dialogs.stop(here, second, NOW, None)
    same = await again(at_work, TWO)
    assert (same.changed, same.begun, same.assigned) == ([], [], [])
    done = await again(at_work, f"{HEAD}Soạn báo cáo năm\n2. Rà soát hồ sơ cán bộ")
    assert done.assigned == [task.id]
    assert titles(done.begun) == ["Rà soát hồ sơ cán bộ"]


async def test_only_ones_own_drafts_and_each_update_once(at_work: Staffed) -> None:
    [draft] = await begun(at_work, "Giao đồng chí Mạc Thiên Ân soạn báo cáo, hạn 11/12")
    key = at_work.update()
    new = "Giao đồng chí Mạc Thiên Ân soạn tờ trình, hạn 11/12"
    other = await again(at_work, new, by="head")
    assert (other.changed, len(other.begun)) == ([], 1)
    await again(at_work, new, key=key)
    await refused(No.ALREADY_DONE, at_work, again(at_work, new, key=key))
    found = await edited_message.drafts_of(at_work.office, at_work.who["leader"], PLACE, 7)
    assert [one.id for one in found] == [draft.id]
    await refused(No.TOO_LONG, at_work, again(at_work, "Giao đồng chí Ân soạn " + "x" * 501))


async def test_each_topic_waits_for_its_own_answer(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who["leader"]
    one, two = Place(-5, 2), Place(-5, 3)
    [first] = await begun(at_work, "Giao đồng chí Ân soạn báo cáo", one)
    [second] = await begun(at_work, "Giao đồng chí Ân soạn tờ trình", two)
    for place, draft in ((one, first), (two, second)):
        found = await dialogs.waiting(here, who, place, NOW)
        assert found is not None
        assert found.id == draft.id
    assert await dialogs.waiting(here, who, Place(-5), NOW) is None
