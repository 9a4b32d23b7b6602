"""Units merged, split and dissolved: what goes where, what stays, who is told, and how it is undone."""

import asyncio
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.actions.find import visible_to
from bot.actions.mergers import handing_over
from bot.actions.mergers import merger as mergers
from bot.actions.mergers import undo as merger_undo
from bot.actions.mergers.preview import View
from bot.actions.organisation import hand_over_all, leave, units
from bot.actions.organisation.unit_pages import named
from bot.actions.reporting.summarise import summarise
from bot.actions.tasks import answer, review
from bot.refusals import No, Refusal
from bot.renderers.handing_over import paper, workbook
from bot.renderers.reporting.word import word
from bot.rules.mergers.wish import Doubt, Kind, Wish
from storage.files import files
from storage.history.chain import verify
from storage.messaging import cards
from storage.records import Merger, Part
from storage.reporting import closed_counts
from storage.tasks import parts, tasks
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(9)
C = "Phòng Tổng hợp - Quản trị"


def wish(at_work: Staffed, kind: Kind, *names: str, into: str | None = None, **more: Any) -> Wish:
    ids = at_work.units
    into_id = ids[into] if into else None
    return Wish(kind=kind, units=tuple(ids[name] for name in names), into_id=into_id, **more)


async def look(at_work: Staffed, wanted: Wish) -> View:
    return await mergers.look(at_work.office, at_work.who["admin"], wanted, NOW)


async def make(
    at_work: Staffed, wanted: Wish, seen: View | None = None, by: str = "admin"
) -> Merger:
    seen = seen or await look(at_work, wanted)
    return await mergers.make(
        at_work.office, at_work.who[by], wanted, seen.seen.prints, NOW, at_work.update()
    )


async def unite(at_work: Staffed, head: str = "head") -> Merger:
    wanted = wish(at_work, Kind.UNITE, "th", "qt", name=C, head_id=at_work.ids[head])
    return await make(at_work, wanted)


async def undo(at_work: Staffed, merger: Merger) -> None:
    await merger_undo.undo(at_work.office, at_work.who["admin"], merger.id, NOW, at_work.update())


async def sees(at_work: Staffed, name: str, number: int) -> bool:
    known = await at_work.office.person(at_work.ids[name], NOW)
    assert known is not None
    rows, _ = await tasks.page(at_work.db, visible_to(known.who), tasks.OLDEST, 100)
    return number in [row.id for row in rows]


async def done(at_work: Staffed, by: str = "leader", to: str = "staff") -> int:
    task = await at_work.assign(by=by, to=to)
    here, who = at_work.office, at_work.who
    await answer.submit(here, who[to], task.id, "Đã trình", None, NOW, None)
    [view] = await tasks.views(at_work.db, [task.id])
    await review.accept(here, who[by], task.id, view.version, NOW, None)
    return task.id


async def totals(at_work: Staffed) -> Any:
    found = await summarise(at_work.office, at_work.who["leader"], NOW)
    return sum((one.total for one in found.units), 0), found.counts


async def posts(at_work: Staffed, name: str) -> set[tuple[str, int | None]]:
    known = await at_work.office.person(at_work.ids[name], NOW)
    assert known is not None
    return {(post.role.value, post.unit_id) for post in known.member.roles}


async def test_two_become_one(at_work: Staffed) -> None:
    open_, other = await at_work.assign(), await at_work.assign(to="other")
    closed = await done(at_work)
    before = await totals(at_work)
    said = await at_work.last_said()
    made = await unite(at_work)
    c = made.into_id
    views = {one.id: one for one in await tasks.views(at_work.db, [open_.id, other.id, closed])}
    assert [views[n].unit_id for n in (open_.id, other.id)] == [c, c]
    assert views[closed].unit_id == at_work.units["th"]
    assert [views[n].version for n in (open_.id, other.id)] == [open_.version, other.version]
    assert await posts(at_work, "head") == {("head", c)}
    assert await posts(at_work, "other_head") == {("staff", c)}
    assert await posts(at_work, "staff") == {("staff", c)}
    deputy = await at_work.office.person(at_work.ids["deputy"], NOW)
    assert deputy is not None
    assert deputy.member.charges == (c,)
    assert await sees(at_work, "head", other.id)
    assert await sees(at_work, "head", closed)
    assert await totals(at_work) == before
    assert await closed_counts.wrong(at_work.db) == 0
    assert await verify(at_work.db) is None
    told = await at_work.outbox(said)
    assert len(told) == len({name for _, name in told})
    assert {name for _, name in told} == {
        "staff", "mate", "head", "other_head", "other", "deputy", "leader",
    }  # fmt: skip
    counts = made.facts
    before_open = sum(one["open_tasks"] for one in counts["before"].values())
    assert before_open == counts["after"][str(c)]["open_tasks"] == 2


