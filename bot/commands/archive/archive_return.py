"""`dondoc archive restore PACKAGE`: checks a package, then puts back its files by hash and its rows in one step."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile

from bot.actions.archive.restore import LivingOffice, OtherRow, Restored, restore
from bot.actions.office import Office
from bot.commands.archive.archive_terminal import in_words
from bot.commands.archive.package_contents import PackageContents
from bot.commands.archive.package_rows import Unfit
from bot.commands.archive.package_verify import room_for, verify_package
from bot.commands.backups import backups
from bot.commands.clean_place import begun_aside, no_folders_left
from bot.commands.memory_limit import at_most
from bot.commands.progress_bar import progress_bar
from bot.commands.terminal import with_database
from bot.config import Config
from bot.renderers.archive.package import READ_ERRORS, Package
from bot.renderers.archive.package_check import Looked, Told
from bot.renderers.archive.package_flaws import Flaw, Wrong, shortened
from bot.renderers.archive.package_opening import opened
from bot.runtime.build_office import office_clock, office_of
from bot.runtime.connect import require_not_lost
from storage.archive import archive_restore, placing
from storage.archive.placing import OtherBytes
from storage.engine.database import Database


class NotWhole(Exception):  # noqa: N818 - the operator reads what it is
    """The package is not as it was written. Nothing of it is put back."""

    def __init__(self, path: Path, flaw: Flaw) -> None:
        super().__init__(f"{in_words(path, flaw)}: nothing was put back")


FAILURES = (NotWhole, OtherRow, LivingOffice, backups.Busy)


async def bring_back(config: Config, path: Path) -> Restored:
    """Put a package back. Raises FAILURES, ConfigError and the refusals of `restore`; then nothing has changed."""
    now = office_clock(config)()
    await require_not_lost(config)
    with progress_bar() as bar:
        shown = bar.add_task("files", total=None)
        looked = _look(path, lambda done, of: bar.update(shown, completed=done, total=of))
    with no_folders_left(config), begun_aside(config) as place:

        async def work(db: Database) -> Restored:
            return await _put_back(office_of(place, db), path, looked, now)

        return await with_database(place, work, begins=True)


async def bring_back_into(office: Office, path: Path, now: datetime) -> Restored:
    """Check a package, and put it back into an office if it is whole. Raises the same errors as `bring_back`."""
    return await _put_back(office, path, _look(path), now)


def _look(path: Path, told: Told = lambda _done, _of: None) -> Looked:
    looked = verify_package(path, told)
    if looked.flaws:
        raise NotWhole(path, looked.flaws[0])
    return looked


async def _put_back(office: Office, path: Path, looked: Looked, now: datetime) -> Restored:
    """Put back a package that was checked. Content that has changed since then is refused."""
    try:
        with ExitStack() as until_end:
            until_end.enter_context(at_most(room_for(path)))
            package = until_end.enter_context(opened(path))
            workspace = until_end.enter_context(backups.alone(office.files))
            contents = PackageContents(package, looked.hashes)
            about = contents.about()
            staged = set(_staged(office, package, contents.files, workspace))
            registers = contents.registers()

            def place(wanted: set[str]) -> AbstractContextManager[None]:
                return placing.placed(workspace, office.files, staged & wanted)

            tasks = (row for _, row in contents.bundles())
            return await restore(office, about, looked.fingerprint, registers, tasks, place, now)
    except Unfit as why:
        raise NotWhole(path, why.flaw) from None
    except BadZipFile:
        raise NotWhole(path, Flaw(path.name, Wrong.UNREADABLE)) from None
    except MemoryError:
        raise NotWhole(path, Flaw(path.name, Wrong.TOO_LARGE)) from None
    except archive_restore.MISFITS as why:
        raise NotWhole(path, Flaw(path.name, Wrong.UNFIT, shortened(str(why)))) from None


def _staged(
    office: Office, package: Package, files: Mapping[str, str], workspace: Path
) -> Iterator[str]:
    """Write the files that are not in their places yet into the workspace, and yield their SHA-256."""
    for sha256, name in files.items():
        if placing.is_placed(office.files, sha256):
            continue
        try:
            with package.open(name) as content:
                placing.stage(workspace, content, sha256)
        except (*READ_ERRORS, OtherBytes) as why:
            if isinstance(why, OSError) and why.errno is not None:
                raise  # an error of the disk, not of the package
            raise Unfit(name, Wrong.CHANGED) from None
        yield sha256
