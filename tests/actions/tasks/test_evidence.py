"""A result counts as handed in once the evidence that its task requires came with it."""

from datetime import date

import pytest

from bot.actions.files import attach_files
from bot.actions.files.file_store import Paper, keep
from bot.actions.history import undo
from bot.actions.tasks import answer, edit_task
from bot.refusals import No
from bot.rules.tasks.evidence import Lack
from bot.rules.tasks.lifecycle import Move
from storage.files import files
from storage.records import Evidence, Status, Task, TaskView
from storage.tasks import tasks
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(10, 15)
WHOLE = "Đã trình Tờ trình số 12-ttr/vptu ngày 10/12, gửi Thường trực"


async def assigned(at_work: Staffed, evidence: Evidence, receiver: str | None = None) -> None:
    await at_work.assign()
    async with at_work.db.transaction() as tx:
        await tasks.change(tx, 1, 1, {"evidence": evidence, "receiver": receiver})


async def submit(at_work: Staffed, words: str, paper: Paper | None = None) -> Task:
    return await answer.submit(
        at_work.office, at_work.who["staff"], 1, words, paper, NOW, at_work.update()
    )


async def a_paper(at_work: Staffed) -> Paper:
    return Paper(await keep(at_work.office, b"bao cao"), "bao-cao.pdf", 7, "application/pdf", "f1")


async def view(at_work: Staffed) -> TaskView:
    seen = await tasks.view(at_work.db, 1)
    assert seen is not None
    return seen


async def test_symbol_date_and_receiver(at_work: Staffed) -> None:
    await assigned(at_work, Evidence.SYMBOL)
    done = await submit(at_work, WHOLE)
    assert (done.status, done.submitted_at) == (Status.SUBMITTED, NOW)
    assert done.evidence_symbol == "12-TTr/VPTU"
    assert (done.evidence_on, done.evidence_to) == (date(2026, 12, 10), "Thường trực")


@pytest.mark.parametrize(
    ("words", "lacks"),
    [
        ("Đã xong", (Lack.SYMBOL, Lack.DATE, Lack.RECEIVER)),
        ("Tờ trình 12-TTr/VPTU", (Lack.DATE, Lack.RECEIVER)),
        ("Tờ trình 12-TTr/VPTU ngày 10/12", (Lack.RECEIVER,)),
        ("Đã gửi Thường trực ngày 10/12", (Lack.SYMBOL, Lack.DATE)),
        ("Đã làm theo Thông báo 12-TB/TU ngày 20/11, gửi Thường trực", (Lack.SYMBOL, Lack.DATE)),
    ],
)
async def test_what_lacks_is_named(at_work: Staffed, words: str, lacks: tuple[Lack, ...]) -> None:
    await assigned(at_work, Evidence.SYMBOL)
    no = await refused(No.NO_EVIDENCE, at_work, submit(at_work, words, await a_paper(at_work)))
    assert no.facts == {"number": 1, "evidence": Evidence.SYMBOL, "missing": lacks}


async def test_the_receiver_of_the_task_need_not_be_said(at_work: Staffed) -> None:
    await assigned(at_work, Evidence.SYMBOL, "Thường trực Thành ủy")
    done = await submit(at_work, "Tờ trình 12-TTr/VPTU ngày 10/12")
    assert done.evidence_to == "Thường trực Thành ủy"


async def test_a_file(at_work: Staffed) -> None:
    await assigned(at_work, Evidence.FILE)
    no = await refused(No.NO_EVIDENCE, at_work, submit(at_work, WHOLE))
    assert no.facts["missing"] == (Lack.FILE,)
    done = await submit(at_work, "", await a_paper(at_work))
    assert done.status is Status.SUBMITTED
    assert [file.name for file in await files.of_task(at_work.db, 1)] == ["bao-cao.pdf"]


async def test_a_file_sent_before_by_the_same_person_will_do(at_work: Staffed) -> None:
    await assigned(at_work, Evidence.FILE)
    here, paper = at_work.office, await a_paper(at_work)
    await attach_files.attach(here, at_work.who["leader"], 1, paper, NOW, Move.NOTE)
    await refused(No.NO_EVIDENCE, at_work, submit(at_work, "Đã xong"))
    async with at_work.db.transaction() as tx:
        other = Paper(await keep(here, b"du thao"), "du-thao.pdf", 7, "application/pdf", "f2")
        await attach_files.add(tx, at_work.who["staff"], 1, [other], NOW)
    assert (await submit(at_work, "Đã xong")).status is Status.SUBMITTED


async def test_what_is_not_required_is_kept_where_it_is_whole(at_work: Staffed) -> None:
    await assigned(at_work, Evidence.ANY)
    done = await submit(at_work, "Đã trình Tờ trình 12-TTr/VPTU ngày 10/12")
    assert (done.evidence_symbol, done.evidence_to) == ("12-TTr/VPTU", None)


async def test_half_of_what_is_not_required_is_no_evidence(at_work: Staffed) -> None:
    await assigned(at_work, Evidence.ANY)
    done = await submit(at_work, "Đã trình Tờ trình 12-TTr/VPTU")
    assert (done.evidence_symbol, done.evidence_on) == (None, None)


async def test_a_step_taken_back_and_made_again(at_work: Staffed) -> None:
    await assigned(at_work, Evidence.SYMBOL)
    done = await submit(at_work, WHOLE)
    staff = at_work.who["staff"]
    await undo.undo(at_work.office, staff, 1, done.version, NOW, at_work.update())
    assert ((await view(at_work)).evidence_symbol, (await view(at_work)).evidence_on) == (
        None,
        None,
    )
    done = await submit(at_work, WHOLE)
    assert done.evidence_on == date(2026, 12, 10)


@pytest.mark.parametrize("evidence", Evidence)
async def test_who_decides_says_what_is_required(at_work: Staffed, evidence: Evidence) -> None:
    await assigned(at_work, Evidence.FILE if evidence is not Evidence.FILE else Evidence.ANY)
    here, columns = at_work.office, {"evidence": evidence.value}
    leader, staff = at_work.who["leader"], at_work.who["staff"]
    task = await edit_task.fields(here, leader, 1, None, columns, NOW, at_work.update())
    assert task.evidence is evidence
    by_the_lead = edit_task.fields(here, staff, 1, None, {"evidence": "any"}, NOW, at_work.update())
    await refused(No.NOT_ALLOWED, at_work, by_the_lead)
