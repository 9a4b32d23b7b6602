"""Leaving: everything passed on at once, and nobody ends while anything would be orphaned."""

import asyncio
from datetime import date

import pytest

from bot.actions import find
from bot.actions.organisation import absence, hand_over_all, invite, leave, on_behalf, units
from bot.actions.organisation.absence import Wanted
from bot.actions.reminders import morning
from bot.actions.standpoint import standpoint
from bot.actions.tasks import answer, edit_task, extend, figure_correction, pause, review
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.history.chain import verify
from storage.organisation import people
from storage.records import Member, Part, Post, Role, Status
from storage.reporting import closed_counts
from storage.tasks import tasks
from tests.actions.mergers.test_mergers_at_once import absorbed, look, make
from tests.actions.office import Staffed, refused
from tests.actions.organisation.lost import LOST
from tests.actions.series import series_office as lives
from tests.rules.task import office

NOW = office(9)


async def hand(at_work: Staffed, from_: str, to: str, by: str = "admin") -> int:
    ids = at_work.ids
    return await hand_over_all.hand_all(
        at_work.office, at_work.who[by], ids[from_], ids[to], NOW, at_work.update()
    )


async def end(at_work: Staffed, name: str, by: str = "admin") -> None:
    await leave.end(at_work.office, at_work.who[by], at_work.ids[name], NOW, at_work.update())


async def held(at_work: Staffed, name: str) -> dict[str, int]:
    """Return what somebody has in hand, without what they have not."""
    shown = await leave.page(at_work.office, at_work.who["admin"], at_work.ids[name], NOW)
    return {key: count for key, count in shown.held.model_dump().items() if count}


async def who_now(at_work: Staffed, name: str) -> Standpoint:
    member = await people.member(at_work.db, at_work.ids[name])
    assert member is not None
    return await standpoint(at_work.db, member)


async def busy(at_work: Staffed) -> list[int]:
    """Give staff one task of each kind: led, handed in, paused, supported, followed, assigned, red."""
    here, who, ids = at_work.office, at_work.who, at_work.ids
    led, handed_in, paused = [await at_work.assign() for _ in range(3)]
    await answer.submit(here, who["staff"], handed_in.id, "Đã trình", None, NOW, None)
    await pause.pause(here, who["leader"], paused.id, "chờ", NOW, None)
    supported, followed = [await at_work.assign(to="mate") for _ in range(2)]
    await edit_task.add(here, who["leader"], supported.id, "Ân", Part.SUPPORT, NOW, None)
    await edit_task.add(here, who["leader"], followed.id, "Ân", Part.FOLLOW, NOW, None)
    own = await at_work.assign(by="staff", to="staff")
    red = await at_work.assign(to="mate")
    await edit_task.fields(
        here, who["leader"], red.id, None, {"decider_id": ids["staff"]}, NOW, None
    )
    return [one.id for one in (led, handed_in, paused, supported, followed, own, red)]


async def test_all_of_it_at_once_as_it_stands(at_work: Staffed) -> None:
    numbers = await busy(at_work)
    led, handed_in, paused, supported, followed, own, red = numbers
    here, who, ids = at_work.office, at_work.who, at_work.ids
    await extend.request(here, who["staff"], led, "đến 25/12 vì bận", NOW, None)
    assert await held(at_work, "staff") == {
        "leads": 4, "supports": 1, "follows": 1, "assigns": 1, "undoes": 1,
    }  # fmt: skip
    before = {one.id: one for one in await tasks.views(at_work.db, numbers)}
    said = await at_work.last_said()
    assert await hand(at_work, "staff", "clerk") == 7
    views = {one.id: one for one in await tasks.views(at_work.db, numbers)}
    clerk = ids["clerk"]
    assert {views[one].lead_id for one in (led, handed_in, paused, own)} == {clerk}
    assert [views[one].status for one in numbers] == [before[one].status for one in numbers]
    assert [views[one].due_at for one in numbers] == [before[one].due_at for one in numbers]
    assert views[handed_in].status is Status.SUBMITTED
    assert views[led].request_id == before[led].request_id
    assert views[supported].people_in(Part.SUPPORT) == [clerk]
    assert views[followed].people_in(Part.FOLLOW) == [clerk]
    assert (views[own].assigner_id, views[red].decider_id) == (clerk, clerk)
    assert await held(at_work, "staff") == {}
    for number in numbers:
        kind, actor = (await at_work.history(number))[-1]
        assert (kind, actor) == ("task.hand_over", "admin")
        assert views[number].version > before[number].version
    assert sorted(await at_work.outbox(said)) == [
        ("work.handed", "clerk"),
        ("work.passed", "leader"),
        ("work.passed", "mate"),
        ("work.taken", "staff"),
    ]
    last = (await find.history(here, await who_now(at_work, "clerk"), led))[-1]
    assert last.facts == {"from": ids["staff"], "to": clerk, "parts": ["lead"]}


