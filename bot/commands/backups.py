"""`dondoc backup`: database and files in one sealed file, which is opened again before it counts."""

import asyncio
import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.progress import Progress

from bot.backup_rotation import Keep, made, name_at, spare
from bot.commands import sound
from bot.commands.progress_bar import progress_bar, shown
from bot.commands.terminal import Finding
from bot.commands.verification import Verification
from bot.config import Config
from bot.office_database import opened, require_office
from storage import chain, copies, packing, postgres_dump, sealed
from storage.database import Database, Engine
from storage.hashes import hash_of
from storage.opening import sqlite_path
from storage.packing import Description, Unpacked
from storage.sealed import Identity, NotWhole, Seal
from storage.sqlite import open_sqlite
from storage.troubles import is_damage


class Busy(Exception):  # noqa: N818 - the operator reads what it is
    """Another backup or restore is under way."""


class NotSet(Exception):  # noqa: N818
    """A setting that a backup needs is missing."""


DOUBTFUL = ".damaged"
"""How the name of a backup ends that holds a mistake: it counts as none."""
_MOST_DOUBTFUL = 3
FAILURES = (
    Busy,
    NotSet,
    NotWhole,
    sealed.WrongKey,
    copies.InUse,
    postgres_dump.NoProgram,
)


@dataclass(frozen=True)
class Made:
    """A backup that was made, and a line for each thing in it that was looked at."""

    path: Path
    findings: list[Finding]


async def back_up(config: Config, target: Path | None, now: datetime) -> Made:
    """Make a backup, by default in the folder of the settings, and remove those that need not stay.

    What holds a mistake is kept too, under a name of its own: no good one is removed for it, now or later. Raises
    FAILURES; then there is no file that there was not before.
    """
    to, path = seal_of(config), target or _usual(config, now)
    await require_office(config)
    if path.exists():
        raise NotSet(f"{path}: there is a file of that name already")
    with alone(config.storage.files) as workspace:
        await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)
        try:
            with progress_bar() as bar:
                once = await _write(config, workspace, part, to, now, bar)
                findings = await look(part, [once], workspace, bar)
            is_good = all(one.fine for one in findings)
            path = path if is_good or target else path.with_suffix(DOUBTFUL)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    copies.sync_folder(path.parent)
    if target is None:
        _rotate(config) if is_good else _rotate_doubtful(path.parent)
    return Made(path, findings)


async def verify(path: Path, identity: Identity) -> list[Finding]:
    """Look through a backup with nothing but it and its key; raises FAILURES."""
    with tempfile.TemporaryDirectory(prefix="dondoc-") as workspace, progress_bar() as bar:
        return await look(path, [identity], Path(workspace), bar)


async def look(
    path: Path, identities: list[Identity], workspace: Path, bar: Progress
) -> list[Finding]:
    """Open a backup and look through what it holds, whether it is whole; raises NotWhole."""
    database = workspace / "opened"
    unpacked = await unseal(path, identities, database, None, bar)
    return await look_through(database, unpacked, bar)


async def unseal(
    path: Path, identities: list[Identity], database: Path, folder: Path | None, bar: Progress
) -> Unpacked:
    """Write what a backup holds: its database, and its files where a folder is given."""
    told = shown(bar, "opened")
    unpacked: Unpacked = await asyncio.to_thread(
        sealed.opened, path, identities,
        lambda stream: packing.unpack(stream, database, folder, told),
    )  # fmt: skip
    if unpacked.description.key_sha256 != sealed.key_sha256(path):
        raise NotWhole(f"{path}: not whole: the key beside the content is another one")
    return unpacked


