"""What somebody decides late is about what stands by then: what came between is not undone by it."""

from datetime import date, timedelta

from bot.actions.history import undo
from bot.actions.organisation import hand_over_all, leave
from bot.actions.tasks import answer, edit_task, figure_correction, handover, review
from bot.refusals import No
from storage.engine.database import Value
from storage.records import Task, TaskView
from storage.tasks import tasks
from tests.actions.office import Staffed, refused
from tests.actions.test_meanwhile import WORDS, handed_in
from tests.rules.task import WORKDAYS, office

NOW = office(14, 9)
SOON, LATER = NOW + timedelta(seconds=5), NOW + timedelta(seconds=9)


async def view(at_work: Staffed, task: Task) -> TaskView:
    found = await tasks.view(at_work.db, task.id)
    assert found is not None
    return found


async def test_newer_progress_is_not_put_back_by_a_correction(at_work: Staffed) -> None:
    task, here, who = await at_work.assign(), at_work.office, at_work.who
    await answer.progress(here, who["staff"], task.id, "60%", office(8), None)
    await figure_correction.request(
        here, who["staff"], task.id, "tiến độ 40% vì nhầm", office(8, 9), None
    )
    on = await answer.progress(here, who["staff"], task.id, "80%", office(9), None)
    late = figure_correction.grant(here, who["leader"], task.id, on.version, office(10), None)
    await refused(No.NOTHING_TO_CORRECT, at_work, late)
    await figure_correction.refuse(here, who["leader"], task.id, on.version, office(10), None)
    assert (await view(at_work, task)).percent == 80


async def test_a_result_handed_in_anew_has_its_own_day(at_work: Staffed) -> None:
    task, here, who = await handed_in(at_work), at_work.office, at_work.who
    await figure_correction.request(here, who["staff"], task.id, WORDS, NOW, None)
    await review.return_result(here, who["leader"], task.id, "Làm lại", NOW, None)
    anew = await answer.submit(here, who["staff"], task.id, "Xong", None, office(16), None)
    late = figure_correction.grant(here, who["leader"], task.id, anew.version, office(16, 9), None)
    await refused(No.NOTHING_TO_CORRECT, at_work, late)


async def test_nothing_is_opened_again_for_an_assigner_who_left(at_work: Staffed) -> None:
    task, here, who = await at_work.assign(by="head"), at_work.office, at_work.who
    task = await answer.submit(here, who["staff"], task.id, "Xong", None, office(14, 8), None)
    done = await review.accept(here, who["leader"], task.id, task.version, NOW, None)
    await leave.end(here, who["admin"], at_work.ids["head"], SOON, None)
    back = undo.undo(here, who["leader"], task.id, done.version, LATER, None)
    await refused(No.ACTED_SINCE, at_work, back)


async def test_nothing_is_opened_again_for_a_decider_who_left(at_work: Staffed) -> None:
    task, here, who = await at_work.assign(), at_work.office, at_work.who
    decides = {"decider_id": at_work.ids["deputy"]}
    await edit_task.fields(here, who["leader"], task.id, None, decides, office(8), None)
    task = await answer.submit(here, who["staff"], task.id, "Xong", None, office(14, 8), None)
    done = await review.accept(here, who["leader"], task.id, task.version, NOW, None)
    await leave.end(here, who["admin"], at_work.ids["deputy"], SOON, None)
    back = undo.undo(here, who["leader"], task.id, done.version, LATER, None)
    await refused(No.ACTED_SINCE, at_work, back)


async def test_who_leads_from_now_on_is_not_who_decides_too(at_work: Staffed) -> None:
    task, here, who = await at_work.assign(), at_work.office, at_work.who
    decides = {"decider_id": at_work.ids["head"]}
    await edit_task.fields(here, who["leader"], task.id, None, decides, office(8), None)
    head = at_work.ids["head"]
    await handover.reassign(here, who["leader"], task.id, None, head, "", office(9), None)
    after = await view(at_work, task)
    assert (after.lead_id, after.decider_id) == (head, None)


