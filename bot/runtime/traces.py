"""Files that an office leaves outside its database: they tell that one was here when the database is gone."""

from collections.abc import Iterator
from pathlib import Path

from bot.config import Config
from bot.config.sections import Storage
from bot.runtime import office_anchors
from bot.runtime.backup_rotation import made
from storage.engine.opening import sqlite_path
from storage.engine.sqlite_file import emptied
from storage.soundness.write_log import has_log, log_beside

_KEPT_FILE = "[0-9a-f]" * 2 + "/" + "[0-9a-f]" * 64


def traces(storage: Storage) -> list[Path]:
    """Return one file of each kind that only an office that was here can have left; none for a new place.

    Raises OSError.
    """
    return [path for path in (*_beside(storage), *_in_files(storage.files)) if path]


def newest_backup(config: Config) -> Path | None:
    """Return the last backup in [backup] folder; None without one. Raises OSError."""
    folder = config.backup.folder
    if folder is None:
        return None
    _require_readable(folder)
    return next(iter(made(folder, config.office.timezone).values()), None)


def _beside(storage: Storage) -> Iterator[Path | None]:
    """Look beside a SQLite database: its log of writes, and the copies made before a migration or a merger.

    A log counts where the database is gone: the first start of an office, killed, leaves one with its database.
    """
    path = sqlite_path(storage.url)
    if path is None:
        return
    if emptied(path) and has_log(path):
        yield log_beside(path)
    for copies in (f"{path.stem}.before-*.db", f"{path.stem}-truoc-sap-xep-*.db"):
        yield next((one for one in path.parent.glob(copies) if one != path), None)


def _in_files(folder: Path) -> Iterator[Path | None]:
    _require_readable(folder)
    for name in (office_anchors.NAME, "*.seat", "*.journal*", _KEPT_FILE):
        yield next(folder.glob(name), None)


def _require_readable(folder: Path) -> None:
    """Raise OSError for a folder that may not be looked into: a search by name finds nothing in it."""
    if folder.is_dir():
        next(folder.iterdir(), None)
