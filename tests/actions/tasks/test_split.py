"""Splitting a task: to whom, until when, and how a task and its parts end with each other."""

import asyncio
from datetime import date, datetime, time

import pytest

from bot.actions.assigning import assign, edit_draft
from bot.actions.assigning.draft import PAST_PARENT, Fields
from bot.actions.chat_places import Place
from bot.actions.tasks import answer, extend, review, split
from bot.refusals import No
from storage.records import Draft, Evidence, Part, Status, Task, TaskView
from storage.tasks import tasks
from tests.actions.office import FRIDAY, Staffed, refused
from tests.rules.task import WORKDAYS, office

NOW = office(7, 10)
THURSDAY, MONDAY_AFTER = date(2026, 12, 10), date(2026, 12, 14)


async def drafted(at_work: Staffed, words: str, by: str = "staff", task_id: int = 1) -> list[Draft]:
    here, who = at_work.office, at_work.who[by]
    readings = [await assign.read(here, who, one, NOW) for one in split.pieces(words)]
    place = Place(at_work.ids[by])
    return await split.begin(here, who, place, task_id, readings, NOW, at_work.update())


async def confirmed(at_work: Staffed, draft: Draft, by: str = "staff") -> TaskView:
    return await assign.confirm(
        at_work.office, at_work.who[by], draft.id, draft.version, None, NOW, at_work.update()
    )


async def part(
    at_work: Staffed, to: str = "mate", by: str = "staff", task_id: int = 1, title: str = "rà số"
) -> TaskView:
    [draft] = await drafted(at_work, f"{title}, chiều thứ Năm", by, task_id)
    who = at_work.who[by]
    draft = await edit_draft.choose_lead(
        at_work.office, draft, at_work.ids[to], NOW, at_work.update()
    )
    assert draft.person_id == who.person_id
    return await confirmed(at_work, draft, by)


async def finished(at_work: Staffed, task: Task, lead: str, by: str, at: datetime = NOW) -> Task:
    here = at_work.office
    done = await answer.submit(here, at_work.who[lead], task.id, "xong", None, at, at_work.update())
    if done.status is Status.DONE:
        return done
    return await review.accept(here, at_work.who[by], task.id, done.version, at, at_work.update())


async def whole(at_work: Staffed, task_id: int = 1) -> TaskView:
    view = await tasks.view(at_work.db, task_id)
    assert view is not None
    return view


async def test_lines_become_parts_with_their_own_people_and_deadlines(at_work: Staffed) -> None:
    await at_work.assign()
    words = "Trầm rà số liệu, chiều thứ Năm; Ân soạn phần 1"
    first, second = await drafted(at_work, words)
    fields = Fields.model_validate(first.fields)
    assert (fields.lead_id, fields.parent_id) == (at_work.ids["mate"], 1)
    assert fields.due_at == WORKDAYS.at(THURSDAY, time(17))
    taken = Fields.model_validate(second.fields)
    assert (taken.due_at, taken.late_from) == WORKDAYS.due(FRIDAY)
    told = await at_work.last_said()
    made = await confirmed(at_work, first)
    assert (made.parent_id, made.parent_title) == (1, "Soạn báo cáo quý")
    assert (made.assigner_id, made.lead_id) == (at_work.ids["staff"], at_work.ids["mate"])
    assert await at_work.outbox(told) == [("task.assigned", "mate"), ("card.refresh", "leader")]
    view = await whole(at_work)
    assert (view.sub_tasks, view.sub_tasks_done) == (1, 0)
    assert (await at_work.history(1))[-1] == ("task.split", "staff")
    shown, total = await split.parts_of(at_work.office, at_work.who["leader"], 1)
    assert ([one.id for one in shown], total) == ([2], 1)


async def test_the_lead_follows_what_somebody_else_splits_off(at_work: Staffed) -> None:
    await at_work.assign()
    made = await part(at_work, by="leader")
    assert made.people_in(Part.FOLLOW) == [at_work.ids["staff"]]
    own = await part(at_work, to="staff", by="leader")
    assert own.people_in(Part.FOLLOW) == []