async def test_who_is_handed_all_is_not_who_decides_too(at_work: Staffed) -> None:
    task, here, who = await at_work.assign(), at_work.office, at_work.who
    decides = {"decider_id": at_work.ids["head"]}
    await edit_task.fields(here, who["leader"], task.id, None, decides, office(8), None)
    ids = at_work.ids
    await hand_over_all.hand_all(here, who["admin"], ids["staff"], ids["head"], office(9), None)
    after = await view(at_work, task)
    assert (after.lead_id, after.decider_id) == (ids["head"], ids["deputy"])


async def test_the_whole_shows_that_a_part_was_opened_again(at_work: Staffed) -> None:
    task, here = await at_work.assign(to="head"), at_work.office
    piece = await at_work.assign(by="head")
    await at_work.db.run(
        lambda tx: tx.execute("UPDATE tasks SET parent_id = $1 WHERE id = $2", task.id, piece.id)
    )
    piece = await answer.submit(here, at_work.who["staff"], piece.id, "Xong", None, NOW, None)
    done = await review.accept(here, at_work.who["leader"], piece.id, piece.version, NOW, None)
    told = await at_work.last_said()
    await undo.undo(here, at_work.who["leader"], piece.id, done.version, SOON, None)
    rows = await at_work.db.fetch(
        "SELECT person_id FROM outbox WHERE id > $1 AND task_id = $2 AND kind = 'card.refresh'",
        *(told, task.id),
    )
    shown = sorted(row["person_id"] for row in rows)
    assert shown == [at_work.ids["leader"], at_work.ids["head"]]


async def within(at_work: Staffed) -> tuple[Task, Task]:
    """A task of `head`, due on Friday the 18th, and a part of it due on the 11th."""
    whole = await at_work.assign(to="head", due=date(2026, 12, 18))
    part = await at_work.assign(by="head")
    await at_work.db.run(
        lambda tx: tx.execute("UPDATE tasks SET parent_id = $1 WHERE id = $2", whole.id, part.id)
    )
    return whole, part


def until(day: int) -> dict[str, Value]:
    return edit_task.due((*WORKDAYS.due(date(2026, 12, day), None), False))


async def test_a_whole_is_not_shortened_again_under_a_longer_part(at_work: Staffed) -> None:
    (whole, part), here, who = await within(at_work), at_work.office, at_work.who
    longer = await edit_task.fields(here, who["leader"], whole.id, None, until(25), office(8), None)
    at = office(8) + timedelta(seconds=5)
    await edit_task.fields(here, who["head"], part.id, None, until(24), at, None)
    back = undo.undo(here, who["leader"], whole.id, longer.version, at, None)
    await refused(No.PART_LATER, at_work, back)


async def test_a_part_is_not_opened_again_past_its_whole(at_work: Staffed) -> None:
    (whole, part), here, who = await within(at_work), at_work.office, at_work.who
    off = await review.cancel(here, who["head"], part.id, "Thôi", office(8), None)
    at = office(8) + timedelta(seconds=5)
    await edit_task.fields(here, who["leader"], whole.id, None, until(10), at, None)
    back = undo.undo(here, who["head"], part.id, off.version, at, None)
    await refused(No.PAST_PARENT, at_work, back)


async def test_nobody_who_left_decides_again(at_work: Staffed) -> None:
    task, here, who = await at_work.assign(), at_work.office, at_work.who
    first, second = ({"decider_id": at_work.ids[one]} for one in ("deputy", "head"))
    await edit_task.fields(here, who["leader"], task.id, None, first, office(8), None)
    other = await edit_task.fields(here, who["leader"], task.id, None, second, NOW, None)
    await leave.end(here, who["admin"], at_work.ids["deputy"], SOON, None)
    back = undo.undo(here, who["leader"], task.id, other.version, LATER, None)
    await refused(No.ACTED_SINCE, at_work, back)
