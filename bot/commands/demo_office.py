"""`dondoc seed --demo`: the demo office in an empty database."""

from bot.actions import seed, sheet
from bot.actions.enrol import enrol
from bot.commands.terminal import with_database
from bot.config import Config
from bot.configured import office_clock, office_of
from bot.playground.office import DEMO_OFFICE
from storage import people
from storage.database import Database


async def fill(config: Config) -> int | None:
    """Add the people and their tasks, and count the tasks; None when there are people already."""
    now = office_clock(config)()

    async def work(db: Database) -> int | None:
        if await people.living(db):
            return None
        done = await enrol(db, await sheet.rows(DEMO_OFFICE.read_bytes()), now)
        assert not done.problems
        return await seed.demo(office_of(config, db), now)

    return await with_database(config, work, begins=True)
