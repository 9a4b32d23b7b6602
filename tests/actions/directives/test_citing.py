"""Which document a task belongs to: by right alone, whatever its words cite; asked when it is made."""

from datetime import date

import pytest

from bot.actions.chat_places import Place
from bot.actions.directives import directives, enter_directive
from bot.actions.organisation import absence, leave, on_behalf
from bot.actions.organisation.absence import Wanted
from bot.actions.reporting import search
from bot.actions.tasks import handover
from bot.refusals import No
from tests.actions.directives.cited import (
    CITES,
    FOR_OTHER,
    FOR_STAFF,
    NOW,
    OWN,
    TO_OTHER,
    TO_STAFF,
    cited,
    drafted,
    entered,
    known,
    pressed,
    sees,
)
from tests.actions.office import Staffed, refused
from tests.actions.series.series_office import look


@pytest.mark.parametrize(
    ("by", "said"), [("staff", OWN), ("head", OWN), ("head", TO_STAFF), ("deputy", TO_STAFF)]
)
async def test_one_out_of_sight_is_words_alone(at_work: Staffed, by: str, said: str) -> None:
    document = await known(at_work, items=FOR_OTHER)
    task = await cited(at_work, by, said)
    assert (task.document_id, task.document_symbol) == (None, None)
    assert task.title.startswith("Theo Thông báo 77-TB/TU")
    for name in ("staff", "head", "deputy"):
        assert await sees(at_work, name) == []
        page = directives.document(at_work.office, at_work.who[name], document.id)
        await refused(No.NOT_FOUND, at_work, page)
    found, _ = await search.by_words(at_work.office, at_work.who[by], "lụt bão", NOW)
    assert found == []
    assert await entered(at_work, "other_head", document.id) == 1
    assert await entered(at_work, "leader", document.id) == 1


@pytest.mark.parametrize(
    ("by", "said"),
    [("leader", TO_STAFF), ("leader", OWN), ("other_head", TO_OTHER), ("other_head", OWN)],
)
async def test_who_entered_it_and_who_leads_the_office_give_tasks_of_it(
    at_work: Staffed, by: str, said: str
) -> None:
    document = await known(at_work)
    task = await cited(at_work, by, said)
    assert task.document_id == document.id
    assert await entered(at_work, by, document.id) == 1
    assert (await sees(at_work, "staff") == [document.id]) == (said == TO_STAFF)


async def test_a_head_whose_unit_has_a_task_of_it_gives_more_to_others(at_work: Staffed) -> None:
    document = await known(at_work, "leader", FOR_STAFF)
    assert (await cited(at_work, "head", OWN)).document_id is None
    task = await cited(at_work, "head", f"{CITES}giao đồng chí Trầm in tài liệu, hạn 11/12")
    assert task.document_id == document.id
    assert await sees(at_work, "mate") == [document.id]


async def test_who_was_given_a_task_of_it_opens_it_to_nobody(at_work: Staffed) -> None:
    """Nor to themselves: their own task does not hold it open once the other is somebody else's."""
    document = await known(at_work, "leader", FOR_STAFF)
    assert await sees(at_work, "staff") == [document.id]
    draft = await drafted(at_work, at_work.who["staff"], OWN)
    assert (await pressed(at_work, at_work.who["staff"], draft)).document_id is None
    here, leader, to = at_work.office, at_work.who["leader"], at_work.ids["other"]
    await handover.reassign(here, leader, 1, 1, to, "Đúng phòng", NOW, at_work.update())
    assert await sees(at_work, "staff") == await sees(at_work, "head") == []
    assert await sees(at_work, "other") == [document.id]


async def test_what_counts_is_the_moment_at_which_the_task_is_made(at_work: Staffed) -> None:
    await known(at_work, "leader", FOR_STAFF)
    head, said = at_work.who["head"], f"{CITES}giao đồng chí Trầm in tài liệu, hạn 11/12"
    draft = await drafted(at_work, head, said)
    assert draft.fields["document_id"] == 1
    here, leader, to = at_work.office, at_work.who["leader"], at_work.ids["other"]
    await handover.reassign(here, leader, 1, 1, to, "Đúng phòng", NOW, at_work.update())
    assert (await pressed(at_work, head, draft)).document_id is None


