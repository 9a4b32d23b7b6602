"""Reads the contents of a package in this order: its description, the registers that tasks refer to, the tasks.

A package may come from anywhere, and its maker may have forged its lists too. So each row must be exactly as
this program writes it, all rows it refers to must come before it in the package, and no number may occur twice.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from bot.commands.archive.numbers_seen import NumbersSeen
from bot.commands.archive.package_rows import PackageRows, Place, Unfit
from bot.renderers.archive import package_layout as layout
from bot.renderers.archive.package import Package
from bot.renderers.archive.package_flaws import Wrong
from bot.rules import recurrence
from storage.archive.archived_rows import PARTS, POINTS_TO, Plain
from storage.records.archive.packaged import PackagedBundle
from storage.records.archive.packaged_registers import REGISTERS, PackagedArchive


class PackageContents:
    """Call `about`, `registers` and `bundles` in this order, and read each to its end. They raise Unfit."""

    def __init__(self, package: Package, hashes: Mapping[str, str]) -> None:
        self._package = package
        self._hashes = hashes
        self._rows = PackageRows(package, hashes)
        self._seen: dict[str, NumbersSeen] = defaultdict(NumbersSeen)
        self._tasks = 0
        self._unit: int | None = None
        self._missing: set[str] = set()
        self.files: dict[str, str] = {}
        """The paths of the files that people handed in, by their SHA-256. Known after `about`."""

    def about(self) -> Plain:
        """Return the package's description. Raises Unfit also if files are missing, misplaced or too many."""
        rows = [row for _, row in self._rows.read(layout.ABOUT, PackagedArchive)]
        if len(rows) != 1 or (rows[0]["year"] is None) == (rows[0]["kind"] == "year"):
            raise Unfit(layout.ABOUT, Wrong.UNFIT, "it does not say of what the package is")
        [row] = rows
        names = self._package.names()
        self.files, flaws = layout.files_by_hash(names, self._hashes)
        for flaw in (*layout.misplaced(names, REGISTERS, row["tasks"]), *flaws):
            raise Unfit(flaw.path, flaw.wrong, flaw.record)
        self._tasks, self._unit = row["tasks"], row["unit_id"]
        self._missing = set(row["missing_files"])
        return row

    def registers(self) -> dict[str, list[Plain]]:
        """Return the rows of each register, by its name."""
        found = {table: list(self._register(table)) for table in REGISTERS}
        if self._unit is not None and self._unit not in self._seen["units"]:
            raise Unfit(layout.ABOUT, Wrong.UNFIT, f"unit_id {self._unit} is not in the package")
        return found

    def _register(self, table: str) -> Iterator[Plain]:
        for place, row in self._rows.read(layout.register_path(table), REGISTERS[table]):
            self._look(place, row)
            if table == "document_events" and (row["task_id"], row["text_id"]) != (None, None):
                raise place.unfit("no event of a document alone")
            if table == "series":
                _look_at_rule(place, row["rule"])
            if row.get("parent_id") is not None and row["parent_id"] not in self._seen["units"]:
                raise place.unfit(f"parent_id {row['parent_id']} is not before it in the package")
            self._number(place, table, row["id"])
            yield row

    def bundles(self) -> Iterator[tuple[Place, Plain]]:
        """Yield the tasks in the order of their numbers, each with all that belongs to it and its place."""
        tasks, last, used = 0, 0, set[str]()
        for path in layout.task_paths(self._tasks):
            for place, row in self._rows.read(path, PackagedBundle):
                self._look_at_task(place, row, last)
                used |= {file["sha256"] for file in row["files"] if self._is_named(file)}
                last, tasks = row["task"]["id"], tasks + 1
                yield place, row
        if tasks != self._tasks:
            raise Unfit(layout.ABOUT, Wrong.UNFIT, f"{self._tasks} tasks, in the package {tasks}")
        for sha256 in self.files.keys() - used:
            raise Unfit(self.files[sha256], Wrong.ADDED)

    def _look_at_task(self, place: Place, row: Plain, last: int) -> None:
        task, texts = row["task"], {text["id"] for text in row["texts"]}
        if task["id"] <= last or len(texts) < len(row["texts"]):
            raise place.unfit(f"task {task['id']} or a text of it comes twice, or in no order")
        if task["parent_id"] is not None and task["parent_id"] not in self._seen["tasks"]:
            raise place.unfit(f"parent_id {task['parent_id']} is not before it in the package")
        self._look(place, task, texts)
        for part, table in {**PARTS, "events": "events"}.items():
            for one in row[part]:
                if one["task_id"] != task["id"]:
                    raise place.unfit(f"{part} {one['id']} is of another task")
                self._look(place, one, texts)
                self._number(place, table, one["id"])
        for file in row["files"]:
            self._look_at_file(place, file)
        self._number(place, "tasks", task["id"])

    def _look(self, place: Place, row: Plain, texts: set[int] | None = None) -> None:
        """Raise Unfit if a row refers to another one that is not in the package."""
        for table, names in POINTS_TO.items():
            there = texts or () if table == "texts" else self._seen[table]
            for name in names & row.keys():
                if row[name] is not None and row[name] not in there:
                    raise place.unfit(f"{name} {row[name]} is not in the package")

    def _look_at_file(self, place: Place, file: Plain) -> None:
        path = self.files.get(file["sha256"])
        if path is None and file["sha256"] not in self._missing:
            raise place.unfit(f"the file {file['sha256']} is missing")
        if path is not None and self._package.size(path) != file["size"]:
            raise place.unfit(f"the file {file['sha256']} is not of {file['size']} bytes")

    def _is_named(self, file: Plain) -> bool:
        """Tell whether the file's path matches the name in this row. If a file has two names, one match is enough."""
        path = self.files.get(file["sha256"])
        return path == layout.path_of_file(file["sha256"], file["name"])

    def _number(self, place: Place, table: str, number: int) -> None:
        if not self._seen[table].add(number):
            raise place.unfit(f"{table} {number} comes twice")


def _look_at_rule(place: Place, rule: str) -> None:
    try:
        recurrence.in_words(rule)
    except (ValueError, KeyError):
        raise place.unfit(f"no rule: {rule}") from None
