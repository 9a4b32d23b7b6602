"""What a person should see first thing: what they owe, and what waits for their decision."""

from dataclasses import dataclass
from datetime import datetime, time

from bot.actions.office import Office
from bot.rules.rights import Standpoint
from bot.rules.standing import is_late
from bot.rules.workdays import ONE_DAY
from storage import conditions, tasks
from storage.records import TaskLine

MOST = 30


@dataclass(frozen=True)
class Morning:
    """Tasks by what they ask of the person, each list with the soonest deadline first."""

    overdue: list[TaskLine]
    today: list[TaskLine]
    decisions: list[TaskLine]
    remarks: list[TaskLine]


async def morning(office: Office, who: Standpoint, now: datetime) -> Morning:
    """Return what a person owes by tonight, must decide on, and the remarks they must answer."""
    today = office.workdays.local(now).date()
    midnight = office.workdays.at(today + ONE_DAY, time())
    people = who.people
    owes = conditions.owed(people, midnight)
    owed, _ = await tasks.page(office.db, owes, tasks.SOONEST, MOST)
    decides = conditions.to_decide(people, who.all_groups)
    decisions, _ = await tasks.page(office.db, decides, tasks.SOONEST, MOST)
    to_answer = conditions.to_answer(people)
    remarks, _ = await tasks.page(office.db, to_answer, tasks.SOONEST, MOST)
    late = [one for one in owed if is_late(one, now)]
    return Morning(late, [one for one in owed if one not in late], decisions, remarks)
