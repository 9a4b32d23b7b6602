"""May and may not, for every role and every relation to a task (domain.md, section 1)."""

import pytest

from bot.rules.lifecycle import Move
from bot.rules.rights import (
    ASSIGNER_MOVES,
    LEAD_MOVES,
    SHARED_MOVES,
    Stakes,
    Standpoint,
    may_assign,
    may_move,
    may_see,
    may_split_to,
)
from storage.records import Role

UNIT, ELSEWHERE = 5, 6
TASK = Stakes(assigner_id=1, lead_id=2, parts=(2, 4), unit_id=UNIT)

STAFF, HEAD = frozenset({Role.STAFF}), frozenset({Role.HEAD})
LEADER, ADMIN = frozenset({Role.LEADER}), frozenset({Role.ADMIN})
HERE, THERE = frozenset({UNIT}), frozenset({ELSEWHERE})

PEOPLE = {
    "assigner": Standpoint(1, STAFF),
    "lead": Standpoint(2, STAFF),
    "supporter": Standpoint(4, STAFF),
    "stranger to the task": Standpoint(9, STAFF),
    "no role at all": Standpoint(9, frozenset()),
    "head above": Standpoint(9, HEAD, HERE),
    "head elsewhere": Standpoint(9, HEAD, THERE),
    "leader above": Standpoint(9, LEADER, HERE),
    "leader of the office": Standpoint(9, LEADER, None),
    "leader elsewhere": Standpoint(9, LEADER, THERE),
    "admin only": Standpoint(9, ADMIN, None),
    "admin and head above": Standpoint(9, ADMIN | HEAD, HERE),
    "admin and leader": Standpoint(9, ADMIN | LEADER, None),
    "head above who leads it": Standpoint(2, HEAD, HERE),
    "leader of the office who leads it": Standpoint(2, LEADER, None),
    "staff whom units are listed for": Standpoint(9, STAFF, HERE),
}
SEES = {
    "assigner", "lead", "supporter", "head above", "leader above", "leader of the office",
    "admin and head above", "admin and leader", "head above who leads it",
    "leader of the office who leads it",
}  # fmt: skip
WORKS = {"lead", "head above who leads it", "leader of the office who leads it"}
DECIDES = {"assigner", "leader above", "leader of the office", "admin and leader"}


@pytest.mark.parametrize("name", PEOPLE)
def test_who_sees_a_task(name: str) -> None:
    assert may_see(PEOPLE[name], TASK) is (name in SEES)


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("move", sorted(LEAD_MOVES))
def test_who_works_and_reports(name: str, move: Move) -> None:
    assert may_move(PEOPLE[name], TASK, move) is (name in WORKS)


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("move", sorted(ASSIGNER_MOVES))
def test_who_decides(name: str, move: Move) -> None:
    assert may_move(PEOPLE[name], TASK, move) is (name in DECIDES)


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
    "head above", "leader above", "leader of the office", "admin and head above",
    "admin and leader", "head above who leads it", "leader of the office who leads it",
}  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_who_assigns_to_somebody_of_the_unit(name: str) -> None:
    assert may_assign(PEOPLE[name], 20, [UNIT]) is (name in MAY_ASSIGN)


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


@pytest.mark.parametrize("name", sorted(set(PEOPLE) - WORKS))
def test_who_does_not_lead_gives_parts_only_as_they_assign(name: str) -> None:
    task = Stakes(1, 2, (2, 4), UNIT, supporters=(4,))
    assert not may_split_to(PEOPLE[name], task, 4, [UNIT])
