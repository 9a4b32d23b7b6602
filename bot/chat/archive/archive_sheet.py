"""A task as a package tells it to who reads: its facts, its words, its files, and all that happened."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.chat import dates
from bot.chat.cards import PARTS, STATUS_WORDS
from bot.chat.files.files import size
from bot.chat.history.history import line, with_files
from bot.chat.history.history_changes import URGENCIES
from bot.chat.quality import WORDS
from bot.chat.tasks.evidence_words import given
from bot.renderers.archive import archive_words as words
from bot.renderers.archive.archive_page import FileLine, Sheet
from bot.renderers.archive.bag import PAYLOAD
from bot.renderers.archive.package_layout import path_of_file
from bot.rules.organisation.standing import bucket
from bot.rules.workdays import Workdays
from storage.records import Event, File, Status, TaskView

ALL = 1_000_000


def sheet(
    view: TaskView,
    past: Sequence[Event],
    files: Sequence[File],
    texts: Mapping[int, str],
    names: Mapping[int, str],
    lost: set[str],
    workdays: Workdays,
) -> Sheet:
    """Return a task's sheet; `lost` are the hashes of files whose bytes are no more."""
    told = [
        line(workdays, event, names, texts, shown=in_full, room=ALL) + with_files(event, files)
        for event in past
    ]
    return Sheet(
        view.id,
        view.title,
        state(view),
        [(label, said) for label, said in _facts(view, workdays) if said],
        _texts(view, texts),
        [FileLine(one.name, file_path(one, lost), size(one.size)) for one in files],
        told,
    )


def in_full(moment: datetime, workdays: Workdays) -> str:
    """Return "17:00 11/12/2026" in the office's zone."""
    return f"{workdays.local(moment):%H:%M %d/%m/%Y}"


def state(view: TaskView) -> str:
    """Return how a task ended: "hoàn thành đúng hạn"."""
    assert view.closed_at is not None
    where = bucket(view, view.closed_at)
    punctual = words.PUNCTUAL.get(where, "") if view.status is Status.DONE else ""
    return STATUS_WORDS[view.status] + punctual


def file_path(file: File, lost: set[str]) -> str | None:
    """Return where a file lies in a package, seen from its first page; None if it is lost."""
    if file.sha256 in lost:
        return None
    return path_of_file(file.sha256, file.name).removeprefix(PAYLOAD)


def _facts(view: TaskView, workdays: Workdays) -> list[tuple[str, str | None]]:
    def day(moment: datetime | None) -> str | None:
        return dates.deadline(moment, workdays) if moment else None

    helping = [
        (label, ", ".join(one.name for one in view.others if one.part is part))
        for part, label in PARTS.items()
    ]
    return [
        (words.LEAD, view.body_name or view.lead_name),
        (words.UNIT, view.unit_name),
        *helping,
        (words.ASSIGNER, view.group_name or view.assigner_name),
        (words.ENTERED, None if view.entered_by_id == view.assigner_id else view.entered_by_name),
        (words.DOCUMENT, view.document_symbol),
        (words.WHOLE, str(view.parent_id) if view.parent_id else None),
        (words.URGENCY, URGENCIES[view.urgency]),
        (words.PRODUCT, view.product),
        (words.RECEIVER, view.receiver),
        (words.DECIDER, view.decider_name),
        (words.ASSIGNED, day(view.created_at)),
        (words.DUE, day(view.due_at) or words.NO_DEADLINE),
        (words.EXTENDED, dates.first(view, workdays) if view.extensions else None),
        (words.RECEIVED, day(view.received_at)),
        (words.SUBMITTED, day(view.submitted_at)),
        (words.EVIDENCE, given(view)),
        (words.CLOSED, day(view.closed_at)),
        (words.QUALITY, WORDS[view.quality] if view.quality else None),
    ]


def _texts(view: TaskView, texts: Mapping[int, str]) -> list[tuple[str, str]]:
    said = [
        (words.SAID, view.text_id),
        (words.PROGRESS, view.note_id),
        (words.BLOCKER, view.blocker_id),
        (words.RESULT if view.status is Status.DONE else words.REASON, view.state_text_id),
    ]
    return [(label, texts[number]) for label, number in said if number and number in texts]
