"""Who carries how much work up to a day, and who could take a task best (phân công hợp lý).

Work is hours: of a task what its effort and progress leave, spread evenly over the working days to its
deadline, what is overdue on the first of them. A person's load is their work against the hours there are.
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
"""The effort of a task of which nobody said it."""
OPEN_ENDED_DAYS = 20
"""Working days over which a task without a deadline is spread."""
SHARE = {Part.LEAD: 1.0, Part.SUPPORT: 0.25, Part.FOLLOW: 0.0}
"""Of a task's effort, what falls to each part."""
WEIGHT = {Urgency.NORMAL: 1.0, Urgency.URGENT: 1.1, Urgency.VERY_URGENT: 1.25, Urgency.FLASH: 1.5}
"""How much more a task costs that interrupts others."""
NEW_TO_IT = 0.5
"""How much longer work of a kind takes whoever has done none of it, less with each one done."""


@dataclass(frozen=True)
class Load:
    """Hours of work up to a day, and the hours there are for it."""

    hours: float = 0.0
    capacity: float = 0.0

    @property
    def percent(self) -> int | None:
        """How busy that is; None for who is not there."""
        return round(100 * self.hours / self.capacity) if self.capacity else None

    @property
    def share(self) -> float:
        """How busy that is, of an hour where there is none: to compare."""
        return self.hours / (self.capacity or 1)

    @property
    def is_over(self) -> bool:
        """Whether there is more work than hours."""
        return self.hours > self.capacity

    def with_more(self, hours: float) -> "Load":
        return replace(self, hours=self.hours + hours)


@dataclass(frozen=True)
class Offer:
    """Somebody who could take a task, how busy they would be up to its deadline, and why they."""

    person_id: int
    load: Load
    past: int
    """Tasks of the kind they have finished as lead."""


@dataclass(frozen=True)
class Ahead:
    """The working days from `first` on, as people are there: `leaves` are the absences not over."""

    first: date
    workdays: Workdays
    leaves: Sequence[Absence] = ()

    @classmethod
    def of(cls, now: datetime, workdays: Workdays, leaves: Sequence[Absence] = ()) -> "Ahead":
        """Return what is ahead at a moment: today while it is worked, else the next working day."""
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
        """Count the working days from the first (or a later one) up to and with a day."""
        start = max(self.first, since or self.first)
        if (start, until) not in self._counted:
            counted = self.workdays.count(start - ONE_DAY, until)
            self._counted[start, until] = max(0, counted)
        return self._counted[start, until]

    def days_away(self, leave: Absence, until: date) -> int:
        return self.days(min(until, leave.until_day), leave.from_day)

    def due_on(self, task: Carried) -> date | None:
        """Return the day a task is due; many are due at the same moment."""
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
        """Return somebody's absences, the sooner first."""
        return self._by_person.get(person_id, ())

    def capacity(self, person_id: int, until: date) -> float:
        """Return the hours somebody is there up to a day."""
        away = sum(self.days_away(one, until) for one in self.leaves_of(person_id))
        return max(0, self.days(until) - away) * self.hours_a_day


def hours_left(task: Carried) -> float:
    """Return the hours of somebody's part that are still to be done, weighed by urgency."""
    effort = USUAL_HOURS if task.effort is None else task.effort
    left = effort * (100 - min(task.percent, 100)) / 100
    return left * SHARE[task.part] * WEIGHT[task.urgency]


def loads(
    people: Collection[int], carried: Iterable[Carried], ahead: Ahead, until: date
) -> dict[int, Load]:
    """Return each one's load up to and with a day.

    What falls on days on which somebody is away is for who stands in for them, if anybody does.
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
    """Return a task's hours a day, and on how many days up to the last they fall."""
    due = ahead.due_on(task)
    whole = OPEN_ENDED_DAYS if due is None else max(1, ahead.days(due))
    return hours_left(task) / whole, min(whole, ahead.days(until))


def _last(task: Carried, ahead: Ahead, until: date) -> date:
    return min(until, max(ahead.due_on(task) or until, ahead.first))


def kind_of(title: str, product: str | None) -> str:
    """Return what kind of work a task is: its product, or the first two words of its title."""
    return " ".join(words(product or "") or words(title)[:2])


def offers(
    task: Carried,
    people: Collection[int],
    carried: Sequence[Carried],
    ahead: Ahead,
    past: Mapping[int, int],
) -> list[Offer]:
    """Return who could take a task as its lead, the best first; nobody who is away to its deadline.

    Best is who would be least busy up to the deadline with it. `past` are the tasks of its kind each
    has done: whoever is new to it takes longer.
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
