"""`dondoc backup`: writes database and files into one encrypted file, and opens it again before it counts."""

import asyncio
import fcntl
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.progress import Progress

from bot.commands.checks import soundness
from bot.commands.checks.verification import Verification
from bot.commands.memory_limit import MEGABYTE, at_most
from bot.commands.progress_bar import progress_bar, shown
from bot.commands.terminal import Finding
from bot.config import Config
from bot.runtime.backup_rotation import Keep, made, name_at, spare
from bot.runtime.connect import opened, require_office
from storage.archive import placing
from storage.backups import (
    backup_archive,
    backup_check,
    encryption,
    postgres_backup,
    postgres_seen,
    sqlite_backup,
)
from storage.backups.backup_archive import Description, Size, Unpacked
from storage.backups.encryption import Identity, NotWhole, Seal
from storage.engine.database import Database, Engine
from storage.engine.database_errors import is_damage, may_pass
from storage.engine.migrate import REFUSALS, require_known
from storage.engine.opening import DRIVER_ERRORS, sqlite_path
from storage.engine.sqlite import SqliteDatabase, open_sqlite
from storage.history import chain
from storage.history.hashes import hash_of
from storage.soundness.readable import unreadable

LOCK = ".backup.lock"
"""The lock file in the folder of handed-in files, held while a backup or restore is under way."""


class Busy(Exception):  # noqa: N818 - the operator reads what it is
    """Another backup or restore is under way."""


class NotSet(Exception):  # noqa: N818
    """A setting that a backup needs is missing."""


class OtherProgram(Exception):  # noqa: N818
    """The backup was made by a program version whose database this one cannot use."""


class Unsound(NotWhole):
    """The backup is whole, but this program could not have written the database in it."""


DOUBTFUL = ".damaged"
"""The ending of the name of a backup with faults in it. Such a file does not count as a backup."""
_MOST_DOUBTFUL = 3
FAILURES = (
    Busy,
    NotSet,
    NotWhole,
    encryption.WrongKey,
    sqlite_backup.InUse,
    postgres_backup.NoProgram,
    postgres_backup.NotADump,
    backup_archive.NoRoom,
    OtherProgram,
)
ROOM = 1024 * MEGABYTE
"""The bytes of memory that checking a backup may take, besides those in use already."""


@dataclass(frozen=True)
class Made:
    """A backup that was made, and a line for each thing in it that was checked."""

    path: Path
    findings: list[Finding]


async def back_up(config: Config, target: Path | None, now: datetime) -> Made:
    """Make a backup, by default in the folder of the settings, and remove backups that are no longer needed.

    A backup with faults is kept too. In the folder of the settings it gets a name with the ending DOUBTFUL, so
    that no good backup is removed for it, now or later. Raises FAILURES; then no new file remains.
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
                findings = await _look_at_own(part, once, workspace, bar)
            is_good = all(one.fine for one in findings)
            path = path if is_good or target else path.with_suffix(DOUBTFUL)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    sqlite_backup.sync_folder(path.parent)
    if target is None:
        _rotate(config) if is_good else _rotate_doubtful(path.parent)
    return Made(path, findings)


async def verify(path: Path, identity: Identity) -> list[Finding]:
    """Check a backup with nothing but the file and its key. Raises FAILURES."""
    with tempfile.TemporaryDirectory(prefix="dondoc-") as workspace, progress_bar() as bar:
        database = Path(workspace) / "opened"
        unpacked = await unseal(path, identity, database, None, bar)
        return await look_through(path, database, unpacked, bar)


async def _look_at_own(
    path: Path, identity: Identity, workspace: Path, bar: Progress
) -> list[Finding]:
    """Open and check the backup just made. An office that is not in order gets a backup too, with a finding."""
    database = workspace / "opened"
    unpacked = await unseal(path, identity, database, None, bar)
    try:
        return await look_through(path, database, unpacked, bar, own=True)
    except Unsound as why:
        return [Finding(fine=False, words=str(why))]


async def unseal(
    path: Path, identity: Identity, database: Path, folder: Path | None, bar: Progress
) -> Unpacked:
    """Write the contents of a backup: its database to `database`, and its files to `folder` if one is given."""
    told = shown(bar, "opened")
    unpacked: Unpacked = await asyncio.to_thread(
        encryption.opened, path, [identity],
        lambda stream: backup_archive.unpack(stream, database, folder, told),
    )  # fmt: skip
    if unpacked.description.key_sha256 != encryption.key_sha256(path):
        raise NotWhole(f"{path}: not whole: the key beside the content is another one")
    return unpacked


async def look_through(
    path: Path,
    database: Path,
    unpacked: Unpacked,
    bar: Progress,
    *,
    own: bool = False,
) -> list[Finding]:
    """Check the database of a backup, and compare it with the backup's description.

    An `own` backup, just made, may have the database of a later program version that runs beside this one. Its
    rows are not read one by one, which takes minutes for millions of rows. Raises NotWhole, and Unsound for a
    database that may not replace an office.
    """
    try:
        with at_most(ROOM):
            return await _look_through(path, database, unpacked, bar, own=own)
    except MemoryError:
        raise NotWhole(
            f"{path}: the database in it takes more memory to read than ours do"
        ) from None
    except (*DRIVER_ERRORS, UnicodeDecodeError, postgres_backup.NotADump) as why:
        if may_pass(why):
            raise  # UnicodeDecodeError is caught too: a damaged file can damage the engine's error message
        raise cannot_be_read(path, why) from None


def cannot_be_read(path: Path, why: Exception) -> NotWhole:
    """Return the error to raise if the engine, or its program, cannot read the database of a backup."""
    return NotWhole(f"{path}: the database in it cannot be read: {' '.join(str(why).split())}")


async def _look_through(
    path: Path, database: Path, unpacked: Unpacked, bar: Progress, *, own: bool
) -> list[Finding]:
    told, counted = unpacked.description, None
    readable = seen(database, told.engine)
    if told.engine == "postgres":
        counted = await asyncio.to_thread(postgres_seen.to_sqlite, database, readable)
    async with _sqlite(readable) as db:
        found = await soundness.database(db, bar) if own and told.engine == "sqlite" else []
        if all(one.fine for one in found):
            await _require_sound(path, db, told.engine, database.with_suffix(".empty"), own=own)
        anchor, counted = await _described(db, counted)
        if (counted, anchor) != (told.counts, told.anchor):
            raise NotWhole(f"{path}: the database in it is not the one that is described beside it")
        if told.engine == "sqlite" and not own:
            _refuse(path, await backup_check.impossible(db))
            _refuse(path, await unreadable(db, shown(bar, "rows")))

        async def bytes_of(sha256: str) -> tuple[str, int] | None:
            return unpacked.files.get(sha256)

        looked = await Verification(db, bytes_of, bar).look(None)
    names = unpacked.misnamed
    return [*found, *looked, *([Finding(fine=False, words=_misnamed(names))] if names else [])]


async def _require_sound(
    path: Path, db: Database, engine: Engine, empty: Path, *, own: bool
) -> None:
    """Raise an error if the database is not one of this program's, before it is read as such."""
    try:
        await require_known(db, engine)
    except REFUSALS as why:
        if own:
            return
        advice = "use the program that made it, or a later one; nothing was changed"
        raise OtherProgram(f"{path}: {why}: {advice}") from why
    if engine == "sqlite":
        async with _sqlite(empty) as ours:
            _refuse(path, await backup_check.other_tables(db, ours))
        if own:
            return
        if wrong := await sqlite_backup.damage(db):
            raise NotWhole(f"{path}: the database in it is damaged: {wrong}")
        _refuse(path, await backup_check.other_values(db))


