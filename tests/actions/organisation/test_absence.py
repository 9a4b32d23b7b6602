"""Away: entered, changed, over; who may, who is told, once; who stands in does what the other may."""

import asyncio
from datetime import date

import pytest

from bot.actions import find
from bot.actions.mergers import merger
from bot.actions.organisation import absence, absence_news
from bot.actions.organisation import units as office_units
from bot.actions.organisation.absence import Wanted
from bot.actions.tasks import answer
from bot.refusals import No
from bot.rules.mergers.wish import Kind, Wish
from bot.rules.rights import Standpoint
from storage.history import audit
from storage.organisation import people, units
from storage.records import Absence, Role
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(7)
WED, FRI = date(2026, 12, 9), date(2026, 12, 11)


def wanted(
    at_work: Staffed,
    who: str = "staff",
    deputy: str | None = "mate",
    first: date = WED,
    last: date = FRI,
) -> Wanted:
    return Wanted(at_work.ids[who], first, last, at_work.ids[deputy] if deputy else None)


async def entered(at_work: Staffed, by: str = "staff", **words: object) -> Absence:
    asked = wanted(at_work, **words)  # type: ignore[arg-type]
    return await absence.enter(at_work.office, at_work.who[by], asked, NOW, at_work.update())


async def who_now(at_work: Staffed, name: str, day: int) -> Standpoint:
    known = await at_work.office.person(at_work.ids[name], office(day))
    assert known is not None
    return known.who


async def test_the_deputy_does_it_and_both_are_told_once(at_work: Staffed) -> None:
    task = await at_work.assign()
    made = await entered(at_work)
    here, said = at_work.office, await at_work.last_said()
    assert await absence_news.look(here, office(8)) == 0
    for _ in range(2):
        await asyncio.gather(*(absence_news.look(here, office(9)) for _ in range(3)))
    assert await at_work.outbox(said) == [("absence.begun", "mate")]
    mate = await who_now(at_work, "mate", 9)
    found = await absence_news.looked_after(here, made, mate.person_id, office(9))
    assert [one.id for one in found.tasks] == [task.id]
    await answer.receive(here, mate, task.id, task.version, office(9), at_work.update())
    last = (await find.history(here, mate, task.id))[-1]
    assert (last.kind, last.actor_id, last.facts["for"]) == (
        "task.receive",
        at_work.ids["mate"],
        at_work.ids["staff"],
    )
    said = await at_work.last_said()
    for _ in range(2):
        await asyncio.gather(*(absence_news.look(here, office(14)) for _ in range(3)))
    assert await at_work.outbox(said) == [("absence.over", "mate"), ("absence.back", "staff")]
    happened = await absence_news.happened(here, made)
    assert [event.kind for event in happened.past[task.id]] == ["task.receive"]
    await refused(
        No.NOT_FOUND, at_work, find.task(here, await who_now(at_work, "mate", 14), task.id)
    )


async def test_ended_early_by_oneself(at_work: Staffed) -> None:
    made = await entered(at_work)
    here, staff = at_work.office, at_work.who["staff"]
    await absence_news.look(here, office(9))
    said, key = await at_work.last_said(), at_work.update()
    await absence.end(here, staff, made.id, office(10, 20), key)
    assert (await who_now(at_work, "mate", 10)).stands_in_for == ()
    await absence_news.look(here, office(10, 20))
    assert await at_work.outbox(said) == [("absence.over", "mate"), ("absence.back", "staff")]
    await refused(No.ALREADY_DONE, at_work, absence.end(here, staff, made.id, NOW, key))
    await refused(No.STALE, at_work, absence.end(here, staff, made.id, NOW, at_work.update()))


async def test_dropped_before_it_begins_nobody_but_the_person_hears(at_work: Staffed) -> None:
    made = await entered(at_work, by="head")
    await absence.end(at_work.office, at_work.who["head"], made.id, office(8), at_work.update())
    for day in (9, 10, 14):
        await absence_news.look(at_work.office, office(day))
    assert await at_work.outbox() == [("absence.noted", "staff"), ("absence.noted", "staff")]


async def test_another_deputy_from_now_on(at_work: Staffed) -> None:
    made = await entered(at_work)
    here, staff = at_work.office, at_work.who["staff"]
    await absence_news.look(here, office(9))
    said = await at_work.last_said()
    asked = wanted(at_work, deputy="head", first=date(2026, 12, 10), last=date(2026, 12, 15))
    done = await absence.change(here, staff, made.id, asked, office(10), at_work.update())
    assert (done.from_day, done.until_day) == (WED, date(2026, 12, 15))
    await absence_news.look(here, office(10))
    assert await at_work.outbox(said) == [("absence.over", "mate"), ("absence.begun", "head")]
    again = absence.change(here, staff, made.id, asked, office(10), at_work.update())
    await refused(No.SAME, at_work, again)


