"""`dondoc check`: checks settings, database, folders and Telegram, with a line for each."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from bot import clock
from bot.commands.backups.backups import NotSet, seal_of
from bot.commands.checks import soundness
from bot.commands.checks.check_places import place, shared
from bot.commands.checks.check_telegram import secret, telegram
from bot.commands.checks.verification import behind
from bot.commands.progress_bar import progress_bar
from bot.commands.terminal import Finding
from bot.config import Config, ConfigError
from bot.delivery.replica import marks, secrets
from bot.runtime import last_look, office_anchors
from bot.runtime.backup_rotation import made
from bot.runtime.build_office import office_of
from bot.runtime.connect import LostOffice, NoOffice, office_there, require_whole, usable
from storage.backups.encryption import NotWhole
from storage.engine.database import Database
from storage.engine.migrate import waiting
from storage.engine.opening import DRIVER_ERRORS, sqlite_path
from storage.engine.postgres import has_checksums
from storage.engine.write_probe import require_writing
from storage.messaging import leases, strangers
from storage.office_days import calendar
from storage.records import Tried
from storage.reporting import closed_counts

OLDEST_BACKUP = timedelta(days=2)
MOST_APART = timedelta(seconds=10)
STRANGERS_COUNT_FOR = timedelta(days=7)
_OTHERS_READ = 0o004


async def check(config: Config, now: datetime) -> list[Finding]:
    """Check everything that the bot needs to start. Changes nothing."""
    return [
        _configuration(config.file),
        *await _database(config, now),
        _looked_at("files", lambda: place("files", config.storage.files)),
        _looked_at("archive", lambda: place("archive", config.archive.folder)),
        *_look(config, now),
        *await telegram(config, now),
        _looked_at("backup", lambda: _backup(config, now)),
    ]


def _looked_at(what: str, look: Callable[[], Finding]) -> Finding:
    """Return the finding of `look`. An OSError, such as no permission, becomes a finding, so that the rest still runs."""
    try:
        return look()
    except OSError as why:
        return Finding(fine=False, words=f"{what}: cannot be looked at: {why}")


def _configuration(file: Path) -> Finding:
    words = f"configuration: {file} is in order"
    if file.stat().st_mode & _OTHERS_READ:
        words += "; everybody on this machine can read it, token and all: chmod 640"
    return Finding(fine=True, words=words)


async def _database(config: Config, now: datetime) -> list[Finding]:
    path, found = sqlite_path(config.storage.url), list[Finding]()
    try:
        if path is not None:
            found += await asyncio.to_thread(soundness.files, path)
        await require_whole(config)
        known = office_anchors.read(config.storage.files)
        async with office_there(config) as db:
            with usable("url", config):
                left = await waiting(db)
            if not left:
                found += await _looked_through(db)
            found += await behind(db, known)
            found.append(await _state(db, left))
            if not left:
                found += await _content(config, db, now)
    except LostOffice as why:
        found.append(Finding(fine=False, words=f"database: {why}"))
    except NoOffice:
        found.append(_new(path))
    except ConfigError as why:
        found.append(Finding(fine=False, words=f"database: {why}"))
    except ValidationError as why:
        found.append(
            Finding(fine=False, words=f"database: {why.title} has a row that cannot be read")
        )
    except (*DRIVER_ERRORS, OSError) as why:
        words = f"database: cannot be looked at: {type(why).__name__}: {why}"
        found.append(Finding(fine=False, words=words))
    return found


def _new(path: Path | None) -> Finding:
    """Tell whether a new office may begin where the database would be."""
    if path is None:
        return Finding(fine=True, words="database: it is empty; the first start begins an office")
    folder = place("database", path.parent)
    words = f"database: {path} is not there yet; the first start makes it"
    return Finding(fine=True, words=words) if folder.fine else folder


async def _looked_through(db: Database) -> list[Finding]:
    """Check the database. Its history takes longer; the bot checks it each night."""
    with progress_bar() as bar:
        return await soundness.database(db, bar)


async def _state(db: Database, left: list[int]) -> Finding:
    if left:
        words = f"database: can be opened, the next start runs migrations {left}"
        return Finding(fine=True, words=words)
    try:
        await require_writing(db)
    except (*DRIVER_ERRORS, OSError) as why:
        words = f"database: can be read, but takes no writing: {type(why).__name__}: {why}"
        return Finding(fine=False, words=words)
    if wrong := await closed_counts.wrong(db):
        words = (
            f"database: {wrong} counts of closed tasks are wrong; dondoc recount puts them right"
        )
        return Finding(fine=False, words=words)
    return Finding(fine=True, words="database: can be opened, up to date")


async def _content(config: Config, db: Database, now: datetime) -> list[Finding]:
    path, office = sqlite_path(config.storage.url), office_of(config, db)
    year = office.workdays.local(now).year + 1
    known = office.workdays.days_off(date(year, 1, 1), date(year, 12, 31))
    decided = [one for one in await calendar.decided(db, now.date()) if one.day.year == year]
    words = (
        f"calendar: {len(known)} days off of {year} are known, {len(decided)} days more were decided"
        " (/lich)"
    )
    days = Finding(fine=bool(known), words=words)
    told = [days, *await _strangers(db, office.today(now - STRANGERS_COUNT_FOR))]
    if path is not None:
        return [place("database", path.parent), *told]
    held = await leases.held(db, await leases.database_time(db))
    replicas = shared(config.storage.files, marks(held))
    return [
        *(await _clock(db), await _checksums(db), replicas),
        *(*secret(config, secrets(held)), *told),
    ]


async def _strangers(db: Database, since: date) -> list[Finding]:
    """Tell what people unknown to the office have tried since a day; an empty list if they tried nothing."""
    tried = await strangers.tried(db, since)
    if tried == Tried():
        return []
    words = (
        f"strangers: since {since:%d/%m} {tried.marked} texts with a mark of secrecy,"
        f" {tried.wrong_codes} codes that were no invitation, {tried.group_moves} times into or out of"
        " a group; none of it was let in"
    )
    return [Finding(fine=True, words=words)]


async def _checksums(db: Database) -> Finding:
    """Tell whether the server would notice a page changed on its disk."""
    if await has_checksums(db):
        return Finding(fine=True, words="checksums: the server keeps one of each page")
    words = "checksums: the server keeps none, and would not see a page that a disk changed"
    return Finding(fine=True, words=f"{words}; pg_checksums --enable, the server stopped")


async def _clock(db: Database) -> Finding:
    """Tell how far this machine's clock is from the database's clock, which all replicas follow."""
    before = clock.system_clock()
    theirs = await leases.database_time(db)
    apart = before + (clock.system_clock() - before) / 2 - theirs
    words = f"clock: {abs(apart.total_seconds()):.1f} s from the database's"
    if abs(apart) > MOST_APART:
        words += ": reminders come that much too early or too late; set both by NTP"
    return Finding(fine=abs(apart) <= MOST_APART, words=words)


def _look(config: Config, now: datetime) -> list[Finding]:
    """Tell what the last nightly check of the whole database found, including history, texts and files."""
    last = last_look.read(config.storage.files)
    if last is None or not last.done:
        words = f"look: none yet; the bot looks through all of the database each night at {config.backup.at:%H:%M}"
        return [Finding(fine=True, words=words)]
    age = now - last.at
    when = f"{round(age / timedelta(hours=1))} hours ago"
    if last.wrong:
        return [Finding(fine=False, words=f"look: {when}: {one}") for one in last.wrong]
    words = f"look: the last one was {when}, all was as it was written"
    return [Finding(fine=age <= OLDEST_BACKUP, words=words)]


def _backup(config: Config, now: datetime) -> Finding:
    """Tell how old the last backup is. Each backup was opened again before it got its name."""
    folder = config.backup.folder
    if folder is None:
        return Finding(fine=True, words="backup: none by itself; [backup] folder makes one a day")
    try:
        seal_of(config)
    except (NotSet, NotWhole, OSError, UnicodeDecodeError) as why:
        given = config.backup.key or config.backup.recipient
        name = "key" if config.backup.key or not given else "recipient"
        words = f"backup: no copy can be sealed: backup.{name} = {str(given or '')!r}: {why}"
        return Finding(fine=False, words=words)
    last = next(iter(made(folder, config.office.timezone)), None)
    if last is None:
        return Finding(fine=False, words=f"backup: there is none in {folder} yet")
    age = now - last
    words = f"backup: the last one is {round(age / timedelta(hours=1))} hours old"
    return Finding(fine=age <= OLDEST_BACKUP, words=words)
