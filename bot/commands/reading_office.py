"""`dondoc understand`: the people and the calendar used for reading sentences."""

import sys

from bot.commands.terminal import with_database
from bot.commands.understand_output import Office
from bot.config import Config
from bot.language.names.people import Roster
from bot.rules.secrecy import secret_mark
from bot.rules.workdays import Workdays
from bot.runtime.build_office import office_of, reading_of, workdays_of
from bot.runtime.connect import NoOffice
from storage.engine.database import Database

NOBODY = Office(Roster(), Workdays(), secret_mark)
"""The office used without settings: no people, and the public calendar."""


async def office(config: Config) -> Office:
    """Return the office of the settings, with its people. If there is no office yet, warn and use no people."""

    async def work(db: Database) -> Office:
        ours = office_of(config, db)
        return Office(await ours.roster(), ours.workdays, secret_mark, ours.reading)

    try:
        return await with_database(config, work)
    except NoOffice as why:
        print(f"dondoc: {why}. Read without people:", file=sys.stderr)
        return Office(Roster(), workdays_of(config), secret_mark, reading_of(config))
