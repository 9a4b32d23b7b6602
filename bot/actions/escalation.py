"""What the levels above have to do with a task: to whom its result goes, and who decides in the end."""

from bot.actions.office import Office
from bot.rules.reminders.ladder import stale_from
from storage.engine.database import Reader
from storage.organisation import units
from storage.records import Part, TaskView


def with_level(office: Office, task: TaskView) -> TaskView:
    """Return a task with the level above its lead; of a body outside, above who follows it.

    That is said where nobody was named as its receiver. Beside it stands from when it is stale.
    """
    if task.closed_at is not None:
        return task
    added: dict[str, object] = {"stale_from": stale_from(task, office.ladders, office.workdays)}
    if task.receiver is None:
        answers = task.lead_id or next(iter(task.people_in(Part.FOLLOW)), None)
        added["above"] = office.level_above(answers)
    return task.model_copy(update=added)


async def leaders_above(reader: Reader, office: Office, unit_id: int | None) -> list[list[int]]:
    """Return the leaders above a unit, or above what took it over, the nearer level first, as last read."""
    living = await units.taken_over_by(reader, unit_id) if unit_id is not None else None
    leaders = office.hierarchy.all_leaders
    return [[one for one in level if one in leaders] for level in office.hierarchy.levels([living])]
