"""Looking up tasks: one, a list, or by words, never beyond what a person may see."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.actions.assign import Card
from bot.actions.moves import stakes
from bot.actions.office import Office
from bot.actions.papers import path_of
from bot.language.people import RosterPerson
from bot.letters import words
from bot.refusals import No, Refusal
from bot.rules import rights
from bot.rules.rights import Standpoint
from storage import audit, cards, search, tasks
from storage import files as papers
from storage.audit import PastEvent
from storage.database import Value
from storage.records import File, TaskView

PAGE = 8
OFTEN = 6
SOONEST = "t.late_from NULLS LAST, t.id"
NEWEST = "t.id DESC"
Page = tuple[list[TaskView], int]
"""The tasks of one page, and how many there are on all pages."""


async def task(office: Office, who: Standpoint, task_id: int) -> TaskView:
    """Return one task; refuses NOT_FOUND also for one that the person may not see."""
    view = await tasks.view(office.db, task_id)
    if view is not None:
        if rights.may_see(who, stakes(view)):
            return view
        parts = [part.person_id for part in await tasks.parts(office.db, task_id)]
        if rights.may_see(who, stakes(view, parts)):
            return view
    raise Refusal(No.NOT_FOUND, number=task_id)


async def history(office: Office, who: Standpoint, task_id: int) -> list[PastEvent]:
    """Return what happened to a task that the person may see, the oldest first."""
    await task(office, who, task_id)
    return await audit.history(office.db, task_id)


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


async def shown_at(office: Office, card: Card) -> int | None:
    """Return the number of the task whose card a message is, if it is one."""
    found = await cards.at_message(office.db, card.chat_id, card.message_id)
    return found.task_id if found else None


async def often_assigned(office: Office, who: Standpoint) -> list[RosterPerson]:
    """Return whom a person assigned to of late, the latest first."""
    known = (await office.roster()).by_key
    recent = await tasks.recent_leads(office.db, who.person_id, OFTEN)
    return [known[person_id] for person_id in recent if person_id in known]


async def mine(office: Office, who: Standpoint, offset: int = 0) -> Page:
    """Return the open tasks a person has a part in, the soonest deadline first."""
    where = f"t.closed_at IS NULL AND {_HAS_PART}"
    return await tasks.page(office.db, where, [who.person_id], SOONEST, PAGE, offset)


async def assigned(office: Office, who: Standpoint, offset: int = 0) -> Page:
    """Return the open tasks a person assigned, the soonest deadline first."""
    where = "t.closed_at IS NULL AND t.assigner_id = $1"
    return await tasks.page(office.db, where, [who.person_id], SOONEST, PAGE, offset)


async def overdue(office: Office, who: Standpoint, now: datetime, offset: int = 0) -> Page:
    """Return the overdue tasks a person may see, the longest overdue first."""
    visible, values = scope(who)
    where = (
        f"t.closed_at IS NULL AND COALESCE(t.submitted_at, ${len(values) + 1}) > t.late_from"
        f" AND {visible}"
    )
    return await tasks.page(office.db, where, [*values, now], SOONEST, PAGE, offset)


async def by_words(office: Office, who: Standpoint, text: str, offset: int = 0) -> Page:
    """Return the tasks, open or closed, whose title has all the words, with or without tone marks."""
    wanted = words(text)
    if not wanted:
        raise Refusal(No.EMPTY)
    visible, values = scope(who)
    condition = search.condition(office.db, f"${len(values) + 1}")
    query = search.query(office.db, wanted)
    return await tasks.page(
        office.db, f"{condition} AND {visible}", [*values, query], NEWEST, PAGE, offset
    )


_HAS_PART = (
    "t.id IN (SELECT p.task_id FROM task_people p WHERE p.person_id = $1 AND p.until_at IS NULL)"
)


def scope(who: Standpoint) -> tuple[str, Sequence[Value]]:
    """Return the SQL condition for the tasks a person may see, with its values from $1 on."""
    if who.leads_others and who.oversees is None:
        return "TRUE", []
    units = sorted(who.oversees or ()) if who.leads_others else []
    own = f"t.assigner_id = $1 OR {_HAS_PART}"
    if not units:
        return f"({own})", [who.person_id]
    slots = ", ".join(f"${n}" for n in range(2, len(units) + 2))
    return f"({own} OR t.unit_id IN ({slots}))", [who.person_id, *units]
