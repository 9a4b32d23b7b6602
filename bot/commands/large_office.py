"""`dondoc seed --tasks`: writes a large made-up office into an empty database, with a progress bar."""

from bot.commands.progress_bar import progress_bar
from bot.commands.terminal import with_database
from bot.config import Config
from bot.runtime.build_office import office_clock, office_of
from bot.seeding.large_office import LargeOffice, Size, finish, write
from storage.engine.database import Database
from storage.organisation import people


async def fill(config: Config, size: Size) -> int | None:
    """Write the office. Return the speed in rows a second, or None if there are people already."""
    now = office_clock(config)()

    async def work(db: Database) -> int | None:
        if await people.living(db):
            return None
        office = office_of(config, db)
        return await make(db, LargeOffice(size, now, office.workdays), size)

    return await with_database(config, work, begins=True)


async def make(db: Database, office: LargeOffice, size: Size) -> int:
    """Write the office and show the progress. Return the speed in rows a second."""
    bar = progress_bar()
    with bar:
        shown = bar.add_task("tasks", total=size.tasks)
        rows = await office.people(db)
        for batch in office.batches():
            await write(db, batch)
            rows += len(batch)
            bar.advance(shown, len(batch.tasks))
        bar.update(shown, description="counting")
        await finish(db)
    return round(rows / (bar.tasks[shown].elapsed or 1))
