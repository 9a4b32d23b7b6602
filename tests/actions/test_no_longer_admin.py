"""Who was an admin when their update came, and has left since, or is none any more, changes nothing."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from bot.actions.list_import import import_people, units_import
from bot.actions.mergers import merger
from bot.actions.office_days import calendar
from bot.actions.organisation import invite, leave, posts, units
from bot.actions.privacy import pseudonym
from bot.readers import sheets
from bot.refusals import No
from bot.rules.mergers.wish import Kind, Wish
from storage.organisation import people
from storage.records import CalendarDay, Member, Role
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(9)
DAY = CalendarDay(day=date(2026, 12, 14), works=False, note="")
UNITS = "Tên đơn vị,Cấp trên\nPhòng Mới,\n".encode()
PEOPLE = "Họ tên,Đơn vị,Vai trò\nNguyễn Văn Mới,Phòng Tổng hợp,Chuyên viên\n".encode()
Act = Callable[[Staffed, Member], Awaitable[Any]]


async def _moves(at_work: Staffed, _: Member) -> Any:
    here, admin = at_work.office, at_work.who["admin"]
    movers, of = (at_work.ids["staff"],), (at_work.units["th"],)
    wish = Wish(kind=Kind.MOVE, units=of, people=movers, into_id=at_work.units["qt"])
    seen = (await merger.look(here, admin, wish, NOW)).seen
    return await merger.make(here, admin, wish, seen.prints, NOW, None)


async def _takes_units(at_work: Staffed, _: Member) -> Any:
    here, admin = at_work.office, at_work.who["admin"]
    seen = units_import.print_of(await units_import.look(here, sheets.read(UNITS)))
    return await units_import.take(here, admin, sheets.read(UNITS), seen, NOW)


ACTS: dict[str, Act] = {
    "add a unit": lambda w, _: units.add(w.office, w.who["admin"], "Phòng Mới", None, NOW, None),
    "rename": lambda w, _: units.rename(
        w.office, w.who["admin"], w.units["th"], "Phòng Mới", NOW, None
    ),
    "short names": lambda w, _: units.call_short(
        w.office, w.who["admin"], w.units["th"], "PM", NOW, None
    ),
    "headcount": lambda w, _: units.count_posts(
        w.office, w.who["admin"], w.units["th"], "9", NOW, None
    ),
    "hang": lambda w, _: units.hang(
        w.office, w.who["admin"], w.units["data"], w.units["qt"], NOW, None
    ),
    "head": lambda w, _: units.let_head(
        w.office, w.who["admin"], w.units["th"], w.ids["staff"], NOW, None
    ),
    "units": _takes_units,
    "people": lambda w, actor: import_people.enrol(w.db, sheets.read(PEOPLE), NOW, actor),
    "decide a day": lambda w, _: calendar.decide(w.office, w.who["admin"], [DAY], NOW, None),
    "take a day back": lambda w, _: calendar.take_back(
        w.office, w.who["admin"], [DAY.day], NOW, None
    ),
    "invite": lambda w, actor: invite.create(w.db, actor, w.ids["staff"], NOW, 7),
    "revoke": lambda w, actor: invite.revoke_account(w.db, (), actor, w.ids["staff"], NOW),
    "position": lambda w, _: posts.name_position(
        w.office, w.who["admin"], w.ids["staff"], "Phó phòng", NOW, None
    ),
    "role": lambda w, _: posts.make(
        w.office, w.who["admin"], w.ids["staff"], Role.LEADER, NOW, None
    ),
    "move": _moves,
    "back": lambda w, _: leave.take_back(w.office, w.who["admin"], w.ids["other"], NOW, None),
    "pseudonym": lambda w, _: pseudonym.replace(
        w.office, w.who["admin"], w.ids["other"], NOW, None
    ),
}


@pytest.mark.parametrize("left", [True, False])
@pytest.mark.parametrize("act", ACTS)
async def test_they_change_nothing(at_work: Staffed, act: str, left: bool) -> None:
    here, admin = at_work.office, at_work.ids["admin"]
    await calendar.decide(here, at_work.who["admin"], [DAY], NOW, None)
    await leave.end(here, at_work.who["admin"], at_work.ids["other"], NOW, None)
    actor = await people.member(at_work.db, admin)
    assert actor is not None
    async with at_work.db.transaction() as tx:
        if left:
            await people.end(tx, admin, NOW)
        else:
            await people.end_role(tx, admin, None, Role.ADMIN, NOW)
    await refused(No.STRANGER if left else No.NOT_ALLOWED, at_work, ACTS[act](at_work, actor))


async def test_a_head_of_before_invites_nobody(at_work: Staffed) -> None:
    """They were one when they pressed; another has the unit by now."""
    head = await people.member(at_work.db, at_work.ids["head"])
    assert head is not None
    here, admin, ids = at_work.office, at_work.who["admin"], at_work.ids
    await invite.revoke_account(at_work.db, (), await _of(at_work, "admin"), ids["mate"], NOW)
    await units.let_head(here, admin, at_work.units["th"], ids["staff"], NOW, None)
    await refused(No.NOT_ALLOWED, at_work, invite.create(at_work.db, head, ids["mate"], NOW, 7))


async def _of(at_work: Staffed, name: str) -> Member:
    found = await people.member(at_work.db, at_work.ids[name])
    assert found is not None
    return found
