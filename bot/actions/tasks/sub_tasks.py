"""A task and what it was split into: deadlines that hold each other, and one ending with the other.

These are steps of other actions' transactions: whoever assigns, accepts, cancels or moves a deadline.
"""

from datetime import datetime

from bot.actions import moves
from bot.actions.assigning.draft import Deadline, Fields, capped
from bot.actions.moves import Change
from bot.actions.office import Office
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from bot.rules.tasks import parts
from bot.rules.tasks.lifecycle import WORKING, Move
from storage.engine.database import Transaction, Value
from storage.history import audit
from storage.records import Evidence, Member, Part, Role, Status, Task, TaskView
from storage.tasks import tasks


async def held_within(tx: Transaction, fields: Fields) -> Fields:
    """Return the draft of a part, held within the deadline that its whole has now."""
    if fields.parent_id is None:
        return fields
    parent = await tasks.view(tx, fields.parent_id)
    return capped(fields.model_copy(update={"within": parent and deadline_of(parent)}))


def deadline_of(task: Task) -> Deadline | None:
    """Return a task's deadline; None without one."""
    if task.due_at is None or task.late_from is None:
        return None
    return task.due_at, task.late_from, task.has_clock


async def whole_of(
    tx: Transaction, office: Office, who: Standpoint, fields: Fields, now: datetime
) -> Change | None:
    """Begin the split that the draft of a part makes; None for a task of its own.

    Refuses as the move does, and PAST_PARENT for a deadline later than that of the whole.
    """
    if fields.parent_id is None:
        return None
    change = await moves.begin(tx, who, fields.parent_id, None, Move.SPLIT, now)
    _hold(office, change.before, fields.late_from)
    return change


def giver(split: Change | None, who: Standpoint, person: Member) -> Standpoint:
    """Return by whose right somebody is given a task, or a part of the one that is being split.

    It is one's own, or that of somebody one stands in for. Refuses NOT_ALLOWED.
    """
    found = next((one for one in who.each if _may_give(split, one, person)), None)
    if found is None:
        raise Refusal(No.NOT_ALLOWED, lead_id=person.id)
    return found


def _may_give(split: Change | None, who: Standpoint, person: Member) -> bool:
    unit_ids = [post.unit_id for post in person.roles] or [None]
    if rights.may_assign(who, person.id, unit_ids):
        return True
    staff_of = [post.unit_id for post in person.roles if post.role is Role.STAFF]
    return split is not None and rights.may_split_to(
        who, moves.stakes(split.before), person.id, staff_of
    )


def followed(split: Change | None, fields: Fields) -> Fields:
    """Return the draft with the lead of the whole following, where somebody else splits it."""
    lead_id = split.before.lead_id if split else None
    if split is None or lead_id is None:
        return fields
    if lead_id in {split.who.person_id, fields.lead_id, *dict(fields.others)}:
        return fields
    return fields.model_copy(update={"others": (*fields.others, (lead_id, Part.FOLLOW))})


async def join(tx: Transaction, split: Change, part: Task) -> None:
    """Write the split into the history of the whole and bring its cards up to date."""
    await moves.finish(tx, split, facts={"did": "split", "task": part.id})
    await _refresh(tx, split.before, split.who.person_id, split.now)


async def hold(tx: Transaction, task: Task) -> None:
    """Let nobody move a task nor its whole meanwhile: the part first, as where the one ends with the other."""
    for one in filter(None, (task.id, task.parent_id)):
        await tasks.hold(tx, one)


async def check_deadline(
    tx: Transaction, office: Office, task: Task, late_from: datetime | None
) -> None:
    """See that a new deadline fits: PAST_PARENT and PART_LATER name the task that is in the way."""
    await hold(tx, task)
    parent = await tasks.view(tx, task.parent_id) if task.parent_id else None
    if parent is not None and parent.closed_at is None:
        _hold(office, parent, late_from)
    for part in await tasks.open_parts(tx, task.id):
        if late_from and part.due_at and part.late_from and part.late_from > late_from:
            day = office.workdays.local(part.due_at)
            raise Refusal(No.PART_LATER, number=part.id, day=day)


