"""How much work each person carries up to a day, and who could best take a task (phân công hợp lý).

Work is counted in hours. The hours of a task are what its effort and progress leave, spread evenly over the
working days to its deadline. Overdue work falls on the first working day. A person's load is their work in
relation to the hours they are there.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from bot.folding import words
from bot.rules.workdays import HOURS_A_DAY, ONE_DAY, Workdays
from storage.records import Absence, Carried, Part, Urgency

USUAL_HOURS = HOURS_A_DAY
"""The effort, in hours, of a task without a stated effort."""
OPEN_ENDED_DAYS = 20
"""The number of working days over which a task without a deadline is spread."""
SHARE = {Part.LEAD: 1.0, Part.SUPPORT: 0.25, Part.FOLLOW: 0.0}
"""The fraction of a task's effort that falls to each part."""
WEIGHT = {Urgency.NORMAL: 1.0, Urgency.URGENT: 1.1, Urgency.VERY_URGENT: 1.25, Urgency.FLASH: 1.5}
"""The factor by which an urgent task costs more, because it interrupts others."""
NEW_TO_IT = 0.5
"""The extra fraction of time for a person who has done no task of the kind. It shrinks with each one done."""


@dataclass(frozen=True)
class Load:
    """Hours of work up to a day, and the hours available for it."""

    hours: float = 0.0
    capacity: float = 0.0

    @property
    def percent(self) -> int | None:
        """The work in percent of the available hours; None for a person who is not there."""
        return round(100 * self.hours / self.capacity) if self.capacity else None

    @property
    def share(self) -> float:
        """The work in relation to the available hours, for comparisons. No available hours count as one hour."""
        return self.hours / (self.capacity or 1)

    @property
    def is_over(self) -> bool:
        """Whether the work exceeds the available hours."""
        return self.hours > self.capacity

    def with_more(self, hours: float) -> "Load":
        return replace(self, hours=self.hours + hours)


@dataclass(frozen=True)
class Offer:
    """A person who could take a task, their load up to its deadline with it, and their experience (`past`)."""

    person_id: int
    load: Load
    past: int
    """The number of tasks of the kind that they have finished as lead."""


@dataclass(frozen=True)
class Ahead:
    """The working days from `first` on, and the absences that are not over (`leaves`)."""

    first: date
    workdays: Workdays
    leaves: Sequence[Absence] = ()

    @classmethod
    def of(cls, now: datetime, workdays: Workdays, leaves: Sequence[Absence] = ()) -> "Ahead":
        """Return the days ahead at a moment. `first` is today until the working day ends, else the next working day."""
        local = workdays.local(now)
        over = local.time() >= workdays.afternoon[1]
        return cls(workdays.on_or_after(local.date() + ONE_DAY * over), workdays, leaves)

    @property
    def hours_a_day(self) -> float:
        times = (self.workdays.morning, self.workdays.afternoon)
        seconds = sum(
            timedelta(hours=b.hour - a.hour, minutes=b.minute - a.minute).total_seconds()
            for a, b in times
        )
        return seconds / 3600

    def days(self, until: date, since: date | None = None) -> int:
        """Count the working days from `first` (or from `since`, if that is later) up to and including a day."""
        start = max(self.first, since or self.first)
        if (start, until) not in self._counted:
            counted = self.workdays.count(start - ONE_DAY, until)
            self._counted[start, until] = max(0, counted)
        return self._counted[start, until]

    def days_away(self, leave: Absence, until: date) -> int:
        return self.days(min(until, leave.until_day), leave.from_day)

    def due_on(self, task: Carried) -> date | None:
        """Return the day on which a task is due. Cached, because many tasks are due at the same moment."""
        due = task.due_at
        if due not in self._due:
            self._due[due] = self.workdays.local(due).date() if due else None
        return self._due[due]

    @cached_property
    def _counted(self) -> dict[tuple[date, date], int]:
        return {}

    @cached_property
    def _due(self) -> dict[datetime | None, date | None]:
        return {}

    @cached_property
    def _by_person(self) -> Mapping[int, Sequence[Absence]]:
        found: defaultdict[int, list[Absence]] = defaultdict(list)
        for leave in self.leaves:
            found[leave.person_id].append(leave)
        return found

    def leaves_of(self, person_id: int) -> Sequence[Absence]:
        """Return a person's absences, the sooner first."""
        return self._by_person.get(person_id, ())

    def capacity(self, person_id: int, until: date) -> float:
        """Return the working hours a person is there up to a day."""
        away = sum(self.days_away(one, until) for one in self.leaves_of(person_id))
        return max(0, self.days(until) - away) * self.hours_a_day


def hours_left(task: Carried) -> float:
    """Return the hours still to do of a person's part, weighted by urgency."""
    effort = USUAL_HOURS if task.effort is None else task.effort
    left = effort * (100 - min(task.percent, 100)) / 100
    return left * SHARE[task.part] * WEIGHT[task.urgency]


def loads(
    people: Collection[int], carried: Iterable[Carried], ahead: Ahead, until: date
) -> dict[int, Load]:
    """Return each person's load up to and including a day.

    Work that falls on days of absence counts for the deputy, if there is one.
    """
    hours: defaultdict[int, float] = defaultdict(float)
    for task in carried:
        a_day, days = _spread(task, ahead, until)
        hours[task.person_id] += a_day * days
        for leave in ahead.leaves_of(task.person_id):
            if leave.deputy_id is not None:
                passed = a_day * min(days, ahead.days_away(leave, _last(task, ahead, until)))
                hours[task.person_id] -= passed
                hours[leave.deputy_id] += passed
    return {one: Load(hours[one], ahead.capacity(one, until)) for one in people}


def _spread(task: Carried, ahead: Ahead, until: date) -> tuple[float, int]:
    """Return a task's hours per day, and the number of days up to `until` on which they fall."""
    due = ahead.due_on(task)
    whole = OPEN_ENDED_DAYS if due is None else max(1, ahead.days(due))
    return hours_left(task) / whole, min(whole, ahead.days(until))


def _last(task: Carried, ahead: Ahead, until: date) -> date:
    return min(until, max(ahead.due_on(task) or until, ahead.first))


def kind_of(title: str, product: str | None) -> str:
    """Return the kind of work of a task: its product, or the first two words of its title."""
    return " ".join(words(product or "") or words(title)[:2])


def offers(
    task: Carried,
    people: Collection[int],
    carried: Sequence[Carried],
    ahead: Ahead,
    past: Mapping[int, int],
) -> list[Offer]:
    """Return the people who could take a task as its lead, the best first, without those away until its deadline.

    The best is the person who would have the smallest load up to the deadline with it. `past` gives how many
    tasks of its kind each has done; a person who is new to it takes longer.
    """
    until = max(ahead.due_on(task) or ahead.workdays.add(ahead.first, OPEN_ENDED_DAYS), ahead.first)
    others = [one for one in carried if one.task_id != task.task_id or one.part is not Part.LEAD]
    found = []
    for person_id, load in loads(people, others, ahead, until).items():
        done = past.get(person_id, 0)
        more = hours_left(task) * (1 + NEW_TO_IT / (1 + done))
        if load.capacity:
            found.append(Offer(person_id, load.with_more(more), done))
    return sorted(found, key=lambda one: (one.load.hours / one.load.capacity, one.person_id))
