"""The database that the settings name: opened, or one line that says why it cannot be used."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from bot.config import Config
from bot.config.file import ConfigError, Unavailable, named
from bot.runtime import office_anchors
from bot.runtime.office_anchors import Against, Anchors
from bot.runtime.traces import newest_backup, traces
from storage.engine.database import Database
from storage.engine.database_errors import is_damage, may_pass
from storage.engine.migrate import REFUSALS, is_begun
from storage.engine.opening import DRIVER_ERRORS, open_database, sqlite_path
from storage.engine.postgres import STATEMENT_SECONDS
from storage.engine.sqlite_file import EMPTY, cut_off, emptied


class NoOffice(ConfigError):  # noqa: N818 - the operator reads what it is
    """The program never ran on the database that the settings name."""


class LostOffice(NoOffice):
    """There is no office in the database, but one was here: its files, backups or copies are there."""


class AnotherOffice(ConfigError):  # noqa: N818
    """The database is of another office than the files."""


class DamagedDatabase(ConfigError):  # noqa: N818
    """The database is not as it was written, and cannot be worked with."""


BRING_BACK = "to bring back what it held"
"""What the line of a DamagedDatabase says, and no other."""
_BEGIN = (
    "to begin one: dondoc run, or dondoc people import FILE;"
    " to bring one back: dondoc restore BACKUP"
)
_ANEW = "to begin a new office on purpose: dondoc begin-anew"
_MOST_TRACES = 3


@asynccontextmanager
async def opened(
    config: Config, statement_seconds: float = STATEMENT_SECONDS
) -> AsyncIterator[Database]:
    """Open the database as it is, or make an empty one; raises ConfigError where it cannot be used."""
    with usable("url", config):
        db = await open_database(config.storage.url, statement_seconds)
    try:
        yield db
    finally:
        await db.close()


@asynccontextmanager
async def office_there(
    config: Config, statement_seconds: float = STATEMENT_SECONDS
) -> AsyncIterator[Database]:
    """Open a database that the program has begun, and makes none.

    Raises NoOffice where there is none, AnotherOffice where it is not that of the files.
    """
    if why := await _emptied(config):
        raise await _none_there(config, why)
    async with opened(config, statement_seconds) as db:
        if not await _begun(config, db):
            raise await _none_there(config, "has no tables")
        yield db


@asynccontextmanager
async def office_or_new(config: Config) -> AsyncIterator[Database]:
    """Open a database as `open_or_begin` does, leave anchors of what was done in it, and close it at the end.

    An office that was only filled, and never ran, is known by them once its database is gone.
    """
    db = await open_or_begin(config)
    try:
        yield db
        with usable("files", config):
            config.storage.files.mkdir(parents=True, exist_ok=True)
            await Anchors(db, config.storage.files, "filling").note()
    finally:
        await db.close()


async def open_or_begin(config: Config, *, waits: bool = False) -> Database:
    """Open a database that the program has begun, or an empty one in which an office may begin.

    Raises LostOffice where one was here, AnotherOffice where it is not that of the files. Who `waits` for
    what may pass is given it as it was raised.
    """
    await require_not_lost(config)
    with usable("url", config, waits=waits):
        db = await open_database(config.storage.url)
    try:
        await _refuse_lost(config, db, waits=waits)
    except BaseException:
        await db.close()
        raise
    return db


async def require_office(config: Config) -> None:
    """Raise NoOffice where none was begun yet, ConfigError where the database cannot be used."""
    async with office_there(config):
        pass


async def require_not_lost(config: Config) -> None:
    """Raise LostOffice where the database has no file and an office was here, or where its file is empty."""
    if why := await _emptied(config):
        found = await _traces(config)
        if found or why == EMPTY:
            raise _lost(config, why, found)


async def require_whole(config: Config) -> None:
    """Raise DamagedDatabase where the end of a SQLite database is missing."""
    path = sqlite_path(config.storage.url)
    if path is None or await _emptied(config):
        return
    with usable("url", config, waits=True):
        missing = await asyncio.to_thread(cut_off, path)
    if missing:
        words = f"{_where('url', config)}: {path.absolute()} {missing}"
        raise DamagedDatabase(f"{words}; {_back(config)}")


@contextmanager
def usable(
    key: str, config: Config, *, section: str = "storage", waits: bool = False
) -> Iterator[None]:
    """Raise ConfigError, with file, key and value, for what the settings name and cannot be used.

    It is Unavailable where it may be used later; who `waits` for that is given it as it was raised.
    """
    try:
        yield
    except REFUSALS as why:
        raise Unavailable(f"{_where(key, config, section)}: {why}") from why
    except (*DRIVER_ERRORS, OSError) as why:
        passes = may_pass(why)
        if passes and waits:
            raise
        words = f"{_where(key, config, section)}: cannot be used: {type(why).__name__}: {why}"
        if is_damage(why):
            raise DamagedDatabase(f"{words}; {_back(config)}") from why
        raise (Unavailable if passes else ConfigError)(words) from why


async def _emptied(config: Config) -> str | None:
    """Say, before SQLite opens it and removes its log, that there is nothing in the file of a database."""
    path = sqlite_path(config.storage.url)
    if path is None:
        return None
    with usable("url", config):
        return await asyncio.to_thread(emptied, path)


async def _begun(config: Config, db: Database, *, waits: bool = False) -> bool:
    """Tell whether there is an office in a database; raises AnotherOffice."""
    known = office_anchors.read(config.storage.files)
    with usable("url", config, waits=waits):
        begun = await is_begun(db)
        if begun and await office_anchors.compare(db, known) is Against.ANOTHER:
            raise AnotherOffice(_of_another(config))
    return begun


async def _refuse_lost(config: Config, db: Database, *, waits: bool) -> None:
    """Raise LostOffice where a database without tables stands beside what an office left."""
    if await _begun(config, db, waits=waits):
        return
    found = await _traces(config)
    # Another instance that begins an office leaves traces after its tables: who sees them looks again.
    if found and not await _begun(config, db, waits=waits):
        raise _lost(config, "has no tables", found)


async def _traces(config: Config) -> list[Path]:
    with usable("folder", config, section="backup"):
        backup = await asyncio.to_thread(newest_backup, config)
    with usable("files", config):
        left = await asyncio.to_thread(traces, config.storage)
    return [backup, *left] if backup else left


async def _none_there(config: Config, why: str) -> NoOffice:
    found = await _traces(config)
    if found or why == EMPTY:
        return _lost(config, why, found)
    looked = f" (looked for {path.absolute()})" if (path := sqlite_path(config.storage.url)) else ""
    return NoOffice(f"{_where('url', config)}: there is no office yet{looked}; {_BEGIN}")


def _lost(config: Config, why: str, found: list[Path]) -> LostOffice:
    path = sqlite_path(config.storage.url)
    database = f"{path.absolute()}" if path else "the database"
    left = ", ".join(map(str, found[:_MOST_TRACES]))
    told = f"but an office was here and left {left}" if found else "which a database never is"
    return LostOffice(
        f"{_where('url', config)}: {database} {why}, {told};"
        f" to bring it back: dondoc restore {_newest(config)}; {_ANEW}"
    )


def _back(config: Config) -> str:
    return f"{BRING_BACK}: dondoc restore {_newest(config)} --replace"


def _newest(config: Config) -> Path | str:
    """Return what can be restored, as far as it is known."""
    try:
        return newest_backup(config) or "BACKUP"
    except OSError:
        return "BACKUP"


def _of_another(config: Config) -> str:
    noted = config.storage.files / office_anchors.NAME
    return (
        f"{_where('url', config)}: this is not the database of the office whose files are in"
        f" {config.storage.files}: name the one that is, or the folder of this one;"
        f" where they belong together, remove {noted}"
    )


def _where(key: str, config: Config, section: str = "storage") -> str:
    return named((section, key), str(getattr(getattr(config, section), key)), config.file)
