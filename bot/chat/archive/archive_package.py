"""Writing the package of an archive: data for machines, pages for people, lists for Excel, files by hash."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.actions.archive import archive as archiving
from bot.actions.archive.archive import Batch
from bot.actions.files.file_store import path_of
from bot.actions.office import Office
from bot.chat.archive import archive_lists, archive_sheet
from bot.renderers.archive import archive_page, archive_words, bag, sealed_zip
from bot.renderers.archive.archive_fields import FIELDS
from bot.renderers.archive.bag import Bag
from bot.renderers.archive.package_layout import DATA_LINES, PAGE_TASKS
from storage.records import Archive, File, TaskView

FORMAT = 1
Told = Callable[[int, int], Awaitable[None]]
"""How many tasks are written, of how many."""


@dataclass(frozen=True)
class Written:
    """A whole package: where it lies, its fingerprint, and how many files had lost their bytes."""

    path: Path
    fingerprint: str
    lost_files: int


@dataclass
class _Package:
    """A package while it is written; numbers are counted on through all batches."""

    office: Office
    bag: Bag
    lines: list[str] = field(default_factory=list)
    sheets: list[archive_page.Sheet] = field(default_factory=list)
    tasks: int = 0
    pages: list[tuple[str, int, int]] = field(default_factory=list)
    hashes: list[tuple[int, str]] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    lists: archive_lists.Lists = field(default_factory=archive_lists.Lists)
    pointed: dict[str, set[int]] = field(
        default_factory=lambda: {one: set() for one in archiving.POINTED}
    )

    def add(self, batch: Batch) -> None:
        """Write some tasks; runs in a thread."""
        views = {one.id: one for one in batch.views}
        for bundle, past in zip(batch.bundles, batch.past, strict=True):
            view = views[bundle.task["id"]]
            files = [File.model_validate(row) for row in bundle.parts["files"]]
            self._copy(files)
            texts = {one["id"]: one["body"] for one in bundle.texts}
            self._page(view, past, files, texts, batch.names)
            self._data(view, bundle.line, files)
        for table, numbers in batch.pointed.items():
            self.pointed[table] |= numbers

    def _copy(self, files: list[File]) -> None:
        for file in files:
            path = archive_sheet.file_path(file, self.lost)
            if path is None or file.sha256 in self.files:
                continue
            self.files[file.sha256] = path
            if not self.bag.keep(path, path_of(self.office, file.sha256), file.sha256):
                self.lost.add(file.sha256)

    def _page(
        self,
        view: TaskView,
        past: Any,
        files: list[File],
        texts: dict[int, str],
        names: dict[int, str],
    ) -> None:
        workdays = self.office.workdays
        made = archive_sheet.sheet(view, past, files, texts, names, self.lost, workdays)
        self.sheets.append(made)
        if len(self.sheets) == PAGE_TASKS:
            self.close_page()

    def _data(self, view: TaskView, line: str, files: list[File]) -> None:
        self.hashes.append((view.id, bag.sha256(line)))
        self.lines.append(line + "\n")
        place = archive_lists.Place(
            page=f"trang/{len(self.pages) + (1 if self.sheets else 0):04}.html#viec-{view.id}",
            data=f"viec/{self.tasks // DATA_LINES + 1:04}.jsonl",
            line=self.tasks % DATA_LINES + 1,
        )
        self.lists.add(view, files, place, self.files, self.lost, self.office.workdays)
        self.tasks += 1
        if len(self.lines) == DATA_LINES:
            self.close_data()

    def close_page(self) -> None:
        """Write the page that has been filled so far."""
        if self.sheets:
            first, last = self.sheets[0].number, self.sheets[-1].number
            path = f"trang/{len(self.pages) + 1:04}.html"
            heading = archive_words.pages(self.office.name, first, last)
            self.bag.write(path, archive_page.sheets(heading, self.sheets))
            self.pages.append((path, first, last))
            self.sheets = []

    def close_data(self) -> None:
        """Write the lines of data that have been filled so far."""
        if self.lines:
            number = (self.tasks - 1) // DATA_LINES + 1
            self.bag.write(f"viec/{number:04}.jsonl", "".join(self.lines))
            self.lines = []


async def write(
    office: Office,
    archive: Archive,
    folder: Path,
    now: datetime,
    told: Told,
    *,
    zipped: bool = True,
) -> Written:
    """Write the package into a folder and note it as whole.

    What slipped in behind the seal, a move that had begun before, has it written anew.
    """
    while True:
        newest = await archiving.newest_event(office, archive)
        package = _Package(office, Bag(folder / archive.name))
        async for batch in archiving.batches(office, archive):
            await asyncio.to_thread(package.add, batch)
            await told(package.tasks, archive.tasks)
        await _close(package, archive)
        if await archiving.newest_event(office, archive) == newest:
            break
    info = _info(office, archive, now)
    fingerprint = await asyncio.to_thread(package.bag.finish, info)
    path = package.bag.target
    if zipped:
        path = path.with_name(path.name + ".zip")
        await asyncio.to_thread(sealed_zip.seal, package.bag.target, path)
        await asyncio.to_thread(shutil.rmtree, package.bag.target)
    await archiving.finish(office, archive, fingerprint, package.hashes, now)
    return Written(path, fingerprint, len(package.lost))


async def _close(package: _Package, archive: Archive) -> None:
    """Write what tasks point to, the lists, the description and the first page."""
    package.close_page()
    package.close_data()
    registers = await archiving.registers(package.office, package.pointed)
    for table, rows in registers.items():
        package.bag.write(f"so-lieu/{table}.jsonl", archiving.json_lines(rows))
        package.lists.register(table, rows)
    about = await archiving.about(package.office, archive)
    about |= {"format": FORMAT, "missing_files": sorted(package.lost)}
    package.bag.write("so-lieu/archive.json", archiving.json_lines([about]))
    for path, content in package.lists.files():
        package.bag.write(path, content)
    package.bag.write("mo-ta-truong.csv", bag.csv_of(_fields()))
    package.bag.write("index.html", archive_words.index(_opening(package, archive), package.pages))


def _fields() -> list[tuple[str, str, str]]:
    rows = [(table, name, what) for table, names in FIELDS.items() for name, what in names.items()]
    return [archive_words.DESCRIPTION, *rows]


def _opening(package: _Package, archive: Archive) -> archive_words.Opening:
    return archive_words.Opening(
        office=package.office.name,
        year=archive.year,
        tasks=archive.tasks,
        files=len(package.files) - len(package.lost),
        sealed=archive_sheet.in_full(archive.begun_at, package.office.workdays),
    )


def _info(office: Office, archive: Archive, now: datetime) -> dict[str, str]:
    return {
        "Source-Organization": office.name,
        "External-Identifier": archive.name,
        "External-Description": archive_words.described(archive.year, archive.tasks),
        "Bagging-Date": f"{office.today(now):%Y-%m-%d}",
        "Bag-Software-Agent": "dondoc",
    }