async def test_the_tasks_go_on_with_the_new_one(at_work: Staffed) -> None:
    task = await at_work.assign()
    await hand(at_work, "staff", "mate", by="head")
    here, who = at_work.office, at_work.who
    await refused(No.NOT_FOUND, at_work, find.task(here, who["staff"], task.id))
    stale = answer.receive(here, who["mate"], task.id, task.version, NOW, at_work.update())
    await refused(No.STALE, at_work, stale)
    await answer.receive(here, who["mate"], task.id, task.version + 1, NOW, at_work.update())


async def test_nobody_decides_on_what_they_lead(at_work: Staffed) -> None:
    task = await at_work.assign(by="head", to="mate")
    await edit_task.fields(
        at_work.office, at_work.who["leader"], task.id, None,
        {"decider_id": at_work.ids["head"]}, NOW, None,
    )  # fmt: skip
    await hand(at_work, "head", "mate")
    [view] = await tasks.views(at_work.db, [task.id])
    assert view.assigner_id == view.decider_id == at_work.ids["deputy"]
    assert view.lead_id == at_work.ids["mate"]


async def test_two_parts_of_one_task_become_one(at_work: Staffed) -> None:
    task = await at_work.assign(to="mate")
    here, leader, ids = at_work.office, at_work.who["leader"], at_work.ids
    await edit_task.add(here, leader, task.id, "Ân", Part.SUPPORT, NOW, None)
    other = await at_work.assign()
    await edit_task.add(here, leader, other.id, "Trầm", Part.FOLLOW, NOW, None)
    third = await at_work.assign(to="clerk")
    await edit_task.add(here, leader, third.id, "Ân", Part.SUPPORT, NOW, None)
    await edit_task.add(here, leader, third.id, "Trầm", Part.FOLLOW, NOW, None)
    await hand(at_work, "staff", "mate")
    for number, part in ((task.id, Part.LEAD), (other.id, Part.LEAD), (third.id, Part.SUPPORT)):
        mine = [
            one for one in await tasks.parts(at_work.db, number) if one.person_id == ids["mate"]
        ]
        assert [one.part for one in mine] == [part]
    assert await held(at_work, "staff") == {}


async def test_of_a_group_another_member_decides(at_work: Staffed) -> None:
    here, who, ids = at_work.office, at_work.who, at_work.ids
    members = [ids["deputy"], ids["leader"]]
    group = await on_behalf.set_group(here, who["admin"], "Thường trực", members, NOW, None)
    task = await at_work.assign(by="deputy")
    async with at_work.db.transaction() as tx:
        await tx.execute("UPDATE tasks SET group_id = $1 WHERE id = $2", group.id, task.id)
    await hand(at_work, "deputy", "head")
    [view] = await tasks.views(at_work.db, [task.id])
    assert view.assigner_id == ids["leader"]


