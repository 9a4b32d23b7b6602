"""The last step of one's own is taken back whole, by its maker alone, for half a minute."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from bot.actions import find
from bot.actions.assigning import assign
from bot.actions.chat_places import Card
from bot.actions.history import undo
from bot.actions.tasks import answer, extend, review
from bot.refusals import No, Refusal
from storage.records import Draft, Quality, Status, Task, TaskView, UpdateKey
from storage.reminders import reminders
from storage.tasks import tasks
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(7, 15)
SOON = NOW + timedelta(seconds=20)
Make = Callable[[Staffed, int, datetime], Awaitable[Task]]


async def view(at_work: Staffed, number: int = 1) -> TaskView:
    seen = await tasks.view(at_work.db, number)
    assert seen is not None
    return seen


async def new(at_work: Staffed) -> None:
    await at_work.assign()


async def blocked(at_work: Staffed) -> None:
    await at_work.assign()
    await MAKES["block"](at_work, 1, office(7, 10))


async def asked(at_work: Staffed) -> None:
    await at_work.assign()
    await MAKES["request_extension"](at_work, 1, office(7, 10))


async def handed_in(at_work: Staffed) -> None:
    await at_work.assign()
    await MAKES["submit"](at_work, 1, office(7, 10))


async def accepted(at_work: Staffed) -> None:
    await handed_in(at_work)
    await MAKES["accept"](at_work, 1, office(7, 11))


async def _grade(at_work: Staffed, number: int, at: datetime) -> Task:
    seen, who = await view(at_work, number), at_work.who["leader"]
    return await review.grade(
        at_work.office, who, number, seen.version, Quality.GOOD, at, at_work.update()
    )


def versioned(name: str, action: Callable[..., Awaitable[Task]]) -> Make:
    async def make(at_work: Staffed, number: int, at: datetime) -> Task:
        seen = await view(at_work, number)
        who = at_work.who[name]
        return await action(at_work.office, who, number, seen.version, at, at_work.update())

    return make


def worded(name: str, action: Callable[..., Awaitable[Task]], words: str) -> Make:
    async def make(at_work: Staffed, number: int, at: datetime) -> Task:
        return await action(at_work.office, at_work.who[name], number, words, at, at_work.update())

    return make


async def _submit(at_work: Staffed, number: int, at: datetime) -> Task:
    who = at_work.who["staff"]
    return await answer.submit(at_work.office, who, number, "Xong", None, at, at_work.update())


MAKES: dict[str, Make] = {
    "receive": versioned("staff", answer.receive),
    "progress": worded("staff", answer.progress, "50% đang soạn"),
    "block": worded("staff", answer.block, "Chưa có số liệu"),
    "unblock": versioned("staff", answer.unblock),
    "submit": _submit,
    "accept": versioned("leader", review.accept),
    "grade": _grade,
    "return": worded("leader", review.return_result, "Thiếu phụ lục"),
    "request_extension": worded("staff", extend.request, "đến 25/12 vì bận"),
    "grant_extension": versioned("leader", extend.grant),
    "refuse_extension": versioned("leader", extend.refuse),
    "cancel": worded("leader", review.cancel, "Không cần nữa"),
}
BEFORE = {
    "unblock": blocked,
    "accept": handed_in,
    "return": handed_in,
    "grade": accepted,
    "grant_extension": asked,
    "refuse_extension": asked,
}
MAKER = dict.fromkeys(
    ("accept", "return", "grade", "grant_extension", "refuse_extension", "cancel"), "leader"
)


async def take_back(
    at_work: Staffed, name: str, at: datetime = SOON, version: int | None = None
) -> undo.Undone:
    known = (await view(at_work)).version if version is None else version
    return await undo.undo(at_work.office, at_work.who[name], 1, known, at, at_work.update())


async def state(at_work: Staffed) -> object:
    """Return all of a task that a step may change, but for its version and its history.

    Whoever has it is not asked any more whether they do.
    """
    seen = (await view(at_work)).model_dump(exclude={"version"})
    rungs = [
        (one.rung, one.at)
        for one in await reminders.of_task(at_work.db, 1)
        if not one.outcome and (one.rung != "receive" or seen["status"] is Status.ASSIGNED)
    ]
    asked = await at_work.db.fetch(
        "SELECT id, state, decided_by, decided_at FROM requests WHERE state IN ('open', 'offered')"
    )
    return seen, sorted(rungs), [dict(row) for row in asked]


@pytest.mark.parametrize("kind", MAKES)
async def test_a_step_is_taken_back_whole(at_work: Staffed, kind: str) -> None:
    await BEFORE.get(kind, new)(at_work)
    before = await state(at_work)
    await MAKES[kind](at_work, 1, NOW)
    assert await state(at_work) != before
    maker = MAKER.get(kind, "staff")
    assert await undo.offered(at_work.office, at_work.who[maker], await view(at_work), SOON)
    await take_back(at_work, maker)
    assert await state(at_work) == before
    history = await at_work.history(1)
    assert history[-2:] == [(f"task.{kind}", maker), ("task.undo", maker)]
    assert not await undo.offered(at_work.office, at_work.who[maker], await view(at_work), SOON)


async def test_what_was_not_said_yet_is_withdrawn(at_work: Staffed) -> None:
    await at_work.assign()
    await MAKES["submit"](at_work, 1, NOW)
    await take_back(at_work, "staff")
    rows = await at_work.db.fetch(
        "SELECT state, error FROM outbox WHERE kind = 'task.submitted' ORDER BY id"
    )
    assert [(row["state"], row["error"]) for row in rows] == [("never", "undone")]
    assert ("task.undone", "leader") not in await at_work.outbox()


async def test_who_was_told_is_told(at_work: Staffed) -> None:
    await at_work.assign()
    await MAKES["submit"](at_work, 1, NOW)
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE outbox SET state = 'sent' WHERE kind = 'task.submitted'")
    last = await at_work.last_said()
    await take_back(at_work, "staff")
    assert await at_work.outbox(last) == [("card.refresh", "leader"), ("task.undone", "leader")]


async def test_a_message_that_is_being_sent_counts_as_said(at_work: Staffed) -> None:
    await at_work.assign()
    await MAKES["submit"](at_work, 1, NOW)
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE outbox SET lease_owner = 'one' WHERE kind = 'task.submitted'")
    last = await at_work.last_said()
    await take_back(at_work, "staff")
    assert await at_work.outbox(last) == [("card.refresh", "leader"), ("task.undone", "leader")]


async def test_an_assignment_goes_back_to_its_draft(at_work: Staffed) -> None:
    task = await at_work.assign(at=NOW, card=Card(101, None, 55))
    undone = await take_back(at_work, "leader")
    assert isinstance(undone.draft, Draft)
    assert (undone.draft.ended_at, undone.draft.task_id) == (None, None)
    assert (await view(at_work)).status is Status.CANCELLED
    assert not [one for one in await reminders.of_task(at_work.db, task.id) if not one.outcome]
    assert await find.shown_at(at_work.office, Card(101, None, 55)) is None
    again = await assign.confirm(
        at_work.office, at_work.who["leader"], undone.draft.id, undone.draft.version, None,
        SOON, at_work.update(),
    )  # fmt: skip
    assert (again.id, again.status) == (2, Status.ASSIGNED)


async def test_not_after_half_a_minute(at_work: Staffed) -> None:
    await at_work.assign()
    await MAKES["receive"](at_work, 1, NOW)
    late = NOW + undo.WITHIN + timedelta(seconds=1)
    assert not await undo.offered(at_work.office, at_work.who["staff"], await view(at_work), late)
    await refused(No.UNDO_LATE, at_work, take_back(at_work, "staff", late))


async def test_not_once_somebody_acted_on_it(at_work: Staffed) -> None:
    await at_work.assign()
    done = await MAKES["submit"](at_work, 1, NOW)
    await MAKES["return"](at_work, 1, NOW)
    await refused(No.ACTED_SINCE, at_work, take_back(at_work, "staff", version=done.version))
    await refused(No.ACTED_SINCE, at_work, take_back(at_work, "staff"))


async def test_only_its_maker(at_work: Staffed) -> None:
    await at_work.assign()
    await MAKES["receive"](at_work, 1, NOW)
    await refused(No.ACTED_SINCE, at_work, take_back(at_work, "leader"))
    await refused(No.NOT_FOUND, at_work, take_back(at_work, "other"))


async def test_what_cannot_be_undone_ends_what_could(at_work: Staffed) -> None:
    """A step that is none of the undoable ones leaves the one before behind it."""
    await at_work.assign()
    await MAKES["receive"](at_work, 1, NOW)
    async with at_work.db.transaction() as tx:
        await tasks.change(tx, 1, 2, {"percent": 5})
    await refused(No.ACTED_SINCE, at_work, take_back(at_work, "staff", version=2))


async def test_a_repeated_press_does_it_once(at_work: Staffed) -> None:
    await at_work.assign()
    done = await MAKES["receive"](at_work, 1, NOW)
    key = at_work.update()
    who = at_work.who["staff"]
    await undo.undo(at_work.office, who, 1, done.version, SOON, key)
    again = undo.undo(at_work.office, who, 1, done.version, SOON, key)
    await refused(No.ALREADY_DONE, at_work, again)


async def test_two_presses_at_once(at_work: Staffed) -> None:
    await at_work.assign()
    done = await MAKES["receive"](at_work, 1, NOW)
    both = await asyncio.gather(
        take_back(at_work, "staff", version=done.version),
        take_back(at_work, "staff", version=done.version),
        return_exceptions=True,
    )
    kinds = [one.kind for one in both if isinstance(one, Refusal)]
    assert kinds == [No.ACTED_SINCE]
    assert [kind for kind, _ in await at_work.history(1)].count("task.undo") == 1


@pytest.mark.parametrize("attempt", range(4))
async def test_undone_while_the_other_one_presses(at_work: Staffed, attempt: int) -> None:
    """One of them wins whole: the result is accepted, or it was never handed in."""
    await at_work.assign()
    done = await MAKES["submit"](at_work, 1, NOW)

    def key() -> UpdateKey:
        return at_work.update()

    accept = review.accept(at_work.office, at_work.who["leader"], 1, done.version, SOON, key())
    back = take_back(at_work, "staff", version=done.version)
    pair = (accept, back) if attempt % 2 else (back, accept)
    both = await asyncio.gather(*pair, return_exceptions=True)
    lost = [one for one in both if isinstance(one, Refusal)]
    assert len(lost) == 1
    seen = await view(at_work)
    if lost[0].kind is No.ACTED_SINCE:
        assert seen.status is Status.DONE
    else:
        assert seen.status is Status.ASSIGNED
        assert seen.submitted_at is None
