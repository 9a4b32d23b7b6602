"""Who stands in: deputies of deputies, circles, whoever is above; and who may enter an absence."""

from datetime import UTC, datetime

import pytest

from bot.rules.organisation.absences import may_enter, may_stand_in, stand_ins, superiors
from bot.rules.rights import Standpoint
from storage.records import Member, Post, Reach, Role, Unit

AT = datetime(2026, 12, 7, tzinfo=UTC)
TOP, ROOM, CORNER, OTHER = 1, 2, 3, 4
UNITS = {
    id_: Unit(id=id_, parent_id=above, name="", folded="", short_names="[]", created_at=AT)
    for id_, above in ((TOP, None), (ROOM, TOP), (CORNER, ROOM), (OTHER, TOP))
}
ABOVE = {1: (7, 8), 2: (7, 8), 7: (8,)}


def member(id_: int, role: Role, unit_id: int | None, charges: tuple[int, ...] = ()) -> Member:
    return Member(
        id=id_,
        name=f"Người {id_}",
        folded="",
        position="",
        username=None,
        aliases="[]",
        telegram_id=id_,
        reach=Reach.REACHABLE,
        created_at=AT,
        told_at=None,
        ended_at=None,
        roles=(Post(role=role, unit_id=unit_id),),
        charges=charges,
    )


LEADER, DEPUTY = member(10, Role.LEADER, TOP), member(11, Role.LEADER, OTHER, (ROOM,))
HEAD, STAFF = member(12, Role.HEAD, ROOM), member(13, Role.STAFF, ROOM)
CLERK, ADMIN = member(14, Role.STAFF, CORNER), member(15, Role.ADMIN, None)
SECRETARY = member(16, Role.LEADER, None)
OFFICE = (LEADER, DEPUTY, HEAD, STAFF, CLERK, ADMIN, SECRETARY)


@pytest.mark.parametrize(
    ("away", "expected"),
    [
        ({1: 2}, [2, 7, 8]),
        ({1: 2, 2: 3}, [3, 7, 8]),
        ({1: 2, 2: 3, 3: 4}, [4, 7, 8]),
        ({1: 2, 2: 1}, [7, 8]),
        ({1: 2, 2: 3, 3: 2}, [7, 8]),
        ({1: 1}, [7, 8]),
        ({1: None}, [7, 8]),
        ({1: 2, 2: None}, [7, 8]),
        ({1: None, 7: None}, [8]),
        ({1: None, 7: 5}, [5, 8]),
        ({1: None, 7: 1}, [8]),
        ({1: None, 7: 8}, [8]),
        ({1: 7, 7: None}, [8]),
        ({1: None, 7: None, 8: None}, []),
        ({1: 7}, [7, 8]),
    ],
)
def test_who_stands_in(away: dict[int, int | None], expected: list[int]) -> None:
    assert stand_ins(1, away, lambda one: ABOVE.get(one, ())) == expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (CLERK, [HEAD, DEPUTY, LEADER, SECRETARY]),
        (STAFF, [HEAD, DEPUTY, LEADER, SECRETARY]),
        (HEAD, [DEPUTY, LEADER, SECRETARY]),
        (DEPUTY, [LEADER, SECRETARY]),
        (LEADER, [SECRETARY]),
        (SECRETARY, []),
        (ADMIN, [SECRETARY]),
    ],
)
def test_who_is_above(person: Member, expected: list[Member]) -> None:
    assert superiors(person, OFFICE, UNITS) == [one.id for one in expected]


def seen_from(one: Member, *units: int) -> Standpoint:
    oversees = None if one in {LEADER, SECRETARY} else frozenset(units)
    return Standpoint(one.id, frozenset(post.role for post in one.roles), oversees)


WHO = {
    one.id: seen_from(one, *units)
    for one, units in (
        (LEADER, ()), (DEPUTY, (OTHER, ROOM, CORNER)), (HEAD, (ROOM, CORNER)), (STAFF, ()),
        (CLERK, ()), (ADMIN, ()), (SECRETARY, ()),
    )
}  # fmt: skip
MAY_FOR = {
    STAFF.id: {LEADER, DEPUTY, HEAD, STAFF, ADMIN, SECRETARY},
    CLERK.id: {LEADER, DEPUTY, HEAD, CLERK, ADMIN, SECRETARY},
    HEAD.id: {LEADER, DEPUTY, HEAD, ADMIN, SECRETARY},
    DEPUTY.id: {LEADER, DEPUTY, ADMIN, SECRETARY},
    LEADER.id: {LEADER, ADMIN, SECRETARY},
    SECRETARY.id: {LEADER, ADMIN, SECRETARY},
    ADMIN.id: {LEADER, ADMIN, SECRETARY},
}
"""For whom, and who may; who looks after the whole office looks after those who sit in no unit."""


@pytest.mark.parametrize("person", OFFICE)
@pytest.mark.parametrize("actor", OFFICE)
def test_who_enters_an_absence(person: Member, actor: Member) -> None:
    assert may_enter(WHO[actor.id], person, None) is (actor in MAY_FOR[person.id])


def test_an_admin_does_not_make_themselves_a_deputy() -> None:
    admin = WHO[ADMIN.id]
    assert not may_enter(admin, STAFF, ADMIN.id)
    assert may_enter(admin, STAFF, HEAD.id)
    assert may_enter(WHO[HEAD.id], STAFF, HEAD.id)


ELSEWHERE = 9
FOREIGNER = member(17, Role.STAFF, ELSEWHERE)


@pytest.mark.parametrize(
    ("deputy", "person", "may"),
    [
        (HEAD, STAFF, True),
        (STAFF, LEADER, True),
        (CLERK, DEPUTY, True),
        (STAFF, STAFF, False),
        (ADMIN, STAFF, False),
        (SECRETARY, STAFF, True),
        (STAFF, SECRETARY, True),
        (FOREIGNER, STAFF, False),
        (STAFF, FOREIGNER, False),
        (SECRETARY, FOREIGNER, True),
    ],
)
def test_who_stands_in_for_whom(deputy: Member, person: Member, may: bool) -> None:
    units = {**UNITS, ELSEWHERE: UNITS[TOP].model_copy(update={"id": ELSEWHERE})}
    assert may_stand_in(deputy, person, units) is may
