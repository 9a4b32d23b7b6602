"""`dondoc archive` and `dondoc verify PACKAGE` at the terminal, with a progress bar."""

import os
from pathlib import Path

from bot.actions.archive import archive as archiving
from bot.actions.archive.archive import Scope
from bot.chat.archive import archive_package
from bot.chat.archive.archive_package import Written
from bot.commands.archive.package_verify import verify_package
from bot.commands.progress_bar import progress_bar
from bot.commands.terminal import Finding, with_database
from bot.config import Config
from bot.renderers.archive.package_flaws import Flaw, Wrong, shortened
from bot.runtime.build_office import office_clock, office_of
from storage.engine.database import Database
from storage.records import Archive

WRONG = {
    Wrong.CHANGED: "changed",
    Wrong.MISSING: "missing",
    Wrong.ADDED: "added",
    Wrong.TWICE: "there are two of that name",
    Wrong.NOT_A_FILE: "no plain file, but a link, a device or a second name of another",
    Wrong.PACKING: "encrypted, or packed in another way than a package is",
    Wrong.SIZE: "larger than it says, or in another's place",
    Wrong.UNFIT: "not what stands in a package",
    Wrong.SHELL: "the ZIP around the files was changed; no file in it was",
    Wrong.UNREADABLE: "cannot be read as a package",
    Wrong.TOO_LARGE: "it takes more memory to read than a package does",
}
NAMED = 100
"""The most faulty files that are named one by one."""


async def make(
    config: Config, *, year: int | None, unit: str | None, folder: Path | None, zipped: bool
) -> tuple[Archive, Written]:
    """Archive a year or a unit that ended. Raises Refusal if there is nothing to archive."""
    now = office_clock(config)()

    async def work(db: Database) -> tuple[Archive, Written]:
        office = office_of(config, db)
        await office.refresh()
        scope = await archiving.unit_named(office, unit) if unit is not None else Scope(year)
        archive = await archiving.seal(office, None, scope, now)
        with progress_bar() as bar:
            shown = bar.add_task("tasks", total=archive.tasks)

            async def told(done: int, of: int) -> None:
                bar.update(shown, completed=done, total=of)

            into = folder or config.archive.folder
            made = await archive_package.write(office, archive, into, now, told, zipped=zipped)
        return archive, made

    return await with_database(config, work)


def is_package(path: Path) -> bool:
    """Tell whether a path is meant to be a package: a folder, or a ZIP file, even a damaged one."""
    return os.path.isdir(path) or path.suffix.lower() == ".zip"  # Path.is_dir raises for some names


def verify(package: Path) -> list[Finding]:
    """Check a package. Return a line for each fault (at most NAMED of them), or one line if there is none."""
    with progress_bar() as bar:
        shown = bar.add_task("files", total=None)
        looked = verify_package(
            package, lambda done, of: bar.update(shown, completed=done, total=of)
        )
    if looked.flaws:
        named = [in_words(package, flaw) for flaw in looked.flaws[:NAMED]]
        more = len(looked.flaws) - len(named)
        named += [f"{package}: {more} more"] if more else []
        return [Finding(fine=False, words=words) for words in named]
    words = (
        f"{package}: {looked.files} files, each as it was written; fingerprint {looked.fingerprint}"
    )
    return [Finding(fine=True, words=words)]


def in_words(package: Path, flaw: Flaw) -> str:
    """Return one line for the operator: the package, the file in it, and what is wrong."""
    named = [shortened(flaw.path)] if flaw.path != package.name else []
    return ": ".join(
        [str(package), *named, *filter(None, [shortened(flaw.record)]), WRONG[flaw.wrong]]
    )
