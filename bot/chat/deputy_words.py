"""In whose place somebody hears or does something: the words beside it."""

from collections.abc import Sequence

from bot.actions import find, message_context
from bot.actions.office import Office
from bot.chat.cards import clip
from bot.rules.rights import Standpoint
from storage.records import Outgoing


async def above(office: Office, row: Outgoing, heading: str) -> str:
    """Return a heading with, above it, the name of who is away and for whom the reader stands in."""
    if row.about == row.person_id:
        return heading
    name = await message_context.name_of(office, row.about)
    return f"Xử lý thay đồng chí {clip(name, 60)}\n{heading}"


async def mark(office: Office, row: Outgoing) -> str:
    """Return "thay Mạc Thiên Ân" for a line of a list that is there for somebody away, else nothing."""
    if row.about == row.person_id:
        return ""
    return _mark(await message_context.name_of(office, row.about))


async def marks(office: Office, who: Standpoint, task_ids: Sequence[int]) -> dict[int, str]:
    """Return "thay Mạc Thiên Ân" for the tasks of a list that are there for somebody away."""
    names = await find.in_place_of(office, who, task_ids)
    return {task_id: _mark(name) for task_id, name in names.items()}


def _mark(name: str) -> str:
    return f"<i>thay {clip(name, 60)}</i>"
