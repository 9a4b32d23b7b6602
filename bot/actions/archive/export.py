"""Everything that the office keeps, in a fixed order, for export to open formats."""

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
    """Return how many rows will be written, as of now."""
    return await exports.count(office.db)


async def rows(office: Office, table: str) -> AsyncIterator[list[Plain]]:
    """Yield the rows of a table, ordered by id; of people and units only the columns that an archive may hold."""
    async for some in exports.rows(office.db, table):
        yield some


async def task_views(office: Office) -> AsyncIterator[list[TaskView]]:
    """Yield every task with the names that belong to it, ordered by number."""
    async for numbers in exports.numbers(office.db):
        yield await tasks.views(office.db, numbers)


async def history(office: Office) -> AsyncIterator[tuple[list[PastEvent], dict[int, str]]]:
    """Yield the whole history, the oldest first, with the names of the people that the events are about."""
    async for events in exports.history(office.db):
        named = {one.person_id for one in events if one.person_id is not None}
        yield events, await people.names(office.db, sorted(named))