async def look_through(database: Path, unpacked: Unpacked, bar: Progress) -> list[Finding]:
    """Look through the database of a backup, and compare it with what its description says."""
    told, counted = unpacked.description, None
    readable = seen(database, told.engine)
    if told.engine == "postgres":
        counted = await asyncio.to_thread(postgres_dump.to_sqlite, database, readable)
    db = await open_sqlite(readable, readers=1)
    try:
        anchor, counted = await _described(db, counted)
        if (counted, anchor) != (told.counts, told.anchor):
            raise NotWhole("the database in it is not the one that is described beside it")
        found = await sound.database(db, bar) if told.engine == "sqlite" else []

        async def bytes_of(sha256: str) -> tuple[str, int] | None:
            return unpacked.files.get(sha256)

        return [*found, *await Verification(db, bytes_of, bar).look(None)]
    finally:
        await db.close()


def seen(database: Path, engine: Engine) -> Path:
    """Return where the database of a backup can be read as SQLite, once it was looked through."""
    return database.with_suffix(".look") if engine == "postgres" else database


@contextmanager
def alone(folder: Path) -> Iterator[Path]:
    """Give a new folder to work in, which is removed afterwards; raises Busy where somebody works.

    It lies among the files people hand in, since what is in it is read by nobody else either.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("another backup or restore is under way") from None
        for left in folder.glob(".backup-*"):  # by one that was killed
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder) as workspace:
            yield Path(workspace)


async def server_of(db: Database) -> int:
    """Return the major version of PostgreSQL's server."""
    (row,) = await db.fetch("SHOW server_version_num")
    return int(row["server_version_num"]) // 10000


async def _write(
    config: Config, workspace: Path, part: Path, to: Seal, now: datetime, bar: Progress
) -> Identity:
    """Copy the database, then pack it with the files: of those no row names one that came later."""
    path = sqlite_path(config.storage.url)
    engine: Engine = "sqlite" if path is not None else "postgres"
    database, counted = workspace / "database", None
    readable = seen(database, engine)
    if path is not None:
        await copies.copy_sqlite(path, database)
    else:
        counted = await _dump(config, database, readable)
    db = await open_sqlite(readable, readers=1)
    try:
        anchor, counted = await _described(db, counted)
    finally:
        await db.close()
    files = await asyncio.to_thread(packing.kept_files, config.storage.files)
    described = Description(engine, now.isoformat(), counted, anchor, len(files), hash_of(to.key))
    told = shown(bar, "packed")
    return await asyncio.to_thread(
        sealed.seal, part, to, lambda out: packing.pack(out, described, database, files, told)
    )


async def _described(db: Database, counted: dict[str, int] | None) -> tuple[str, dict[str, int]]:
    """Return the anchor and the rows of a copy; nothing of one that is too damaged to be counted."""
    try:
        return str(await chain.anchor(db)), counted or await copies.counts(db)
    except Exception as why:
        if not is_damage(why):
            raise
        return "", {}


async def _dump(config: Config, database: Path, readable: Path) -> dict[str, int]:
    async with opened(config) as db:
        server = await server_of(db)
    await asyncio.to_thread(postgres_dump.dump, config.storage.url, server, database)
    return await asyncio.to_thread(postgres_dump.to_sqlite, database, readable)


def seal_of(config: Config) -> Seal:
    """Return for whom backups are sealed; raises NotSet, NotWhole and OSError."""
    if config.backup.key is not None:
        return sealed.read_key(config.backup.key.read_text("utf-8"))
    if config.backup.recipient is not None:
        return sealed.checked(Seal(config.backup.recipient))
    raise NotSet(
        "backups are sealed: make a key with dondoc backup --new-key FILE and name it in [backup] key"
    )


def _usual(config: Config, now: datetime) -> Path:
    if config.backup.folder is None:
        raise NotSet("say where to: dondoc backup FILE, or a folder in [backup] folder")
    return config.backup.folder / name_at(now, config.office.timezone)


def _rotate_doubtful(folder: Path) -> None:
    for one in sorted(folder.glob(f"dondoc-*{DOUBTFUL}"))[:-_MOST_DOUBTFUL]:
        one.unlink()


def _rotate(config: Config) -> None:
    given = config.backup
    if given.folder is not None:
        known = made(given.folder, config.office.timezone)
        for at in spare(known, Keep(given.daily, given.weekly, given.monthly)):
            known[at].unlink()
