"""Who still owes something on a task: its lead, who supports it, and units that have named nobody."""

from bot.rules.tasks.lifecycle import WORKING
from storage.records import DoneWhen, OtherPart, Part, PartState, Status, TaskView


def leads(task: TaskView) -> list[int]:
    """Return who works on a task as its lead: where a body outside leads, those who follow it."""
    if task.body_id is not None:
        return task.people_in(Part.FOLLOW)
    return [] if task.lead_id is None else [task.lead_id]


def working_on(task: TaskView) -> list[int]:
    """Return who works on a task: its lead and those who support it."""
    return [*leads(task), *task.people_in(Part.SUPPORT)]


def unreported(task: TaskView) -> list[OtherPart]:
    """Return the supporting parts not reported yet; a body outside has nobody here to report."""
    return [
        one
        for one in task.others
        if one.part is Part.SUPPORT and one.state is PartState.OWES and not one.outside
    ]


def owing(task: TaskView) -> list[OtherPart]:
    """Return the supporting parts that are chased.

    With the lead's result handed in, they are only where the task waits for all of them.
    """
    waits = task.status is Status.SUBMITTED and task.done_when is DoneWhen.ALL_PARTS
    return unreported(task) if task.status in WORKING or waits else []


def holding(task: TaskView) -> list[OtherPart]:
    """Return the parts that keep a result from being accepted."""
    return unreported(task) if task.done_when is DoneWhen.ALL_PARTS else []


def still_needed(task: TaskView) -> bool:
    """Tell whether anybody owes: nobody is chased for what is submitted, paused or closed."""
    return task.status in WORKING or bool(owing(task))


def concerns(task: TaskView, person_id: int, *, above: bool = False) -> bool:
    """Tell whether a reminder still concerns somebody: who has a part, only while they owe it.

    Who hears it from `above`, as one who can decide, does whatever part they have beside that.
    """
    if above and task.status in WORKING:
        return True
    if person_id in leads(task):
        return task.status in WORKING
    if person_id in task.people_in(Part.SUPPORT):
        return any(one.person_id == person_id for one in owing(task))
    return still_needed(task)
