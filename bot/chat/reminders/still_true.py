"""Which of the waiting news is still true at the moment it is told."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.actions import message_context, moves
from bot.actions.message_context import Receiver
from bot.actions.office import Office
from bot.actions.reminders import still_due
from bot.chat.reminders.notice_headings import PARTINGS
from bot.rules import rights
from bot.rules.reminders.reminders import GRAVITY, Rung
from bot.rules.tasks import parts
from bot.rules.tasks.lifecycle import WORKING
from storage.records import Outgoing, Part, RequestState, Status, TaskView

NOTE = "task.note"
_HOLDS: dict[str, Callable[[TaskView], bool]] = {
    "task.submitted": lambda task: task.status is Status.SUBMITTED,
    "acceptance.waiting": lambda task: task.status is Status.SUBMITTED,
    "remark.asked": lambda task: task.remark_id is not None,
    "remark.late": lambda task: task.remark_id is not None,
    "correction.requested": lambda task: task.in_correction,
    "parts.done": lambda task: task.status in WORKING and task.sub_tasks_done == task.sub_tasks,
    "task.blocked": lambda task: task.blocker is not None and task.closed_at is None,
    "extension.requested": lambda task: task.request_state is RequestState.OPEN,
    "decline.requested": lambda task: task.decline_id is not None,
    "decline.waiting": lambda task: task.decline_id is not None,
    "extension.waiting": lambda task: task.request_state is RequestState.OPEN,
    "extension.offered": lambda task: task.request_state is RequestState.OFFERED,
    "task.paused": lambda task: task.status is Status.PAUSED,
    "task.resumed": lambda task: task.closed_at is None and task.status is not Status.PAUSED,
    "support.done": lambda task: task.status is Status.SUBMITTED,
}
"""News that asks a person to act is told only while there is something to do; later news tells the rest."""


class Told(NamedTuple):
    """What is told of one task: each row once, the newest last."""

    task: TaskView
    rows: list[Outgoing]

    @property
    def news(self) -> list[Outgoing]:
        return [row for row in self.rows if row.kind != NOTE] or self.rows[-1:]


async def still_true(
    office: Office, receiver: Receiver, outgoing: Sequence[Outgoing]
) -> list[Told]:
    """Return each task once with its news, without news that is no longer true.

    A person who may no longer see a task that was handed on is told only of the handing on.
    """
    views = await message_context.tasks_of(office, [row.task_id for row in outgoing])
    found: dict[int, Told] = {}
    for row in outgoing:
        view = views.get(row.task_id)
        if view is None or not await _holds(office, row, view):
            continue
        if row.kind in PARTINGS or rights.may_see(receiver.who, moves.stakes(view)):
            found.setdefault(view.id, Told(view, [])).rows.append(row)
    return [_gravest_alone(one) for one in found.values()]


def _gravest_alone(told: Told) -> Told:
    """Keep only the gravest of the reminders that waited for each person: it says how the task stands now."""
    rungs = [row for row in told.rows if row.kind == "reminder"]
    by_gravity = sorted(rungs, key=lambda row: (GRAVITY[Rung(row.facts["rung"])], row.id))
    gravest = {row.about: row.id for row in by_gravity}
    outrun = {row.id for row in rungs} - set(gravest.values())
    return Told(told.task, [row for row in told.rows if row.id not in outrun])


async def _holds(office: Office, row: Outgoing, task: TaskView) -> bool:
    """Tell whether what a row says is still true for its person."""
    if row.kind == "reminder":
        rung, since = Rung(row.facts["rung"]), datetime.fromisoformat(row.facts["since"])
        is_theirs = parts.concerns(task, row.about, above="above" in row.facts)
        return is_theirs and await still_due.holds(office.db, task, rung, since, row.created_at)
    if row.kind == "support.asked":
        return row.facts["unit"] in task.units_in(Part.SUPPORT)
    if row.kind == "acceptance.waiting" and _was_handed_in_since(task, row.created_at):
        return False
    return row.kind not in _HOLDS or _HOLDS[row.kind](task)


def _was_handed_in_since(task: TaskView, moment: datetime) -> bool:
    return task.submitted_at is not None and task.submitted_at > moment
