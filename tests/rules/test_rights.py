"""May and may not, for every role and every relation to a task (domain.md, section 1)."""

from dataclasses import replace

import pytest

from bot.rules.rights import (
    ASSIGNER_MOVES,
    LEAD_MOVES,
    SHARED_MOVES,
    Stakes,
    Standpoint,
    in_whose_place,
    may_assign,
    may_assign_from,
    may_enter_body,
    may_move,
    may_name,
    may_see,
    may_split_to,
)
from bot.rules.tasks.lifecycle import Move
from storage.records import Document, Role
from tests.rules.task import office

UNIT, ELSEWHERE, SUPPORTING, GROUP = 5, 6, 7, 8
ASSIGNER, LEAD, SUPPORTER, FOLLOWER, CLERK, DECIDER, STRANGER = 1, 2, 4, 10, 11, 12, 9
TASK = Stakes(
    ASSIGNER,
    LEAD,
    (LEAD, SUPPORTER, FOLLOWER),
    UNIT,
    GROUP,
    supporters=(SUPPORTER,),
    followers=(FOLLOWER,),
    supporting_units=(SUPPORTING,),
    unnamed=(SUPPORTING,),
    entered_by_id=CLERK,
    decider_id=DECIDER,
)
OUTSIDE = replace(TASK, lead_id=None, outside=True, parts=(SUPPORTER, FOLLOWER))
"""The same task led by a body outside the office, which the follower follows."""

STAFF, HEAD = frozenset({Role.STAFF}), frozenset({Role.HEAD})
LEADER, ADMIN = frozenset({Role.LEADER}), frozenset({Role.ADMIN})
HERE, THERE = frozenset({UNIT}), frozenset({ELSEWHERE})


def deputy(of: "int | Standpoint", by: "int | Standpoint" = STRANGER) -> Standpoint:
    """Somebody who stands in for another; by numbers, members of staff."""
    away = Standpoint(of, STAFF) if isinstance(of, int) else of
    here = Standpoint(by, STAFF) if isinstance(by, int) else by
    return replace(here, stands_in_for=(away,))


PEOPLE = {
    "assigner": Standpoint(ASSIGNER, STAFF),
    "lead": Standpoint(LEAD, STAFF),
    "supporter": Standpoint(SUPPORTER, STAFF),
    "follower": Standpoint(FOLLOWER, STAFF),
    "who entered it": Standpoint(CLERK, STAFF),
    "who can undo its knot": Standpoint(DECIDER, STAFF),
    "stranger to the task": Standpoint(STRANGER, STAFF),
    "no role at all": Standpoint(STRANGER, frozenset()),
    "head above": Standpoint(STRANGER, HEAD, HERE),
    "head elsewhere": Standpoint(STRANGER, HEAD, THERE),
    "head of the supporting unit": Standpoint(STRANGER, HEAD, frozenset({SUPPORTING})),
    "leader above": Standpoint(STRANGER, LEADER, HERE),
    "leader of the office": Standpoint(STRANGER, LEADER, None),
    "leader elsewhere": Standpoint(STRANGER, LEADER, THERE),
    "leader of the group": Standpoint(STRANGER, LEADER, THERE, groups=frozenset({GROUP})),
    "leader of another group": Standpoint(STRANGER, LEADER, THERE, groups=frozenset({99})),
    "admin only": Standpoint(STRANGER, ADMIN, None),
    "admin and head above": Standpoint(STRANGER, ADMIN | HEAD, HERE),
    "admin and leader": Standpoint(STRANGER, ADMIN | LEADER, None),
    "head above who leads it": Standpoint(LEAD, HEAD, HERE),
    "leader of the office who leads it": Standpoint(LEAD, LEADER, None),
    "leader of the group who leads it": Standpoint(LEAD, LEADER, THERE, groups=frozenset({GROUP})),
    "staff whom units are listed for": Standpoint(STRANGER, STAFF, HERE),
    "deputy of the assigner": deputy(ASSIGNER),
    "deputy of the lead": deputy(LEAD),
    "deputy of the supporter": deputy(SUPPORTER),
    "deputy of the follower": deputy(FOLLOWER),
    "deputy of who can undo its knot": deputy(DECIDER),
    "lead who stands in for who can undo its knot": deputy(DECIDER, LEAD),
    "deputy of a stranger": deputy(99),
    "assigner who stands in for the lead": deputy(LEAD, ASSIGNER),
    "lead who stands in for the assigner": deputy(ASSIGNER, LEAD),
    "deputy of the head above": deputy(Standpoint(99, HEAD, HERE)),
    "deputy of the leader above": deputy(Standpoint(99, LEADER, HERE)),
    "deputy of the leader of the group": deputy(
        Standpoint(99, LEADER, THERE, groups=frozenset({GROUP}))
    ),
    "deputy of the head above who leads it": deputy(Standpoint(LEAD, HEAD, HERE)),
    "head above who stands in for the lead": deputy(LEAD, Standpoint(STRANGER, HEAD, HERE)),
    "lead who stands in for the head above": deputy(Standpoint(99, HEAD, HERE), LEAD),
    "leader elsewhere who stands in for the head above": deputy(
        Standpoint(99, HEAD, HERE), Standpoint(STRANGER, LEADER, THERE)
    ),
    "deputy of the admin": deputy(Standpoint(99, ADMIN, None)),
}
"""Everybody by role and by relation to the task."""

