"""Places that a command fills completely or not at all: if it fails, it leaves nothing new."""

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
    """Yield settings to work with. A new SQLite file gets its real name only after the block has succeeded.

    In a PostgreSQL database, tables without rows remain even if the block fails.
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
        path.hardlink_to(part)  # fails if another process created the file meanwhile
        sqlite_backup.sync_folder(path.parent)
    finally:
        _remove(part)


@contextmanager
def no_folders_left(config: Config) -> Iterator[None]:
    """If the block fails, remove the empty folders of the settings that did not exist before it."""
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
