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


WORKING = frozenset({Status.ASSIGNED, Status.IN_PROGRESS, Status.RETURNED})
OPEN = WORKING | {Status.SUBMITTED, Status.PAUSED}

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
}
"""From which states each move starts and the state it leads to; None keeps the state."""


def allows(status: Status, move: Move) -> bool:
    """Tell whether a task in this state can make the move."""
    return status in MOVES[move][0]


def after(status: Status, move: Move) -> Status:
    """Return the state after a move that `allows` permits."""
    return MOVES[move][1] or status
