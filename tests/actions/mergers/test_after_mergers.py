"""What goes on by itself after units were merged: reminders, series, stand-ins, links, invitations."""

from datetime import date

from bot.actions import find
from bot.actions.office_days import calendar_links
from bot.actions.organisation import absence, invite, on_behalf
from bot.actions.organisation.absence import Wanted
from bot.rules.mergers.wish import Kind
from bot.rules.rights import Standpoint
from storage.organisation import leader_groups, people
from storage.records import Member, Part
from tests.actions.mergers.test_merger import make, unite, wish
from tests.actions.office import Staffed
from tests.actions.organisation.test_on_behalf import FOR_LEADER, allow, entered, group_of
from tests.actions.reminders.test_fire_reminders import said_at
from tests.actions.series import series_office
from tests.rules.task import office

WEDNESDAY, FRIDAY, NEXT_FRIDAY = date(2026, 12, 9), date(2026, 12, 11), date(2026, 12, 18)
SUPPORTED = (
    "Giao đồng chí Mạc Thiên Ân gửi lịch thứ Sáu hằng tuần trước 10h, phòng Quản trị phối hợp"
)


async def now(at_work: Staffed, name: str, day: int = 9) -> tuple[Member, Standpoint]:
    known = await at_work.office.person(at_work.ids[name], office(day))
    assert known is not None
    return known.member, known.who


async def test_reminders_climb_to_who_heads_the_unit_since(at_work: Staffed) -> None:
    await at_work.assign()
    await unite(at_work, head="other_head")
    assert await said_at(at_work, office(14, 7, 30)) == [("red", "staff"), ("red", "other_head")]


async def test_what_comes_back_comes_to_the_new_unit(at_work: Staffed) -> None:
    first = await series_office.begun(at_work, SUPPORTED)
    assert first.units_in(Part.SUPPORT) == [at_work.units["qt"]]
    merger = await unite(at_work)
    made = [one for day in (FRIDAY, NEXT_FRIDAY) for one in await series_office.look(at_work, day)]
    assert made
    for one in made:
        assert (one.unit_id, one.units_in(Part.SUPPORT)) == (merger.into_id, [merger.into_id])


async def test_who_stands_in_and_who_enters_for_a_leader_go_on(at_work: Staffed) -> None:
    task = await at_work.assign()
    wanted = Wanted(at_work.ids["staff"], WEDNESDAY, FRIDAY, at_work.ids["mate"])
    await absence.enter(at_work.office, at_work.who["staff"], wanted, office(7), at_work.update())
    await allow(at_work, "clerk")
    await group_of(at_work, "leader", "deputy")
    groups = await leader_groups.living(at_work.db)
    await unite(at_work)
    await make(at_work, wish(at_work, Kind.DISSOLVE, "data", into="top"))
    _, mate = await now(at_work, "mate")
    assert [one.id for one in (await find.mine(at_work.office, mate))[0]] == [task.id]
    assert (await entered(at_work, FOR_LEADER)).assigner_id == at_work.ids["leader"]
    assert await leader_groups.living(at_work.db) == groups
    assert (await on_behalf.rights_of(at_work.office, at_work.who["admin"])) != []


async def test_a_calendars_link_and_an_invitation_still_lead_to_their_person(
    at_work: Staffed,
) -> None:
    at_work.office.web_address = "https://dondoc.example.vn"
    staff, db, ids = at_work.who["staff"], at_work.db, at_work.ids
    address = await calendar_links.renew(at_work.office, staff, 0, office(9), at_work.update())
    async with db.transaction() as tx:
        await people.change(tx, ids["mate"], {"telegram_id": None})
    admin = await people.member(db, ids["admin"])
    assert admin is not None
    code = await invite.create(db, admin, ids["mate"], office(9), 7)
    merger = await unite(at_work)
    token = address.rsplit("/", 1)[1].removesuffix(".ics")
    owner = await calendar_links.owner(at_work.office, token, office(9))
    assert owner is not None
    assert (owner.member.id, owner.member.unit_id) == (ids["staff"], merger.into_id)
    joined = await invite.accept(db, code, 99, None, office(9))
    assert (joined.id, joined.unit_id) == (ids["mate"], merger.into_id)
