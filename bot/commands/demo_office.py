"""`dondoc seed --demo`: writes the demo office into an empty database."""

from bot.actions.files import spreadsheet
from bot.actions.list_import.import_people import enrol
from bot.commands.terminal import with_database
from bot.config import Config
from bot.playground.office import DEMO_OFFICE
from bot.runtime.build_office import office_clock, office_of
from bot.seeding import seed
from storage.engine.database import Database
from storage.organisation import people


async def fill(config: Config) -> int | None:
    """Add the people and their tasks. Return the number of tasks, or None if there are people already."""
    now = office_clock(config)()

    async def work(db: Database) -> int | None:
        if await people.living(db):
            return None
        done = await enrol(db, await spreadsheet.rows(DEMO_OFFICE.read_bytes()), now)
        assert not done.problems
        return await seed.demo(office_of(config, db), now)

    return await with_database(config, work, begins=True)