async def test_longer_with_the_same_deputy_is_not_told_again(at_work: Staffed) -> None:
    made = await entered(at_work)
    await absence_news.look(at_work.office, office(9))
    said = await at_work.last_said()
    asked = wanted(at_work, last=date(2026, 12, 18))
    await absence.change(
        at_work.office, at_work.who["staff"], made.id, asked, office(9), at_work.update()
    )
    await absence_news.look(at_work.office, office(14))
    assert await at_work.outbox(said) == []


async def test_a_deputy_who_is_away_and_a_circle(at_work: Staffed) -> None:
    task = await at_work.assign()
    made = await entered(at_work)
    await entered(at_work, by="mate", who="mate", deputy="clerk", first=date(2026, 12, 10))
    here = at_work.office
    await absence_news.look(here, office(9))
    assert (await who_now(at_work, "mate", 9)).people[1:] == (at_work.ids["staff"],)
    await absence_news.look(here, office(10))
    clerk = await who_now(at_work, "clerk", 10)
    assert set(clerk.people[1:]) == {at_work.ids["staff"], at_work.ids["mate"]}
    second = (await absence.listed(here, at_work.who["mate"], office(10)))[-1][0]
    found = await absence_news.looked_after(here, second, clerk.person_id, office(10))
    assert [one.id for one in found.tasks] == [task.id]
    assert len(found.names) == 2
    await entered(at_work, by="clerk", who="clerk", deputy="staff", first=date(2026, 12, 10))
    head = await who_now(at_work, "head", 10)
    assert {at_work.ids[one] for one in ("staff", "mate", "clerk")} == set(head.people[1:])
    assert made.deputy_id == at_work.ids["mate"]


@pytest.mark.parametrize(
    ("by", "who", "deputy"),
    [
        ("mate", "staff", "mate"),
        ("other_head", "staff", "mate"),
        ("staff", "head", "staff"),
        ("head", "deputy", "mate"),
        ("admin", "staff", "admin"),
        ("clerk", "leader", "clerk"),
    ],
)
async def test_who_may_not(at_work: Staffed, by: str, who: str, deputy: str) -> None:
    asked = wanted(at_work, who, deputy)
    enter = absence.enter(at_work.office, at_work.who[by], asked, NOW, at_work.update())
    await refused(No.NOT_ALLOWED, at_work, enter)


@pytest.mark.parametrize("by", ["staff", "head", "deputy", "leader", "admin"])
async def test_who_may_enter_change_and_end(at_work: Staffed, by: str) -> None:
    made = await entered(at_work, by=by)
    here, who = at_work.office, at_work.who[by]
    asked = wanted(at_work, last=WED)
    await absence.change(here, who, made.id, asked, NOW, at_work.update())
    assert [one.id for one, mine in await absence.listed(here, who, NOW) if mine] == [made.id]
    for stranger in ("mate", "other_head", "clerk"):
        end = absence.end(here, at_work.who[stranger], made.id, NOW, at_work.update())
        await refused(No.NOT_FOUND, at_work, end)
        change = absence.change(here, at_work.who[stranger], made.id, asked, NOW, at_work.update())
        await refused(No.NOT_FOUND, at_work, change)
    [(_, mine)] = await absence.listed(here, at_work.who["mate"], NOW)
    assert not mine
    await absence.end(here, who, made.id, NOW, at_work.update())


async def test_days_and_deputies_that_cannot_be(at_work: Staffed) -> None:
    here, staff = at_work.office, at_work.who["staff"]
    await entered(at_work)

    async def no(kind: No, asked: Wanted) -> None:
        await refused(kind, at_work, absence.enter(here, staff, asked, NOW, at_work.update()))

    await no(No.AWAY_ALREADY, wanted(at_work, first=FRI, last=date(2026, 12, 20)))
    await no(No.AWAY_ALREADY, wanted(at_work, first=date(2026, 12, 8), last=date(2026, 12, 30)))
    await no(No.DAYS_PAST, wanted(at_work, first=date(2026, 12, 1), last=date(2026, 12, 4)))
    await no(No.DAYS_PAST, wanted(at_work, first=date(2026, 12, 22), last=date(2026, 12, 21)))
    first, last = date(2026, 12, 21), date(2026, 12, 22)
    await no(No.OWN_DEPUTY, wanted(at_work, deputy="staff", first=first, last=last))
    await no(No.DEPUTY_ELSEWHERE, wanted(at_work, deputy="admin", first=first, last=last))
    await no(No.PERSON_LEFT, Wanted(at_work.ids["staff"], first, last, 10**6))
    elsewhere = Wanted(at_work.ids["staff"], first, last, await _elsewhere(at_work))
    await no(No.DEPUTY_ELSEWHERE, elsewhere)