@asynccontextmanager
async def _sqlite(path: Path) -> AsyncIterator[SqliteDatabase]:
    db = await open_sqlite(path, readers=1)
    try:
        yield db
    finally:
        await db.close()


def _refuse(path: Path, wrong: str | None) -> None:
    if wrong:
        raise Unsound(f"{path}: the database in it is none of this program's: {wrong}")


def _misnamed(names: Sequence[str]) -> str:
    return f"files: {len(names)} are not what their names say, and do not come back; {names[0]} is the first"


def seen(database: Path, engine: Engine) -> Path:
    """Return the path at which a backup's database can be read as SQLite.

    For PostgreSQL this file exists once the backup is written or checked.
    """
    return database.with_suffix(".look") if engine == "postgres" else database


@contextmanager
def alone(folder: Path) -> Iterator[Path]:
    """Yield a new folder to work in, which is removed afterwards. Raises Busy if another backup or restore runs.

    It lies in the folder of handed-in files, because nobody else may read its contents either.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("another backup or restore is under way") from None
        for left in folder.glob(".backup-*"):  # left by a process that was killed
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=folder) as workspace:
            yield Path(workspace)


async def server_of(db: Database) -> int:
    """Return the major version of the PostgreSQL server."""
    (row,) = await db.fetch("SHOW server_version_num")
    return int(row["server_version_num"]) // 10000


async def _write(
    config: Config, workspace: Path, part: Path, to: Seal, now: datetime, bar: Progress
) -> Identity:
    """Copy the database first, then pack it with the files. So no row names a file that came after packing."""
    path = sqlite_path(config.storage.url)
    engine: Engine = "sqlite" if path is not None else "postgres"
    database, counted = workspace / "database", None
    readable = seen(database, engine)
    if path is not None:
        await sqlite_backup.copy_sqlite(path, database)
    else:
        counted = await _dump(config, database, readable)
    db = await open_sqlite(readable, readers=1)
    try:
        anchor, counted = await _described(db, counted)
    finally:
        await db.close()
    files = await asyncio.to_thread(backup_archive.kept_files, config.storage.files)
    described = Description(
        engine=engine,
        made_at=now.isoformat(),
        counts=counted,
        anchor=anchor,
        files=len(files),
        key_sha256=hash_of(to.key),
        size=await asyncio.to_thread(_size, database, files),
    )
    told = shown(bar, "packed")
    return await asyncio.to_thread(
        encryption.seal,
        part,
        to,
        lambda out: backup_archive.pack(out, described, database, files, told),
    )


def _size(database: Path, files: Sequence[Path]) -> Size:
    with database.open("rb") as content:
        sha256, size = placing.take(content, None)
    return Size(
        database=size, database_sha256=sha256, files=sum(one.stat().st_size for one in files)
    )


async def _described(db: Database, counted: dict[str, int] | None) -> tuple[str, dict[str, int]]:
    """Return the anchor and the row counts of a copy; an empty anchor and no counts if it is too damaged."""
    try:
        return str(await chain.anchor(db)), counted or await sqlite_backup.counts(db)
    except Exception as why:
        if not is_damage(why):
            raise
        return str(chain.Anchor(0, "")), {}


async def _dump(config: Config, database: Path, readable: Path) -> dict[str, int]:
    async with opened(config) as db:
        server = await server_of(db)
    await asyncio.to_thread(postgres_backup.dump, config.storage.url, server, database)
    return await asyncio.to_thread(postgres_seen.to_sqlite, database, readable)


def seal_of(config: Config) -> Seal:
    """Return the key or recipient for which backups are encrypted. Raises NotSet, NotWhole and OSError."""
    if config.backup.key is not None:
        return encryption.read_key(config.backup.key.read_text("utf-8"))
    if config.backup.recipient is not None:
        return encryption.checked(Seal(config.backup.recipient))
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