@pytest.mark.parametrize(
    ("name", "seen"), [("staff", [2]), ("leader", [2]), ("clerk", [2]), ("mate", []), ("other", [])]
)
async def test_who_only_helps_sees_of_its_parts_their_own(
    at_work: Staffed, name: str, seen: list[int]
) -> None:
    await at_work.assign()
    await part(at_work, to="clerk", by="head")
    helping = [(at_work.ids[one], Part.SUPPORT) for one in ("mate", "other", "clerk")]
    await at_work.db.run(lambda tx: tasks.add_people(tx, 1, helping, NOW))
    shown, total = await split.parts_of(at_work.office, at_work.who[name], 1)
    assert ([one.id for one in shown], total) == (seen, len(seen))


MAY_BE_GIVEN = {
    "staff": {"staff", "mate", "other"},
    "head": {"head", "staff", "mate", "clerk"},
}


@pytest.mark.parametrize(
    ("by", "to"), [(by, to) for by in ("staff", "head") for to in ("staff", "mate", "other", "head", "clerk", "other_head", "leader")]
)  # fmt: skip
async def test_to_whom_a_part_may_be_given(at_work: Staffed, by: str, to: str) -> None:
    """`other` is of another unit and supports the task; nobody gives a part to their own head."""
    await at_work.assign()
    async with at_work.db.transaction() as tx:
        await tasks.add_people(tx, 1, [(at_work.ids["other"], Part.SUPPORT)], NOW)
    if to in MAY_BE_GIVEN[by]:
        assert (await part(at_work, to, by)).lead_id == at_work.ids[to]
        return
    [draft] = await drafted(at_work, "rà số, chiều thứ Năm", by)
    draft = await edit_draft.choose_lead(at_work.office, draft, at_work.ids[to], NOW, None)
    await refused(No.NOT_ALLOWED, at_work, confirmed(at_work, draft, by))


@pytest.mark.parametrize("by", ["mate", "other_head", "admin", "other"])
async def test_who_may_not_split(at_work: Staffed, by: str) -> None:
    await at_work.assign()
    await refused(No.NOT_ALLOWED, at_work, drafted(at_work, "Trầm rà số liệu", by))


async def test_a_deadline_past_the_whole_is_asked_for_again(at_work: Staffed) -> None:
    await at_work.assign()
    [draft] = await drafted(at_work, "Trầm rà số liệu, thứ Ba tuần sau")
    fields = Fields.model_validate(draft.fields)
    assert (draft.waits_for, fields.deadline_why) == ("deadline", PAST_PARENT)
    assert fields.deadline_choices == ((*WORKDAYS.due(FRIDAY), False),)
    later = (*WORKDAYS.due(MONDAY_AFTER), False)
    here, key = at_work.office, at_work.update
    draft = await edit_draft.choose_deadline(here, draft, later, NOW, key())
    assert (draft.waits_for, draft.fields.get("late_from")) == ("deadline", None)
    draft = await edit_draft.choose_deadline(here, draft, None, NOW, key())
    assert draft.waits_for == "deadline"
    draft = await edit_draft.choose_deadline(here, draft, fields.deadline_choices[0], NOW, key())
    assert draft.waits_for is None
    assert (await confirmed(at_work, draft)).due_at == WORKDAYS.at(FRIDAY, time(17))


async def test_a_whole_without_deadline_holds_nobody(at_work: Staffed) -> None:
    await at_work.assign(due=None)
    [draft] = await drafted(at_work, "Trầm rà số liệu")
    assert draft.waits_for == "deadline"
    draft = await edit_draft.choose_deadline(at_work.office, draft, None, NOW, at_work.update())
    assert (await confirmed(at_work, draft)).due_at is None


