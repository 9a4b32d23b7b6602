"""News of absences: the stand-in is told when one begins; both hear of it when it is over."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.actions import moves
from bot.actions.office import Office
from storage.history import audit
from storage.history.audit import PastEvent
from storage.organisation import absences, people
from storage.records import Absence, TaskLine
from storage.tasks import task_conditions, tasks

SHOWN = 10
EVENTS = 300
"""At most so many lines of history, the newest, are read for a person who is back."""


@dataclass(frozen=True)
class LookedAfter:
    """What a stand-in looks after: the absent people's names, their first open tasks, and how many in all."""

    absence: Absence
    names: list[str]
    tasks: list[TaskLine]
    total: int


@dataclass(frozen=True)
class Happened:
    """What happened while somebody was away: tasks, and the lines of history of each, the newest last."""

    tasks: list[TaskLine]
    past: dict[int, list[PastEvent]]


async def look(office: Office, now: datetime) -> int:
    """Tell of absences that begin, and of those that are over; return how many were told of.

    Absences that begin, or pass their last day, are told of in waking hours. One that was ended early is
    told of at once.
    """
    today, told = office.today(now), 0
    awake = office.workdays.is_awake(now)
    for one in await absences.beginning(office.db, today) if awake else ():
        told += await _begin(office, one, now)
    for one in await absences.past(office.db, today):
        if awake or one.ended_at is not None:
            told += await _settle(office, one, now)
    return told


async def _begin(office: Office, absence: Absence, now: datetime) -> bool:
    away = (await office.away_now(now)).get(absence.person_id)
    stand_in = away.stand_in if away else None
    async with office.db.transaction() as tx:
        if not await absences.begin(tx, absence.id, stand_in, now):
            return False
        await moves.tell(tx, "absence.begun", None, [stand_in], now, facts={"absence": absence.id})
        return True


async def _settle(office: Office, absence: Absence, now: datetime) -> bool:
    async with office.db.transaction() as tx:
        if not await absences.settle(tx, absence.id, now):
            return False
        facts = {"absence": absence.id}
        await moves.tell(tx, "absence.over", None, [absence.told_id], now, facts=facts)
        await moves.tell(tx, "absence.back", None, [absence.person_id], now, facts=facts)
        return True


async def lasting(office: Office, absence_id: int, now: datetime) -> Absence | None:
    """Return an absence if somebody is away today because of it."""
    found = await absences.get(office.db, absence_id)
    if found is None or found.ended_at is not None:
        return None
    return found if found.from_day <= office.today(now) <= found.until_day else None


async def get(office: Office, absence_id: int) -> Absence | None:
    return await absences.get(office.db, absence_id)


async def looked_after(
    office: Office, absence: Absence, deputy_id: int, now: datetime
) -> LookedAfter:
    """Return what a deputy looks after: the tasks of the absent person, and of others away because of it.

    The others are absent people who had named this absent person as their deputy. Those whose own absence
    the deputy was told of are left out.
    """
    away = await office.away_now(now)
    today = office.today(now)
    handed = [
        one.person_id
        for one in await absences.not_over(office.db, today)
        if one.deputy_id == absence.person_id and one.from_day <= today and one.told_id != deputy_id
    ]
    people_away = [
        one
        for one in (absence.person_id, *handed)
        if one in away and away[one].stand_in == deputy_id
    ]
    wanted = task_conditions.OPEN & (
        task_conditions.has_part(people_away)
        | task_conditions.to_name(people_away)
        | task_conditions.assigned_by(people_away)
    )
    found, total = await tasks.page(office.db, wanted, tasks.SOONEST, SHOWN)
    known = await people.names(office.db, people_away)
    return LookedAfter(absence, [known[one] for one in people_away], found, total)


async def open_count(office: Office, person_id: int) -> int:
    """Return how many open tasks somebody has a part in or assigned."""
    mine = task_conditions.has_part([person_id]) | task_conditions.assigned_by([person_id])
    return (await tasks.page(office.db, task_conditions.OPEN & mine, tasks.SOONEST, 1))[1]


async def happened(office: Office, absence: Absence) -> Happened:
    """Return what others did to somebody's tasks since they went away."""
    since = office.workdays.at(absence.from_day, time())
    past = await audit.by_others(office.db, absence.person_id, since, EVENTS)
    of_task: dict[int, list[PastEvent]] = {}
    for event in past:
        of_task.setdefault(event.task_id or 0, []).append(event)
    found, _ = await tasks.page(
        office.db, task_conditions.numbered(list(of_task)), tasks.SOONEST, SHOWN
    )
    return Happened(found, of_task)


def meets(absence: Absence, first: date, last: date) -> bool:
    """Tell whether an absence shares a day with these days."""
    return absence.from_day <= last and first <= absence.until_day


async def deputy_away(
    office: Office, deputy_id: int, first: date, last: date, now: datetime
) -> list[Absence]:
    """Return the absences of a deputy that share a day with these days."""
    coming = await absences.not_over(office.db, office.today(now))
    return [one for one in coming if one.person_id == deputy_id and meets(one, first, last)]
