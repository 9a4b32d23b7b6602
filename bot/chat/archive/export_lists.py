"""The lists of an export that Excel opens: what stands in the columns of each."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.chat.archive.archive_sheet import in_full
from bot.chat.cards import STATUS_WORDS
from bot.chat.history.history import what
from bot.chat.history.history_changes import URGENCIES
from bot.renderers.export_words import NO_DEADLINE
from bot.rules.workdays import Workdays
from storage.records import Part, TaskView

Cells = Sequence[object]


def task(view: TaskView, workdays: Workdays) -> Cells:
    """Return a task's row; deadlines without an hour are days."""

    def at(moment: Any) -> str:
        return in_full(moment, workdays) if moment else ""

    def helping(part: Part) -> str:
        return ", ".join(one.name for one in view.others if one.part is part)

    return (
        *(view.id, view.title, view.body_name or view.lead_name, view.unit_name),
        *(helping(Part.SUPPORT), helping(Part.FOLLOW), _deadline(view, workdays)),
        *(view.document_symbol, URGENCIES[view.urgency], view.product, view.receiver),
        *(view.decider_name, view.group_name or view.assigner_name, STATUS_WORDS[view.status]),
        *(f"{view.percent}%", at(view.created_at), at(view.submitted_at), at(view.closed_at)),
        *(view.note, view.blocker),
    )


def _deadline(view: TaskView, workdays: Workdays) -> str:
    if view.due_at is None:
        return NO_DEADLINE
    if view.has_clock:
        return in_full(view.due_at, workdays)
    return f"{workdays.local(view.due_at):%d/%m/%Y}"


def event(one: Any, names: Mapping[int, str], workdays: Workdays) -> Cells:
    """Return the row of something that happened; of files and the office itself their kind."""
    return (
        *(one.id, in_full(one.at, workdays), one.task_id, one.document_id, one.actor_name or "Bot"),
        *(what(one), names.get(one.person_id or 0, ""), one.text),
    )


def file(row: Mapping[str, Any], path: str | None) -> Cells:
    """Return the row of a file; without a path its bytes are lost."""
    return (row["task_id"], row["name"], row["size"], row["sha256"], path)