async def _elsewhere(at_work: Staffed) -> int:
    """Add somebody of another body and return their id."""
    async with at_work.db.transaction() as tx:
        unit_id = await units.insert(tx, "Đảng ủy xã", "dang uy xa", None, NOW)
        person_id = await people.insert(
            tx,
            name="Hồ Văn Bình",
            folded="ho van binh",
            position="",
            username=None,
            telegram_id=None,
            aliases=(),
            at=NOW,
        )
        await people.give_role(tx, person_id, unit_id, Role.STAFF, NOW)
        await audit.append(tx, NOW, "person.added", person_id=person_id)
    return person_id


async def test_who_will_be_away_again_later_is_named_once(at_work: Staffed) -> None:
    await entered(at_work)
    await entered(at_work, first=date(2026, 12, 21), last=date(2026, 12, 22))
    made = await entered(at_work, by="mate", who="mate", deputy="clerk")
    here, clerk = at_work.office, at_work.ids["clerk"]
    found = await absence_news.looked_after(here, made, clerk, office(9))
    assert sorted(found.names) == sorted({*found.names})
    assert len(found.names) == 2


async def test_two_who_stand_in_for_each_other_are_each_named_once_to_their_head(
    at_work: Staffed,
) -> None:
    both = [
        await entered(at_work),
        await entered(at_work, by="mate", who="mate", deputy="staff"),
    ]
    here, head, said = at_work.office, at_work.ids["head"], await at_work.last_said()
    await absence_news.look(here, office(9))
    assert await at_work.outbox(said) == [("absence.begun", "head")] * 2
    known = await people.names(at_work.db, [at_work.ids["staff"], at_work.ids["mate"]])
    for one in both:
        begun = await absence_news.get(here, one.id)
        assert begun is not None
        found = await absence_news.looked_after(here, begun, head, office(9))
        assert found.names == [known[one.person_id]]


async def test_twice_at_once_is_once(at_work: Staffed) -> None:
    here, staff = at_work.office, at_work.who["staff"]
    tries = [absence.enter(here, staff, wanted(at_work), NOW, at_work.update()) for _ in range(4)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, Absence) for one in done) == 1
    key = at_work.update()
    asked = wanted(at_work, first=date(2026, 12, 21), last=date(2026, 12, 22))
    await absence.enter(here, staff, asked, NOW, key)
    await refused(No.ALREADY_DONE, at_work, absence.enter(here, staff, asked, NOW, key))


async def test_on_a_day_off_nobody_is_told_until_morning(at_work: Staffed) -> None:
    saturday = date(2026, 12, 12)
    await entered(at_work, first=saturday, last=date(2026, 12, 15))
    said = await at_work.last_said()
    await absence_news.look(at_work.office, office(12))
    assert await at_work.outbox(said) == []
    assert (await who_now(at_work, "mate", 12)).people[1:] == (at_work.ids["staff"],)
    await absence_news.look(at_work.office, office(14))
    assert await at_work.outbox(said) == [("absence.begun", "mate")]


async def test_who_has_gone_to_another_body_stands_in_for_nobody_there(at_work: Staffed) -> None:
    """What one body works on is no other's to see; who is above stands in as if nobody was named."""
    task = await at_work.assign()
    await entered(at_work)
    assert (await who_now(at_work, "mate", 9)).people[1:] == (at_work.ids["staff"],)
    here, admin, mate = at_work.office, at_work.who["admin"], at_work.ids["mate"]
    body = await another_body(at_work, "Ban Dân vận")
    wish = Wish(
        kind=Kind.MOVE, units=(at_work.units["th"],), into_id=body, people=(mate,), work_stays=True
    )
    seen = await merger.look(here, admin, wish, office(9))
    await merger.make(here, admin, wish, seen.seen.prints, office(9), None)
    moved = await who_now(at_work, "mate", 9)
    assert moved.people == (mate,)
    await refused(No.NOT_FOUND, at_work, find.task(here, moved, task.id))
    assert (await who_now(at_work, "head", 9)).people[1:] == (at_work.ids["staff"],)


async def another_body(at_work: Staffed, name: str) -> int:
    """Make another body, at the top of the tree."""
    return await office_units.add(at_work.office, at_work.who["admin"], name, None, NOW, None)
