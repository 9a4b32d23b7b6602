"""Every "no" an action gives: its kind, and that nothing is half done after it."""

from datetime import date

import pytest

from bot.actions import dialogs, find
from bot.actions.assigning import assign, edit_draft
from bot.actions.assigning.drafting import MAX_TITLE
from bot.actions.chat_places import Place
from bot.actions.moves import MAX_TEXT
from bot.actions.tasks import answer, extend, review
from bot.language.readings import Kind, Reading
from bot.refusals import No
from bot.rules.tasks.lifecycle import Move
from storage.records import Draft, Task
from tests.actions.office import Staffed, refused
from tests.rules.task import WORKDAYS, office

NOW = office(9)
LONG = "a" * (MAX_TEXT + 1)


@pytest.fixture
async def task(at_work: Staffed) -> Task:
    """A new task: the leader's for Mạc Thiên Ân, due on Friday."""
    return await at_work.assign()


async def submitted(at_work: Staffed, task: Task) -> Task:
    return await answer.submit(
        at_work.office, at_work.who["staff"], task.id, "Xong", None, office(8), at_work.update()
    )


async def draft(at_work: Staffed, by: str = "leader", to: str = "staff") -> Draft:
    reading = Reading(text="Rà soát", kind=Kind.ASSIGNMENT, title="Rà soát")
    who = at_work.who[by]
    [begun] = await assign.begin(at_work.office, who, Place(101), [reading], NOW, at_work.update())
    begun = await edit_draft.choose_lead(
        at_work.office, begun, at_work.ids[to], NOW, at_work.update()
    )
    return await edit_draft.choose_deadline(
        at_work.office, begun, (*WORKDAYS.due(date(2026, 12, 11)), False), NOW, at_work.update()
    )


@pytest.mark.parametrize("name", ["mate", "leader", "head", "other_head", "admin"])
async def test_only_the_lead_works_on_a_task(at_work: Staffed, task: Task, name: str) -> None:
    here, who, n, key = at_work.office, at_work.who[name], task.id, at_work.update()
    no = No.NOT_ALLOWED
    await refused(no, at_work, answer.receive(here, who, n, 1, NOW, key))
    await refused(no, at_work, answer.progress(here, who, n, "50%", NOW, key))
    await refused(no, at_work, answer.block(here, who, n, "Vướng", NOW, key))
    await refused(no, at_work, answer.unblock(here, who, n, 1, NOW, key))
    await refused(no, at_work, answer.submit(here, who, n, "Xong", None, NOW, key))
    await refused(no, at_work, extend.request(here, who, n, "đến 25/12 vì bận", NOW, key))


@pytest.mark.parametrize("name", ["staff", "mate", "head", "other_head", "admin"])
async def test_only_the_assigner_or_a_leader_above_decides(
    at_work: Staffed, task: Task, name: str
) -> None:
    done = await submitted(at_work, task)
    here, who, n, key = at_work.office, at_work.who[name], task.id, at_work.update()
    no = No.NOT_ALLOWED
    await refused(no, at_work, review.accept(here, who, n, done.version, NOW, key))
    await refused(no, at_work, review.return_result(here, who, n, "Thiếu", NOW, key))
    await refused(no, at_work, review.cancel(here, who, n, "Thôi", NOW, key))
    await refused(no, at_work, extend.grant(here, who, n, done.version, NOW, key))
    await refused(no, at_work, extend.refuse(here, who, n, done.version, NOW, key))


async def test_a_task_that_never_was(at_work: Staffed) -> None:
    here, who, key = at_work.office, at_work.who["leader"], at_work.update()
    await refused(No.NOT_FOUND, at_work, review.accept(here, who, 99, 1, NOW, key))
    await refused(No.NOT_FOUND, at_work, find.task(here, who, 99))
    await refused(No.NOT_FOUND, at_work, find.file(here, who, 99))
    await refused(No.NOT_FOUND, at_work, find.task(here, who, 10**18))


