"""The state of the work at a moment, for what a person may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.actions.find import scope_of
from bot.actions.office import Office
from bot.rules.rights import Standpoint
from storage import conditions, summary, tasks
from storage.counting import Count
from storage.records import Group, TaskLine
from storage.scope import By, Focus

SHOWN = 5


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
    deciders: Mapping[int, str]
    """Who can undo the knot of each of the decisions where somebody was named."""

    def count(self, bucket: str) -> int:
        return sum(getattr(unit, bucket) for unit in self.units)

    @property
    def total(self) -> int:
        return sum(unit.total for unit in self.units)


async def summarise(office: Office, who: Standpoint, now: datetime) -> Summary:
    """Count the tasks a person may see, and find those that need a decision.

    These are: overdue without a result, waiting for acceptance, blocked, an extension asked for.
    """
    scope = scope_of(who)
    visible = scope.open_ones
    count = Count(scope, Focus(), By.UNIT, now)
    units = await summary.by(office.db, count)
    needs = conditions.needs_decision(now) & visible
    decisions, waiting = await tasks.page(office.db, needs, tasks.SOONEST, SHOWN)
    late = await summary.accepted_late(office.db, conditions.accepted_late(now) & visible)
    undecided = await summary.count(office.db, conditions.red_undecided(now) & visible)
    deciders = await summary.deciders(office.db, [task.id for task in decisions])
    return Summary(units, decisions, waiting, late, undecided, deciders)
