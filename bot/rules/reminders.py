"""The ladder of reminders: which rungs a deadline has, when each is due and whom it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.rules.workdays import Workdays
from storage.records import Task

EXACT_BELOW = timedelta(hours=1)
"""Reminders this close to the deadline keep their minute, whatever the hour: later is useless."""
RED_AFTER = timedelta(minutes=1)


class Rung(StrEnum):
    """The steps in the order they are climbed (domain.md, section 2: VÀNG, ĐỎ, ĐỎ ĐẶC BIỆT)."""

    BEFORE = "before"
    DUE = "due"
    RED = "red"
    RED_SPECIAL = "red_special"


class Receiver(StrEnum):
    """Whom a rung writes to."""

    LEAD = "lead"
    PARTS = "parts"
    """Those who still owe a supporting part, and the head of a unit that has named nobody."""
    HEAD = "head"
    """Of the lead's unit; where a body outside leads, the leader in charge of its follower's unit."""
    ASSIGNER = "assigner"
    DECIDER = "decider"
    """Who can undo the knot, if anybody was named."""


RECEIVERS: dict[Rung, tuple[Receiver, ...]] = {
    Rung.BEFORE: (Receiver.LEAD, Receiver.PARTS),
    Rung.DUE: (Receiver.LEAD, Receiver.PARTS),
    Rung.RED: (Receiver.LEAD, Receiver.PARTS, Receiver.HEAD),
    Rung.RED_SPECIAL: (Receiver.LEAD, Receiver.ASSIGNER, Receiver.DECIDER),
}


@dataclass(frozen=True)
class Ladder:
    """The office's settings: pauses before the deadline, and working days late for the last rung."""

    before: Sequence[timedelta] = (timedelta(days=3), timedelta(days=1), timedelta(hours=2))
    red_special_after: int = 3


@dataclass(frozen=True)
class Planned:
    rung: Rung
    at: datetime


def plan(task: Task, now: datetime, ladder: Ladder, workdays: Workdays) -> list[Planned]:
    """Return the rungs still ahead of a task's deadline, soonest first; none without a deadline."""
    if task.due_at is None or task.late_from is None:
        return []
    due = task.due_at
    ahead = [Planned(Rung.BEFORE, _before(due, pause, now, workdays)) for pause in ladder.before]
    ahead.append(Planned(Rung.DUE, due))
    red = workdays.next_awake(max(task.late_from, due + RED_AFTER))
    special_day = workdays.add(workdays.local(due).date(), ladder.red_special_after)
    special = max(red, workdays.at(special_day, workdays.waking[0]))
    late = [Planned(Rung.RED, red), Planned(Rung.RED_SPECIAL, special)]
    kept = {rung.at: rung for rung in ahead if now < rung.at <= due}
    return sorted(kept.values(), key=lambda rung: rung.at) + late


def _before(due: datetime, pause: timedelta, now: datetime, workdays: Workdays) -> datetime:
    wanted = due - pause
    if pause < EXACT_BELOW or wanted <= now:
        return wanted
    earlier = workdays.last_awake(wanted)
    return earlier if earlier > now else workdays.next_awake(wanted)
