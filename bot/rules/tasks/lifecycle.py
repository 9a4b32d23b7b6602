"""The moves of a task between its stored states (domain.md, section 2)."""

from enum import StrEnum

from storage.records import Status


class Move(StrEnum):
    """What can be done to a task; also the kind of its line in the history."""

    RECEIVE = "receive"
    PROGRESS = "progress"
    BLOCK = "block"
    UNBLOCK = "unblock"
    SUBMIT = "submit"
    ACCEPT = "accept"
    RETURN = "return"
    REQUEST_EXTENSION = "request_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    CANCEL = "cancel"
    PAUSE = "pause"
    RESUME = "resume"
    EDIT = "edit"
    REASSIGN = "reassign"
    DECLINE = "decline"
    KEEP = "keep"
    OFFER_DEADLINE = "offer_deadline"
    TAKE_OFFER = "take_offer"
    WITHDRAW = "withdraw"
    NAME_PART = "name_part"
    REPORT_PART = "report_part"
    SPLIT = "split"
    CHECK = "check"
    REMARK = "remark"
    ANSWER_REMARK = "answer_remark"
    REQUEST_CORRECTION = "request_correction"
    GRANT_CORRECTION = "grant_correction"
    REFUSE_CORRECTION = "refuse_correction"
    NOTE = "note"
    GRADE = "grade"


WORKING = frozenset({Status.ASSIGNED, Status.IN_PROGRESS, Status.RETURNED})
OPEN = WORKING | {Status.SUBMITTED, Status.PAUSED}
REPORTED = OPEN | {Status.DONE}

MOVES: dict[Move, tuple[frozenset[Status], Status | None]] = {
    Move.RECEIVE: (frozenset({Status.ASSIGNED}), Status.IN_PROGRESS),
    Move.PROGRESS: (WORKING, Status.IN_PROGRESS),
    Move.BLOCK: (WORKING, None),
    Move.UNBLOCK: (OPEN, None),
    Move.SUBMIT: (WORKING, Status.SUBMITTED),
    Move.ACCEPT: (frozenset({Status.SUBMITTED}), Status.DONE),
    Move.RETURN: (frozenset({Status.SUBMITTED}), Status.RETURNED),
    Move.REQUEST_EXTENSION: (WORKING, None),
    Move.GRANT_EXTENSION: (OPEN, None),
    Move.REFUSE_EXTENSION: (OPEN, None),
    Move.CANCEL: (OPEN, Status.CANCELLED),
    Move.PAUSE: (WORKING, Status.PAUSED),
    Move.RESUME: (frozenset({Status.PAUSED}), Status.IN_PROGRESS),
    Move.EDIT: (OPEN, None),
    Move.REASSIGN: (WORKING | {Status.PAUSED}, Status.ASSIGNED),
    Move.DECLINE: (WORKING, None),
    Move.KEEP: (OPEN, None),
    Move.OFFER_DEADLINE: (OPEN, None),
    Move.TAKE_OFFER: (OPEN, None),
    Move.WITHDRAW: (OPEN, None),
    Move.NAME_PART: (OPEN, None),
    Move.REPORT_PART: (OPEN, None),
    Move.SPLIT: (WORKING, None),
    Move.CHECK: (WORKING, None),
    Move.REMARK: (OPEN, None),
    Move.ANSWER_REMARK: (OPEN, None),
    Move.REQUEST_CORRECTION: (REPORTED, None),
    Move.GRANT_CORRECTION: (REPORTED, None),
    Move.REFUSE_CORRECTION: (REPORTED, None),
    Move.NOTE: (REPORTED, None),
    Move.GRADE: (frozenset({Status.DONE}), None),
}
"""The states from which each move starts, and the state it leads to; None keeps the state."""


UNDOABLE = frozenset(
    {
        *(Move.RECEIVE, Move.PROGRESS, Move.BLOCK, Move.UNBLOCK, Move.SUBMIT),
        *(Move.ACCEPT, Move.RETURN, Move.GRADE, Move.CANCEL, Move.EDIT),
        *(Move.REQUEST_EXTENSION, Move.GRANT_EXTENSION, Move.REFUSE_EXTENSION),
    }
)
"""Moves that their maker can undo for a moment, while nobody has acted on them yet."""


def allows(status: Status, move: Move) -> bool:
    """Tell whether a task in this state can make the move."""
    return status in MOVES[move][0]


def after(status: Status, move: Move) -> Status:
    """Return the state after a move that `allows` permits."""
    return MOVES[move][1] or status