async def test_a_draft_from_before_opens_nothing(at_work: Staffed) -> None:
    """Programs before wrote into it whatever was cited."""
    await known(at_work)
    staff = at_work.who["staff"]
    draft = await drafted(at_work, staff, OWN)
    assert "document_id" not in draft.fields
    await at_work.db.run(
        lambda tx: tx.execute(
            "UPDATE drafts SET fields = REPLACE(fields, '{\"text_id', '{\"document_id\": 1, \"text_id')"
        )
    )
    assert (await pressed(at_work, staff, draft)).document_id is None


async def test_nor_does_a_series_from_before(at_work: Staffed) -> None:
    await known(at_work)
    first = await cited(at_work, "head", f"{CITES}Ân gửi số liệu, thứ Sáu hằng tuần")
    assert first.series_id is not None
    await at_work.db.run(
        lambda tx: tx.execute(
            "UPDATE series SET fields = REPLACE(fields, '{\"text_id', '{\"document_id\": 1, \"text_id')"
        )
    )
    [second] = await look(at_work, date(2026, 12, 14))
    assert second.document_id is None


async def test_a_series_stays_with_its_document(at_work: Staffed) -> None:
    document = await known(at_work)
    said = f"{CITES}giao đồng chí Quyên gửi số liệu, thứ Sáu hằng tuần"
    first = await cited(at_work, "other_head", said)
    [second] = await look(at_work, date(2026, 12, 14))
    assert (first.document_id, second.document_id) == (document.id, document.id)
    assert await entered(at_work, "other_head", document.id) == 1, "what comes back counts once"


async def may_enter(at_work: Staffed, clerk: str, leader: str) -> None:
    ids, who = at_work.ids, at_work.who[leader]
    await on_behalf.give(at_work.office, who, ids[clerk], ids[leader], None, NOW, None)


async def test_who_writes_for_another_must_see_it_too(at_work: Staffed) -> None:
    await known(at_work, "leader")
    await may_enter(at_work, "clerk", "leader")
    said = (
        "Thay mặt đồng chí Lĩnh, theo Thông báo 77-TB/TU, giao đồng chí Ân soạn báo cáo, hạn 11/12"
    )
    assert (await cited(at_work, "clerk", said)).document_id is None
    assert await sees(at_work, "clerk") == []


async def test_who_entered_it_for_another_goes_on(at_work: Staffed) -> None:
    await may_enter(at_work, "clerk", "deputy")
    document = await known(at_work, "clerk")
    assert document.for_person_id == at_work.ids["deputy"]
    said = "Thay mặt đồng chí Mơ, theo Thông báo 77-TB/TU, giao đồng chí Ân soạn báo cáo, hạn 11/12"
    assert (await cited(at_work, "clerk", said)).document_id == document.id
    assert await sees(at_work, "staff") == await sees(at_work, "deputy") == [document.id]
    own = await cited(at_work, "clerk", OWN)
    assert own.document_id == document.id
    assert await entered(at_work, "clerk", document.id) == 2
    assert await entered(at_work, "deputy", document.id) == 2, "the clerk is in a unit of theirs"


async def test_who_stands_in_gives_it_on_in_that_ones_place_alone(at_work: Staffed) -> None:
    document = await known(at_work)
    ids, here = at_work.ids, at_work.office
    days = Wanted(ids["other_head"], date(2026, 12, 7), date(2026, 12, 11), ids["other"])
    await absence.enter(here, at_work.who["other_head"], days, NOW, at_work.update())
    found = await here.person(ids["other"], NOW)
    assert found is not None
    assert await sees(at_work, found.who) == [document.id]
    assert (await cited(at_work, found.who, OWN)).document_id is None
    assert await sees(at_work, found.who.alone) == []


async def test_of_two_with_one_symbol_it_is_ones_own(at_work: Staffed) -> None:
    first, second = await known(at_work, "head"), await known(at_work)
    assert (first.id, second.id) == (1, 2)
    assert (await cited(at_work, "head", TO_STAFF)).document_id == first.id
    assert (await cited(at_work, "other_head", TO_OTHER)).document_id == second.id
    third = await known(at_work, "leader", head="Thông báo 77-TB/TU ngày 01/02/2024, 2 việc")
    assert (await cited(at_work, "leader", TO_STAFF)).document_id == third.id
    dated = "Theo Thông báo 77-TB/TU ngày 20/11/2026, giao đồng chí Ân in, hạn 11/12"
    assert (await cited(at_work, "leader", dated)).document_id == second.id, "the newest of others"
    assert await sees(at_work, "leader") == [3, 2, 1]


