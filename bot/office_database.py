"""The database that the settings name: opened, or one line that says why it cannot be used."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from bot.config import Config
from bot.config_file import ConfigError, Unavailable, named
from storage.database import Database
from storage.migrate import REFUSALS, is_begun
from storage.opening import DRIVER_ERRORS, open_database, sqlite_path
from storage.postgres import STATEMENT_SECONDS
from storage.troubles import may_pass


class NoOffice(ConfigError):  # noqa: N818 - the operator reads what it is
    """The program never ran on the database that the settings name."""


_BEGIN = (
    "to begin one: dondoc run, or dondoc people import FILE;"
    " to bring one back: dondoc restore BACKUP"
)


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
    """Open a database that the program has begun; raises NoOffice where there is none, and makes none."""
    path = sqlite_path(config.storage.url)
    with usable("url", config):
        is_missing = path is not None and not path.exists()
    if is_missing:
        raise _none_yet(config)
    async with opened(config, statement_seconds) as db:
        with usable("url", config):
            begun = await is_begun(db)
        if not begun:
            raise _none_yet(config)
        yield db


async def require_office(config: Config) -> None:
    """Raise NoOffice where none was begun yet, ConfigError where the database cannot be used."""
    async with office_there(config):
        pass


@contextmanager
def usable(key: str, config: Config, *, waits: bool = False) -> Iterator[None]:
    """Raise ConfigError, with file, key and value, for what [storage] names and cannot be used.

    It is Unavailable where it may be used later; who `waits` for that is given it as it was raised.
    """
    try:
        yield
    except REFUSALS as why:
        raise Unavailable(f"{_where(key, config)}: {why}") from why
    except (*DRIVER_ERRORS, OSError) as why:
        passes = may_pass(why)
        if passes and waits:
            raise
        words = f"{_where(key, config)}: cannot be used: {type(why).__name__}: {why}"
        raise (Unavailable if passes else ConfigError)(words) from why


def _none_yet(config: Config) -> NoOffice:
    path = sqlite_path(config.storage.url)
    looked = f" (looked for {path.absolute()})" if path is not None else ""
    return NoOffice(f"{_where('url', config)}: there is no office yet{looked}; {_BEGIN}")


def _where(key: str, config: Config) -> str:
    return named(("storage", key), str(getattr(config.storage, key)), config.file)
