"""Something else changes between two steps on a task: the later one goes by what is so by then."""

from datetime import date, timedelta

from bot.actions.assigning import assign, edit_draft
from bot.actions.chat_places import Place
from bot.actions.history import undo
from bot.actions.organisation import leave
from bot.actions.tasks import answer, extend, figure_correction, review
from bot.language.readings import Kind, Reading
from bot.refusals import No
from storage.records import Task
from storage.tasks import tasks
from tests.actions.office import FRIDAY, MORNING, Staffed, refused
from tests.rules.task import WORKDAYS, office

NOW = office(14, 9)
SOON, LATER = NOW + timedelta(seconds=5), NOW + timedelta(seconds=9)
WORDS = "ngày nộp 10/12 vì đã gửi bản giấy"


async def handed_in(at_work: Staffed) -> Task:
    task = await at_work.assign()
    staff = at_work.who["staff"]
    return await answer.submit(at_work.office, staff, task.id, "Xong", None, office(14, 8), None)


async def led_outside(at_work: Staffed) -> Task:
    """A task that a body outside leads and `staff` follows."""
    task = await at_work.assign()
    async with at_work.db.transaction() as tx:
        await tx.execute(
            "UPDATE tasks SET body_id = $1 WHERE id = $2", at_work.units["qt"], task.id
        )
        await tx.execute("UPDATE task_people SET part = 'follow' WHERE task_id = $1", task.id)
    return task


async def test_called_off_and_taken_back_it_is_under_correction_again(at_work: Staffed) -> None:
    task, here, who = await handed_in(at_work), at_work.office, at_work.who
    await figure_correction.request(here, who["staff"], task.id, WORDS, NOW, None)
    off = await review.cancel(here, who["leader"], task.id, "Thôi", NOW, None)
    assert not off.in_correction
    await undo.undo(here, who["leader"], task.id, off.version, NOW, None)
    view = await tasks.view(at_work.db, task.id)
    assert view is not None
    assert (view.correction_id is not None, view.in_correction) == (True, True)


async def test_a_returned_result_has_no_day_to_put_right(at_work: Staffed) -> None:
    task, here, leader = await handed_in(at_work), at_work.office, at_work.who["leader"]
    await figure_correction.request(here, at_work.who["staff"], task.id, WORDS, NOW, None)
    back = await review.return_result(here, leader, task.id, "Làm lại", NOW, None)
    late = figure_correction.grant(here, leader, task.id, back.version, NOW, None)
    await refused(No.NOTHING_TO_CORRECT, at_work, late)
    await figure_correction.refuse(here, leader, task.id, back.version, NOW, None)


async def test_who_follows_a_body_outside_hears_of_another_date(at_work: Staffed) -> None:
    task, here, who = await led_outside(at_work), at_work.office, at_work.who
    await extend.request(here, who["staff"], task.id, "đến 25/12 vì chờ", office(8), None)
    offered = (*WORKDAYS.due(date(2026, 12, 18), None), False)
    await extend.offer(here, who["leader"], task.id, offered, "", office(8), None)
    assert ("extension.offered", "staff") in await at_work.outbox()


async def test_who_follows_a_body_outside_is_asked_to_correct(at_work: Staffed) -> None:
    task, here, who = await led_outside(at_work), at_work.office, at_work.who
    await answer.submit(here, who["staff"], task.id, "Xong", None, office(14, 8), None)
    await figure_correction.request(here, who["leader"], task.id, WORDS, NOW, None)
    assert ("correction.requested", "staff") in await at_work.outbox()


async def test_who_was_to_decide_left_before_the_press(at_work: Staffed) -> None:
    here, who, ids = at_work.office, at_work.who, at_work.ids
    reading = Reading(text="Soạn", kind=Kind.ASSIGNMENT, title="Soạn")
    [draft] = await assign.begin(
        here, who["leader"], Place(ids["leader"]), [reading], MORNING, None
    )
    draft = await edit_draft.choose_lead(here, draft, ids["staff"], MORNING, None)
    due = (*WORKDAYS.due(FRIDAY, None), False)
    draft = await edit_draft.choose_deadline(here, draft, due, MORNING, None)
    draft = await edit_draft.choose_decider(here, draft, ids["deputy"], MORNING, None)
    await leave.end(here, who["admin"], ids["deputy"], MORNING, None)
    pressed = assign.confirm(here, who["leader"], draft.id, draft.version, None, MORNING, None)
    await refused(No.PERSON_LEFT, at_work, pressed)


async def test_nothing_is_opened_again_for_a_lead_who_left(at_work: Staffed) -> None:
    task, here, leader = await handed_in(at_work), at_work.office, at_work.who["leader"]
    done = await review.accept(here, leader, task.id, task.version, NOW, None)
    await leave.end(here, at_work.who["admin"], at_work.ids["staff"], SOON, None)
    back = undo.undo(here, leader, task.id, done.version, LATER, None)
    await refused(No.ACTED_SINCE, at_work, back)


async def test_no_part_is_opened_again_of_a_whole_that_is_over(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who
    whole, part = await at_work.assign(to="head"), await at_work.assign(by="head")
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE tasks SET parent_id = $1 WHERE id = $2", whole.id, part.id)
    off = await review.cancel(here, who["head"], part.id, "Thôi", NOW, None)
    await review.cancel(here, who["leader"], whole.id, "Thôi hết", SOON, None)
    back = undo.undo(here, who["head"], part.id, off.version, LATER, None)
    await refused(No.ACTED_SINCE, at_work, back)
