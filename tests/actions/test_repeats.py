"""Stale cards, double presses, repeated updates and two people at once: each thing is done once."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.actions import dialogs
from bot.actions.assigning import assign, edit_draft
from bot.actions.chat_places import Place
from bot.actions.tasks import answer, extend, review
from bot.language.readings import Kind, Reading
from bot.refusals import No, Refusal
from bot.rules.tasks.lifecycle import Move
from storage.history.chain import verify
from storage.records import Status, UpdateKey
from tests.actions.office import Staffed, refused
from tests.rules.task import WORKDAYS, office

NOW = office(9)
Action = Callable[[Staffed, int, int, UpdateKey], Awaitable[object]]


async def handed_in(at_work: Staffed) -> tuple[int, int]:
    task = await at_work.assign()
    done = await answer.submit(
        at_work.office, at_work.who["staff"], task.id, "Xong", None, office(8), at_work.update()
    )
    return done.id, done.version


async def asked_for_more(at_work: Staffed) -> tuple[int, int]:
    task = await at_work.assign()
    asked = await extend.request(
        at_work.office, at_work.who["staff"], task.id, "đến 25/12 vì bận", office(8),
        at_work.update(),
    )  # fmt: skip
    return asked.id, asked.version


async def new(at_work: Staffed) -> tuple[int, int]:
    task = await at_work.assign()
    return task.id, task.version


ACTIONS: dict[str, tuple[Callable[[Staffed], Awaitable[tuple[int, int]]], Action]] = {
    "receive": (
        new,
        lambda at, n, v, key: answer.receive(at.office, at.who["staff"], n, v, NOW, key),
    ),
    "progress": (
        new,
        lambda at, n, v, key: answer.progress(at.office, at.who["staff"], n, "50% ổn", NOW, key),
    ),
    "block": (
        new,
        lambda at, n, v, key: answer.block(at.office, at.who["staff"], n, "Vướng", NOW, key),
    ),
    "submit": (
        new,
        lambda at, n, v, key: answer.submit(at.office, at.who["staff"], n, "Xong", None, NOW, key),
    ),
    "request": (
        new,
        lambda at, n, v, key: extend.request(
            at.office, at.who["staff"], n, "đến 25/12 vì bận", NOW, key
        ),
    ),
    "cancel": (
        new,
        lambda at, n, v, key: review.cancel(at.office, at.who["leader"], n, "Thôi", NOW, key),
    ),
    "accept": (
        handed_in,
        lambda at, n, v, key: review.accept(at.office, at.who["leader"], n, v, NOW, key),
    ),
    "return": (
        handed_in,
        lambda at, n, v, key: review.return_result(
            at.office, at.who["leader"], n, "Thiếu", NOW, key
        ),
    ),
    "grant": (
        asked_for_more,
        lambda at, n, v, key: extend.grant(at.office, at.who["leader"], n, v, NOW, key),
    ),
    "refuse": (
        asked_for_more,
        lambda at, n, v, key: extend.refuse(at.office, at.who["leader"], n, v, NOW, key),
    ),
}
BY_CARD = ["receive", "accept", "grant", "refuse"]


@pytest.mark.parametrize("name", ACTIONS)
async def test_an_update_handled_twice_does_nothing_twice(at_work: Staffed, name: str) -> None:
    before, action = ACTIONS[name]
    number, version = await before(at_work)
    key = at_work.update()
    await action(at_work, number, version, key)
    assert await dialogs.was_applied(at_work.office, key)
    await refused(No.ALREADY_DONE, at_work, action(at_work, number, version, key))


@pytest.mark.parametrize("name", BY_CARD)
async def test_a_second_press_on_the_same_card(at_work: Staffed, name: str) -> None:
    before, action = ACTIONS[name]
    number, version = await before(at_work)
    await action(at_work, number, version, at_work.update())
    await refused(No.STALE, at_work, action(at_work, number, version, at_work.update()))


@pytest.mark.parametrize("name", BY_CARD)
async def test_a_card_from_before_somebody_elses_change(at_work: Staffed, name: str) -> None:
    before, action = ACTIONS[name]
    number, version = await before(at_work)
    for stale in (version - 1, version + 1, 0):
        await refused(No.STALE, at_work, action(at_work, number, stale, at_work.update()))


@pytest.mark.parametrize("name", ACTIONS)
async def test_one_update_at_two_replicas_at_once(at_work: Staffed, name: str) -> None:
    before, action = ACTIONS[name]
    number, version = await before(at_work)
    events = len(await at_work.history(number))
    key = at_work.update()
    ended = await asyncio.gather(
        *(action(at_work, number, version, key) for _ in range(4)), return_exceptions=True
    )
    assert [one.kind for one in ended if isinstance(one, Refusal)] == [No.ALREADY_DONE] * 3
    assert len(await at_work.history(number)) == events + 1


async def test_accept_and_return_at_once(at_work: Staffed) -> None:
    """Two who may decide press at the same moment: one of them is told that the card is old."""
    for _ in range(5):
        number, version = await handed_in(at_work)
        here = at_work.office
        first, second = await asyncio.gather(
            review.accept(here, at_work.who["leader"], number, version, NOW, at_work.update()),
            review.return_result(
                here, at_work.who["deputy"], number, "Thiếu", NOW, at_work.update()
            ),
            return_exceptions=True,
        )
        (lost,) = [one for one in (first, second) if isinstance(one, Refusal)]
        assert lost.kind in {No.STALE, No.WRONG_STATE}
        decided = [kind for kind, _ in await at_work.history(number)][2:]
        assert decided in (["task.accept"], ["task.return"])


async def test_ten_presses_at_once_accept_once(at_work: Staffed) -> None:
    number, version = await handed_in(at_work)
    said = await at_work.last_said()
    ended = await asyncio.gather(
        *(
            review.accept(
                at_work.office, at_work.who["leader"], number, version, NOW, at_work.update()
            )
            for _ in range(10)
        ),
        return_exceptions=True,
    )
    refusals = [one.kind for one in ended if isinstance(one, Refusal)]
    assert len(refusals) == 9
    assert set(refusals) <= {No.STALE, No.WRONG_STATE}
    assert await at_work.outbox(said) == [("task.accepted", "staff")]
    assert (await at_work.history(number)).count(("task.accept", "leader")) == 1


async def test_the_draft_card_pressed_twice_assigns_once(at_work: Staffed) -> None:
    here, who = at_work.office, at_work.who["leader"]
    reading = Reading(text="Rà soát", kind=Kind.ASSIGNMENT, title="Rà soát")
    [draft] = await assign.begin(here, who, Place(101), [reading], NOW, at_work.update())
    draft = await edit_draft.choose_lead(here, draft, at_work.ids["staff"], NOW, at_work.update())
    deadline = (*WORKDAYS.due(office(18).date()), False)
    old = draft
    draft = await edit_draft.choose_deadline(here, draft, deadline, NOW, at_work.update())
    await refused(
        No.STALE, at_work, edit_draft.choose_deadline(here, old, None, NOW, at_work.update())
    )
    ended = await asyncio.gather(
        *(
            assign.confirm(here, who, draft.id, draft.version, None, NOW, at_work.update())
            for _ in range(5)
        ),
        return_exceptions=True,
    )
    assert [one.kind for one in ended if isinstance(one, Refusal)] == [No.STALE] * 4
    assert len(await at_work.db.fetch("SELECT id FROM tasks")) == 1


async def test_a_dialog_asked_for_twice_or_from_an_old_card(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, staff = at_work.office, at_work.who["staff"]
    place, key = Place(104), at_work.update()
    await dialogs.ask(here, staff, place, task.id, 1, Move.SUBMIT, NOW, key)
    await refused(
        No.ALREADY_DONE,
        at_work,
        dialogs.ask(here, staff, place, task.id, 1, Move.SUBMIT, NOW, key),
    )
    await answer.receive(here, staff, task.id, 1, NOW, at_work.update())
    await refused(
        No.STALE,
        at_work,
        dialogs.ask(here, staff, place, task.id, 1, Move.BLOCK, NOW, at_work.update()),
    )


async def test_thirty_people_at_once_keep_the_history_whole(at_work: Staffed) -> None:
    tasks = [await at_work.assign(to=to) for to in ("staff", "mate", "clerk") for _ in range(4)]
    leads = ["staff"] * 4 + ["mate"] * 4 + ["clerk"] * 4
    here = at_work.office
    ended = await asyncio.gather(
        *(
            answer.progress(here, at_work.who[lead], task.id, f"{share}%", NOW, at_work.update())
            for task, lead in zip(tasks, leads, strict=True)
            for share in (20, 40)
        ),
        return_exceptions=True,
    )
    lost = [one for one in ended if isinstance(one, BaseException)]
    assert all(isinstance(one, Refusal) and one.kind is No.STALE for one in lost)
    assert await verify(at_work.db) is None
    rows = await at_work.db.fetch("SELECT * FROM tasks")
    assert {row["status"] for row in rows} == {Status.IN_PROGRESS}
    assert sum(row["version"] - 1 for row in rows) == len(ended) - len(lost)
