"""What the office adds to a task that is shown: to whom its result goes, and from when it is stale."""

from bot.actions.office import Office
from bot.rules.ladder import stale_from
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
