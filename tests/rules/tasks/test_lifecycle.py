"""Every state against every move: what can be done to a task, and where it leads."""

import pytest

from bot.rules.tasks.lifecycle import MOVES, OPEN, WORKING, Move, after, allows
from storage.records import Status

A, I, S = Status.ASSIGNED, Status.IN_PROGRESS, Status.SUBMITTED  # noqa: E741 - a table is read by letters
R, D, P, C = Status.RETURNED, Status.DONE, Status.PAUSED, Status.CANCELLED

TABLE: dict[Move, dict[Status, Status]] = {
    Move.RECEIVE: {A: I},
    Move.PROGRESS: {A: I, I: I, R: I},
    Move.BLOCK: {A: A, I: I, R: R},
    Move.UNBLOCK: {A: A, I: I, R: R, S: S, P: P},
    Move.SUBMIT: {A: S, I: S, R: S},
    Move.ACCEPT: {S: D},
    Move.RETURN: {S: R},
    Move.REQUEST_EXTENSION: {A: A, I: I, R: R},
    Move.GRANT_EXTENSION: {A: A, I: I, R: R, S: S, P: P},
    Move.REFUSE_EXTENSION: {A: A, I: I, R: R, S: S, P: P},
    Move.CANCEL: {A: C, I: C, R: C, S: C, P: C},
    Move.PAUSE: {A: P, I: P, R: P},
    Move.RESUME: {P: I},
    Move.EDIT: {A: A, I: I, R: R, S: S, P: P},
    Move.REASSIGN: {A: A, I: A, R: A, P: A},
    Move.DECLINE: {A: A, I: I, R: R},
    Move.KEEP: {A: A, I: I, R: R, S: S, P: P},
    Move.OFFER_DEADLINE: {A: A, I: I, R: R, S: S, P: P},
    Move.TAKE_OFFER: {A: A, I: I, R: R, S: S, P: P},
    Move.WITHDRAW: {A: A, I: I, R: R, S: S, P: P},
    Move.NAME_PART: {A: A, I: I, R: R, S: S, P: P},
    Move.REPORT_PART: {A: A, I: I, R: R, S: S, P: P},
    Move.SPLIT: {A: A, I: I, R: R},
    Move.CHECK: {A: A, I: I, R: R},
    Move.REMARK: {A: A, I: I, R: R, S: S, P: P},
    Move.ANSWER_REMARK: {A: A, I: I, R: R, S: S, P: P},
    Move.REQUEST_CORRECTION: {A: A, I: I, R: R, S: S, P: P, D: D},
    Move.GRANT_CORRECTION: {A: A, I: I, R: R, S: S, P: P, D: D},
    Move.REFUSE_CORRECTION: {A: A, I: I, R: R, S: S, P: P, D: D},
    Move.NOTE: {A: A, I: I, R: R, S: S, P: P, D: D},
    Move.GRADE: {D: D},
}
"""For each move, the state it leads to from each state it is allowed in."""


def test_every_move_has_a_row() -> None:
    assert set(TABLE) == set(Move) == set(MOVES)


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("status", Status)
def test_a_state_and_a_move(status: Status, move: Move) -> None:
    leads_to = TABLE[move].get(status)
    assert allows(status, move) is (leads_to is not None)
    if leads_to is not None:
        assert after(status, move) is leads_to


@pytest.mark.parametrize("status", [Status.DONE, Status.CANCELLED])
def test_what_is_closed_stays_closed(status: Status) -> None:
    assert all(after(status, move) is status for move in Move if allows(status, move))
    assert status not in OPEN


def test_who_waits_for_acceptance_owes_nothing() -> None:
    assert Status.SUBMITTED not in WORKING
    assert WORKING < OPEN
    assert set(Status) - OPEN == {Status.DONE, Status.CANCELLED}


def test_from_the_first_state_every_other_is_reached() -> None:
    reached = {Status.ASSIGNED}
    for _ in Status:
        reached |= {after(one, move) for one in reached for move in Move if allows(one, move)}
    assert reached == set(Status)
