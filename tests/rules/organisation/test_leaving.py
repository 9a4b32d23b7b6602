"""Who lets whom leave, and passes everything on to whom: every role, both ways."""

import pytest

from bot.rules.organisation.leaving import manages, may_hand_all
from storage.records import Member, Role
from tests.rules.organisation.test_absences import (
    ADMIN,
    CLERK,
    CORNER,
    DEPUTY,
    HEAD,
    LEADER,
    OFFICE,
    ROOM,
    SECRETARY,
    STAFF,
    WHO,
    member,
)

MANAGED_BY = {
    STAFF.id: {HEAD, DEPUTY, LEADER, SECRETARY, ADMIN},
    CLERK.id: {HEAD, DEPUTY, LEADER, SECRETARY, ADMIN},
    HEAD.id: {DEPUTY, LEADER, SECRETARY, ADMIN},
    DEPUTY.id: {LEADER, SECRETARY, ADMIN},
    LEADER.id: {SECRETARY, ADMIN},
    SECRETARY.id: {LEADER, ADMIN},
    ADMIN.id: {ADMIN},
}
"""Nobody but an admin manages themselves; who looks after settings leaves by an admin's hand alone."""


@pytest.mark.parametrize("person", OFFICE)
@pytest.mark.parametrize("actor", OFFICE)
def test_who_lets_whom_leave(person: Member, actor: Member) -> None:
    assert manages(WHO[actor.id], person) is (actor in MANAGED_BY[person.id])


@pytest.mark.parametrize(
    ("actor", "person", "to", "may"),
    [
        (HEAD, STAFF, CLERK, True),
        (HEAD, STAFF, HEAD, True),
        (HEAD, STAFF, LEADER, False),
        (HEAD, HEAD, STAFF, False),
        (STAFF, STAFF, CLERK, False),
        (CLERK, STAFF, CLERK, False),
        (DEPUTY, HEAD, STAFF, True),
        (LEADER, DEPUTY, HEAD, True),
        (ADMIN, STAFF, LEADER, True),
        (ADMIN, STAFF, ADMIN, False),
        (ADMIN, ADMIN, STAFF, True),
    ],
)
def test_to_whom(actor: Member, person: Member, to: Member, may: bool) -> None:
    assert may_hand_all(WHO[actor.id], person, to) is may


def test_the_head_of_a_corner_is_no_staff_of_the_room() -> None:
    corner_head = member(20, Role.HEAD, CORNER)
    assert not manages(WHO[HEAD.id], corner_head)
    assert manages(WHO[DEPUTY.id], corner_head)
    assert manages(WHO[HEAD.id], member(21, Role.STAFF, ROOM))