async def test_the_names_of_before_mean_the_new_unit(at_work: Staffed) -> None:
    made = await unite(at_work)
    for said in ("Phòng Tổng hợp", "phong quan tri"):
        assert [one.id for one in await named(at_work.office, said)] == [made.into_id]
    roster = await at_work.office.roster()
    assert [unit.key for unit in roster.units].count(made.into_id) == 1
    data = next(unit for unit in roster.units if unit.name == "Tổ Số liệu")
    assert data.parent == C


async def test_undone_all_is_as_it_was(at_work: Staffed) -> None:
    task = await at_work.assign()
    supported = await at_work.assign(to="clerk")
    async with at_work.db.transaction() as tx:
        pair = [(at_work.units[one], Part.SUPPORT) for one in ("th", "qt")]
        await parts.add_units(tx, supported.id, pair, NOW)
    shown = {
        table: await at_work.db.fetch(f"SELECT * FROM {table} ORDER BY id")
        for table in ("tasks", "people")
    }
    living = await at_work.db.fetch("SELECT * FROM units WHERE ended_at IS NULL ORDER BY id")
    rows = {
        table: await at_work.db.fetch(f"SELECT * FROM {table} WHERE until_at IS NULL ORDER BY id")
        for table in ("roles", "charges", "task_people")
    }
    made = await unite(at_work)
    view = (await tasks.views(at_work.db, [supported.id]))[0]
    assert view.units_in(Part.SUPPORT) == [made.into_id]
    await answer.progress(
        at_work.office, (await who(at_work, "staff")), task.id, "60%", NOW, at_work.update()
    )
    await undo(at_work, made)
    for table, before in rows.items():
        after = await at_work.db.fetch(f"SELECT * FROM {table} WHERE until_at IS NULL ORDER BY id")
        assert after == before, table
    assert await at_work.db.fetch("SELECT * FROM people ORDER BY id") == shown["people"]
    now = await at_work.db.fetch("SELECT * FROM units WHERE ended_at IS NULL ORDER BY id")
    assert now == living
    [view] = await tasks.views(at_work.db, [task.id])
    assert (view.unit_id, view.percent) == (at_work.units["th"], 60)
    assert await verify(at_work.db) is None
    with pytest.raises(Refusal) as caught:
        await undo(at_work, made)
    assert caught.value.kind is No.STALE


async def who(at_work: Staffed, name: str) -> Any:
    known = await at_work.office.person(at_work.ids[name], NOW)
    assert known is not None
    return known.who


async def test_what_was_built_on_it_keeps_it(at_work: Staffed) -> None:
    task = await at_work.assign()
    made = await unite(at_work)
    at_work.who["staff"] = await who(at_work, "staff")
    at_work.who["leader"] = await who(at_work, "leader")
    await at_work.assign()
    await answer.submit(at_work.office, at_work.who["staff"], task.id, "Đã trình", None, NOW, None)
    [view] = await tasks.views(at_work.db, [task.id])
    leader = at_work.who["leader"]
    await review.accept(at_work.office, leader, task.id, view.version, NOW, None)
    caught = await refused(No.MERGER_BUILT_ON, at_work, undo(at_work, made))
    built = caught.facts["built"]
    assert built == {"newer": 0, "units": 0, "people": 0, "tasks": 2, "series": 0}


async def test_somebody_leaving_or_a_new_name_keeps_it(at_work: Staffed) -> None:
    made = await unite(at_work)
    await leave.end(
        at_work.office, at_work.who["admin"], at_work.ids["mate"], NOW, at_work.update()
    )
    admin = at_work.who["admin"]
    await units.rename(at_work.office, admin, made.into_id, "Phòng Khác", NOW, None)
    caught = await refused(No.MERGER_BUILT_ON, at_work, undo(at_work, made))
    assert isinstance(caught.facts["built"], dict)
    assert caught.facts["built"]["people"] > 0
    assert caught.facts["built"]["units"] == 1


async def test_two_heads_have_to_be_decided_on(at_work: Staffed) -> None:
    wanted = wish(at_work, Kind.UNITE, "th", "qt", name=C)
    view = await look(at_work, wanted)
    assert [one.doubt for one in view.plan.remarks] == [Doubt.TWO_HEADS]
    await refused(No.MERGER_BLOCKED, at_work, make(at_work, wanted, view))