def _hold(office: Office, parent: Task, late_from: datetime | None) -> None:
    if parent.due_at is None or parent.late_from is None:
        return
    if late_from is None or late_from > parent.late_from:
        day = office.workdays.local(parent.due_at)
        raise Refusal(No.PAST_PARENT, number=parent.id, day=day)


async def cancel_parts(tx: Transaction, change: Change, text_id: int | None) -> None:
    """Cancel what is still open of a cancelled task's parts, and of theirs."""
    await _cancel_below(tx, change, change.before.id, text_id)


async def _cancel_below(tx: Transaction, change: Change, task_id: int, text_id: int | None) -> None:
    now, who = change.now, change.who.person_id
    for part in await tasks.open_parts(tx, task_id):
        columns: dict[str, Value] = {"status": Status.CANCELLED, "closed_at": now}
        columns["state_text_id"] = text_id
        if await tasks.change(tx, part.id, part.version, columns) is None:
            raise Refusal(No.STALE, number=part.id)
        if text_id is not None:
            await moves.findable(tx, part.id, text_id)
        await moves.close(tx, part.id, "cancelled", now)
        people = await tasks.parts(tx, part.id)
        concerned = [part.assigner_id, *(one.person_id for one in people)]
        told = [one for one in concerned if one != who]
        await moves.tell(tx, "task.cancelled", part.id, told, now, facts={"text": text_id})
        await audit.append(
            tx,
            now,
            f"task.{Move.CANCEL}",
            actor_id=who,
            task_id=part.id,
            text_id=text_id,
            facts={"with": change.before.id},
        )
        await _cancel_below(tx, change, part.id, text_id)


async def part_over(tx: Transaction, task: Task, who: int, now: datetime) -> None:
    """A part is done or cancelled: with the last one its whole is submitted, or its lead is told."""
    parent = await tasks.view(tx, task.parent_id) if task.parent_id else None
    if parent is None or parent.closed_at is not None:
        return
    complete = 0 < parent.sub_tasks == parent.sub_tasks_done
    if not complete or parent.status not in WORKING:
        await _refresh(tx, parent, None, now)
    elif parent.closes_itself and parent.evidence is Evidence.ANY and not parts.holding(parent):
        await _submit(tx, parent, who, now)
    else:
        await _refresh(tx, parent, parent.lead_id, now)
        await moves.tell(tx, "parts.done", parent.id, _leads(parent), now)


async def part_open_again(tx: Transaction, task: Task, now: datetime) -> None:
    """A part that was over is not: its whole is shown as it stands now."""
    parent = await tasks.view(tx, task.parent_id) if task.parent_id else None
    if parent is not None:
        await _refresh(tx, parent, None, now)


async def _submit(tx: Transaction, task: TaskView, who: int, now: datetime) -> None:
    """Submit a task by itself; what its lead assigned to themselves is done with it."""
    columns: dict[str, Value] = {"submitted_at": now, "reported_at": now, "blocker_id": None}
    columns |= {"received_at": task.received_at or now, "state_text_id": None}
    own = task.assigner_id == task.lead_id and task.group_id is None
    columns["status"] = Status.DONE if own else Status.SUBMITTED
    if own:
        columns |= {"closed_at": now, "percent": 100}
    after = await tasks.change(tx, task.id, task.version, columns)
    if after is None:
        raise Refusal(No.STALE, number=task.id)
    facts = {"did": "itself", "status": after.status}
    await audit.append(tx, now, f"task.{Move.SUBMIT}", actor_id=who, task_id=task.id, facts=facts)
    await moves.tell(tx, "parts.submitted", task.id, _leads(task), now)
    if own:
        await moves.close(tx, task.id, "done", now)
        await part_over(tx, after, who, now)
    else:
        await moves.tell(tx, "task.submitted", task.id, [task.assigner_id], now)


def _leads(task: TaskView) -> list[int]:
    """Return who leads, or who follows what a body outside leads."""
    return [task.lead_id] if task.lead_id else task.people_in(Part.FOLLOW)


async def _refresh(tx: Transaction, task: TaskView, but: int | None, now: datetime) -> None:
    concerned = [one for one in (*_leads(task), task.assigner_id) if one != but]
    await moves.tell(tx, "card.refresh", task.id, concerned, now)
