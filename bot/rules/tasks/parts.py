"""Who still owes something on a task: its lead, its supporters, and units that have named nobody."""

from bot.rules.tasks.lifecycle import WORKING
from storage.records import DoneWhen, OtherPart, Part, PartState, Status, TaskView


def leads(task: TaskView) -> list[int]:
    """Return the people who work on a task as its lead. If a body outside leads, these are the followers."""
    if task.body_id is not None:
        return task.people_in(Part.FOLLOW)
    return [] if task.lead_id is None else [task.lead_id]


def working_on(task: TaskView) -> list[int]:
    """Return the people who work on a task: its lead and its supporters."""
    return [*leads(task), *task.people_in(Part.SUPPORT)]


def unreported(task: TaskView) -> list[OtherPart]:
    """Return the supporting parts not reported yet, without those of bodies outside: nobody here reports these."""
    return [
        one
        for one in task.others
        if one.part is Part.SUPPORT and one.state is PartState.OWES and not one.outside
    ]


def owing(task: TaskView) -> list[OtherPart]:
    """Return the supporting parts that are reminded of.

    Once the lead has submitted, they are reminded of only if the task waits for all parts.
    """
    waits = task.status is Status.SUBMITTED and task.done_when is DoneWhen.ALL_PARTS
    return unreported(task) if task.status in WORKING or waits else []


def holding(task: TaskView) -> list[OtherPart]:
    """Return the parts without which a result cannot be accepted."""
    return unreported(task) if task.done_when is DoneWhen.ALL_PARTS else []


def still_needed(task: TaskView) -> bool:
    """Tell whether anybody still owes something. A submitted, paused or closed task needs no reminders.

    A submitted task that waits for supporting parts still does.
    """
    return task.status in WORKING or bool(owing(task))


def concerns(task: TaskView, person_id: int, *, above: bool = False) -> bool:
    """Tell whether a reminder still concerns a person. It concerns one with a part only while they owe it.

    It concerns a person who gets it as a decider from `above` while the task is being worked on, whatever
    part they have besides.
    """
    if above and task.status in WORKING:
        return True
    if person_id in leads(task):
        return task.status in WORKING
    if person_id in task.people_in(Part.SUPPORT):
        return any(one.person_id == person_id for one in owing(task))
    return still_needed(task)
