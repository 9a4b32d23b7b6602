"""A body outside the office leads: whoever follows it does what a lead does, and somebody always does."""

from collections.abc import Awaitable, Callable

import pytest

from bot.actions.organisation import hand_over_all
from bot.actions.tasks import answer, edit_task, figure_correction
from bot.refusals import No
from storage.records import Part, Task
from storage.tasks import tasks
from tests.actions.office import Staffed, refused
from tests.actions.test_meanwhile import WORDS, led_outside
from tests.rules.task import office

NOW = office(9)


async def followers(at_work: Staffed, task: Task) -> list[int]:
    view = await tasks.view(at_work.db, task.id)
    assert view is not None
    return view.people_in(Part.FOLLOW)


async def test_the_only_one_who_follows_it_stays(at_work: Staffed) -> None:
    task, here, leader = await led_outside(at_work), at_work.office, at_work.who["leader"]
    alone = edit_task.drop(here, leader, task.id, task.version, at_work.ids["staff"], NOW, None)
    await refused(No.LAST_FOLLOWER, at_work, alone)
    more = await edit_task.add(here, leader, task.id, "Trầm", Part.FOLLOW, NOW, None)
    await edit_task.drop(here, leader, task.id, more.version, at_work.ids["staff"], NOW, None)
    assert await followers(at_work, task) == [at_work.ids["mate"]]


async def test_who_supports_it_can_be_let_go(at_work: Staffed) -> None:
    task, here, leader = await led_outside(at_work), at_work.office, at_work.who["leader"]
    more = await edit_task.add(here, leader, task.id, "Trầm", Part.SUPPORT, NOW, None)
    await edit_task.drop(here, leader, task.id, more.version, at_work.ids["mate"], NOW, None)
    assert await followers(at_work, task) == [at_work.ids["staff"]]


@pytest.mark.parametrize("decide", [figure_correction.grant, figure_correction.refuse])
async def test_who_follows_it_hears_what_came_of_a_correction(
    at_work: Staffed, decide: Callable[..., Awaitable[Task]]
) -> None:
    task, here, who = await led_outside(at_work), at_work.office, at_work.who
    await answer.submit(here, who["staff"], task.id, "Xong", None, office(14, 8), None)
    asked = await figure_correction.request(
        here, who["deputy"], task.id, WORDS, office(14, 9), None
    )
    said = await at_work.last_said()
    await decide(here, who["leader"], task.id, asked.version, office(14, 10), None)
    kind = "granted" if decide is figure_correction.grant else "refused"
    heard = {who for kind_, who in await at_work.outbox(said) if kind_ == f"correction.{kind}"}
    assert heard == {"staff", "deputy"}


async def hand(at_work: Staffed, from_: str, to: str) -> None:
    here, admin, ids = at_work.office, at_work.who["admin"], at_work.ids
    await hand_over_all.hand_all(here, admin, ids[from_], ids[to], NOW, None)


async def test_handed_on_to_who_supports_it_they_follow_it(at_work: Staffed) -> None:
    task, here, leader = await led_outside(at_work), at_work.office, at_work.who["leader"]
    await edit_task.add(here, leader, task.id, "Trầm", Part.SUPPORT, NOW, None)
    await hand(at_work, "staff", "mate")
    assert await followers(at_work, task) == [at_work.ids["mate"]]
    view = await tasks.view(at_work.db, task.id)
    assert view is not None
    assert view.people_in(Part.SUPPORT) == []


async def test_who_supports_it_hands_on_to_who_follows_it(at_work: Staffed) -> None:
    task, here, leader = await led_outside(at_work), at_work.office, at_work.who["leader"]
    await edit_task.add(here, leader, task.id, "Trầm", Part.SUPPORT, NOW, None)
    await hand(at_work, "mate", "staff")
    assert await followers(at_work, task) == [at_work.ids["staff"]]