LEADERS_ABOVE = {
    "leader above", "leader of the office", "admin and leader", "deputy of the leader above",
}  # fmt: skip
HEADS_ABOVE = {
    "head above", "admin and head above", "deputy of the head above",
    "head above who stands in for the lead", "leader elsewhere who stands in for the head above",
}  # fmt: skip
LEADS = {
    "lead", "head above who leads it", "leader of the office who leads it",
    "leader of the group who leads it", "deputy of the lead",
    "assigner who stands in for the lead", "lead who stands in for the assigner",
    "deputy of the head above who leads it", "head above who stands in for the lead",
    "lead who stands in for the head above", "lead who stands in for who can undo its knot",
}  # fmt: skip
UNDOES = {"who can undo its knot", "deputy of who can undo its knot"}
FOLLOWS = {"follower", "deputy of the follower"}
SUPPORTS = {"supporter", "deputy of the supporter"}
ASSIGNS = {"assigner", "deputy of the assigner", "assigner who stands in for the lead"}
GROUP_DECIDES = {"leader of the group", "deputy of the leader of the group"}
DECIDES = ASSIGNS | LEADERS_ABOVE | GROUP_DECIDES
OVERSEES = LEADERS_ABOVE | HEADS_ABOVE
NAMES = DECIDES | {
    "head of the supporting unit", "leader of the office who leads it",
}  # fmt: skip
SEES = DECIDES | OVERSEES | LEADS | FOLLOWS | SUPPORTS | UNDOES | {
    "who entered it", "head of the supporting unit",
}  # fmt: skip
CORRECTS = LEADS | DECIDES

MAY: dict[Move, set[str]] = {
    **dict.fromkeys(LEAD_MOVES, LEADS),
    **dict.fromkeys(ASSIGNER_MOVES, DECIDES),
    Move.REASSIGN: DECIDES | HEADS_ABOVE,
    Move.SPLIT: LEADS | DECIDES | HEADS_ABOVE,
    Move.CHECK: LEADS | SUPPORTS,
    Move.NAME_PART: NAMES,
    Move.REPORT_PART: SUPPORTS,
    Move.REMARK: DECIDES | HEADS_ABOVE | UNDOES,
    Move.REQUEST_CORRECTION: CORRECTS,
    Move.GRANT_CORRECTION: CORRECTS,
    Move.REFUSE_CORRECTION: CORRECTS,
    Move.NOTE: SEES,
}
"""Who may make each move; everybody else may not."""


def who_may(task: Stakes, move: Move) -> set[str]:
    return {name for name, who in PEOPLE.items() if may_move(who, task, move)}


def test_who_sees_a_task() -> None:
    assert {name for name, who in PEOPLE.items() if may_see(who, TASK)} == SEES


@pytest.mark.parametrize("move", Move)
def test_who_makes_a_move(move: Move) -> None:
    assert who_may(TASK, move) == MAY[move]


OUTSIDE_DECIDES = (
    ASSIGNS
    | LEADERS_ABOVE
    | GROUP_DECIDES
    | {"leader of the group who leads it"}
    | {"leader of the office who leads it", "lead who stands in for the assigner"}
)
"""Who would lead it were it led here is free to decide: the body leads."""


@pytest.mark.parametrize("move", sorted(LEAD_MOVES))
def test_who_follows_a_body_outside_works_for_it(move: Move) -> None:
    assert who_may(OUTSIDE, move) == FOLLOWS


