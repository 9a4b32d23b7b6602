"""`dondoc understand`: by whose people and calendar sentences are read."""

from bot.commands.terminal import with_database
from bot.config import Config
from bot.configured import office_of
from bot.language.people import Roster
from bot.language.understand import Office
from bot.rules.secrecy import secret_mark
from bot.rules.workdays import Workdays
from storage.database import Database

NOBODY = Office(Roster(), Workdays(), secret_mark)
"""Where there are no settings: no people, and the public calendar."""


async def office(config: Config) -> Office:
    """Return the office of the settings, with its people."""

    async def work(db: Database) -> Office:
        ours = office_of(config, db)
        return Office(await ours.roster(), ours.workdays, secret_mark, ours.reading)

    return await with_database(config, work)
