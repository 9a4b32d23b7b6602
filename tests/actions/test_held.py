"""Somebody leaves, or a deadline moves, between another's look and their writing: PostgreSQL has many writers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from bot.actions import assign, correct, edit, leave, on_behalf, support
from bot.actions.chats import Place
from bot.language.readings import BehalfReading, Kind, Reading
from bot.refusals import No, Refusal
from storage import parts, tasks
from storage.database import Database, Value
from storage.opening import open_database
from storage.records import Part, Task
from tests.actions.office import FRIDAY, MORNING, Staffed
from tests.rules.task import WORKDAYS, office

NOW = office(9)
LATE: dict[str, Value] = {"due_at": office(18, 17), "late_from": office(18, 17), "has_clock": True}
EARLY: dict[str, Value] = {"due_at": office(10, 17), "late_from": office(10, 17), "has_clock": True}
_WAITING = (
    "SELECT COUNT(DISTINCT pid) AS number FROM pg_locks"
    " JOIN pg_stat_activity USING (pid) WHERE NOT granted AND datname = current_database()"
)
Step = Callable[[], Awaitable[Any]]


@pytest.fixture
async def db(postgres_url: str) -> AsyncIterator[Database]:
    """PostgreSQL alone: SQLite has one writer."""
    opened = await open_database(postgres_url)
    yield opened
    await opened.close()


async def crossed(at_work: Staffed, table: str, number: int, first: Step, then: Step) -> list[Any]:
    """Take a second step while the first has looked and waits to write; return what was refused.

    The first waits because somebody else holds this row of a table.
    """
    async with at_work.db.transaction() as tx:
        await tx.fetch(f"SELECT id FROM {table} WHERE id = $1 FOR UPDATE", number)
        one = asyncio.ensure_future(first())
        await waiting(at_work.db, 1, one)
        other = asyncio.ensure_future(then())
        await waiting(at_work.db, 2, other)
    ended = await asyncio.gather(one, other, return_exceptions=True)
    for each in ended:
        if isinstance(each, BaseException) and not isinstance(each, Refusal):
            raise each
    return [each.kind if isinstance(each, Refusal) else None for each in ended]


async def waiting(db: Database, number: int, step: asyncio.Future[Any]) -> None:
    """Return once so many wait for a lock, or the step is over."""
    waits = 0
    while not step.done() and waits < number:
        [row] = await db.fetch(_WAITING)
        waits = row["number"]


def leaves(at_work: Staffed, name: str) -> Step:
    here, admin = at_work.office, at_work.who["admin"]
    return lambda: leave.end(here, admin, at_work.ids[name], NOW, None)


async def test_who_is_named_to_decide_does_not_leave_meanwhile(at_work: Staffed) -> None:
    task, leader = await at_work.assign(), at_work.who["leader"]
    decides: dict[str, Value] = {"decider_id": at_work.ids["deputy"]}
    ended = await crossed(
        at_work,
        *("tasks", task.id),
        lambda: edit.fields(at_work.office, leader, task.id, None, decides, NOW, None),
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
        *("tasks", task.id),
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
    draft = await correct.choose_lead(here, draft, ids["staff"], MORNING, None)
    due = (*WORKDAYS.due(FRIDAY, None), False)
    draft = await correct.choose_deadline(here, draft, due, MORNING, None)
    ended = await crossed(
        at_work,
        *("people", ids["staff"]),
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
    await edit.fields(here, leader, whole.id, None, LATE, NOW, None)

    def later() -> Awaitable[Task]:
        return edit.fields(here, leader, part.id, None, LATE, NOW, None)

    def earlier() -> Awaitable[Task]:
        return edit.fields(here, leader, whole.id, None, EARLY, NOW, None)

    await edit.fields(here, leader, part.id, None, EARLY, NOW, None)
    steps = [later, earlier] if part_first else [earlier, later]
    number = part.id if part_first else whole.id
    ended = await crossed(at_work, "tasks", number, steps[0], steps[1])
    assert sorted(map(str, ended)) in (["None", "part_later"], ["None", "past_parent"])
    both = await tasks.views(at_work.db, [whole.id, part.id])
    limit, late_from = (one.late_from for one in both)
    assert late_from is not None
    assert limit is not None
    assert late_from <= limit
