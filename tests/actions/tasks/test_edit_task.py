"""Every field of a task can be put right by who may, with both values in its history."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest

from bot.actions import find
from bot.actions.history import undo
from bot.actions.reporting import search
from bot.actions.tasks import answer, edit_task, extend
from bot.refusals import No
from storage.engine.database import Value
from storage.records import Part, Task, TaskView, Urgency
from storage.reminders import reminders
from storage.tasks import tasks, texts
from tests.actions.office import FRIDAY, Staffed, refused
from tests.rules.task import WORKDAYS, office

NOW = office(7, 15)
LATER = (*WORKDAYS.due(date(2026, 12, 18)), False)
SOONER = (*WORKDAYS.due(date(2026, 12, 9)), False)


async def view(at_work: Staffed) -> TaskView:
    seen = await tasks.view(at_work.db, 1)
    assert seen is not None
    return seen


async def fields(
    at_work: Staffed, name: str, columns: Mapping[str, Value], reason: str = ""
) -> Task:
    return await edit_task.fields(
        at_work.office, at_work.who[name], 1, None, columns, NOW, at_work.update(), reason=reason
    )


async def last_facts(at_work: Staffed) -> dict[str, object]:
    past = await find.history(at_work.office, at_work.who["leader"], 1)
    assert past[-1].kind == "task.edit"
    facts: dict[str, object] = past[-1].facts
    return facts


@pytest.mark.parametrize(
    ("name", "value"),
    [("product", "Tờ trình"), ("urgency", Urgency.FLASH), ("evidence", "file")],
)
async def test_a_field_with_few_values(at_work: Staffed, name: str, value: str) -> None:
    task = await at_work.assign()
    old, last = getattr(task, name), await at_work.last_said()
    done = await fields(at_work, "leader", {name: value})
    assert (getattr(done, name), done.version, done.status) == (value, 2, task.status)
    assert await last_facts(at_work) == {"changes": {name: [old, value]}}
    assert await at_work.outbox(last) == [("card.refresh", "staff")]


async def test_a_new_title_is_found_and_the_old_one_kept(at_work: Staffed) -> None:
    await at_work.assign(title="Soạn báo cáo quý")
    await fields(at_work, "leader", {"title": "Rà soát hồ sơ đảng viên"})
    found, total = await search.by_words(
        at_work.office, at_work.who["leader"], "ho so dang vien", NOW
    )
    assert (total, found[0].id) == (1, 1)
    assert (await search.by_words(at_work.office, at_work.who["leader"], "bao cao quy", NOW))[
        1
    ] == 0
    changes = (await last_facts(at_work))["changes"]
    assert isinstance(changes, dict)
    bodies = [await texts.body(at_work.db, one) for one in changes["title"]]
    assert bodies == ["Soạn báo cáo quý", "Rà soát hồ sơ đảng viên"]


@pytest.mark.parametrize("deadline", [LATER, SOONER])
async def test_a_deadline_is_changed_not_extended(
    at_work: Staffed, deadline: tuple[datetime, datetime, bool]
) -> None:
    before = await at_work.assign()
    last = await at_work.last_said()
    done = await fields(at_work, "leader", edit_task.due(deadline), "lùi cuộc họp")
    assert (done.due_at, done.late_from) == deadline[:2]
    assert (done.first_due_at, done.extensions) == (before.due_at, 0)
    assert await at_work.outbox(last) == [("task.deadline", "staff")]
    rungs = [one for one in await reminders.of_task(at_work.db, 1) if one.outcome is None]
    assert deadline[0] in [one.since for one in rungs if one.rung == "due"]
    assert before.due_at not in [one.since for one in rungs]
    past = await find.history(at_work.office, at_work.who["leader"], 1)
    assert past[-1].text == "lùi cuộc họp"
    assert before.due_at is not None
    assert past[-1].facts["changes"] == {
        "due_at": [before.due_at.isoformat(), deadline[0].isoformat()]
    }


async def test_a_deadline_is_taken_away_and_set_anew(at_work: Staffed) -> None:
    await at_work.assign()
    done = await fields(at_work, "leader", edit_task.due(None))
    assert (done.due_at, done.late_from, done.has_clock) == (None, None, False)
    ahead = [one for one in await reminders.of_task(at_work.db, 1) if one.outcome is None]
    assert {one.rung for one in ahead} == {"receive", "stale"}
    done = await fields(at_work, "leader", edit_task.due(LATER))
    assert done.due_at == LATER[0]


async def test_people_are_added_and_left_out(at_work: Staffed) -> None:
    await at_work.assign()
    last = await at_work.last_said()
    leader = at_work.who["leader"]
    words = "đồng chí Ông Thị Ngọc Trầm, đồng chí Mạc Thiên Ân"
    await edit_task.add(at_work.office, leader, 1, words, Part.SUPPORT, NOW, at_work.update())
    assert (await view(at_work)).people_in(Part.SUPPORT) == [at_work.ids["mate"]]
    assert await at_work.outbox(last) == [("task.assigned", "mate"), ("card.refresh", "staff")]
    last = await at_work.last_said()
    seen, mate = await view(at_work), at_work.ids["mate"]
    await edit_task.drop(at_work.office, leader, 1, seen.version, mate, NOW, at_work.update())
    assert (await view(at_work)).others == ()
    assert await at_work.outbox(last) == [("task.released", "mate"), ("card.refresh", "staff")]
    assert (await last_facts(at_work)) == {"removed": [mate]}


async def test_everybody_concerned_sees_the_new_card(at_work: Staffed) -> None:
    await at_work.assign(by="head")
    head = at_work.who["head"]
    await edit_task.add(
        at_work.office, head, 1, "đồng chí Ông Thị Ngọc Trầm", Part.FOLLOW, NOW, at_work.update()
    )
    last = await at_work.last_said()
    await fields(at_work, "leader", {"product": "Báo cáo"})
    told = await at_work.outbox(last)
    assert sorted(told) == [(("card.refresh"), who) for who in ("head", "mate", "staff")]


@pytest.mark.parametrize("name", ["leader", "deputy"])
async def test_who_may(at_work: Staffed, name: str) -> None:
    await at_work.assign()
    assert (await fields(at_work, name, {"product": "Báo cáo"})).product == "Báo cáo"


@pytest.mark.parametrize("name", ["staff", "head", "mate", "other", "other_head", "admin"])
async def test_who_may_not(at_work: Staffed, name: str) -> None:
    await at_work.assign()
    await refused(No.NOT_ALLOWED, at_work, fields(at_work, name, {"product": "Báo cáo"}))
    words = "đồng chí Ông Thị Ngọc Trầm"
    added = edit_task.add(
        at_work.office, at_work.who[name], 1, words, Part.SUPPORT, NOW, at_work.update()
    )
    await refused(No.NOT_ALLOWED, at_work, added)


async def test_what_is_refused(at_work: Staffed) -> None:
    await at_work.assign(due=FRIDAY)
    same = WORKDAYS.due(FRIDAY)
    await refused(No.SAME, at_work, fields(at_work, "leader", edit_task.due((*same, False))))
    await refused(No.EMPTY, at_work, fields(at_work, "leader", {"title": "  "}))
    await refused(No.TOO_LONG, at_work, fields(at_work, "leader", {"title": "x" * 501}))
    past = (*WORKDAYS.due(date(2026, 12, 4)), False)
    await refused(No.DEADLINE_PAST, at_work, fields(at_work, "leader", edit_task.due(past)))
    who = at_work.who["leader"]
    for words, kind in (("ai đó", No.NO_PERSON_READ), ("đồng chí Mạc Thiên Ân", No.SAME)):
        added = edit_task.add(at_work.office, who, 1, words, Part.SUPPORT, NOW, at_work.update())
        await refused(kind, at_work, added)
    stale = edit_task.fields(
        at_work.office, who, 1, 9, {"product": "Báo cáo"}, NOW, at_work.update()
    )
    await refused(No.STALE, at_work, stale)
    nobody = edit_task.drop(at_work.office, who, 1, 1, at_work.ids["mate"], NOW, at_work.update())
    await refused(No.SAME, at_work, nobody)


async def test_a_request_is_decided_before_the_deadline_moves(at_work: Staffed) -> None:
    await at_work.assign()
    staff = at_work.who["staff"]
    await extend.request(at_work.office, staff, 1, "đến 25/12 vì bận", NOW, at_work.update())
    await refused(No.REQUEST_OPEN, at_work, fields(at_work, "leader", edit_task.due(LATER)))
    assert (await fields(at_work, "leader", {"product": "Báo cáo"})).product == "Báo cáo"


async def test_it_is_done_once(at_work: Staffed) -> None:
    await at_work.assign()
    key, who = at_work.update(), at_work.who["leader"]
    await edit_task.fields(at_work.office, who, 1, 1, {"product": "Báo cáo"}, NOW, key)
    again = edit_task.fields(at_work.office, who, 1, 2, {"product": "Kế hoạch"}, NOW, key)
    await refused(No.ALREADY_DONE, at_work, again)


async def test_it_can_be_taken_back(at_work: Staffed) -> None:
    await at_work.assign()
    before = await view(at_work)
    await answer.receive(at_work.office, at_work.who["staff"], 1, 1, NOW, at_work.update())
    who = at_work.who["leader"]
    for step in (
        fields(at_work, "leader", edit_task.due(LATER)),
        fields(at_work, "leader", {"title": "Rà soát hồ sơ"}),
        edit_task.add(
            at_work.office, who, 1, "đồng chí Ông Thị Ngọc Trầm", Part.SUPPORT, NOW,
            at_work.update(),
        ),
    ):  # fmt: skip
        done = await step
        await undo.undo(at_work.office, who, 1, done.version, NOW, at_work.update())
    after = await view(at_work)
    assert (after.title, after.due_at, after.others) == (before.title, before.due_at, ())
    assert (await search.by_words(at_work.office, who, "bao cao quy", NOW))[1] == 1
