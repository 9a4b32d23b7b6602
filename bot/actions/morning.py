"""What a person should see first thing: what they owe, and what waits for their decision."""

from dataclasses import dataclass
from datetime import datetime, time

from bot.actions.find import SOONEST
from bot.actions.office import Office
from bot.rules.rights import Standpoint
from bot.rules.workdays import ONE_DAY
from storage import tasks
from storage.records import TaskView

MOST = 30


@dataclass(frozen=True)
class Morning:
    """Tasks by what they ask of the person, each list with the soonest deadline first."""

    overdue: list[TaskView]
    today: list[TaskView]
    decisions: list[TaskView]


async def morning(office: Office, who: Standpoint, now: datetime) -> Morning:
    """Return what a person owes by tonight, and the results and requests they must decide on."""
    today = office.workdays.local(now).date()
    midnight = office.workdays.at(today + ONE_DAY, time())
    owed, _ = await tasks.page(
        office.db,
        "t.closed_at IS NULL AND t.status IN ('assigned', 'in_progress', 'returned')"
        " AND lead.id = $1 AND t.late_from <= $2",
        [who.person_id, midnight],
        SOONEST,
        MOST,
        0,
    )
    decisions, _ = await tasks.page(
        office.db,
        "t.closed_at IS NULL AND t.assigner_id = $1 AND (t.status = 'submitted' OR r.id IS NOT NULL)",
        [who.person_id],
        SOONEST,
        MOST,
        0,
    )
    late = [one for one in owed if one.late_from and one.late_from <= now]
    return Morning(late, [one for one in owed if one not in late], decisions)