@pytest.mark.parametrize("move", sorted(ASSIGNER_MOVES))
def test_who_decides_what_a_body_outside_leads(move: Move) -> None:
    assert who_may(OUTSIDE, move) == OUTSIDE_DECIDES


def test_who_follows_does_not_accept_what_the_body_sent() -> None:
    own = replace(OUTSIDE, assigner_id=FOLLOWER)
    assert not may_move(PEOPLE["follower"], own, Move.ACCEPT)
    assert may_move(PEOPLE["follower"], own, Move.CANCEL)


def test_a_follower_of_what_is_led_here_only_looks_on() -> None:
    allowed = {move for move in Move if may_move(PEOPLE["follower"], TASK, move)}
    assert allowed == {Move.NOTE}


def test_a_unit_that_named_somebody_still_sees_and_names_no_more() -> None:
    named = replace(TASK, unnamed=())
    head = PEOPLE["head of the supporting unit"]
    assert may_see(head, named)
    assert not any(may_move(PEOPLE[name], named, Move.NAME_PART) for name in PEOPLE)
    assert may_name(head, TASK, SUPPORTING)
    assert not may_name(PEOPLE["head above"], TASK, SUPPORTING)


@pytest.mark.parametrize("name", PEOPLE)
def test_who_enters_a_body_outside(name: str) -> None:
    who = PEOPLE[name]
    roles = who.roles | {one for away in who.stands_in_for for one in away.roles - ADMIN}
    assert may_enter_body(who) is bool(roles & {Role.LEADER, Role.HEAD, Role.ADMIN})


@pytest.mark.parametrize("name", PEOPLE)
def test_whose_right_a_move_is_made_by(name: str) -> None:
    who = PEOPLE[name]
    for move in (one for one in Move if may_move(who, TASK, one)):
        place = in_whose_place(who, TASK, move)
        assert (place is None) is may_move(who.alone, TASK, move), move
        givers = [one.person_id for one in who.stands_in_for if may_move(one, TASK, move)]
        assert place is None or place in givers, move


def test_every_move_is_somebodys() -> None:
    assert set(Move) == LEAD_MOVES | ASSIGNER_MOVES | SHARED_MOVES
    assert len(Move) == len(LEAD_MOVES) + len(ASSIGNER_MOVES) + len(SHARED_MOVES)


@pytest.mark.parametrize("roles", [STAFF, HEAD, LEADER, LEADER | ADMIN])
def test_nobody_accepts_their_own_result(roles: frozenset[Role]) -> None:
    own = Stakes(assigner_id=2, lead_id=2, parts=(2,), unit_id=UNIT)
    assert not may_move(Standpoint(2, roles, None), own, Move.ACCEPT)
    assert not may_move(Standpoint(2, roles, None), TASK, Move.ACCEPT)
    assert may_move(Standpoint(2, roles, None), own, Move.CANCEL)


def test_a_lead_does_not_grant_their_own_extension() -> None:
    leader_who_leads = Standpoint(2, LEADER, None)
    assert not may_move(leader_who_leads, TASK, Move.GRANT_EXTENSION)
    assert not may_move(leader_who_leads, TASK, Move.CANCEL)


def test_a_task_without_a_lead_is_worked_by_nobody() -> None:
    orphan = Stakes(assigner_id=1, lead_id=None, parts=(), unit_id=None)
    for move in LEAD_MOVES:
        assert not any(may_move(who, orphan, move) for who in PEOPLE.values())
    assert may_move(PEOPLE["assigner"], orphan, Move.CANCEL)


def test_a_task_of_no_unit_is_seen_from_the_top_alone() -> None:
    unplaced = Stakes(assigner_id=1, lead_id=2, parts=(2,), unit_id=None)
    assert may_see(PEOPLE["leader of the office"], unplaced)
    assert not may_see(PEOPLE["leader above"], unplaced)
    assert not may_see(PEOPLE["head above"], unplaced)
    assert not may_see(PEOPLE["admin only"], unplaced)


MAY_ASSIGN = {
    "leader above", "leader of the office", "admin and leader", "head above", "admin and head above",
    "head above who leads it", "leader of the office who leads it",
    "head above who stands in for the lead",
}  # fmt: skip
ASSIGN_IN_PLACE = {
    "deputy of the leader above", "deputy of the head above", "lead who stands in for the head above",
    "deputy of the head above who leads it", "leader elsewhere who stands in for the head above",
}  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_who_assigns_to_somebody_of_the_unit(name: str) -> None:
    who = PEOPLE[name]
    assert may_assign(who, 20, [UNIT]) is (name in MAY_ASSIGN)
    in_place = any(may_assign(one, 20, [UNIT]) for one in who.stands_in_for)
    assert in_place is (name in ASSIGN_IN_PLACE)


