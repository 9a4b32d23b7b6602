"""The state of the work at a moment, for what a person may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add

from bot.actions.find import scope_of
from bot.actions.office import Office
from bot.actions.reporting.query_filters import unheard
from bot.rules.rights import Standpoint
from storage.records import Counts, Group, TaskLine
from storage.reporting import summary
from storage.reporting.count_queries import Count
from storage.reporting.task_scope import By, Focus
from storage.tasks import task_conditions, tasks
from storage.tasks.task_conditions import Condition

SHOWN = 5
WHOLE = Focus()


@dataclass(frozen=True)
class Summary:
    """`decisions` are the first tasks that wait for somebody to decide, the longest waiting first."""

    units: list[Group]
    decisions: list[TaskLine]
    waiting: int
    accepted_late: list[tuple[str, int]]
    """Acceptors with results that were in on time and not accepted by the deadline, and how many."""
    undecided: int
    """Overdue tasks without a deciding level."""
    silent: list[tuple[str, int]]
    """Who has not updated how many tasks: units where the whole office is looked at, else leads."""
    deciders: Mapping[int, str]
    """Who can undo the knot of each of the decisions where somebody was named."""

    @property
    def counts(self) -> Counts:
        return reduce(add, self.units, Counts())

    def count(self, bucket: str) -> int:
        return int(getattr(self.counts, bucket))

    @property
    def total(self) -> int:
        return self.counts.total


async def summarise(
    office: Office, who: Standpoint, now: datetime, focus: Focus = WHOLE
) -> Summary:
    """Count the tasks a person may see, and find those that need a decision.

    These are: overdue without a result, waiting for acceptance, blocked, an extension asked for.
    """
    db, scope = office.db, scope_of(who)
    seen = scope.open_ones & focus.open_ones
    if focus.person_id is not None:  # few of all they ever had: found once, not for each figure
        seen = task_conditions.OPEN & task_conditions.numbered(await tasks.numbers(db, seen))
    units = await summary.by(db, Count(scope, focus, By.UNIT, now, seen))
    needs = task_conditions.needs_decision(now) & seen
    decisions, waiting = await tasks.page(db, needs, tasks.SOONEST, SHOWN)
    late = await summary.accepted_late(db, task_conditions.accepted_late(now) & seen)
    undecided = await summary.count(db, undecided_ones(now) & seen)
    is_whole = scope.units is None and focus == WHOLE
    counted = summary.by_unit if is_whole else summary.by_lead
    silent = [(name, n) for _, name, n in await counted(db, unheard(office, now) & seen)]
    deciders = await summary.deciders(db, [task.id for task in decisions])
    return Summary(units, decisions, waiting, late, undecided, silent, deciders)


def undecided_ones(now: datetime) -> Condition:
    """Overdue tasks of which nobody said who can undo the knot."""
    return task_conditions.red_undecided(now)
