"""Looking up tasks: one or a list, never beyond what a person may see."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from bot.actions.chat_places import Card
from bot.actions.escalation import with_level
from bot.actions.files.file_store import path_of
from bot.actions.moves import stakes
from bot.actions.office import Office
from bot.language.names.people import RosterPerson
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from storage.files import files as papers
from storage.history import audit
from storage.history.audit import PastEvent
from storage.messaging import cards
from storage.organisation import people
from storage.records import File, TaskLine, TaskView
from storage.reporting.task_scope import EVERYTHING, Scope
from storage.tasks import task_conditions, tasks
from storage.tasks import texts as kept
from storage.tasks.task_conditions import Condition

PAGE = 8
NAMING = ("from", "to", "for")
NAMING_SEVERAL = ("added", "removed")
"""Facts of an event that are people: one person for `NAMING`, several for these."""
NAMING_BOTH = ("decider_id", "lead_id")
"""Changes of an event whose old and new values are people."""
OFTEN = 6
Page = tuple[list[TaskLine], int]
"""The tasks of one page, and how many there are on all pages."""


async def task(office: Office, who: Standpoint, task_id: int) -> TaskView:
    """Return one task; refuses NOT_FOUND also for one that the person may not see."""
    view = await tasks.view(office.db, task_id)
    if view is not None and rights.may_see(who, stakes(view)):
        return with_level(office, view)
    raise Refusal(No.NOT_FOUND, number=task_id)


async def history(office: Office, who: Standpoint, task_id: int) -> list[PastEvent]:
    """Return what happened to a task that the person may see, the oldest first."""
    await task(office, who, task_id)
    return await audit.history(office.db, task_id)


async def names(office: Office, past: Sequence[PastEvent]) -> dict[int, str]:
    """Return the names of the people that events name in their facts, including those who left."""
    named = {event.facts.get(key) for event in past for key in NAMING}
    named |= {one for event in past for key in NAMING_SEVERAL for one in event.facts.get(key, ())}
    changed = [event.facts.get("changes", {}) for event in past]
    named |= {one for facts in changed for key in NAMING_BOTH for one in facts.get(key, ())}
    return await people.names(office.db, [one for one in named if one is not None])


async def texts(office: Office, wanted: Collection[int]) -> dict[int, str]:
    """Return the kept texts with these ids, such as those that the history of a task points to."""
    return await kept.bodies(office.db, wanted)


async def files(office: Office, who: Standpoint, task_id: int) -> list[File]:
    """Return the files of a task that the person may see, the oldest first."""
    await task(office, who, task_id)
    return await papers.of_task(office.db, task_id)


async def file(office: Office, who: Standpoint, file_id: int) -> tuple[Path, File]:
    """Return a file of a task that the person may see, and where its bytes lie."""
    found = await papers.get(office.db, file_id)
    if found is None:
        raise Refusal(No.NOT_FOUND)
    await task(office, who, found.task_id)
    return path_of(office, found.sha256), found


async def senders(office: Office, sent: Sequence[File]) -> dict[int, str]:
    """Return the names of the people who sent files, including those who left."""
    return await people.names(office.db, [file.person_id for file in sent])


async def shown_at(office: Office, card: Card) -> int | None:
    """Return the number of the task whose card a message is; None for any other message."""
    found = await cards.at_message(office.db, card.chat_id, card.message_id)
    return found.task_id if found else None


async def often_assigned(office: Office, who: Standpoint) -> list[RosterPerson]:
    """Return the people somebody assigned tasks to lately, the latest first."""
    known = (await office.roster()).by_key
    recent = await tasks.recent_leads(office.db, who.person_id, OFTEN)
    return [known[person_id] for person_id in recent if person_id in known]


async def mine(office: Office, who: Standpoint, offset: int = 0) -> Page:
    """Return the open tasks that a person has a part in or must name a supporter for, the soonest first."""
    return await tasks.page(office.db, in_hand(who), tasks.SOONEST, PAGE, offset)


def in_hand(who: Standpoint) -> Condition:
    """Return the condition that selects the tasks of `mine`."""
    return task_conditions.OPEN & (
        task_conditions.has_part(who.people) | task_conditions.to_name(who.people)
    )


async def in_place_of(office: Office, who: Standpoint, task_ids: Sequence[int]) -> dict[int, str]:
    """Return the absent person's name for each task that somebody has only as their deputy."""
    if not who.stands_in_for:
        return {}
    parts, assigned = await tasks.stakes_of(office.db, task_ids, who.people)
    people = {task_id: parts.get(task_id) or assigned.get(task_id, []) for task_id in task_ids}
    known = (await office.roster()).by_key
    return {
        task_id: known[ids[0]].name
        for task_id, ids in people.items()
        if ids and who.person_id not in ids and ids[0] in known
    }


async def assigned(office: Office, who: Standpoint, offset: int = 0) -> Page:
    """Return the open tasks a person assigned or entered, the soonest deadline first."""
    mine = task_conditions.assigned_by(who.people, who.all_groups) | task_conditions.entered_by(
        who.person_id
    )
    wanted = task_conditions.OPEN & mine
    return await tasks.page(office.db, wanted, tasks.SOONEST, PAGE, offset)


async def overdue(office: Office, who: Standpoint, now: datetime, offset: int = 0) -> Page:
    """Return the overdue tasks a person may see, the longest overdue first."""
    wanted = task_conditions.overdue(now) & scope_of(who).open_ones
    return await tasks.page(office.db, wanted, tasks.SOONEST, PAGE, offset)


def visible_to(who: Standpoint) -> Condition:
    """Return `rights.may_see` as a condition for many tasks at once."""
    return scope_of(who).condition


def scope_of(who: Standpoint) -> Scope:
    """Return whose tasks a person may see."""
    seen = [one.oversees for one in who.each if one.leads_others]
    if None in seen:
        return EVERYTHING
    units = frozenset[int]().union(*(units for units in seen if units is not None))
    return Scope(tuple(sorted(units)), who.people, tuple(sorted(who.all_groups)))