async def test_a_whole_that_was_shortened_meanwhile(at_work: Staffed) -> None:
    task = await at_work.assign()
    [draft] = await drafted(at_work, "Trầm rà số liệu")
    due_at, late_from = WORKDAYS.due(THURSDAY)
    async with at_work.db.transaction() as tx:
        await tasks.change(tx, 1, task.version, {"due_at": due_at, "late_from": late_from})
    no = await refused(No.PAST_PARENT, at_work, confirmed(at_work, draft))
    assert no.facts == {"number": 1, "day": WORKDAYS.local(due_at)}
    draft = await edit_draft.ask(at_work.office, draft, "deadline", NOW, at_work.update())
    assert draft.waits_for == "deadline"


async def test_what_was_split_off_a_closed_task_is_not_made(at_work: Staffed) -> None:
    await at_work.assign()
    [draft] = await drafted(at_work, "Trầm rà số liệu")
    await review.cancel(at_work.office, at_work.who["leader"], 1, "thôi", NOW, at_work.update())
    await refused(No.WRONG_STATE, at_work, confirmed(at_work, draft))


async def test_how_many_and_how_long(at_work: Staffed) -> None:
    await at_work.assign()
    many = "\n".join(f"Trầm làm phần {n}" for n in range(split.MOST + 1))
    await refused(No.TOO_MANY_PARTS, at_work, drafted(at_work, many))
    await refused(No.TOO_LONG, at_work, drafted(at_work, "ư" * 501))
    await refused(No.EMPTY, at_work, drafted(at_work, " ; \n - "))
    assert len(await drafted(at_work, "\n".join(many.splitlines()[1:]))) == split.MOST


async def test_the_deadline_of_a_part_stays_within_the_whole(at_work: Staffed) -> None:
    await at_work.assign()
    made = await part(at_work)
    asked = extend.request(
        at_work.office, at_work.who["mate"], made.id, "đến 14/12 vì bận", NOW, at_work.update()
    )
    no = await refused(No.PAST_PARENT, at_work, asked)
    assert no.facts["number"] == 1
    await extend.request(
        at_work.office, at_work.who["mate"], made.id, "đến thứ Sáu vì bận", NOW, at_work.update()
    )
    view = await whole(at_work, made.id)
    task = await extend.grant(
        at_work.office, at_work.who["staff"], made.id, view.version, NOW, at_work.update()
    )
    assert task.due_at == WORKDAYS.at(FRIDAY, time(17))


async def test_a_longer_whole_leaves_its_parts_as_they_are(at_work: Staffed) -> None:
    await at_work.assign()
    made = await part(at_work)
    here = at_work.office
    await extend.request(here, at_work.who["staff"], 1, "đến 18/12 vì bận", NOW, at_work.update())
    view = await whole(at_work)
    await extend.grant(here, at_work.who["leader"], 1, view.version, NOW, at_work.update())
    assert (await whole(at_work, made.id)).due_at == made.due_at


async def test_the_lead_is_told_when_every_part_is_done(at_work: Staffed) -> None:
    await at_work.assign()
    first, second = await part(at_work), await part(at_work, to="staff")
    told = await at_work.last_said()
    await finished(at_work, first, "mate", "staff")
    assert ("parts.done", "staff") not in await at_work.outbox(told)
    view = await whole(at_work)
    assert (view.sub_tasks, view.sub_tasks_done) == (2, 1)
    await finished(at_work, second, "staff", "staff")
    assert (await at_work.outbox(told))[-2:] == [
        ("card.refresh", "leader"),
        ("parts.done", "staff"),
    ]
    assert (await whole(at_work)).status is Status.ASSIGNED


async def closing_itself(at_work: Staffed) -> None:
    view = await whole(at_work)
    who, here = at_work.who["staff"], at_work.office
    await split.close_itself(here, who, 1, view.version, True, NOW, at_work.update())


async def test_a_whole_that_closes_itself_is_submitted(at_work: Staffed) -> None:
    await at_work.assign()
    made = await part(at_work)
    await closing_itself(at_work)
    told = await at_work.last_said()
    await finished(at_work, made, "mate", "staff", office(8))
    view = await whole(at_work)
    assert (view.status, view.submitted_at) == (Status.SUBMITTED, office(8))
    assert (await at_work.outbox(told))[-2:] == [
        ("parts.submitted", "staff"), ("task.submitted", "leader"),
    ]  # fmt: skip
    assert (await at_work.history(1))[-1] == ("task.submit", "staff")
    await review.accept(
        at_work.office, at_work.who["leader"], 1, view.version, NOW, at_work.update()
    )


