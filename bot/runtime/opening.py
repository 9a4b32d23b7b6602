"""The database the program works on, and its place among all that work on it."""

import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

from bot import clock
from bot.config import Config
from bot.delivery.database_clock import DatabaseClock
from bot.delivery.instance_name import Seat, take
from bot.delivery.monitoring.error_reports import Faults
from bot.delivery.replica import Replica
from bot.runtime.connect import open_or_begin, require_whole, usable
from bot.runtime.serving import webhook_fingerprint
from bot.runtime.shutdown import stopped
from storage.engine.database import Database
from storage.engine.database_errors import may_pass
from storage.engine.migrate import migrate

_END_SECONDS = 1.0
log = logging.getLogger(__name__)


async def opened_at_once(config: Config) -> Database | None:
    """Return the database; None for one that can be opened later. What is set wrongly raises."""
    try:
        return await opened(config)
    except Exception as error:
        if not may_pass(error):
            raise
        return None


async def opened(config: Config) -> Database:
    """Open the database and bring it up to date; raises ConfigError where it is set wrongly.

    So it does where a part of it is missing, or where it is gone and an office was here.
    """
    await require_whole(config)
    db = await open_or_begin(config, waits=True)
    try:
        with usable("url", config, waits=True):
            ran = await migrate(db, clock.system_clock())
    except BaseException:
        await db.close()
        raise
    if ran:
        log.info("database brought up to date: migrations %s", ran)
    return db


@asynccontextmanager
async def taking_part(config: Config, db: Database, faults: Faults) -> AsyncIterator[Replica]:
    """Be one of the instances that work on a database, under a name of one's own."""

    async def seated() -> Seat:
        with usable("files", config, waits=True):
            return take(config.storage.files, machine)

    machine = "one" if db.engine == "sqlite" else socket.gethostname()
    with closing(await faults.patiently(seated)) as seat:
        database_clock = DatabaseClock(clock.stopwatch)
        alone = config.telegram.mode == "polling"
        replica = Replica(
            db,
            seat,
            database_clock,
            faults.trouble,
            alone=alone,
            secret=webhook_fingerprint(config),
        )
        await faults.patiently(replica.begin)
        try:
            yield replica
        finally:
            await stopped(_END_SECONDS, replica.end())
