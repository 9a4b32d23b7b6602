"""The database the program works on, and its place among all that work on it."""

import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

from bot import clock
from bot.config import Config, ConfigError
from bot.config_file import shown, source
from bot.delivery.database_clock import DatabaseClock
from bot.delivery.faults import Faults
from bot.delivery.replica import Replica
from bot.delivery.seat import Seat, take
from bot.stopping import stopped
from storage.database import Database
from storage.migrate import migrate
from storage.opening import DRIVER_ERRORS, open_database
from storage.troubles import may_pass

_END_SECONDS = 1.0
log = logging.getLogger(__name__)


async def opened_at_once(config: Config, file: Path) -> Database | None:
    """Return the database; None for one that can be opened later. What is set wrongly raises."""
    try:
        return await opened(config, file)
    except Exception as error:
        if not may_pass(error):
            raise
        return None


async def opened(config: Config, file: Path) -> Database:
    """Open the database and bring it up to date; raises ConfigError where it is set wrongly."""
    with _named("url", config, file):
        db = await open_database(config.storage.url)
    try:
        ran = await migrate(db, clock.system_clock())
    except BaseException:
        await db.close()
        raise
    if ran:
        log.info("database brought up to date: migrations %s", ran)
    return db


@asynccontextmanager
async def taking_part(
    config: Config, file: Path, db: Database, faults: Faults
) -> AsyncIterator[Replica]:
    """Be one of the instances that work on a database, under a name of one's own."""

    async def seated() -> Seat:
        with _named("files", config, file):
            return take(config.storage.files, machine)

    machine = "one" if db.engine == "sqlite" else socket.gethostname()
    with closing(await faults.patiently(seated)) as seat:
        database_clock = DatabaseClock(clock.stopwatch)
        alone = config.telegram.mode == "polling"
        replica = Replica(db, seat, database_clock, faults.trouble, alone=alone)
        await faults.patiently(replica.begin)
        try:
            yield replica
        finally:
            await stopped(_END_SECONDS, replica.end())


@contextmanager
def _named(key: str, config: Config, file: Path) -> Iterator[None]:
    """Raise ConfigError for what goes on until [storage] is set otherwise, or an operator sees to it."""
    try:
        yield
    except (*DRIVER_ERRORS, OSError) as why:
        if may_pass(why):
            raise
        value = shown(f"storage.{key}", str(getattr(config.storage, key)))
        where = f"{source(('storage', key), file)}: storage.{key} = {value}"
        raise ConfigError(f"{where}: cannot be used: {type(why).__name__}: {why}") from why