async def test_what_changed_since_it_was_seen_refuses(at_work: Staffed) -> None:
    wanted = wish(at_work, Kind.UNITE, "th", "qt", name=C, head_id=at_work.ids["head"])
    view = await look(at_work, wanted)
    await at_work.assign()
    caught = await refused(No.MERGER_CHANGED, at_work, make(at_work, wanted, view))
    assert caught.facts["changed"] == [("tasks", 0, 1)]


async def test_pressed_twice_it_is_done_once(at_work: Staffed) -> None:
    wanted = wish(at_work, Kind.ABSORB, "qt", into="th", head_id=at_work.ids["head"])
    view = await look(at_work, wanted)
    both = await asyncio.gather(
        make(at_work, wanted, view), make(at_work, wanted, view), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in both) == ["Merger", "Refusal"]
    [row] = await at_work.db.fetch("SELECT COUNT(*) AS n FROM mergers")
    assert row["n"] == 1


async def test_one_goes_into_another(at_work: Staffed) -> None:
    task = await at_work.assign(to="other")
    wanted = wish(at_work, Kind.ABSORB, "qt", into="th", head_id=at_work.ids["other_head"])
    made = await make(at_work, wanted)
    th = at_work.units["th"]
    assert made.into_id == th
    assert (await tasks.views(at_work.db, [task.id]))[0].unit_id == th
    assert await posts(at_work, "other_head") == {("head", th)}
    assert await posts(at_work, "head") == {("staff", th)}
    await undo(at_work, made)
    assert await posts(at_work, "head") == {("head", th)}
    assert await posts(at_work, "other_head") == {("head", at_work.units["qt"])}


async def test_into_a_unit_below_that_goes_up(at_work: Staffed) -> None:
    view = await look(at_work, wish(at_work, Kind.ABSORB, "th", into="data"))
    assert [one.doubt for one in view.plan.remarks] == [Doubt.LIFTED]
    made = await make(at_work, wish(at_work, Kind.ABSORB, "th", into="data"), view)
    [row] = await at_work.db.fetch("SELECT * FROM units WHERE id = $1", made.into_id)
    assert row["parent_id"] == at_work.units["top"]
    await undo(at_work, made)
    [row] = await at_work.db.fetch("SELECT * FROM units WHERE id = $1", made.into_id)
    assert row["parent_id"] == at_work.units["th"]


async def test_people_and_tasks_split_off(at_work: Staffed) -> None:
    goes, stays, odd, left = [
        (await at_work.assign(to=to)).id for to in ("staff", "mate", "mate", "staff")
    ]
    async with at_work.db.transaction() as tx:
        await tx.execute(
            "UPDATE tasks SET decider_id = $2 WHERE id = $1", left, at_work.ids["head"]
        )
        await tasks.add_people(tx, left, [(at_work.ids["head"], Part.FOLLOW)], NOW)
        shown = [cards.Placed(one, None, -7, None, one, NOW) for one in (goes, stays, odd, left)]
        await cards.put(tx, shown)
        group = "INSERT INTO group_chats (chat_id, title, added_at) VALUES (-7, 'Tổng hợp', $1)"
        await tx.execute(group, NOW)
    wanted = wish(
        at_work,
        Kind.SPLIT,
        "th",
        name="Phòng Thư ký",
        people=(at_work.ids["staff"],),
        odd=(odd, left),
        head_id=at_work.ids["staff"],
    )
    made = await make(at_work, wanted)
    new, th, ids = made.into_id, at_work.units["th"], at_work.ids
    views = {one.id: one for one in await tasks.views(at_work.db, [goes, stays, odd, left])}
    assert {n: (one.unit_id, one.lead_id) for n, one in views.items()} == {
        goes: (new, ids["staff"]),
        stays: (th, ids["mate"]),
        odd: (new, ids["staff"]),
        left: (th, ids["head"]),
    }
    assert (views[left].decider_id, views[left].people_in(Part.FOLLOW)) == (None, [])
    assert {one.task_id for one in await cards.outdated(at_work.db, 9)} == {odd, left}
    assert await posts(at_work, "staff") == {("head", new)}
    assert (await at_work.history(odd))[-1] == ("task.hand_over", "admin")
    await undo(at_work, made)
    views = {one.id: one for one in await tasks.views(at_work.db, [goes, stays, odd, left])}
    assert {one.unit_id for one in views.values()} == {th}
    assert views[odd].lead_id == ids["mate"]
    assert views[left].lead_id == ids["staff"]
    assert (views[left].decider_id, views[left].people_in(Part.FOLLOW)) == (
        ids["head"],
        [ids["head"]],
    )


