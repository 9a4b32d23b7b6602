"""An admin gives people another position or role: who headed makes room, staff is in charge of nothing."""

import pytest

from bot.actions.organisation import posts, unit_pages
from bot.refusals import No
from storage.history.chain import verify
from storage.organisation import people
from storage.records import Role
from tests.actions.office import Staffed, refused
from tests.rules.task import office

NOW = office(9)


async def make(at_work: Staffed, person: str, role: Role, by: str = "admin") -> None:
    who, update = at_work.who[by], at_work.update()
    await posts.make(at_work.office, who, at_work.ids[person], role, NOW, update)


async def role(at_work: Staffed, person: str) -> Role | None:
    member = await people.member(at_work.db, at_work.ids[person])
    assert member is not None
    return posts.role_of(member)


async def test_who_headed_makes_room(at_work: Staffed) -> None:
    await make(at_work, "staff", Role.HEAD)
    page = await unit_pages.page(at_work.office, at_work.units["th"])
    assert [one.id for one in page.heads] == [at_work.ids["staff"]]
    assert (await role(at_work, "head"), page.present) == (Role.STAFF, 3)
    known = await at_work.office.person(at_work.ids["staff"], NOW)
    assert known is not None
    assert known.who.looks_after(at_work.units["th"])
    assert await verify(at_work.db) is None


async def test_staff_is_in_charge_of_nothing(at_work: Staffed) -> None:
    await make(at_work, "deputy", Role.STAFF)
    member = await people.member(at_work.db, at_work.ids["deputy"])
    assert member is not None
    assert (posts.role_of(member), member.charges) == (Role.STAFF, ())
    await make(at_work, "deputy", Role.LEADER)
    assert await role(at_work, "deputy") is Role.LEADER


@pytest.mark.parametrize(
    ("person", "wanted", "by", "no"),
    [
        ("staff", Role.HEAD, "leader", No.NOT_ALLOWED),
        ("admin", Role.LEADER, "admin", No.NOT_ALLOWED),
        ("staff", Role.ADMIN, "admin", No.NOT_ALLOWED),
        ("staff", Role.STAFF, "admin", No.SAME),
    ],
)
async def test_not_oneself_nor_by_others(
    at_work: Staffed, person: str, wanted: Role, by: str, no: No
) -> None:
    await refused(no, at_work, make(at_work, person, wanted, by))


async def test_a_position_is_said_in_words(at_work: Staffed) -> None:
    async def name(said: str, by: str = "admin") -> None:
        who, staff = at_work.who[by], at_work.ids["staff"]
        await posts.name_position(at_work.office, who, staff, said, NOW, at_work.update())

    await name(" Phó  Trưởng phòng ")
    member = await people.member(at_work.db, at_work.ids["staff"])
    assert member is not None
    assert member.position == "Phó Trưởng phòng"
    for said, by, no in (
        ("Phó Trưởng phòng", "admin", No.SAME),
        ("", "admin", No.EMPTY),
        ("x" * 101, "admin", No.TOO_LONG),
        ("Trưởng phòng", "head", No.NOT_ALLOWED),
    ):
        await refused(no, at_work, name(said, by))
