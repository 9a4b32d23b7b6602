"""`dondoc archive restore PACKAGE`: looked through first, then put back: files by hash, rows in one go."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.actions.archive_restore import REGISTERS, Restored, restore
from bot.actions.office import Office
from bot.actions.papers import path_of, put_file
from bot.commands.archive_terminal import WRONG
from bot.commands.package_verify import verify_package
from bot.commands.progress_bar import progress_bar
from bot.commands.terminal import with_database
from bot.config import Config
from bot.configured import office_clock, office_of
from bot.documents.package import Package, opened
from bot.documents.package_check import Told
from storage.database import Database


class NotWhole(Exception):  # noqa: N818 - the operator reads what it is
    """The package is not as it was written: nothing of it is put back."""


async def bring_back(config: Config, path: Path) -> Restored:
    """Put a package back. Raises NotWhole, and what `restore` raises."""
    now = office_clock(config)()

    async def work(db: Database) -> Restored:
        with progress_bar() as bar:
            shown = bar.add_task("files", total=None)
            update = bar.update
            return await bring_back_into(
                office_of(config, db),
                path,
                now,
                lambda done, of: update(shown, completed=done, total=of),
            )

    return await with_database(config, work, begins=True)


async def bring_back_into(
    office: Office, path: Path, now: datetime, told: Told = lambda _done, _of: None
) -> Restored:
    """Look through a package, and put it back into an office where it is whole."""
    looked = verify_package(path, told)
    if looked.flaws:
        flaw = looked.flaws[0]
        of = "" if flaw.path == str(path) else f" {flaw.path}:"
        raise NotWhole(f"{path}:{of} {WRONG[flaw.wrong]}: nothing was put back")
    with opened(path) as package:
        _put_files(office, package)
        [about] = _rows(package, "archive")
        registers = {name: list(_rows(package, name)) for name in (*REGISTERS, "document_events")}
        return await restore(office, about, looked.fingerprint, registers, _lines(package), now)


def _put_files(office: Office, package: Package) -> None:
    for name in package.names():
        if name.startswith("data/tep/"):
            sha256 = Path(name).name.partition(".")[0]
            with package.open(name) as content:
                put_file(path_of(office, sha256), content, sha256)


def _rows(package: Package, name: str) -> Iterator[dict[str, Any]]:
    suffix = "json" if name == "archive" else "jsonl"
    with package.open(f"data/so-lieu/{name}.{suffix}") as content:
        yield from (json.loads(line) for line in content)


def _lines(package: Package) -> Iterator[str]:
    for name in package.names():
        if name.startswith("data/viec/"):
            with package.open(name) as content:
                yield from (line.decode() for line in content)
