"""The lists of a package, as CSV that Excel opens: tasks, files, documents, people, units."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.chat.archive import archive_sheet
from bot.chat.quality import WORDS
from bot.renderers.archive.archive_words import FILES, REGISTERS, TASKS
from bot.renderers.archive.bag import csv_lines, csv_of
from bot.rules.workdays import Workdays
from storage.records import File, TaskView


@dataclass(frozen=True)
class Place:
    """Where a task stands in its package."""

    page: str
    data: str
    line: int


@dataclass
class Lists:
    """Rows as they come, as text: that takes a fifth of their cells. Each list is one file in the end."""

    texts: dict[str, list[str]] = field(
        default_factory=lambda: {"viec": [csv_of([TASKS])], "tep": [csv_of([FILES])]}
    )

    def add(
        self,
        view: TaskView,
        files: Sequence[File],
        place: Place,
        paths: Mapping[str, str],
        lost: set[str],
        workdays: Workdays,
    ) -> None:
        """Add a task and its files."""

        def at(moment: datetime | None) -> str:
            return archive_sheet.in_full(moment, workdays) if moment else ""

        task = (
            *(view.id, view.title, view.body_name or view.lead_name, view.unit_name),
            *(view.group_name or view.assigner_name, view.document_symbol, at(view.created_at)),
            *(at(view.due_at), at(view.submitted_at), at(view.closed_at)),
            *(archive_sheet.state(view), WORDS[view.quality] if view.quality else ""),
            *(len(files), place.page, place.data, place.line),
        )
        self.texts["viec"].append(csv_lines([task]))
        kept = [
            (
                view.id,
                one.name,
                one.size,
                one.sha256,
                "" if one.sha256 in lost else paths[one.sha256],
            )
            for one in files
        ]
        self.texts["tep"].append(csv_lines(kept))

    def register(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add the rows of a register, where there is a list of it."""
        if table in REGISTERS:
            name, headings, columns = REGISTERS[table]
            named = [headings, *([row[one] for one in columns] for row in rows)]
            self.texts[name] = [csv_of(named)]

    def files(self) -> Iterator[tuple[str, str]]:
        """Return each list's path and content."""
        for name, texts in self.texts.items():
            yield f"danh-muc/{name}.csv", "".join(texts)