async def test_a_state_that_does_not_allow_it(at_work: Staffed, task: Task) -> None:
    here, staff, leader = at_work.office, at_work.who["staff"], at_work.who["leader"]
    key, n = at_work.update(), task.id
    no = await refused(No.WRONG_STATE, at_work, review.accept(here, leader, n, 1, NOW, key))
    assert no.facts == {"number": n, "status": "assigned"}
    await refused(No.WRONG_STATE, at_work, review.return_result(here, leader, n, "Thiếu", NOW, key))
    done = await submitted(at_work, task)
    await refused(No.WRONG_STATE, at_work, answer.progress(here, staff, n, "50%", NOW, key))
    await refused(No.WRONG_STATE, at_work, answer.submit(here, staff, n, "Xong", None, NOW, key))
    await refused(No.WRONG_STATE, at_work, answer.receive(here, staff, n, done.version, NOW, key))
    done = await review.accept(here, leader, n, done.version, NOW, at_work.update())
    await refused(No.WRONG_STATE, at_work, review.cancel(here, leader, n, "Thôi", NOW, key))


async def test_nothing_said_and_too_much_said(at_work: Staffed, task: Task) -> None:
    here, staff, key, n = at_work.office, at_work.who["staff"], at_work.update(), task.id
    await refused(No.EMPTY, at_work, answer.submit(here, staff, n, "  ", None, NOW, key))
    await refused(No.EMPTY, at_work, answer.block(here, staff, n, "\n", NOW, key))
    await refused(No.NO_PERCENT_READ, at_work, answer.progress(here, staff, n, " ", NOW, key))
    too_long = await refused(No.TOO_LONG, at_work, answer.block(here, staff, n, LONG, NOW, key))
    assert too_long.facts == {"limit": MAX_TEXT, "length": len(LONG)}
    await refused(No.TOO_LONG, at_work, answer.submit(here, staff, n, LONG, None, NOW, key))
    await refused(No.TOO_LONG, at_work, answer.progress(here, staff, n, LONG, NOW, key))
    done = await submitted(at_work, task)
    assert done.version == 2
    leader = at_work.who["leader"]
    await refused(No.EMPTY, at_work, review.return_result(here, leader, n, "", NOW, key))
    await refused(No.TOO_LONG, at_work, review.cancel(here, leader, n, LONG, NOW, key))


async def test_a_refused_answer_leaves_the_dialog_waiting(at_work: Staffed, task: Task) -> None:
    here, staff = at_work.office, at_work.who["staff"]
    place = Place(104)
    asked = await dialogs.ask(here, staff, place, task.id, 1, Move.BLOCK, NOW, at_work.update())
    key = at_work.update()
    await refused(No.EMPTY, at_work, answer.block(here, staff, task.id, "", NOW, key, asked))
    assert await dialogs.waiting(here, staff, place, NOW) == asked
    await answer.block(here, staff, task.id, "Chưa có số liệu", NOW, key, asked)
    assert await dialogs.waiting(here, staff, place, NOW) is None


async def test_a_title_too_long_for_a_task(at_work: Staffed) -> None:
    here, who, title = at_work.office, at_work.who["leader"], "a" * (MAX_TITLE + 1)
    reading = Reading(text=title, kind=Kind.ASSIGNMENT, title=title)
    key = at_work.update()
    await refused(No.TOO_LONG, at_work, assign.begin(here, who, Place(1), [reading], NOW, key))
    begun = await draft(at_work)
    begun = await edit_draft.ask(here, begun, "title", NOW, at_work.update())
    await refused(No.TOO_LONG, at_work, edit_draft.answer(here, who, begun, title, NOW, key))


async def test_a_sentence_too_long_to_keep_is_refused_before_it_is_a_draft(
    at_work: Staffed,
) -> None:
    here, who = at_work.office, at_work.who["leader"]
    reading = Reading(text=LONG, kind=Kind.ASSIGNMENT, title="Soạn báo cáo")
    key = at_work.update()
    await refused(No.TOO_LONG, at_work, assign.begin(here, who, Place(1), [reading], NOW, key))


