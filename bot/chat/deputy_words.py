"""The words that tell a deputy which absent person a message or a task is for."""

from collections.abc import Sequence

from bot.actions import find, message_context
from bot.actions.office import Office
from bot.chat.cards import clip
from bot.rules.rights import Standpoint
from storage.records import Outgoing


async def above(office: Office, row: Outgoing, heading: str) -> str:
    """Return a heading with a line above it that names the absent person whom the reader stands in for.

    A message about the readers themselves keeps its heading alone.
    """
    if row.about == row.person_id:
        return heading
    name = await message_context.name_of(office, row.about)
    return f"Xử lý thay đồng chí {clip(name, 60)}\n{heading}"


async def mark(office: Office, row: Outgoing) -> str:
    """Return "thay Mạc Thiên Ân" for a line that the reader gets as a deputy, else ""."""
    if row.about == row.person_id:
        return ""
    return _mark(await message_context.name_of(office, row.about))


async def marks(office: Office, who: Standpoint, task_ids: Sequence[int]) -> dict[int, str]:
    """Return "thay Mạc Thiên Ân", by task, for the tasks that a person sees only as a deputy."""
    names = await find.in_place_of(office, who, task_ids)
    return {task_id: _mark(name) for task_id, name in names.items()}


def _mark(name: str) -> str:
    return f"<i>thay {clip(name, 60)}</i>"
