"""Who a rung writes to: only those who owe something, and those above a lead who is late."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from bot.actions.office import Office
from bot.actions.tasks import support
from bot.rules.organisation.escalation import further_up
from bot.rules.reminders.reminders import RECEIVERS, Receiver, Rung
from bot.rules.tasks import parts
from bot.rules.tasks.lifecycle import WORKING
from storage.engine.database import Transaction
from storage.organisation import people
from storage.records import Reminder, TaskView


class Concerned(NamedTuple):
    """Whom rungs write to: those who owe something, and those who can decide though they owe nothing."""

    owing: list[int | None]
    above: list[int | None]


async def receivers(
    tx: Transaction, office: Office, task: TaskView, rows: Sequence[Reminder]
) -> Concerned:
    """Return whom the rungs of a task that are due together write to."""
    concerned = {receiver for row in rows for receiver in RECEIVERS[Rung(row.rung)]}
    owing: list[int | None] = []
    above: list[int | None] = []
    if task.status in WORKING:
        owing += parts.leads(task) if Receiver.LEAD in concerned else []
        above += await _who_decide(tx, office, task, concerned)
        above += [one for row in rows for one in _level(office, task, row)]
    if Receiver.PARTS in concerned:
        owing += await _supporting(tx, task)
    return Concerned([one for one in owing if one not in above], above)


async def _supporting(tx: Transaction, task: TaskView) -> list[int]:
    told: list[int] = []
    for part in parts.owing(task):
        named = [part.person_id] if part.person_id else None
        told += named or await support.naming(tx, task.assigner_id, part.unit_id)
    return told


async def _who_decide(
    tx: Transaction, office: Office, task: TaskView, concerned: Collection[Receiver]
) -> list[int | None]:
    told: list[int | None] = []
    if Receiver.HEAD in concerned:
        told += await _above(tx, office, task)
    if Receiver.ASSIGNER in concerned:
        told.append(task.assigner_id)
    if Receiver.DECIDER in concerned:
        told.append(task.decider_id)
    return told


async def _above(tx: Transaction, office: Office, task: TaskView) -> Sequence[int]:
    """Return who hears that a lead is late: the nearest above; of a body outside, who is in charge."""
    if task.unit_id is None:
        return []
    if task.body_id is not None:
        return await people.in_charge_of(tx, task.unit_id) or [task.assigner_id]
    levels = office.hierarchy.levels([task.unit_id])
    above = ([one for one in level if one != task.lead_id] for level in levels)
    return next(filter(None, above), [])


def levels_above(office: Office, task: TaskView) -> list[tuple[int, ...]]:
    """Return the levels that are told of a task one after the other once ĐỎ ĐẶC BIỆT was said.

    None of what one assigned to oneself: nobody above waits for it.
    """
    if task.unit_id is None or task.assigner_id == task.lead_id:
        return []
    decide = [one for one in (task.assigner_id, task.decider_id) if one is not None]
    return further_up(office.hierarchy.levels([task.unit_id]), parts.leads(task), decide)


def _level(office: Office, task: TaskView, row: Reminder) -> Sequence[int]:
    if row.rung != Rung.HIGHER:
        return []
    return dict(enumerate(levels_above(office, task), 1)).get(row.step, ())