async def test_what_one_assigned_to_oneself_is_done_with_its_parts(at_work: Staffed) -> None:
    await at_work.assign(by="head", to="head")
    made = await part(at_work, by="head")
    here, view = at_work.office, await whole(at_work)
    await split.close_itself(
        here, at_work.who["head"], 1, view.version, True, NOW, at_work.update()
    )
    await finished(at_work, made, "mate", "head")
    assert (await whole(at_work)).status is Status.DONE


async def test_a_whole_that_must_bring_evidence_is_not_submitted_by_itself(
    at_work: Staffed,
) -> None:
    await at_work.assign()
    made = await part(at_work)
    await closing_itself(at_work)
    view = await whole(at_work)
    async with at_work.db.transaction() as tx:
        await tasks.change(tx, 1, view.version, {"evidence": Evidence.FILE})
    told = await at_work.last_said()
    await finished(at_work, made, "mate", "staff")
    assert ("parts.done", "staff") in await at_work.outbox(told)
    assert (await whole(at_work)).status is Status.ASSIGNED


async def test_parts_done_at_once_close_the_whole_once(at_work: Staffed) -> None:
    await at_work.assign()
    parts = [await part(at_work), await part(at_work)]
    await closing_itself(at_work)
    here, submitted = at_work.office, []
    for one in parts:
        submitted.append(
            await answer.submit(here, at_work.who["mate"], one.id, "x", None, NOW, None)
        )
    await asyncio.gather(
        *(
            review.accept(here, at_work.who["staff"], one.id, one.version, NOW, None)
            for one in submitted
        )
    )
    assert (await whole(at_work)).status is Status.SUBMITTED
    assert [kind for kind, _ in await at_work.history(1)].count("task.submit") == 1


async def test_a_cancelled_whole_takes_its_open_parts_with_it(at_work: Staffed) -> None:
    await at_work.assign()
    done, left = await part(at_work), await part(at_work)
    below = await part(at_work, by="mate", to="mate", task_id=left.id)
    await finished(at_work, done, "mate", "staff")
    told = await at_work.last_said()
    await review.cancel(
        at_work.office, at_work.who["leader"], 1, "đã có văn bản khác", NOW, at_work.update()
    )
    states = [(await whole(at_work, n)).status for n in (1, done.id, left.id, below.id)]
    assert states == [Status.CANCELLED, Status.DONE, Status.CANCELLED, Status.CANCELLED]
    said = await at_work.outbox(told)
    assert [one for one in said if one[0] == "task.cancelled"] == [
        ("task.cancelled", "staff"), ("task.cancelled", "mate"), ("task.cancelled", "mate"),
        ("task.cancelled", "staff"),
    ]  # fmt: skip
    assert (await at_work.history(below.id))[-1] == ("task.cancel", "leader")
    rows = await at_work.db.fetch("SELECT id FROM reminders WHERE settled_at IS NULL")
    assert rows == []


async def test_with_the_last_part_cancelled_the_others_decide(at_work: Staffed) -> None:
    await at_work.assign()
    done, left = await part(at_work), await part(at_work)
    await finished(at_work, done, "mate", "staff")
    told = await at_work.last_said()
    await review.cancel(
        at_work.office, at_work.who["staff"], left.id, "thôi", NOW, at_work.update()
    )
    assert ("parts.done", "staff") in await at_work.outbox(told)


async def test_a_split_is_stale_where_the_task_moved_on(at_work: Staffed) -> None:
    task = await at_work.assign()
    await part(at_work)
    here, who = at_work.office, at_work.who["staff"]
    old = split.close_itself(here, who, 1, task.version, True, NOW, at_work.update())
    await refused(No.STALE, at_work, old)
