"""The levels above a task: who receives its result, and which leaders are above its unit."""

from bot.actions.office import Office
from bot.rules.reminders.ladder import stale_from
from storage.engine.database import Reader
from storage.organisation import units
from storage.records import Part, TaskView


def with_level(office: Office, task: TaskView) -> TaskView:
    """Return an open task with `stale_from` and, if no receiver was named, with `above`.

    `stale_from` is the moment from which it is stale. `above` is the level above its lead; where a body
    outside leads, the level above the first person who follows. A closed task is returned unchanged.
    """
    if task.closed_at is not None:
        return task
    added: dict[str, object] = {"stale_from": stale_from(task, office.ladders, office.workdays)}
    if task.receiver is None:
        answers = task.lead_id or next(iter(task.people_in(Part.FOLLOW)), None)
        added["above"] = office.level_above(answers)
    return task.model_copy(update=added)


async def leaders_above(reader: Reader, office: Office, unit_id: int | None) -> list[list[int]]:
    """Return the leaders above a unit, level by level, the nearest first, by the hierarchy as last read.

    For a unit that has ended, those above the unit that took it over.
    """
    living = await units.taken_over_by(reader, unit_id) if unit_id is not None else None
    leaders = office.hierarchy.all_leaders
    return [[one for one in level if one in leaders] for level in office.hierarchy.levels([living])]
