"""`dondoc begin-anew`: begins a new office in place of one whose database is lost. Nothing is removed."""

import asyncio
from datetime import datetime
from pathlib import Path

from bot.commands.terminal import typed
from bot.config import Config
from bot.delivery import instance_name
from bot.runtime import office_anchors
from bot.runtime.connect import LostOffice, NoOffice, opened, require_office, usable
from storage.backups import sqlite_backup
from storage.engine.migrate import migrate
from storage.engine.opening import sqlite_path


class NothingLost(Exception):  # noqa: N818 - the operator reads what it is
    """No office is lost: there is one, or there never was one."""


FAILURES = (NothingLost, sqlite_backup.InUse)
_PHRASE = "begin anew"
_ASKED = (
    "Whatever the lost office knew is only in its backups. To go on without it, type: " + _PHRASE
)


async def begin_anew(config: Config, now: datetime) -> list[Path]:
    """Ask, then begin an office in an empty database. Return where the remains of the lost office are kept.

    Files that people handed in and backups stay where they are. Raises FAILURES.
    """
    print(await _lost(config))
    await _require_stopped(config)
    typed(_ASKED, _PHRASE)
    with usable("files", config):
        kept = await asyncio.to_thread(_put_aside, config, now)
    async with opened(config) as db:
        with usable("url", config):
            await migrate(db, now)
    return kept


async def _lost(config: Config) -> str:
    try:
        await require_office(config)
    except LostOffice as why:
        return str(why)
    except NoOffice as why:
        raise NothingLost(str(why)) from why
    raise NothingLost("there is an office in the database: nothing is begun in its place")


async def _require_stopped(config: Config) -> None:
    """Raise InUse if a program is using the files or the database."""
    for path in config.storage.files.glob("*.seat"):
        if (free := instance_name.take_free(config.storage.files, path.stem)) is None:
            raise sqlite_backup.InUse(
                f"a program is at work, {path} is its seat: stop the bot first"
            )
        free.close()
    if sqlite_path(config.storage.url) is None:
        async with opened(config) as db:
            await sqlite_backup.require_alone(db)


def _put_aside(config: Config, now: datetime) -> list[Path]:
    suffix = now.astimezone(config.office.timezone).strftime("before-anew-%Y%m%d-%H%M%S")
    folder, path = config.storage.files, sqlite_path(config.storage.url)
    left = [folder / office_anchors.NAME, *folder.glob("*.journal")]
    if path is not None:
        left += [path.with_name(f"{path.name}{ending}") for ending in ("", "-wal", "-shm")]
    there = [one for one in left if one.exists()]
    return [one.rename(one.with_name(f"{one.name}.{suffix}")) for one in there]
