"""Writing everything out: lists that Excel opens, JSON lines as kept, files by hash, and what it all means.

The folder has its name once it is whole; until then it ends in .part, and an earlier try is swept away.
"""

import errno
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.actions.archive import export
from bot.actions.archive.archive import json_lines
from bot.actions.files.file_store import path_of
from bot.actions.office import Office
from bot.chat.archive import export_lists
from bot.chat.archive.archive_sheet import file_path
from bot.renderers.archive.archive_words import DESCRIPTION
from bot.renderers.archive.bag import csv_lines, csv_of
from bot.renderers.export_words import COLUMNS, REGISTERS, fields
from storage.records import File

DATA = "so-lieu"
NOTE = "task.note"


@dataclass
class _Folder:
    """Where it is written; `told` hears of each number of rows."""

    path: Path
    told: Callable[[int], None]
    lost: set[str] = field(default_factory=set)

    def begin(self, name: str) -> None:
        self._write(f"{name}.csv", csv_of([list(COLUMNS[name])]))

    def add(self, name: str, rows: Sequence[export_lists.Cells]) -> None:
        self._write(f"{name}.csv", csv_lines(rows))

    def data(self, table: str, rows: list[dict[str, Any]]) -> None:
        self._write(f"{DATA}/{table}.jsonl", json_lines(rows))
        self.told(len(rows))

    def _write(self, name: str, text: str) -> None:
        with (self.path / name).open("a", encoding="utf-8", newline="") as file:
            file.write(text)


async def write(office: Office, target: Path, told: Callable[[int], None]) -> int:
    """Write all into a folder that is not there yet; return how many files had lost their bytes.

    Raises FileExistsError where the folder is there.
    """
    part = _begun(target)
    folder = _Folder(part, told)
    for name in COLUMNS:
        folder.begin(name)
    await _tasks(office, folder)
    for table in export.TABLES:
        await _table(office, folder, table)
    await _history(office, folder)
    (part / "mo-ta-truong.csv").write_text(csv_of(_described()), encoding="utf-8", newline="")
    part.rename(target)
    return len(folder.lost)


def _begun(target: Path) -> Path:
    if target.exists():
        taken = "there is something of that name already; name a new folder"
        raise FileExistsError(errno.EEXIST, taken, str(target))
    part = target.with_name(target.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    (part / DATA).mkdir(parents=True)
    return part


async def _tasks(office: Office, folder: _Folder) -> None:
    async for views in export.task_views(office):
        folder.add("viec", [export_lists.task(view, office.workdays) for view in views])
        folder.told(len(views))


async def _table(office: Office, folder: _Folder, table: str) -> None:
    """Write a table as it is kept, empty ones too, and its list where there is one."""
    folder.data(table, [])
    async for rows in export.rows(office, table):
        folder.data(table, rows)
        if table in REGISTERS:
            name, columns = REGISTERS[table]
            folder.add(name, [[row[one] for one in columns] for row in rows])
        if table == "files":
            folder.add("tep", [_file(office, folder, row) for row in rows])
        folder.told(len(rows) if table in {*REGISTERS, "files"} else 0)


def _file(office: Office, folder: _Folder, row: dict[str, Any]) -> export_lists.Cells:
    """Copy a file's bytes, once for all tasks that have it."""
    source = path_of(office, row["sha256"])
    if not source.is_file():
        folder.lost.add(row["sha256"])
    path = file_path(File.model_validate(row), folder.lost)
    if path is not None and not (folder.path / path).exists():
        (folder.path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, folder.path / path)
    return export_lists.file(row, path)


async def _history(office: Office, folder: _Folder) -> None:
    async for events, names in export.history(office):
        rows = [export_lists.event(one, names, office.workdays) for one in events]
        folder.add("lich-su", rows)
        notes = [row for row, one in zip(rows, events, strict=True) if one.kind == NOTE]
        folder.add("ghi-chu", [(*row[:3], row[4], row[7]) for row in notes])
        folder.told(len(events))


def _described() -> Iterable[Sequence[str]]:
    yield DESCRIPTION
    for name, columns in COLUMNS.items():
        yield from ((f"{name}.csv", *one) for one in columns.items())
    for table in export.TABLES:
        yield from ((f"{DATA}/{table}.jsonl", *one) for one in fields(table).items())