async def test_whoever_was_to_stand_in(at_work: Staffed) -> None:
    here, who, ids = at_work.office, at_work.who, at_work.ids
    asked = Wanted(ids["staff"], date(2026, 12, 9), date(2026, 12, 11), ids["mate"])
    made = await absence.enter(here, who["staff"], asked, NOW, None)
    assert await held(at_work, "mate") == {"stands_in": 1}
    with pytest.raises(Refusal) as caught:
        await end(at_work, "mate")
    assert caught.value.kind is No.WORK_LEFT
    assert await hand(at_work, "mate", "clerk") == 0
    after = await absence.one(here, who["staff"], made.id, NOW)
    assert after.deputy_id == ids["clerk"]
    await end(at_work, "mate")
    assert await hand(at_work, "clerk", "staff") == 0
    assert (await absence.one(here, who["staff"], made.id, NOW)).deputy_id is None


@pytest.mark.parametrize(
    ("by", "from_", "to"),
    [
        ("staff", "staff", "mate"),
        ("mate", "staff", "mate"),
        ("other_head", "staff", "mate"),
        ("head", "head", "mate"),
        ("head", "deputy", "mate"),
        ("head", "staff", "other"),
        ("admin", "staff", "admin"),
    ],
)
async def test_who_may_not_pass_on(at_work: Staffed, by: str, from_: str, to: str) -> None:
    await at_work.assign()
    ids = at_work.ids
    give = hand_over_all.hand_all(
        at_work.office, at_work.who[by], ids[from_], ids[to], NOW, at_work.update()
    )
    await refused(No.NOT_ALLOWED, at_work, give)


@pytest.mark.parametrize(
    ("by", "from_", "to"),
    [
        ("head", "staff", "head"),
        ("head", "clerk", "mate"),
        ("deputy", "head", "staff"),
        ("leader", "deputy", "head"),
        ("leader", "staff", "other"),
        ("admin", "leader", "deputy"),
    ],
)
async def test_who_may(at_work: Staffed, by: str, from_: str, to: str) -> None:
    await at_work.assign(to=from_)
    assert await hand(at_work, from_, to, by=by) == 1
    await end(at_work, from_, by=by)


async def test_passed_on_once(at_work: Staffed) -> None:
    await at_work.assign()
    here, head, ids, key = at_work.office, at_work.who["head"], at_work.ids, at_work.update()
    await hand_over_all.hand_all(here, head, ids["staff"], ids["mate"], NOW, key)
    again = hand_over_all.hand_all(here, head, ids["staff"], ids["mate"], NOW, key)
    await refused(No.ALREADY_DONE, at_work, again)
    nothing = hand_over_all.hand_all(here, head, ids["staff"], ids["mate"], NOW, at_work.update())
    await refused(No.SAME, at_work, nothing)
    own = hand_over_all.hand_all(here, head, ids["mate"], ids["mate"], NOW, at_work.update())
    await refused(No.SAME_PERSON, at_work, own)


@pytest.mark.parametrize("which", range(7))
async def test_refused_while_anything_is_left(at_work: Staffed, which: int) -> None:
    numbers = await busy(at_work)
    async with at_work.db.transaction() as tx:
        for number in numbers[:which] + numbers[which + 1 :]:
            await tx.execute(
                "UPDATE tasks SET status = 'cancelled', closed_at = $2 WHERE id = $1", number, NOW
            )
    refusal = await refused(
        No.WORK_LEFT,
        at_work,
        leave.end(at_work.office, at_work.who["head"], at_work.ids["staff"], NOW, at_work.update()),
    )
    assert not refusal.facts["held"].is_empty  # type: ignore[attr-defined]


