"""Makes a complete draft a task, with its people, reminders, notices and history."""

from datetime import datetime

from bot.actions import moves
from bot.actions.assigning.draft import Fields
from bot.actions.chat_places import Card
from bot.actions.directives import citing
from bot.actions.files import attach_files
from bot.actions.office import Office
from bot.actions.organisation import on_behalf
from bot.actions.reminders import fire_reminders
from bot.actions.series import series
from bot.actions.tasks import sub_tasks, support
from bot.folding import words
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.engine.database import Transaction, Value
from storage.history import audit
from storage.messaging import cards
from storage.organisation import people, units
from storage.records import Member, Part, Status, Task
from storage.tasks import search, tasks


async def make(
    tx: Transaction,
    office: Office,
    who: Standpoint,
    fields: Fields,
    card: Card | None,
    now: datetime,
    *,
    one_of_many: bool = False,
) -> Task:
    """Make a complete draft a task, with everything that belongs to it; refuses as `confirm` does.

    `one_of_many` tasks are entered on somebody's behalf at once: that person is told once about all of them, and
    not about each.
    """
    split = await sub_tasks.whole_of(tx, office, who, fields, now)
    behalf = await on_behalf.assigner(tx, who, fields.for_person_id, fields.for_group_id)
    answers = await answering(tx, fields, now, who.person_id)
    assigner = sub_tasks.giver(split, behalf, answers)
    if assigner.person_id != who.person_id:
        await hold(tx, assigner)
    fields = sub_tasks.followed(split, fields)
    columns = await columns_of(tx, who, assigner, fields, answers.unit_id, now)
    columns |= {"entered_by_id": who.person_id}
    columns |= await series.begin(tx, office, assigner.person_id, who.person_id, fields, now)
    task = await tasks.insert(tx, columns)
    await settle_in(tx, office, task, fields, who.person_id, card, now, one_of_many)
    if split is not None:
        await sub_tasks.join(tx, split, task)
    return task


async def answering(
    tx: Transaction, fields: Fields, now: datetime, pressed_by: int | None = None
) -> Member:
    """Return who answers for the task: the lead, or the first follower where a body outside leads.

    Until the transaction is over, this person, all others that the draft names, and who pressed cannot leave.
    Refuses STRANGER where the person who pressed has left, PERSON_LEFT where another has, INCOMPLETE where
    something is missing, and DEADLINE_PAST.
    """
    person_id, decider_id = fields.answers_id, fields.decider_id
    concerned = {one for one in (person_id, decider_id, *dict(fields.others)) if one is not None}
    named = concerned | ({pressed_by} if pressed_by is not None else set())
    here = await people.held_living(tx, named) if named else {}
    if pressed_by is not None and pressed_by not in here:
        raise Refusal(No.STRANGER)
    if fields.missing or person_id is None:
        raise Refusal(No.INCOMPLETE, missing=fields.missing)
    if fields.late_from is not None and fields.late_from <= now:
        raise Refusal(No.DEADLINE_PAST)
    if not here.keys() >= concerned:
        raise Refusal(No.PERSON_LEFT)
    return here[person_id]


async def hold(tx: Transaction, assigner: Standpoint) -> None:
    """Keep the assigner from leaving until the task is written, whoever pressed; refuses PERSON_LEFT."""
    if not await people.held_living(tx, [assigner.person_id]):
        raise Refusal(No.PERSON_LEFT)


async def columns_of(
    tx: Transaction,
    author: Standpoint,
    assigner: Standpoint,
    fields: Fields,
    unit_id: int | None,
    now: datetime,
) -> dict[str, Value]:
    """Return the columns of the task that the author's draft becomes, in the unit `unit_id`."""
    document = await citing.document_of(tx, author, assigner, fields)
    return {
        "title": fields.title.strip(),
        "text_id": fields.text_id,
        "product": fields.product,
        "effort": fields.effort,
        "evidence": fields.evidence,
        "urgency": fields.urgency,
        "status": Status.ASSIGNED,
        "assigner_id": assigner.person_id,
        "group_id": fields.for_group_id,
        "unit_id": unit_id,
        "parent_id": fields.parent_id,
        "document_id": document.id if document else None,
        "receiver": fields.receiver,
        "decider_id": None if fields.decider_id == fields.lead_id else fields.decider_id,
        "body_id": None if fields.lead_id else fields.body_id,
        "done_when": fields.done_when,
        "due_at": fields.due_at,
        "late_from": fields.late_from,
        "has_clock": fields.has_clock,
        "first_due_at": fields.due_at,
        "first_late_from": fields.late_from,
        "created_at": now,
    }


async def settle_in(
    tx: Transaction,
    office: Office,
    task: Task,
    fields: Fields,
    pressed_by: int | None,
    card: Card | None,
    now: datetime,
    one_of_many: bool,
) -> None:
    """Write everything that belongs to a new task; `pressed_by` is None where a series makes it by itself.

    Refuses UNIT_GONE where the body outside that leads has ended meanwhile.
    """
    if task.body_id is not None and not await units.held(tx, [task.body_id]):
        raise Refusal(No.UNIT_GONE)
    lead = {} if fields.lead_id is None else {fields.lead_id: Part.LEAD}
    people_in = dict(fields.others) | lead
    await tasks.add_people(tx, task.id, list(people_in.items()), now)
    await search.index(tx, task.id, words(task.title), task.document_id)
    await fire_reminders.begin(tx, office, task, fields.lead_id, now)
    if card is not None:
        where = (card.chat_id, card.topic_id, card.message_id)
        whose = None if card.is_in_group else task.entered_by_id
        await cards.put(tx, [cards.Placed(task.id, whose, *where, now)])
    await moves.tell(tx, "task.assigned", task.id, set(people_in) - {pressed_by}, now)
    entered = pressed_by not in {None, task.assigner_id} and task.assigner_id not in people_in
    if entered and not one_of_many:
        await moves.tell(tx, "task.entered", task.id, [task.assigner_id], now)
    await support.join(tx, task, fields.units, now)
    facts = {
        "lead": fields.lead_id,
        "body": task.body_id,
        "due_at": task.due_at.isoformat() if task.due_at else None,
    }
    if pressed_by not in {None, task.assigner_id} and task.group_id is None:
        facts["for"] = task.assigner_id
    if task.document_id is not None:
        facts["document"] = task.document_id
    if task.occurs_on is not None:
        facts |= {"series": task.series_id, "day": task.occurs_on.isoformat()}
        facts |= {} if pressed_by else {"did": "series"}
    await audit.append(
        tx,
        now,
        "task.assign",
        actor_id=pressed_by,
        task_id=task.id,
        person_id=fields.lead_id,
        text_id=task.text_id if pressed_by else None,
        facts=facts,
    )
    await attach_files.keep(tx, task.id, task.entered_by_id, fields.papers, now)