async def test_a_head_enters_what_another_has_and_neither_hears_of_the_other(
    at_work: Staffed,
) -> None:
    theirs = await known(at_work, items=FOR_OTHER)
    mine = await known(at_work, "head", FOR_STAFF, head="77-TB/TU ngày 20/11/2026, 1 việc")
    assert (mine.id, mine.title, mine.issuer, mine.planned, mine.entered) == (2, "", "", 1, 1)
    assert await directives.document(at_work.office, at_work.who["other_head"], 1) == theirs
    assert (await sees(at_work, "head"), await sees(at_work, "other_head")) == ([2], [1])


@pytest.mark.parametrize("name", ["head", "leader"])
async def test_a_symbol_is_taken_where_one_sees_that_it_is(at_work: Staffed, name: str) -> None:
    await known(at_work)
    one = await known(at_work, name, head="Thông báo 79-TB/TU ngày 20/11/2026, 2 việc")
    update, who = at_work.update(), at_work.who[name]
    change = directives.correct(at_work.office, who, one.id, "số 77-TB/TU", NOW, update)
    if name == "leader":
        await refused(No.DOCUMENT_KNOWN, at_work, change)
    else:
        assert (await change).symbol == "77-TB/TU"


async def test_the_figure_of_who_entered_it_is_moved_by_what_they_see_alone(
    at_work: Staffed,
) -> None:
    document = await known(at_work, items=FOR_OTHER)
    here, head = at_work.office, at_work.who["other_head"]
    past = await directives.history(here, head, document.id)
    task = await cited(at_work, "leader", TO_STAFF)
    draft = await enter_directive.go_on(
        here, at_work.who["leader"], Place(1), document.id, NOW, None
    )
    assert draft.fields["document_id"] == task.document_id == document.id
    assert await entered(at_work, "other_head", document.id) == 1
    assert await entered(at_work, "leader", document.id) == 2
    assert await entered(at_work, "staff", document.id) == 2, (
        "that of who entered it, and their own"
    )
    listed = await directives.listed(here, head, NOW, lacking=True)
    assert [one.lacking for one in listed.documents] == [2]
    assert await directives.history(here, head, document.id) == past


async def test_its_history_names_the_tasks_that_one_sees(at_work: Staffed) -> None:
    document = await known(at_work, "leader", f"{FOR_OTHER}\nÂn in tài liệu, hạn 11/12")
    here = at_work.office
    named = {}
    for name in ("leader", "staff", "other"):
        past = await directives.history(here, at_work.who[name], document.id)
        named[name] = past[-1].facts["tasks"]
    assert named == {"leader": [1, 2], "staff": [2], "other": [1]}


async def test_whoever_manages_a_person_is_told_of_documents_that_they_see(
    at_work: Staffed,
) -> None:
    await may_enter(at_work, "clerk", "leader")
    await known(at_work, "clerk", FOR_OTHER)
    told = {}
    for name in ("leader", "head", "admin"):
        page = await leave.page(at_work.office, at_work.who[name], at_work.ids["clerk"], NOW)
        told[name] = page.held.documents
    assert told == {"leader": 1, "head": 0, "admin": 0}


async def test_one_out_of_sight_is_looked_at_by_its_own_tasks_alone(at_work: Staffed) -> None:
    """Else an answer waits for all that its reader sees wherever the document is there, and tells so."""
    if at_work.db.engine != "sqlite":
        pytest.skip("only SQLite says in words how it looks")
    seen = directives.concerning(at_work.who["head"])
    plan = await at_work.db.fetch(
        f"EXPLAIN QUERY PLAN SELECT d.id FROM documents d WHERE d.id = 1 AND ({seen.sql})",
        *seen.values,
    )
    told = [row["detail"] for row in plan]
    assert any("SEARCH t USING INDEX tasks_document" in one for one in told)
    assert not any(one.startswith(("SCAN t", "MULTI-INDEX OR")) for one in told)
