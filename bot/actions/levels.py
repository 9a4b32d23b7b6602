"""To whom a result goes where nobody was named: the level above who answers for the task."""

from bot.actions.office import Office
from storage.records import Part, TaskView


def with_level(office: Office, task: TaskView) -> TaskView:
    """Return a task with the level above its lead; of a body outside, above who follows it."""
    if task.receiver is not None or task.closed_at is not None:
        return task
    answers = task.lead_id or next(iter(task.people_in(Part.FOLLOW)), None)
    return task.model_copy(update={"above": office.level_above(answers)})
