"""`dondoc restore`: what a backup holds comes into an empty place, or, if told so, over a living one."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot import office_anchors
from bot.commands import backups
from bot.commands.progress_bar import progress_bar
from bot.commands.terminal import Finding
from bot.config import Config, ConfigError
from bot.office_database import opened
from storage import chain, copies, people, postgres_dump, sealed
from storage.database import Database
from storage.hashes import path_in
from storage.migrate import REFUSALS, migrate, require_known
from storage.opening import DRIVER_ERRORS, sqlite_path
from storage.packing import Description
from storage.sealed import Identity
from storage.sqlite import open_sqlite
from storage.sqlite_file import emptied


class Living(Exception):  # noqa: N818 - the operator reads what it is
    """There is an office where the backup would go."""


class OtherProgram(Exception):  # noqa: N818
    """The backup is of a program with which this one cannot go on."""


_NAMED = ("units", "people", "tasks", "documents", "files", "texts", "events")
FAILURES = (*backups.FAILURES, Living, OtherProgram)


@dataclass(frozen=True)
class Restored:
    """What was put back, compared with what the backup says, and where the earlier database is."""

    findings: list[Finding]
    kept: str | None


async def restore(
    config: Config, path: Path, identity: Identity, now: datetime, *, replace: bool
) -> Restored:
    """Look through a backup, then put its files and at last its database in their places.

    Until that last step the earlier state is there, whatever happens. Raises FAILURES.
    """
    if not replace:
        await require_place(config)
    with backups.alone(config.storage.files) as workspace, progress_bar() as bar:
        database = workspace / "opened"
        folder = workspace / "files"
        unpacked = await backups.unseal(path, [identity], database, folder, bar)
        findings = await backups.look_through(database, unpacked, bar)
        await _require_program(path, database, unpacked.description)
        await asyncio.to_thread(_put_files, folder, config.storage.files, list(unpacked.files))
        with _journals_kept(config, now) as said_last:
            kept = await _put_database(config, database, unpacked.description, now)
        office_anchors.forget(config.storage.files)
        if kept and said_last:
            kept += f"; what it had said last: {', '.join(map(str, said_last))}"
    return Restored([*findings, *await _compared(config, unpacked.description)], kept)


async def require_place(config: Config) -> None:
    """Raise Living where something would be lost."""
    if found := await _living(config):
        raise Living(f"{found}; to put the backup in its place: --replace")


async def _require_program(path: Path, database: Path, told: Description) -> None:
    """Raise NotWhole and OtherProgram, before anything is put in its place, for what could not be worked with."""
    db = await open_sqlite(backups.seen(database, told.engine), readers=1)
    try:
        if wrong := await copies.damage(db):
            raise sealed.NotWhole(f"{path}: the database in it is damaged: {wrong}")
        await require_known(db, told.engine)
    except REFUSALS as why:
        advice = "restore it with the program that made it, or a later one; nothing was changed"
        raise OtherProgram(f"{path}: {why}: {advice}") from why
    finally:
        await db.close()


@contextmanager
def _journals_kept(config: Config, now: datetime) -> Iterator[list[Path]]:
    """Keep beside it what the office that is replaced had said last and not written down.

    They bear numbers that mean other messages in the office of the backup, so they go first: whoever is
    killed here says something twice rather than not at all. They are back where nothing was replaced.
    """
    suffix = now.astimezone(config.office.timezone).strftime("before-restore-%Y%m%d-%H%M%S")
    journals = sorted(config.storage.files.glob("*.journal"))
    kept = {one: one.with_name(f"{one.name}.{suffix}") for one in journals}
    for journal, aside in kept.items():
        journal.replace(aside)
    said_last = [one for one in kept.values() if one.stat().st_size]
    try:
        yield said_last
    except BaseException:
        for journal, aside in kept.items():
            aside.replace(journal)
        raise
    for aside in set(kept.values()) - set(said_last):
        aside.unlink()


async def _living(config: Config) -> str | None:
    """Return what there is in the place of the settings that would be lost; None for an empty place."""
    path = sqlite_path(config.storage.url)
    if path is not None and emptied(path):
        return None
    where = f"{path}" if path is not None else "the database"
    try:
        async with opened(config) as db:
            return f"{where}: there is an office in it" if await _has_people(db) else None
    except DRIVER_ERRORS as why:
        return f"{where}: cannot be looked into ({type(why).__name__}: {why})"
    except ConfigError as why:
        if path is None:
            raise
        return str(why)


async def _has_people(db: Database) -> bool:
    return bool(await copies.has_table(db, "people") and await people.living(db))


def _put_files(source: Path, target: Path, names: list[str]) -> None:
    """Put each file in its place unless it is there; one at a time, each whole or not at all."""
    for sha256 in names:
        place = path_in(target, sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_suffix(f".{os.getpid()}.part")
        shutil.move(path_in(source, sha256), part)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(place)


async def _put_database(
    config: Config, database: Path, told: Description, now: datetime
) -> str | None:
    """Put the database in its place, brought up to this program; return where the earlier one is."""
    path = sqlite_path(config.storage.url)
    if (told.engine == "sqlite") != (path is not None):
        raise sealed.NotWhole(f"the backup is of {told.engine}, the settings name another engine")
    if path is None:
        kept_as = _kept_as("before_restore_%Y%m%d_%H%M%S", config, now)
        return await _put_postgres(config, database, now, kept_as)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    shutil.move(database, beside)
    try:
        await _migrate(await open_sqlite(beside, readers=1), now)
        copies.fold_log_in(beside)
        kept_as = _kept_as("before-restore-%Y%m%d-%H%M%S", config, now)
        kept = copies.put_back_sqlite(beside, path, kept_as)
    finally:
        for left in path.parent.glob(f".{path.name}.*"):
            left.unlink()
    return str(kept) if kept else None


def _kept_as(form: str, config: Config, now: datetime) -> str:
    """Return a name for what is replaced, another each time: the first may be the office itself."""
    return now.astimezone(config.office.timezone).strftime(form)


async def _put_postgres(config: Config, database: Path, now: datetime, kept_as: str) -> str | None:
    url = config.storage.url
    async with opened(config) as db:
        server, replaces = await backups.server_of(db), await copies.has_table(db, "migrations")
        await copies.require_alone(db)
    kept = kept_as if replaces else None
    await asyncio.to_thread(postgres_dump.put_back, url, server, database, kept)
    async with opened(config) as db:
        await migrate(db, now)
    return f"the schema {kept}" if kept else None


async def _migrate(db: Database, now: datetime) -> None:
    try:
        await migrate(db, now)
    finally:
        await db.close()


async def _compared(config: Config, told: Description) -> list[Finding]:
    """Compare the living database with what the backup says of itself: rows and chain."""
    async with opened(config) as db:
        counts = await copies.counts(db, [one for one in told.counts if one != "migrations"])
        anchor = str(await chain.anchor(db))
    wrong = [name for name, n in counts.items() if n != told.counts[name]]
    main = ", ".join(f"{name} {counts[name]}" for name in _NAMED)
    rows = f"rows: {main}; those of all {len(counts)} tables are as in the backup"
    other = ", ".join(f"{name} {counts[name]} of {told.counts[name]}" for name in wrong)
    hashes = f"chain: {anchor}, in the backup {told.anchor}"
    return [
        Finding(fine=not wrong, words=f"rows: {other} in the backup" if wrong else rows),
        Finding(fine=anchor == told.anchor, words=hashes),
    ]
