"""A place that a command fills all or not at all: where it fails, nothing new is left."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.commands.backups.backups import LOCK
from bot.config import Config
from storage.backups import sqlite_backup
from storage.engine.opening import sqlite_path

_ENDINGS = ("", "-wal", "-shm")


@contextmanager
def begun_aside(config: Config) -> Iterator[Config]:
    """Give settings to work with: a SQLite file that is not there yet has its name once the block ends well.

    Tables without rows in a PostgreSQL database stay, whatever happens.
    """
    path = sqlite_path(config.storage.url)
    if path is None or path.exists():
        yield config
        return
    part = path.with_name(f".{path.name}.part")
    storage = config.storage.model_copy(update={"url": f"sqlite:///{part}"})
    _remove(part)
    try:
        yield config.model_copy(update={"storage": storage})
        sqlite_backup.fold_log_in(part)
        path.hardlink_to(part)  # fails where somebody else began one meanwhile
        sqlite_backup.sync_folder(path.parent)
    finally:
        _remove(part)


@contextmanager
def no_folders_left(config: Config) -> Iterator[None]:
    """Take away, where the block fails, the folders of the settings that were not there before it."""
    files, database = config.storage.files, sqlite_path(config.storage.url)
    folders = [files, *files.parents, *(database.parents if database else ())]
    new = [one for one in dict.fromkeys(folders) if not one.exists()]
    try:
        yield
    except BaseException:
        if files in new:
            (files / LOCK).unlink(missing_ok=True)
        for folder in sorted(new, key=lambda one: len(one.parts), reverse=True):
            with suppress(OSError):
                folder.rmdir()
        raise


def _remove(part: Path) -> None:
    for ending in _ENDINGS:
        part.with_name(part.name + ending).unlink(missing_ok=True)
