"""`dondoc restore`: puts the contents of a backup into an empty place or, with --replace, over an existing office."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.commands.backups import backups
from bot.commands.clean_place import no_folders_left
from bot.commands.progress_bar import progress_bar
from bot.commands.terminal import Finding
from bot.config import Config, ConfigError
from bot.runtime import office_anchors
from bot.runtime.connect import opened
from storage.archive import archive_restore, placing
from storage.backups import postgres_backup, postgres_return, sqlite_backup
from storage.backups.backup_archive import Description
from storage.backups.encryption import Identity
from storage.engine.database import Database
from storage.engine.migrate import migrate
from storage.engine.opening import DRIVER_ERRORS, sqlite_path
from storage.engine.sqlite import open_sqlite
from storage.engine.sqlite_file import emptied
from storage.history import chain
from storage.organisation import people
from storage.reporting import closed_counts


class Living(Exception):  # noqa: N818 - the operator reads what it is
    """There is an office already where the backup would go."""


class OtherEngine(Exception):  # noqa: N818
    """The backup is of another database engine than the settings name."""


_NAMED = ("units", "people", "tasks", "documents", "files", "texts", "events")
FAILURES = (*backups.FAILURES, Living, OtherEngine)


@dataclass(frozen=True)
class Restored:
    """The comparison of the restored database with the backup, and where the earlier database is kept."""

    findings: list[Finding]
    kept: str | None


async def restore(
    config: Config, path: Path, identity: Identity, now: datetime, *, replace: bool
) -> Restored:
    """Check a backup, then put its files and finally its database in their places.

    Until that last step the earlier state remains, whatever happens. Raises FAILURES.
    """
    if not replace:
        await require_place(config)
    with (
        no_folders_left(config),
        backups.alone(config.storage.files) as workspace,
        progress_bar() as bar,
    ):
        database = workspace / "opened"
        folder = workspace / "files"
        unpacked = await backups.unseal(path, identity, database, folder, bar)
        described = unpacked.description
        if (described.engine == "sqlite") != (sqlite_path(config.storage.url) is not None):
            raise OtherEngine(
                f"{path}: it is of {described.engine}, the settings name another engine"
            )
        findings = await backups.look_through(path, database, unpacked, bar)
        names = unpacked.files.keys() - set(unpacked.misnamed)
        with (
            placing.placed(folder, config.storage.files, names),
            _journals_kept(config, now) as said_last,
        ):
            try:
                kept = await _put_database(config, database, now)
            except (*archive_restore.MISFITS, postgres_backup.NotADump) as why:
                raise backups.cannot_be_read(path, why) from None
        office_anchors.forget(config.storage.files)
        if kept and said_last:
            kept += f"; what it had said last: {', '.join(map(str, said_last))}"
    return Restored([*findings, *await _compared(config, described)], kept)


async def require_place(config: Config) -> None:
    """Raise Living if an existing office would be lost."""
    if found := await _living(config):
        raise Living(f"{found}; to put the backup in its place: --replace")


@contextmanager
def _journals_kept(config: Config, now: datetime) -> Iterator[list[Path]]:
    """Rename the journals of the replaced office: what it sent last and had not yet written to its database.

    Their numbers mean other messages in the office of the backup, so they are renamed before the restore. If
    the process is killed here, a message is sent twice rather than never. If the block fails, the journals get
    their names back. Yields the renamed journals that are not empty.
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
    """Describe what would be lost in the place that the settings name; None if the place is empty."""
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
    return bool(await sqlite_backup.has_table(db, "people") and await people.living(db))


async def _put_database(config: Config, database: Path, now: datetime) -> str | None:
    """Migrate the database and put it in its place. Return where the earlier one is kept; None without one."""
    path = sqlite_path(config.storage.url)
    if path is None:
        kept_as = _kept_as("before_restore_%Y%m%d_%H%M%S", config, now)
        return await _put_postgres(config, database, now, kept_as)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    shutil.move(database, beside)
    try:
        await _migrate(await open_sqlite(beside, readers=1), now)
        sqlite_backup.fold_log_in(beside)
        kept_as = _kept_as("before-restore-%Y%m%d-%H%M%S", config, now)
        kept = sqlite_backup.put_back_sqlite(beside, path, kept_as)
    finally:
        for left in path.parent.glob(f".{path.name}.*"):
            left.unlink()
    return str(kept) if kept else None


def _kept_as(form: str, config: Config, now: datetime) -> str:
    """Return a name for what is replaced, a different one each time: the first one may be the office itself."""
    return now.astimezone(config.office.timezone).strftime(form)


async def _put_postgres(config: Config, database: Path, now: datetime, kept_as: str) -> str | None:
    url = config.storage.url
    async with opened(config) as db:
        replaces = await sqlite_backup.has_table(db, "migrations")
        await sqlite_backup.require_alone(db)
    kept = kept_as if replaces else None
    looked_at = await open_sqlite(backups.seen(database, "postgres"), readers=1)
    try:
        await postgres_return.put_back(url, database, looked_at, kept, now)
    finally:
        await looked_at.close()
    async with opened(config) as db:
        await migrate(db, now)
    return f"the schema {kept}" if kept else None


async def _migrate(db: Database, now: datetime) -> None:
    try:
        await migrate(db, now)
    finally:
        await db.close()


async def _compared(config: Config, told: Description) -> list[Finding]:
    """Compare rows and chain of the restored database with the backup's description; then check its sums."""
    async with opened(config) as db:
        counts = await sqlite_backup.counts(db, [one for one in told.counts if one != "migrations"])
        anchor, wrong_sums = str(await chain.anchor(db)), await closed_counts.wrong(db)
    wrong = [name for name, n in counts.items() if n != told.counts[name]]
    main = ", ".join(f"{name} {counts[name]}" for name in _NAMED)
    rows = f"rows: {main}; those of all {len(counts)} tables are as in the backup"
    other = ", ".join(f"{name} {counts[name]} of {told.counts[name]}" for name in wrong)
    hashes = f"chain: {anchor}, in the backup {told.anchor}"
    sums = "sums: those of closed tasks are right"
    recount = f"sums: {wrong_sums} of closed tasks are wrong, dondoc recount puts them right"
    return [
        Finding(fine=not wrong, words=f"rows: {other} in the backup" if wrong else rows),
        Finding(fine=anchor == told.anchor, words=hashes),
        Finding(fine=not wrong_sums, words=recount if wrong_sums else sums),
    ]
