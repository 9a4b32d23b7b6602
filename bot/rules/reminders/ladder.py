"""When each rung of a task's ladder of reminders is due, by the current office calendar."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Protocol

from bot.rules.reminders.reminders import Ladder, Ladders, Rung
from bot.rules.tasks.lifecycle import WORKING
from bot.rules.workdays import ONE_DAY, Workdays
from storage.records import Status, Urgency

RED_AFTER = timedelta(minutes=1)
SNOOZED_UNTIL = time(14)
"""The hour of a reminder snoozed to "this afternoon"."""


class Again(StrEnum):
    """The choices of a person who asks to be reminded again."""

    AFTERNOON = "afternoon"
    MORNING = "morning"


class Planned(NamedTuple):
    """A rung, the moment it is counted from, its number if it has one (else 0), and when it is due.

    The first three identify it: a rung is used at most once.
    """

    rung: Rung
    since: datetime
    step: int
    at: datetime


class Deadline(Protocol):
    """What a ladder is computed from: any record of a task with these attributes."""

    @property
    def urgency(self) -> Urgency: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def late_from(self) -> datetime | None: ...
    @property
    def has_clock(self) -> bool: ...


class Heard(Protocol):
    """What decides whether a task is stale: any record of a task with these attributes."""

    @property
    def status(self) -> Status: ...
    @property
    def urgency(self) -> Urgency: ...
    @property
    def reported_at(self) -> datetime | None: ...
    @property
    def created_at(self) -> datetime: ...


def stale_from(task: Heard, ladders: Ladders, workdays: Workdays) -> datetime | None:
    """Return the moment from which a task counts as stale ("chưa cập nhật") unless progress is reported before.

    None for a task that nobody has to work on.
    """
    if task.status not in WORKING:
        return None
    heard = task.reported_at or task.created_at
    return _stale_at(heard, ladders[task.urgency], workdays)


def _stale_at(since: datetime, ladder: Ladder, workdays: Workdays) -> datetime:
    day = workdays.local(since).date()
    return workdays.at(workdays.add(day, ladder.stale_after), ladder.at)


@dataclass(frozen=True)
class Plan:
    """The ladder of one task by the current calendar."""

    task: Deadline
    ladder: Ladder
    workdays: Workdays

    def ahead(self, now: datetime, level: int = 1) -> list[Planned]:
        """Return the rungs of the deadline, soonest first; an empty list without a deadline.

        Before the deadline these are the rungs still in the future; of two at the same moment, the one nearer
        to the deadline. After the deadline these are all rungs, even past ones, but only `level` of the levels
        further up.
        """
        due = self.task.due_at
        if due is None:
            return []
        steps = [*self._before(now), self._planned(Rung.DUE, due)]
        kept = {one.at: one for one in steps if now < one.at <= due}
        late = [self._planned(Rung.RED, due), self._planned(Rung.RED_SPECIAL, due)]
        return [*(kept[at] for at in sorted(kept)), *late, self.higher(level)]

    def higher(self, level: int) -> Planned:
        """Return the rung `level` levels above the people who were told at ĐỎ ĐẶC BIỆT."""
        assert self.task.due_at is not None
        return self._planned(Rung.HIGHER, self.task.due_at, level)

    def stale(self, since: datetime) -> Planned:
        """Return the rung that reminds of a task without news since a moment."""
        return self._planned(Rung.STALE, since)

    def receive(self, since: datetime, lead_id: int) -> Planned:
        """Return the rung that asks a task's lead to confirm receipt; `since` is when they became the lead."""
        return self._planned(Rung.RECEIVE, since, lead_id)

    def again(self, now: datetime) -> dict[Again, datetime]:
        """Return the moments to which a reminder can be snoozed, all before the deadline."""
        today, workdays = self._day(now), self.workdays
        afternoon = workdays.at(today, SNOOZED_UNTIL)
        moments = {Again.MORNING: self._morning(today, 1)}
        if workdays.is_working(today) and now < afternoon:
            moments = {Again.AFTERNOON: afternoon, **moments}
        due = self.task.due_at
        return {name: at for name, at in moments.items() if due is None or at < due}

    def at(self, rung: Rung, since: datetime, step: int) -> datetime:
        """Return when a rung is due."""
        if rung is Rung.RECEIVE:
            return self._later(since, self.ladder.receive_within)
        if rung is Rung.STALE:
            return _stale_at(since, self.ladder, self.workdays)
        if rung is Rung.SNOOZE:
            return self._snoozed(since)
        assert self.task.due_at is not None
        return self._of_deadline(rung, self.task.due_at, step)

    def _planned(self, rung: Rung, since: datetime, step: int = 0) -> Planned:
        return Planned(rung, since, step, self.at(rung, since, step))

    def _before(self, now: datetime) -> list[Planned]:
        """Return the rungs before the deadline's own day or hour.

        Rungs counted in hours apply only if the deadline has a clock time, if the ladder keeps any hour, or
        if the moment of the DUE rung is past already.
        """
        due, ladder = self.task.due_at, self.ladder
        assert due is not None
        hours = self.task.has_clock or ladder.any_hour or self.at(Rung.DUE, due, 0) <= now
        pauses = [pause for pause in ladder.before if hours or pause >= ONE_DAY]
        seconds = sorted((round(pause.total_seconds()) for pause in pauses), reverse=True)
        yellow = [(Rung.YELLOW, ladder.yellow_before)] if ladder.yellow_before else []
        steps = [*yellow, *((Rung.BEFORE, one) for one in seconds)]
        return [self._planned(rung, due, step) for rung, step in steps]

    def _of_deadline(self, rung: Rung, due: datetime, step: int) -> datetime:
        day, ladder = self._due_day, self.ladder
        if rung is Rung.YELLOW:
            return self._morning(day, -step)
        if rung is Rung.BEFORE:
            pause = timedelta(seconds=step)
            return self._morning(day, -pause.days) if pause.days else self._no_later(due - pause)
        if rung is Rung.DUE:
            return self._no_later(due) if self.task.has_clock else self._morning(day, 0)
        if rung is Rung.RED:
            return self._red
        return max(
            self._red, self._morning(day, ladder.red_special_after + step * ladder.climb_every)
        )

    @cached_property
    def _due_day(self) -> date:
        assert self.task.due_at is not None
        return self._day(self.task.due_at)

    @cached_property
    def _red(self) -> datetime:
        due = self.task.due_at
        assert due is not None
        late = max(self.task.late_from or due, due + RED_AFTER)
        if not self.task.has_clock:
            return self._morning(self.workdays.on_or_after(self._day(late)), 0)
        if self.ladder.any_hour or self.workdays.is_awake(late):
            return late
        awake = self.workdays.next_awake(late)
        return max(awake, self._morning(self._day(awake), 0))

    def _snoozed(self, since: datetime) -> datetime:
        """Return the first moment in waking hours from `since` on, but none after the deadline."""
        at = since if self.ladder.any_hour else self.workdays.next_awake(since)
        due = self.task.due_at
        return at if due is None or at <= due else self._no_later(min(since, due))

    def _later(self, since: datetime, pause: timedelta) -> datetime:
        """Return the moment a pause of working days or hours after the first waking moment from `since` on."""
        if self.ladder.any_hour:
            return since + pause
        known = self.workdays.next_awake(since)
        if not pause.days:
            return self.workdays.next_awake(known + pause)
        clock = self.workdays.local(known).time()
        return self.workdays.at(self.workdays.add(self._day(known), pause.days), clock)

    def _no_later(self, moment: datetime) -> datetime:
        return moment if self.ladder.any_hour else self.workdays.last_awake(moment)

    def _morning(self, day: date, count: int) -> datetime:
        """Return the hour of the rungs on the day `count` working days from a day.

        A count of 0 means the day itself, or the last working day before it.
        """
        workdays = self.workdays
        moved = workdays.add(day, count) if count else workdays.on_or_before(day)
        return workdays.at(moved, self.ladder.at)

    def _day(self, moment: datetime) -> date:
        return self.workdays.local(moment).date()
