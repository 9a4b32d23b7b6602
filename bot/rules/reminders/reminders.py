"""The rungs of the ladder of reminders: whom each rung concerns, and the office's settings for each urgency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum

from storage.records import Urgency


class Rung(StrEnum):
    """The rungs, the graver ones later. Of several that are due together, only the gravest is sent."""

    STALE = "stale"
    """No progress was reported for `stale_after` working days (chưa cập nhật)."""
    SNOOZE = "snooze"
    """A person asked to be reminded again."""
    RECEIVE = "receive"
    """The lead has not confirmed receipt. Identified by the lead and the moment since they lead."""
    YELLOW = "yellow"
    """VÀNG, only while there is no evidence. Numbered by its working days before the deadline."""
    BEFORE = "before"
    """Before the deadline. Numbered by its seconds before the deadline."""
    DUE = "due"
    RED = "red"
    RED_SPECIAL = "red_special"
    HIGHER = "higher"
    """One level further up. Numbered from 1."""


GRAVITY = {rung: place for place, rung in enumerate(Rung)}


class Receiver(StrEnum):
    """Whom a rung writes to."""

    LEAD = "lead"
    PARTS = "parts"
    """Those who still owe a supporting part, and the heads of units that have named nobody."""
    HEAD = "head"
    """The nearest level above the lead. If a body outside leads: who is in charge of its follower's unit."""
    ASSIGNER = "assigner"
    DECIDER = "decider"
    """The person who can resolve a blocker, if one was named."""
    HIGHER = "higher"
    """The level above those told so far."""
    SELF = "self"
    """The person who asked for the reminder."""


RECEIVERS: dict[Rung, tuple[Receiver, ...]] = {
    Rung.STALE: (Receiver.LEAD,),
    Rung.SNOOZE: (Receiver.SELF,),
    Rung.RECEIVE: (Receiver.LEAD,),
    Rung.YELLOW: (Receiver.LEAD,),
    Rung.BEFORE: (Receiver.LEAD, Receiver.PARTS),
    Rung.DUE: (Receiver.LEAD, Receiver.PARTS),
    Rung.RED: (Receiver.LEAD, Receiver.PARTS, Receiver.HEAD),
    Rung.RED_SPECIAL: (Receiver.LEAD, Receiver.ASSIGNER, Receiver.DECIDER),
    Rung.HIGHER: (Receiver.HIGHER,),
}


@dataclass(frozen=True)
class Ladder:
    """The office's settings for tasks of one urgency. A pause of whole days counts working days."""

    yellow_before: int = 3
    before: Sequence[timedelta] = (timedelta(days=1), timedelta(hours=2))
    red_special_after: int = 3
    climb_every: int = 3
    """Working days from one level to the next, after ĐỎ ĐẶC BIỆT."""
    stale_after: int = 5
    receive_within: timedelta = timedelta(days=1)
    at: time = time(7, 30)
    """The clock time at which the rungs of a day are sent."""
    any_hour: bool = False
    """Whether the rungs keep their minute at night and on days off."""


Ladders = Mapping[Urgency, Ladder]
LADDERS: Ladders = {
    Urgency.NORMAL: Ladder(),
    Urgency.URGENT: Ladder(2, Ladder.before, 2, 2, 3, timedelta(hours=4)),
    Urgency.VERY_URGENT: Ladder(
        2, (timedelta(days=1), timedelta(hours=4), timedelta(hours=1)), 1, 1, 2, timedelta(hours=2)
    ),
    Urgency.FLASH: Ladder(
        *(1, (timedelta(hours=4), timedelta(hours=1), timedelta(minutes=15)), 1, 1, 1),
        timedelta(minutes=30),
        any_hour=True,
    ),
}
