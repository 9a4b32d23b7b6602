"""What delivery needs to word a message: who it is for, and the state of things now."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.actions.escalation import with_level
from bot.actions.moves import stakes
from bot.actions.office import Office
from bot.rules import rights
from bot.rules.rights import Standpoint
from storage.files import files
from storage.messaging import cards
from storage.organisation import people
from storage.records import Card, File, TaskView
from storage.tasks import tasks, texts


@dataclass(frozen=True)
class Receiver:
    who: Standpoint
    chat_id: int
    brief: bool = False
    """Whether they are told numbers and dates alone."""


async def receiver(office: Office, person_id: int, now: datetime) -> Receiver | None:
    """Return the person a message is for; None when they left or have no account."""
    known = await office.person(person_id, now)
    if known is None or known.member.telegram_id is None:
        return None
    brief = office.brief or known.member.brief
    return Receiver(known.who, known.member.telegram_id, brief)


async def tasks_of(office: Office, task_ids: Iterable[int | None]) -> dict[int | None, TaskView]:
    """Return tasks by number."""
    wanted = sorted({task_id for task_id in task_ids if task_id is not None})
    found = await tasks.views(office.db, wanted)
    return {view.id: with_level(office, view) for view in found}


async def card_place(office: Office, task_id: int, person_id: int) -> Card | None:
    """Return where a person's newest card of a task stands."""
    return await cards.latest(office.db, task_id, person_id)


async def words_of(office: Office, text_id: int | None) -> str | None:
    """Return a kept text."""
    return None if text_id is None else await texts.body(office.db, text_id)


async def files_of(office: Office, task_id: int) -> list[File]:
    """Return a task's files, the oldest first."""
    return await files.of_task(office.db, task_id)


async def visible_task(office: Office, who: Standpoint, task_id: int | None) -> TaskView | None:
    """Return a task that a person may see now; None for any other."""
    view = None if task_id is None else await tasks.view(office.db, task_id)
    if view is None or not rights.may_see(who, stakes(view)):
        return None
    return with_level(office, view)


async def name_of(office: Office, person_id: int | None) -> str:
    """Return a person's name, also after they left."""
    person = await people.member(office.db, person_id or 0)
    return person.name if person else ""


async def names_of_people(office: Office, person_ids: Iterable[int | None]) -> dict[int, str]:
    """Return people's names, also after they left."""
    return await people.names(office.db, [one for one in person_ids if one is not None])


async def texts_of(office: Office, text_ids: Collection[int]) -> dict[int, str]:
    """Return kept texts by number."""
    return await texts.bodies(office.db, text_ids)


async def names_of(office: Office, file_ids: Sequence[int]) -> list[str]:
    """Return the names of files."""
    return await files.named(office.db, file_ids)