async def test_a_draft_answered_with_what_cannot_be_read(at_work: Staffed) -> None:
    here, who, key = at_work.office, at_work.who["leader"], at_work.update()
    begun = await draft(at_work)
    for field, text, kind in [
        ("deadline", "theo mẫu đính kèm", No.NO_DEADLINE_READ),
        ("lead", "Nguyễn Văn Không Có", No.NO_PERSON_READ),
        ("title", "   ", No.EMPTY),
    ]:
        begun = await edit_draft.ask(here, begun, field, NOW, at_work.update())
        await refused(kind, at_work, edit_draft.answer(here, who, begun, text, NOW, key))


async def test_a_draft_that_is_not_whole(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who["leader"]
    reading = Reading(text="Rà soát", kind=Kind.ASSIGNMENT, title="Rà soát")
    [begun] = await assign.begin(here, who, Place(101), [reading], NOW, at_work.update())
    key = at_work.update()
    no = await refused(
        No.INCOMPLETE, at_work, assign.confirm(here, who, begun.id, begun.version, None, NOW, key)
    )
    assert no.facts == {"missing": "lead"}


async def test_a_draft_whose_deadline_has_gone_by(at_work: Staffed) -> None:
    begun = await draft(at_work)
    action = assign.confirm(
        at_work.office, at_work.who["leader"], begun.id, begun.version, None, office(12),
        at_work.update(),
    )  # fmt: skip
    await refused(No.DEADLINE_PAST, at_work, action)


@pytest.mark.parametrize(
    ("by", "to", "may"),
    [
        ("staff", "staff", True),
        ("staff", "mate", False),
        ("head", "staff", True),
        ("head", "clerk", True),
        ("head", "other", False),
        ("deputy", "clerk", True),
        ("deputy", "other", False),
        ("leader", "other", True),
        ("admin", "staff", False),
    ],
)
async def test_who_assigns_to_whom(at_work: Staffed, by: str, to: str, may: bool) -> None:
    begun = await draft(at_work, by, to)
    action = assign.confirm(
        at_work.office, at_work.who[by], begun.id, begun.version, None, NOW, at_work.update()
    )
    if not may:
        await refused(No.NOT_ALLOWED, at_work, action)
    else:
        assert (await action).id == 1


async def test_nobody_is_assigned_who_has_left(at_work: Staffed) -> None:
    begun = await draft(at_work)
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE people SET ended_at = $1 WHERE id = $2", NOW, at_work.ids["staff"])
    action = assign.confirm(
        at_work.office, at_work.who["leader"], begun.id, begun.version, None, NOW, at_work.update()
    )
    await refused(No.PERSON_LEFT, at_work, action)


async def test_a_draft_is_its_writers_alone(at_work: Staffed) -> None:
    begun = await draft(at_work)
    here, other = at_work.office, at_work.who["head"]
    key = at_work.update()
    await refused(No.NOT_FOUND, at_work, dialogs.current(here, other, begun.id, begun.version))
    await refused(
        No.STALE, at_work, assign.confirm(here, other, begun.id, begun.version, None, NOW, key)
    )


async def test_no_extension_that_is_none(at_work: Staffed, task: Task) -> None:
    here, staff, n, key = at_work.office, at_work.who["staff"], task.id, at_work.update()
    for words, kind in [
        ("xin thêm thời gian", No.NO_DEADLINE_READ),
        ("đến thứ Năm vì bận", No.DEADLINE_PAST),
        ("đến thứ Sáu vì bận", No.DEADLINE_PAST),
    ]:
        await refused(kind, at_work, extend.request(here, staff, n, words, NOW, key))


async def test_nothing_to_grant(at_work: Staffed, task: Task) -> None:
    here, leader, n, key = at_work.office, at_work.who["leader"], task.id, at_work.update()
    await refused(No.STALE, at_work, extend.grant(here, leader, n, 1, NOW, key))
    await refused(No.STALE, at_work, extend.refuse(here, leader, n, 1, NOW, key))
