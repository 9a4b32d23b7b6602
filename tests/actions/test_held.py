"""Somebody leaves, or a deadline moves, between another's look and their writing: PostgreSQL has many writers."""

from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta

import pytest

from bot.actions.assigning import assign, edit_draft
from bot.actions.chat_places import Place
from bot.actions.history import undo
from bot.actions.organisation import leave, on_behalf
from bot.actions.tasks import answer, edit_task, review, support
from bot.language.readings import BehalfReading, Kind, Reading
from bot.refusals import No
from storage.engine.database import Database, Value
from storage.engine.opening import open_database
from storage.records import Part, Task
from storage.tasks import parts, tasks
from tests.actions.crossed import Step, crossed, row
from tests.actions.office import FRIDAY, MORNING, Staffed
from tests.rules.task import WORKDAYS, office

NOW = office(9)
LATE: dict[str, Value] = {"due_at": office(18, 17), "late_from": office(18, 17), "has_clock": True}
EARLY: dict[str, Value] = {"due_at": office(10, 17), "late_from": office(10, 17), "has_clock": True}


@pytest.fixture
async def db(postgres_url: str) -> AsyncIterator[Database]:
    """PostgreSQL alone: SQLite has one writer."""
    opened = await open_database(postgres_url)
    yield opened
    await opened.close()


def leaves(at_work: Staffed, name: str) -> Step:
    here, admin = at_work.office, at_work.who["admin"]
    return lambda: leave.end(here, admin, at_work.ids[name], NOW, None)


async def test_who_is_named_to_decide_does_not_leave_meanwhile(at_work: Staffed) -> None:
    task, leader = await at_work.assign(), at_work.who["leader"]
    decides: dict[str, Value] = {"decider_id": at_work.ids["deputy"]}
    ended = await crossed(
        at_work,
        row("tasks", task.id),
        lambda: edit_task.fields(at_work.office, leader, task.id, None, decides, NOW, None),
        leaves(at_work, "deputy"),
    )
    assert ended == [None, No.WORK_LEFT]


async def test_who_is_named_for_a_unit_does_not_leave_meanwhile(at_work: Staffed) -> None:
    task, here, who = await at_work.assign(), at_work.office, at_work.who
    qt = at_work.units["qt"]
    await at_work.db.run(lambda tx: parts.add_units(tx, task.id, [(qt, Part.SUPPORT)], NOW))
    named = at_work.ids["other"]
    ended = await crossed(
        at_work,
        row("tasks", task.id),
        lambda: support.name(here, who["other_head"], task.id, qt, named, NOW, None),
        leaves(at_work, "other"),
    )
    assert ended == [None, No.WORK_LEFT]


async def test_nothing_is_given_in_the_name_of_who_leaves_meanwhile(at_work: Staffed) -> None:
    here, who, ids = at_work.office, at_work.who, at_work.ids
    await on_behalf.give(here, who["deputy"], ids["mate"], ids["deputy"], None, MORNING, None)
    behalf = BehalfReading(person=ids["deputy"])
    reading = Reading(text="Soạn", kind=Kind.ASSIGNMENT, title="Soạn", behalf=behalf)
    [draft] = await assign.begin(here, who["mate"], Place(ids["mate"]), [reading], MORNING, None)
    draft = await edit_draft.choose_lead(here, draft, ids["staff"], MORNING, None)
    due = (*WORKDAYS.due(FRIDAY, None), False)
    draft = await edit_draft.choose_deadline(here, draft, due, MORNING, None)
    ended = await crossed(
        at_work,
        row("people", ids["staff"]),
        lambda: assign.confirm(here, who["mate"], draft.id, draft.version, None, MORNING, None),
        leaves(at_work, "deputy"),
    )
    assert ended == [No.PERSON_LEFT, None]


async def in_two(at_work: Staffed) -> tuple[Task, Task]:
    whole, part = await at_work.assign(to="head"), await at_work.assign(by="head")
    await at_work.db.run(
        lambda tx: tx.execute("UPDATE tasks SET parent_id = $1 WHERE id = $2", whole.id, part.id)
    )
    return whole, part


@pytest.mark.parametrize("part_first", [True, False])
async def test_a_part_stays_within_its_whole_when_both_are_moved(
    at_work: Staffed, part_first: bool
) -> None:
    whole, part = await in_two(at_work)
    here, leader = at_work.office, at_work.who["leader"]
    await edit_task.fields(here, leader, whole.id, None, LATE, NOW, None)

    def later() -> Awaitable[Task]:
        return edit_task.fields(here, leader, part.id, None, LATE, NOW, None)

    def earlier() -> Awaitable[Task]:
        return edit_task.fields(here, leader, whole.id, None, EARLY, NOW, None)

    await edit_task.fields(here, leader, part.id, None, EARLY, NOW, None)
    steps = [later, earlier] if part_first else [earlier, later]
    number = part.id if part_first else whole.id
    ended = await crossed(at_work, row("tasks", number), steps[0], steps[1])
    assert sorted(map(str, ended)) in (["None", "part_later"], ["None", "past_parent"])
    both = await tasks.views(at_work.db, [whole.id, part.id])
    limit, late_from = (one.late_from for one in both)
    assert late_from is not None
    assert limit is not None
    assert late_from <= limit


async def test_no_part_is_opened_again_while_its_whole_is_called_off(at_work: Staffed) -> None:
    whole, part = await in_two(at_work)
    here, who = at_work.office, at_work.who
    off = await review.cancel(here, who["head"], part.id, "Thôi", NOW, None)
    soon = NOW + timedelta(seconds=5)
    ended = await crossed(
        at_work,
        row("tasks", part.id),
        lambda: undo.undo(here, who["head"], part.id, off.version, soon, None),
        lambda: review.cancel(here, who["leader"], whole.id, "Thôi hết", soon, None),
    )
    assert ended == [No.ACTED_SINCE, None]


async def accepted(at_work: Staffed) -> Task:
    task, here, who = await at_work.assign(), at_work.office, at_work.who
    task = await answer.submit(here, who["staff"], task.id, "Xong", None, office(14, 8), None)
    return await review.accept(here, who["leader"], task.id, task.version, office(14, 9), None)


async def test_nothing_is_opened_again_while_its_lead_leaves(at_work: Staffed) -> None:
    done, here, leader = await accepted(at_work), at_work.office, at_work.who["leader"]
    soon = office(14, 9) + timedelta(seconds=5)
    ended = await crossed(
        at_work,
        row("tasks", done.id),
        lambda: undo.undo(here, leader, done.id, done.version, soon, None),
        leaves(at_work, "staff"),
    )
    assert ended == [None, No.WORK_LEFT]