async def test_a_former_is_a_stranger_from_that_moment_on(at_work: Staffed) -> None:
    task = await at_work.assign()
    await at_work.assign(to="mate", title="Việc khác")
    here, who, ids = at_work.office, at_work.who, at_work.ids
    code = await invite.create(at_work.db, await _member(at_work, "admin"), ids["staff"], NOW, 7)
    await hand(at_work, "staff", "mate")
    await end(at_work, "staff", by="head")
    assert await here.known(101 + list(ids).index("staff"), NOW) is None
    assert await here.person(ids["staff"], NOW) is None
    assert ids["staff"] not in (await here.roster()).by_key
    with pytest.raises(Refusal) as caught:
        await invite.accept(at_work.db, code, 999, None, NOW)
    assert caught.value.kind is No.BAD_INVITATION
    async with at_work.db.transaction() as tx:
        waiting = await tx.fetch(
            "SELECT id FROM outbox WHERE person_id = $1 AND state IN ('waiting', 'unreachable')",
            ids["staff"],
        )
    assert waiting == []
    late = answer.receive(here, who["staff"], task.id, None, NOW, at_work.update())  # type: ignore[arg-type]
    await refused(No.STRANGER, at_work, late)
    past = await find.history(here, who["leader"], task.id)
    assert (await find.names(here, past))[ids["staff"]] == "Mạc Thiên Ân"
    again = leave.end(here, who["head"], ids["staff"], NOW, at_work.update())
    await refused(No.NOT_ALLOWED, at_work, again)


async def _member(at_work: Staffed, name: str) -> Member:
    member = await people.member(at_work.db, at_work.ids[name])
    assert member is not None
    return member


async def test_the_last_admin_stays(at_work: Staffed) -> None:
    here, admin, ids = at_work.office, at_work.who["admin"], at_work.ids
    last = leave.end(here, admin, ids["admin"], NOW, at_work.update())
    await refused(No.LAST_ADMIN, at_work, last)
    for name in ("head", "leader"):
        other = leave.end(here, at_work.who[name], ids["admin"], NOW, at_work.update())
        await refused(No.NOT_ALLOWED, at_work, other)
    async with at_work.db.transaction() as tx:
        await people.give_role(tx, ids["other"], None, Role.ADMIN, NOW)
    await leave.end(here, admin, ids["admin"], NOW, at_work.update())
    assert await people.has_left(at_work.db, ids["admin"])


@pytest.mark.parametrize("by", ["staff", "mate", "clerk", "other_head"])
async def test_who_may_not_end(at_work: Staffed, by: str) -> None:
    go = leave.end(at_work.office, at_work.who[by], at_work.ids["staff"], NOW, at_work.update())
    await refused(No.NOT_ALLOWED, at_work, go)
    with pytest.raises(Refusal):
        await leave.page(at_work.office, at_work.who[by], at_work.ids["staff"], NOW)


async def test_a_task_given_meanwhile_keeps_them(at_work: Staffed) -> None:
    """Whichever is first, nobody is left with a task who is not there."""
    for _ in range(5):
        tries = [
            at_work.assign(),
            leave.end(
                at_work.office, at_work.who["head"], at_work.ids["staff"], NOW, at_work.update()
            ),
        ]
        await asyncio.gather(*tries, return_exceptions=True)
        orphans = await at_work.db.fetch(
            "SELECT tp.task_id FROM task_people tp JOIN people p ON p.id = tp.person_id"
            " WHERE tp.until_at IS NULL AND p.ended_at IS NOT NULL"
        )
        assert orphans == []


async def test_what_comes_back_goes_on_with_the_new_one(at_work: Staffed) -> None:
    first = await lives.begun(at_work)
    assert await held(at_work, "staff") == {"leads": 1, "series": 1}
    assert await held(at_work, "leader") == {"assigns": 1, "series": 1}
    async with at_work.db.transaction() as tx:
        await tx.execute(
            "UPDATE tasks SET status = 'cancelled', closed_at = $2 WHERE id = $1", first.id, NOW
        )
    go = leave.end(
        at_work.office, at_work.who["admin"], at_work.ids["staff"], NOW, at_work.update()
    )
    await refused(No.WORK_LEFT, at_work, go)
    assert await hand(at_work, "staff", "clerk") == 0
    await end(at_work, "staff")
    [second] = await lives.look(at_work, date(2027, 1, 11))
    assert second.lead_id == at_work.ids["clerk"]


