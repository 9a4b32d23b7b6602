"""What a person should see first thing: what they owe, what they must decide, and what is stuck."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from bot.actions.office import Office
from bot.actions.tasks import acceptance
from bot.rules.organisation.standing import is_late
from bot.rules.rights import Standpoint
from bot.rules.workdays import ONE_DAY
from storage.engine.database import Transaction
from storage.messaging import ledger
from storage.records import Role, TaskLine
from storage.reminders import digests
from storage.reporting import summary
from storage.tasks import task_conditions, tasks
from storage.tasks.task_conditions import Condition

MOST = 30
Lines = tuple[list[TaskLine], int]


@dataclass(frozen=True)
class Morning:
    """Tasks by what they ask of the person, each list with the soonest deadline first.

    No task stands in two lists; `counts` says how many there are where the lists end early.
    """

    exceptions: list[TaskLine]
    """Red or blocked tasks of others that wait for a decision of those above."""
    decisions: list[TaskLine]
    overdue: list[TaskLine]
    today: list[TaskLine]
    remarks: list[TaskLine]
    stale: list[TaskLine]
    unreceived: list[TaskLine]
    nobody_received: list[TaskLine]
    """What the person assigned, or their unit has, and nobody has received."""
    deciders: Mapping[int, str]
    """Who was named to undo the knot of the exceptions."""
    counts: Mapping[str, int]

    @property
    def is_empty(self) -> bool:
        return not any(self.counts.values())


async def morning(office: Office, who: Standpoint, now: datetime) -> Morning:
    """Return what a person owes by tonight, and what waits for them, as a digest tells it."""
    today = office.workdays.local(now).date()
    midnight = office.workdays.at(today + ONE_DAY, time())
    people = who.people
    owed, _ = await _page(office, task_conditions.owed(people, midnight))
    late = [one for one in owed if is_late(one, now)]
    found = {
        "decisions": await _page(
            office, await acceptance.to_decide(office, who), tasks.LONGEST_WAITING
        ),
        "overdue": (late, len(late)),
        "today": ([one for one in owed if one not in late], len(owed) - len(late)),
        "remarks": await _page(office, task_conditions.to_answer(people)),
        "exceptions": await _page(office, _exceptions(who, now)),
        "stale": await _page(office, task_conditions.stale(people)),
        "unreceived": await _page(office, task_conditions.unreceived(people)),
        "nobody_received": await _page(office, _nobody_received(who)),
    }
    once = _once(found)
    stuck = [one.id for one in once["exceptions"][0]]
    return Morning(
        **{name: lines for name, (lines, _) in once.items()},
        deciders=await summary.deciders(office.db, stuck),
        counts={name: count for name, (_, count) in once.items()},
    )


async def concerned(tx: Transaction, office: Office, now: datetime) -> list[int]:
    """Return everyone whose morning has something to say.

    So has that of the nearest above somebody who cannot be reached, when that one misses more.
    """
    today = office.workdays.local(now).date()
    midnight = office.workdays.at(today + ONE_DAY, time())
    found = set(await digests.concerned(tx, midnight, now))
    for task in await acceptance.own_results(tx):
        found |= set(await acceptance.acceptors(tx, office, task))
    leaders = office.hierarchy.all_leaders
    for unit_id, special in await digests.units_in_need(tx, now):
        above = {one for level in office.hierarchy.levels([unit_id]) for one in level}
        found |= above if special else above - leaders
    for person_id, unit_id in await ledger.missing_since(tx, morning_before(office, now)):
        levels = (set(level) - {person_id} for level in office.hierarchy.levels([unit_id]))
        found |= next(filter(None, levels), set())
    return sorted(found)


def morning_before(office: Office, now: datetime) -> datetime:
    """Return this quarter of an hour of the working day before: what came since then was in no digest yet.

    No look comes at the same second each morning, and what a digest's own minute brings is after it.
    """
    local = office.workdays.local(now)
    quarter = time(local.hour, local.minute - local.minute % 15)
    return office.workdays.at(office.workdays.add(local.date(), -1), quarter)


async def _page(office: Office, condition: Condition, order: str = tasks.SOONEST) -> Lines:
    return await tasks.page(office.db, condition, order, MOST)


def _once(found: Mapping[str, Lines]) -> dict[str, Lines]:
    """Return each task in the first list that has it alone."""
    met: set[int] = set()
    once: dict[str, Lines] = {}
    for name, (lines, count) in found.items():
        fresh = [one for one in lines if one.id not in met]
        met |= {one.id for one in fresh}
        once[name] = fresh, count - (len(lines) - len(fresh))
    return once


def _exceptions(who: Standpoint, now: datetime) -> Condition:
    led = _units(one for one in who.each if Role.LEADER in one.roles)
    return task_conditions.exceptions(who.people, who.all_groups, _headed(who), led, now)


def _nobody_received(who: Standpoint) -> Condition:
    return task_conditions.nobody_received(who.people, who.all_groups, _headed(who))


def _headed(who: Standpoint) -> list[int]:
    """Return the units of which they hear as heads."""
    heads = (one for one in who.each if Role.HEAD in one.roles and Role.LEADER not in one.roles)
    return _units(heads) or []


def _units(each: Iterable[Standpoint]) -> list[int] | None:
    """Return the units these oversee; None for all."""
    seen = [one.oversees for one in each]
    if None in seen:
        return None
    return sorted(frozenset[int]().union(*(units for units in seen if units is not None)))