async def test_a_unit_is_dissolved(at_work: Staffed) -> None:
    task = await at_work.assign(to="other")
    made = await make(at_work, wish(at_work, Kind.DISSOLVE, "qt", into="top"))
    top = at_work.units["top"]
    assert (await tasks.views(at_work.db, [task.id]))[0].unit_id == top
    assert await posts(at_work, "other_head") == {("staff", top)}
    known = await at_work.office.person(at_work.ids["other_head"], NOW)
    assert known is not None
    assert not known.who.leads_others
    assert made.kind == Kind.DISSOLVE


@pytest.mark.parametrize("stays", [False, True])
async def test_somebody_moves_with_or_without_work(at_work: Staffed, stays: bool) -> None:
    task = await at_work.assign()
    wanted = wish(
        at_work,
        Kind.MOVE,
        "th",
        into="qt",
        people=(at_work.ids["staff"],),
        work_stays=stays,
    )
    made = await make(at_work, wanted)
    [view] = await tasks.views(at_work.db, [task.id])
    expected = ("th", "head") if stays else ("qt", "staff")
    assert view.unit_id == at_work.units[expected[0]]
    assert view.lead_id == at_work.ids[expected[1]]
    assert await posts(at_work, "staff") == {("staff", at_work.units["qt"])}
    assert await sees(at_work, "other_head", task.id) is not stays
    await undo(at_work, made)
    [view] = await tasks.views(at_work.db, [task.id])
    assert (view.unit_id, view.lead_id) == (at_work.units["th"], at_work.ids["staff"])


@pytest.mark.parametrize("by", ["leader", "head", "staff"])
async def test_only_an_admin_merges(at_work: Staffed, by: str) -> None:
    wanted = wish(at_work, Kind.UNITE, "th", "qt", name=C, head_id=at_work.ids["head"])
    view = await look(at_work, wanted)
    await refused(No.NOT_ALLOWED, at_work, make(at_work, wanted, view, by=by))


async def test_the_sheet_adds_up_and_shows_only_what_may_be_seen(at_work: Staffed) -> None:
    task, closed = await at_work.assign(), await done(at_work)
    async with at_work.db.transaction() as tx:
        for number in (task.id, closed):
            await files.add(
                tx, task_id=number, person_id=at_work.ids["staff"], sha256="ab" * 32,
                name="bao-cao.pdf", size=9, mime="application/pdf", telegram_file_id=None,
                album=None, at=NOW,
            )  # fmt: skip
    made = await unite(at_work)
    sheets = [
        await handing_over.of_merger(
            at_work.office, await who(at_work, name), made.id, "Hợp nhất", NOW
        )
        for name in ("admin", "head")
    ]
    assert [one.tasks[0].title for one in sheets] == ["", "Soạn báo cáo quý"]
    assert [one.files[0].name for one in sheets] == ["", "bao-cao.pdf"]
    assert {one.sha256 for one in sheets[0].files} == {"ab" * 32}
    assert [one.task_id for one in sheets[0].files] == [task.id, closed]
    for row in sheets[0].counts:
        assert sum(row.before) == sum(row.after), row.name
    assert sheets[0].tasks[0].holder == "Mạc Thiên Ân"
    for sheet in sheets:
        assert word(paper(sheet)).startswith(b"PK")
        book = load_workbook(BytesIO(workbook(sheet)))
        assert [one.value for one in book["Tệp"]["D"]][1:] == ["ab" * 32] * 2
    with pytest.raises(Refusal):
        await handing_over.of_merger(at_work.office, at_work.who["staff"], made.id, "", NOW)


async def test_the_sheet_of_one_persons_work(at_work: Staffed) -> None:
    task = await at_work.assign()
    here, ids = at_work.office, at_work.ids
    head = at_work.who["head"]
    await hand_over_all.hand_all(here, head, ids["staff"], ids["mate"], NOW, at_work.update())
    event = await handing_over.last_of(here, head, ids["staff"])
    assert event is not None
    sheet = await handing_over.of_person(here, head, event.id, NOW)
    assert [(row.name, row.before, row.after) for row in sheet.counts] == [("lead", (1,), (0, 1))]
    assert [(one.id, one.was, one.holder) for one in sheet.tasks] == [
        (task.id, "Mạc Thiên Ân", "Ông Thị Ngọc Trầm")
    ]
    assert word(paper(sheet)).startswith(b"PK")
    with pytest.raises(Refusal):
        await handing_over.of_person(here, at_work.who["other"], event.id, NOW)
    await leave.end(here, at_work.who["admin"], ids["staff"], NOW, at_work.update())
    for who, may in (("head", True), ("admin", True), ("mate", True), ("other", False)):
        found = await handing_over.last_of(here, at_work.who[who], ids["staff"])
        assert (found is not None) == may, who
