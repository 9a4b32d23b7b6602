"""`dondoc check`: whether settings, database, folders and Telegram are in order, a line for each."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from bot.backup_rotation import made
from bot.commands.terminal import Finding
from bot.config import Config
from bot.delivery.telegram_check import NoTelegram, telegram_name
from bot.delivery.telegram_http import build_bot
from storage import tallies
from storage.migrate import ChangedMigration, NewerDatabase, waiting
from storage.opening import DRIVER_ERRORS, open_database, sqlite_path

OLDEST_BACKUP = timedelta(days=2)


async def check(config: Config, file: Path, now: datetime) -> list[Finding]:
    """Look at everything the bot needs to start; changes nothing."""
    return [
        Finding(fine=True, words=f"configuration: {file} is in order"),
        await _database(config),
        _folder("files", config.storage.files),
        await _telegram(config),
        _backup(config, now),
    ]


async def _database(config: Config) -> Finding:
    path = sqlite_path(config.storage.url)
    if path is not None and not path.exists():
        folder = _folder("database", path.parent)
        words = f"database: {path} is not there yet; the first start makes it"
        return Finding(fine=True, words=words) if folder.fine else folder
    try:
        db = await open_database(config.storage.url)
        try:
            left = await waiting(db)
            wrong = 0 if left else await tallies.wrong(db)
        finally:
            await db.close()
    except (NewerDatabase, ChangedMigration) as why:
        return Finding(fine=False, words=f"database: {why}")
    except (*DRIVER_ERRORS, OSError) as why:
        return Finding(fine=False, words=f"database: cannot be opened: {type(why).__name__}: {why}")
    if wrong:
        words = (
            f"database: {wrong} counts of closed tasks are wrong; dondoc recount puts them right"
        )
        return Finding(fine=False, words=words)
    state = f"the next start runs migrations {left}" if left else "up to date"
    return Finding(fine=True, words=f"database: can be opened, {state}")


def _folder(what: str, folder: Path) -> Finding:
    existing = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    if not existing.is_dir():
        return Finding(fine=False, words=f"{what}: {existing} is not a folder")
    if not os.access(existing, os.W_OK | os.X_OK):
        return Finding(fine=False, words=f"{what}: {existing} cannot be written to")
    return Finding(fine=True, words=f"{what}: {folder} can be written to")


def _backup(config: Config, now: datetime) -> Finding:
    """Tell how old the last backup is; each was opened again before it got its name."""
    folder = config.backup.folder
    if folder is None:
        return Finding(fine=True, words="backup: none by itself; [backup] folder makes one a day")
    last = next(iter(made(folder, config.office.timezone)), None)
    if last is None:
        return Finding(fine=False, words=f"backup: there is none in {folder} yet")
    age = now - last
    words = f"backup: the last one is {round(age / timedelta(hours=1))} hours old"
    return Finding(fine=age <= OLDEST_BACKUP, words=words)


async def _telegram(config: Config) -> Finding:
    given = config.telegram
    bot = build_bot(
        given.token.get_secret_value(), given.base_url, given.base_file_url, given.proxy_url
    )
    try:
        name = await telegram_name(bot)
    except NoTelegram as why:
        return Finding(fine=False, words=f"telegram: {why}")
    return Finding(fine=True, words=f"telegram: the token is that of @{name}")
