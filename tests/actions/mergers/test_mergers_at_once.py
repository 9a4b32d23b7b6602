"""Two who merge at the same moment, or one while others move people, assign and report: no work is lost."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.actions.history import undo
from bot.actions.mergers import merger as mergers
from bot.actions.mergers import undo as merger_undo
from bot.actions.mergers.preview import View
from bot.actions.organisation import leave, units
from bot.actions.tasks import answer, handover, review
from bot.refusals import No, Refusal
from bot.rules.mergers.wish import Kind, Wish
from storage.history.chain import verify
from storage.organisation import units as stored
from storage.records import Merger
from storage.tasks import tasks
from tests.actions.office import Staffed, refused
from tests.actions.organisation.lost import LOST
from tests.rules.task import office

NOW = office(9)


async def together(at_work: Staffed, *steps: Awaitable[Any]) -> list[No | None]:
    """Take all steps at once; return which were refused, and see that nothing is lost by them."""
    ended = await asyncio.gather(*steps, return_exceptions=True)
    for one in ended:
        if isinstance(one, BaseException) and not isinstance(one, Refusal):
            raise one
    assert await at_work.db.fetch(LOST) == []
    assert await verify(at_work.db) is None
    return [one.kind if isinstance(one, Refusal) else None for one in ended]


async def look(at_work: Staffed, wish: Wish) -> View:
    return await mergers.look(at_work.office, at_work.who["admin"], wish, NOW)


async def make(at_work: Staffed, wish: Wish, view: View) -> Merger:
    admin = at_work.who["admin"]
    return await mergers.make(at_work.office, admin, wish, view.seen.prints, NOW, at_work.update())


def united(at_work: Staffed, *names: str) -> Wish:
    return Wish(
        kind=Kind.UNITE,
        units=tuple(at_work.units[name] for name in names),
        name=f"Phòng {' '.join(names)}",
        head_id=at_work.ids["head"],
    )


def absorbed(at_work: Staffed, name: str, into: str) -> Wish:
    kind, head = Kind.ABSORB, at_work.ids["head"]
    return Wish(kind=kind, units=(at_work.units[name],), into_id=at_work.units[into], head_id=head)


async def test_of_two_mergers_that_share_a_unit_one_is_made(at_work: Staffed) -> None:
    task = await at_work.assign()
    wishes = [united(at_work, "th", "qt"), united(at_work, "data", "th")]
    views = [await look(at_work, wish) for wish in wishes]
    ended = await together(
        at_work, *(make(at_work, wish, view) for wish, view in zip(wishes, views, strict=True))
    )
    assert sorted(map(str, ended)) == ["None", "unit_gone"]
    [row] = await at_work.db.fetch("SELECT * FROM mergers")
    assert (await tasks.views(at_work.db, [task.id]))[0].unit_id == row["into_id"]


async def test_two_into_each_other_leave_one(at_work: Staffed) -> None:
    wishes = [absorbed(at_work, "th", "qt"), absorbed(at_work, "qt", "th")]
    views = [await look(at_work, wish) for wish in wishes]
    ended = await together(
        at_work, *(make(at_work, wish, view) for wish, view in zip(wishes, views, strict=True))
    )
    assert sorted(map(str, ended)) == ["None", "unit_gone"]
    living = {one.id for one in await stored.living(at_work.db)}
    assert len(living & {at_work.units["th"], at_work.units["qt"]}) == 1


@pytest.mark.parametrize("what", ["assign", "reassign", "move", "leave", "head"])
async def test_while_another_gives_work_or_moves_people(at_work: Staffed, what: str) -> None:
    task, admin = await at_work.assign(to="other"), at_work.who["admin"]
    here, ids, wish = at_work.office, at_work.ids, united(at_work, "th", "qt")
    view = await look(at_work, wish)
    moving = Wish(
        kind=Kind.MOVE,
        units=(at_work.units["th"],),
        into_id=at_work.units["top"],
        people=(ids["staff"],),
    )
    seen = await look(at_work, moving)
    steps: dict[str, Callable[[], Awaitable[Any]]] = {
        "assign": at_work.assign,
        "reassign": lambda: handover.reassign(
            here, at_work.who["leader"], task.id, task.version, ids["staff"], "", NOW, None
        ),
        "move": lambda: make(at_work, moving, seen),
        "leave": lambda: leave.end(here, admin, ids["mate"], NOW, None),
        "head": lambda: units.let_head(here, admin, at_work.units["th"], ids["mate"], NOW, None),
    }
    merging, other = await together(at_work, make(at_work, wish, view), steps[what]())
    assert merging in {None, No.MERGER_CHANGED}
    assert (merging, other).count(None) >= 1
    if merging is None and other is None:
        [row] = await at_work.db.fetch("SELECT into_id FROM mergers ORDER BY id LIMIT 1")
        open_ = await at_work.db.fetch("SELECT DISTINCT unit_id FROM tasks")
        assert [one["unit_id"] for one in open_] == [row["into_id"]]


async def test_while_all_of_its_tasks_are_reported_on(at_work: Staffed) -> None:
    made = [await at_work.assign(to=to) for to in ("staff", "mate", "other") for _ in range(4)]
    wish = united(at_work, "th", "qt")
    view = await look(at_work, wish)
    whose = ["staff", "mate", "other"]
    reports = [
        answer.progress(
            at_work.office, at_work.who[whose[n // 4]], one.id, f"{n}%", NOW, at_work.update()
        )
        for n, one in enumerate(made)
    ]
    ended = await together(at_work, *reports[:6], make(at_work, wish, view), *reports[6:])
    assert ended == [None] * 13
    views = await tasks.views(at_work.db, [one.id for one in made])
    assert [one.percent for one in views] == list(range(12))


async def test_undone_while_somebody_assigns_in_it(at_work: Staffed) -> None:
    await at_work.assign()
    wish = united(at_work, "th", "qt")
    merger = await make(at_work, wish, await look(at_work, wish))
    known = await at_work.office.person(at_work.ids["leader"], NOW)
    assert known is not None
    at_work.who["leader"] = known.who
    ended = await together(
        at_work,
        merger_undo.undo(at_work.office, at_work.who["admin"], merger.id, NOW, at_work.update()),
        at_work.assign(to="mate"),
    )
    assert ended in ([None, None], [No.MERGER_BUILT_ON, None])


async def test_nothing_of_before_a_merger_is_taken_back(at_work: Staffed) -> None:
    """It would be back in a unit that is no more."""
    task = await at_work.assign()
    here, leader = at_work.office, at_work.who["leader"]
    await answer.submit(here, at_work.who["staff"], task.id, "Đã trình", None, NOW, None)
    [view] = await tasks.views(at_work.db, [task.id])
    over = await review.accept(here, leader, task.id, view.version, NOW, None)
    [view] = await tasks.views(at_work.db, [task.id])
    assert await undo.offered(here, leader, view, NOW)
    wish = united(at_work, "th", "qt")
    await make(at_work, wish, await look(at_work, wish))
    [view] = await tasks.views(at_work.db, [task.id])
    assert not await undo.offered(here, leader, view, NOW)
    taken = undo.undo(here, leader, task.id, over.version, NOW, None)
    await refused(No.ACTED_SINCE, at_work, taken)