@pytest.mark.parametrize("name", PEOPLE)
def test_everyone_assigns_to_themselves(name: str) -> None:
    who = PEOPLE[name]
    assert may_assign(who, who.person_id, [ELSEWHERE])
    assert may_assign(who, who.person_id, [None])


def test_one_of_several_units_is_enough() -> None:
    assert may_assign(PEOPLE["head above"], 20, [ELSEWHERE, UNIT])
    assert not may_assign(PEOPLE["head above"], 20, [ELSEWHERE])
    assert not may_assign(PEOPLE["head above"], 20, [])
    assert not may_assign(PEOPLE["head above"], 20, [None])


def test_a_lead_gives_parts_to_supporters_and_staff_of_the_unit() -> None:
    task = Stakes(1, 2, (2, 4), UNIT, supporters=(4,))
    lead = PEOPLE["lead"]
    assert may_split_to(lead, task, 4, [ELSEWHERE])
    assert may_split_to(lead, task, 20, [ELSEWHERE, UNIT])
    assert not may_split_to(lead, task, 20, [ELSEWHERE])
    assert not may_split_to(lead, task, 20, [])
    assert not may_split_to(lead, task, 20, [None])
    unplaced = Stakes(1, 2, (2,), None)
    assert not may_split_to(lead, unplaced, 20, [None])


@pytest.mark.parametrize("name", sorted(set(PEOPLE) - LEADS))
def test_who_does_not_lead_gives_parts_only_as_they_assign(name: str) -> None:
    task = Stakes(1, 2, (2, 4), UNIT, supporters=(4,))
    assert not may_split_to(PEOPLE[name], task, 4, [UNIT])


DOCUMENT = Document(
    id=1,
    symbol="77-TB/TU",
    folded="77-tb-tu",
    kind="",
    title="",
    issuer="",
    issued_on=None,
    received_on=None,
    planned=None,
    from_receipt=True,
    for_person_id=DECIDER,
    for_group_id=GROUP,
    entered_by_id=CLERK,
    version=1,
    created_at=office(7),
)
OWNERS = {
    "who entered it": Standpoint(CLERK, STAFF),
    "for whom it was entered": Standpoint(DECIDER, STAFF),
    "of the group it was entered for": Standpoint(STRANGER, STAFF, groups=frozenset({GROUP})),
    "who leads the office": Standpoint(STRANGER, LEADER, None),
}
A_HEAD, A_STAFF = Standpoint(STRANGER, HEAD, HERE), Standpoint(STRANGER, STAFF)


def gives_from(
    author: Standpoint, giver: Standpoint | None = None, sees: bool = True, own: bool = False
) -> bool:
    by = giver or author
    return may_assign_from(author, by, DOCUMENT, author_sees=sees, giver_sees=sees, is_own=own)


@pytest.mark.parametrize("name", OWNERS)
def test_whose_a_document_is_gives_tasks_of_it(name: str) -> None:
    who = OWNERS[name]
    assert gives_from(who)
    assert gives_from(who, own=True)
    assert gives_from(who, A_STAFF)
    assert gives_from(A_STAFF, who)


def test_nobody_gives_tasks_of_what_they_do_not_see() -> None:
    assert not gives_from(A_STAFF, sees=False)
    assert not gives_from(A_HEAD, sees=False)
    assert not gives_from(A_HEAD, OWNERS["who entered it"], sees=False)
    assert not gives_from(Standpoint(STRANGER, ADMIN), sees=False)


def test_a_head_who_sees_it_gives_tasks_of_it_to_others_alone() -> None:
    assert gives_from(A_HEAD)
    assert gives_from(Standpoint(STRANGER, LEADER, HERE))
    assert not gives_from(A_HEAD, own=True)


def test_who_was_given_a_task_of_it_gives_none() -> None:
    assert not gives_from(A_STAFF)
    assert not gives_from(A_STAFF, own=True)
    assert not gives_from(Standpoint(STRANGER, ADMIN))


def test_who_stands_in_gives_none_by_themselves() -> None:
    """What they give in the place of the other, that one gives."""
    stands_in = deputy(OWNERS["who entered it"])
    assert not gives_from(stands_in, stands_in.alone)
    assert gives_from(stands_in, OWNERS["who entered it"])