async def test_an_admin_takes_a_former_in_again(at_work: Staffed) -> None:
    task = await at_work.assign()
    await hand(at_work, "staff", "mate")
    await end(at_work, "staff", by="head")
    here, who, ids = at_work.office, at_work.who, at_work.ids
    [former] = await leave.formers(here, who["admin"], "ân")
    assert former.id == ids["staff"]
    assert await leave.formers(here, who["head"], "ân") == []
    for by in ("head", "leader", "staff"):
        back = leave.take_back(here, who[by], ids["staff"], NOW, at_work.update())
        await refused(No.NOT_ALLOWED, at_work, back)
    await leave.take_back(here, who["admin"], ids["staff"], NOW, at_work.update())
    known = await here.known(104, NOW)
    assert known is not None
    assert (known.member.id, known.member.unit_id) == (ids["staff"], at_work.units["th"])
    [view] = await tasks.views(at_work.db, [task.id])
    assert view.lead_id == ids["mate"]
    again = leave.take_back(here, who["admin"], ids["staff"], NOW, at_work.update())
    await refused(No.STALE, at_work, again)


async def test_who_comes_back_to_a_unit_that_is_no_more(at_work: Staffed) -> None:
    """They are staff of what took it over, twice over if need be, and can be given work there."""
    here, who, ids = at_work.office, at_work.who, at_work.ids
    await end(at_work, "clerk")
    for unit, into in (("data", "th"), ("th", "qt")):
        wish = absorbed(at_work, unit, into)
        await make(at_work, wish, await look(at_work, wish))
    assert not await leave.take_back(here, who["admin"], ids["clerk"], NOW, at_work.update())
    known = await here.known(106, NOW)
    assert known is not None
    assert known.member.roles == (Post(role=Role.STAFF, unit_id=at_work.units["qt"]),)
    await at_work.assign(to="clerk")
    assert await at_work.db.fetch(LOST) == []
    assert await verify(at_work.db) is None


async def test_who_comes_back_where_another_heads_by_now(at_work: Staffed) -> None:
    here, who, ids, th = at_work.office, at_work.who, at_work.ids, at_work.units["th"]
    await end(at_work, "head")
    await units.let_head(here, who["admin"], th, ids["mate"], NOW, at_work.update())
    assert not await leave.take_back(here, who["admin"], ids["head"], NOW, at_work.update())
    assert await people.heads_of(at_work.db, th) == [ids["mate"]]
    back = await people.member(at_work.db, ids["head"])
    assert back is not None
    assert back.roles == (Post(role=Role.STAFF, unit_id=th),)


@pytest.mark.parametrize("to", ["mate", "other"])
async def test_what_is_counted_of_a_person_goes_with_a_task_under_correction(
    at_work: Staffed, to: str
) -> None:
    here, who = at_work.office, at_work.who
    task = await at_work.assign()
    task = await answer.submit(here, who["staff"], task.id, "Xong", None, office(8), None)
    task = await review.accept(here, who["leader"], task.id, task.version, NOW, None)
    words = "ngày nộp 07/12 vì đã gửi bản giấy"
    await figure_correction.request(here, who["staff"], task.id, words, NOW, None)
    await hand(at_work, "staff", to)
    assert await closed_counts.wrong(at_work.db) == 0


async def test_a_result_handed_to_who_waits_for_it_is_accepted_by_those_above(
    at_work: Staffed,
) -> None:
    """Nobody accepts what they lead: it would have stayed handed in for ever."""
    here, who = at_work.office, at_work.who
    task = await at_work.assign(by="head")
    await answer.submit(here, who["staff"], task.id, "Xong", None, office(8), None)
    going_on = await at_work.assign(by="head")
    said = await at_work.last_said()
    await hand(at_work, "staff", "head")
    views = await tasks.views(at_work.db, [task.id, going_on.id])
    ids = at_work.ids
    assert [(one.lead_id, one.assigner_id) for one in views] == [
        (ids["head"], ids["deputy"]),
        (ids["head"], ids["head"]),
    ]
    assert ("work.passed", "deputy") in await at_work.outbox(said)
    found = await morning.morning(here, who["deputy"], office(10))
    assert [one.id for one in found.decisions] == [task.id]
    await review.accept(here, who["deputy"], task.id, views[0].version, office(10), None)
