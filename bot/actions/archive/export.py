"""All that the office has, for open formats: who may have it, and what comes in which order."""

from collections.abc import AsyncIterator

from bot.actions.office import Office
from storage.archive import exports
from storage.archive.archived_rows import Plain
from storage.history.audit import PastEvent
from storage.organisation import people
from storage.records import TaskView
from storage.tasks import tasks

TABLES = (*exports.TABLES, *exports.WORDS)


async def count(office: Office) -> int:
    """Return how many rows will be written, as things stand now."""
    return await exports.count(office.db)


async def rows(office: Office, table: str) -> AsyncIterator[list[Plain]]:
    """Return a table as it is kept, by number."""
    async for some in exports.rows(office.db, table):
        yield some


async def task_views(office: Office) -> AsyncIterator[list[TaskView]]:
    """Return every task with the names that belong to it, by number."""
    async for numbers in exports.numbers(office.db):
        yield await tasks.views(office.db, numbers)


async def history(office: Office) -> AsyncIterator[tuple[list[PastEvent], dict[int, str]]]:
    """Return all that happened, the oldest first, with the names of those it happened to."""
    async for events in exports.history(office.db):
        named = {one.person_id for one in events if one.person_id is not None}
        yield events, await people.names(office.db, sorted(named))
