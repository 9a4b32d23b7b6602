"""The card of a task: its text and its buttons, made for the person who reads it."""

import re
from collections.abc import Mapping
from datetime import datetime
from html import escape, unescape

from bot.chat import card_buttons, dates, quality
from bot.chat.assigning import effort
from bot.chat.buttons import rows
from bot.chat.messages import Message
from bot.chat.tasks import evidence_words, figures
from bot.rules import recurrence
from bot.rules.organisation.absences import Away
from bot.rules.organisation.standing import Bucket, Dated, bucket
from bot.rules.rights import Standpoint
from bot.rules.workdays import Workdays
from storage.records import (
    DoneWhen,
    OtherPart,
    Part,
    PartState,
    Reach,
    Status,
    TaskView,
    Urgency,
)

LIMIT = 900
"""The most characters of a card, so that it can be read at a glance."""
ROOMS = (200, 120, 80, 50, 30, 20, 10)
"""Limits, in characters, for each quoted text: the card uses the largest that leaves room for the title.

With the smallest limit the card also leaves out the facts that a button or the history shows as well.
"""
LEAST = 240
"""The characters to keep free for the title and the text below the facts."""

QUOTES = (30, 80)
"""A card quotes one note when the limit for each text is above the first value, two when it is above the second."""

NOBODY: Mapping[int, Away] = {}
"""Nobody is away."""
_TAG = re.compile("<[^>]*>")
STATUS_WORDS = {
    Status.ASSIGNED: "chờ tiếp nhận",
    Status.IN_PROGRESS: "đang thực hiện",
    Status.SUBMITTED: "chờ nghiệm thu",
    Status.RETURNED: "trả lại, cần làm tiếp",
    Status.DONE: "hoàn thành",
    Status.PAUSED: "tạm dừng",
    Status.CANCELLED: "đã hủy",
}
_STATE_TEXTS = {
    Status.SUBMITTED: "Kết quả",
    Status.DONE: "Kết quả",
    Status.RETURNED: "Lý do",
    Status.PAUSED: "Lý do",
    Status.CANCELLED: "Lý do",
}
URGENCY_WORDS = {
    Urgency.NORMAL: "",
    Urgency.URGENT: "KHẨN",
    Urgency.VERY_URGENT: "THƯỢNG KHẨN",
    Urgency.FLASH: "HỎA TỐC",
}
BUCKET_MARKS = {
    Bucket.DONE_ON_TIME: "🟢",
    Bucket.DONE_LATE: "🟠",
    Bucket.ON_TRACK: "🔵",
    Bucket.OVERDUE: "🔴",
    Bucket.NO_DEADLINE: "🔵",
    None: "✖️",
}
_DONE = {PartState.OWES: "☐", PartState.REPORTED: "☑"}
PARTS = {Part.SUPPORT: "Phối hợp", Part.FOLLOW: "Theo dõi"}
_UNREACHED = {
    Reach.NEVER_STARTED: " (chưa bấm Bắt đầu với bot)",
    Reach.BLOCKED: " (đã chặn bot)",
}


def mark(task: Dated, now: datetime) -> str:
    """Return the colour of a task: the colour of its bucket, or white while it is not received and not overdue.

    A task with a figure under correction gets a pencil, since it is counted apart.
    """
    where = bucket(task, now)
    if task.in_correction:
        return "✏️"
    if task.status is Status.ASSIGNED and where is not Bucket.OVERDUE:
        return "⚪"
    return BUCKET_MARKS[where]


def card(
    task: TaskView,
    who: Standpoint,
    now: datetime,
    workdays: Workdays,
    heading: str = "",
    said: str = "",
    away: Mapping[int, Away] = NOBODY,
) -> Message:
    """Return a task's card with the buttons of the moves this person may make.

    `away` are the people who are away today: the card names their deputy beside them. `heading` is HTML. `said` is
    plain text to show below. A long title and a long `said` are cut to the room there is; the history has them in full.
    """
    if task.disposed_at is not None:
        return Message(disposed(task.id, task.disposed_at, workdays), task_id=task.id)
    said = said or _state_text(task)
    above = f"{heading}\n{_state(task, now)}".strip()
    below, free = "", 0
    for room in ROOMS:
        below = "\n".join(
            ["", *_facts(task, now, workdays, room, away), *_notes(task, workdays, room)]
        )
        free = LIMIT - read_length(above) - read_length(below) - len("\n" * 4)
        if free >= LEAST:
            break
    title = task.title[: max(free // 2, free - len(said))]
    lines = [above, clip(task.title, len(title)), below]
    if said:
        lines += ["", clip(said, free - len(title))]
    return Message(
        "\n".join(lines),
        rows(quality.buttons(task, who, now), *card_buttons.buttons(task, who)),
        task_id=task.id,
    )


def disposed(number: int, at: datetime, workdays: Workdays) -> str:
    """Return the one line that remains of a task after it was disposed of."""
    return f"🗄 <b>Việc số {number}</b> · hồ sơ đã tiêu hủy {workdays.local(at):%d/%m/%Y}"


def _state_text(task: TaskView) -> str:
    """Return the result, or why a task was returned, paused or cancelled."""
    label = _STATE_TEXTS.get(task.status)
    return f"{label}: {task.state_text}" if label and task.state_text else ""


def read_length(text: str) -> int:
    """Return how many characters of an HTML text a reader sees."""
    return len(unescape(_TAG.sub("", text)))


def _state(task: TaskView, now: datetime) -> str:
    urgency = URGENCY_WORDS[task.urgency]
    marks = f" · <b>{urgency}</b>" if urgency else ""
    status = STATUS_WORDS[task.status]
    if task.in_correction:
        status += ", đang đính chính"
    elif task.status is Status.DONE:
        status += " đúng hạn" if bucket(task, now) is Bucket.DONE_ON_TIME else " quá hạn"
    kept = " · 🗄 Đã lưu trữ" if task.archive_id else ""
    return f"{mark(task, now)} <b>Việc số {task.id}</b> · {status}{marks}{kept}"


def _facts(
    task: TaskView, now: datetime, workdays: Workdays, room: int, away: Mapping[int, Away]
) -> list[str]:
    lead = _lead(task, room) + _stand_in(away.get(task.lead_id or 0), room)
    assigned_by = _assigned_by(task, now, room)
    if task.group_id is None:
        assigned_by[0] += _stand_in(away.get(task.assigner_id), room)
    lines = [f"Chủ trì: {lead}", *_others(task, room), *assigned_by]
    if task.parent_id:
        whole = clip(task.parent_title or "", min(40, room))
        lines.insert(0, f"Phần của việc số {task.parent_id}: {whole}")
    if task.submitted_at is None and task.closed_at is None:
        lines += evidence_words.wanted(task.title, task.product, task.evidence)
    if task.closed_at is None:
        lines.append(f"Hạn: {dates.standing(task, now, workdays)}{effort.beside(task.effort)}")
    elif task.due_at:
        lines.append(f"Hạn: {dates.deadline(task.due_at, workdays)}")
    if task.series_rule:
        lines.append(f"Lặp lại: {recurrence.in_words(task.series_rule)}")
    if task.submitted_at:
        lines.append(f"Nộp: {dates.deadline(task.submitted_at, workdays)}")
        evidence = evidence_words.given(task)
        lines += [f"Minh chứng: {clip(evidence, min(100, room + 20))}"] if evidence else []
    elif task.percent or task.note:
        lines.append(f"Tiến độ: {_progress(task, room)}")
    if task.stale_from is not None and task.stale_from <= now:
        lines.append(_stale(task, now, workdays))
    lines += [_counts(task)] if task.checks or task.sub_tasks else []
    lines += quality.line(task)
    if room == ROOMS[-1]:
        return lines
    if task.files:
        lines.append(f"Tệp: {task.files}")
    if task.extensions:
        first = dates.first(task, workdays).split(",")[0]
        lines.append(f"Đã gia hạn: {task.extensions} lần ({first})")
    return lines


def _assigned_by(task: TaskView, now: datetime, room: int) -> list[str]:
    """Return who assigned the task, who entered it on whose behalf, and the document that assigned it.

    The receiver of the result and the decider follow where they are known. An overdue task always shows a decider
    ("chưa rõ" if none is named), and without a receiver it shows the leaders of the unit above.
    """
    short = min(40, room + 10)
    name = clip(task.group_name or task.assigner_name, min(100, 2 * room + 20))
    line = f"Người giao: {name}"
    if task.entered_by_id != task.assigner_id:
        line = f"Thay mặt: {name} · người nhập: {clip(task.entered_by_name or '', short)}"
    document = (
        [f"Theo văn bản: {clip(task.document_symbol, short)}"] if task.document_symbol else []
    )
    red = task.closed_at is None and bucket(task, now) is Bucket.OVERDUE
    receiver = task.receiver or (_leaders_of(task.above) if red else None)
    decider = task.decider_name or ("chưa rõ" if red else None)
    to = [f"Nơi nhận: {clip(receiver, short)}"] if receiver else []
    by = [f"Cấp quyết: {clip(decider, short)}"] if decider else []
    return [line, *document, *to, *by]


def _leaders_of(unit: str | None) -> str | None:
    return unit and (unit if unit.startswith("Lãnh đạo") else f"Lãnh đạo {unit}")


def _stand_in(away: Away | None, room: int) -> str:
    """Return " (Ông Thị Ngọc Trầm xử lý thay đến 12/12)" for a person who is away, else ""."""
    if away is None:
        return ""
    name = clip(away.names[0], min(40, room + 10)) if away.names else ""
    does = f"{name} xử lý thay" if name else "nghỉ"
    return f" ({does} đến {away.until:%d/%m})"


def _counts(task: TaskView) -> str:
    parts = f"Phần việc: {task.sub_tasks_done}/{task.sub_tasks} xong" if task.sub_tasks else ""
    steps = f"Bước: {task.checks_done}/{task.checks}" if task.checks else ""
    return " · ".join(filter(None, [parts, steps]))


def _lead(task: TaskView, room: int) -> str:
    if task.body_name is not None:
        return clip(task.body_name, 100) + " (cơ quan ngoài)"
    if task.lead_name is None:
        return "chưa có"
    named = ", ".join(filter(None, [task.lead_name, task.unit_name]))
    return clip(named, min(100, 2 * room + 20)) + _UNREACHED.get(
        task.lead_reach or Reach.REACHABLE, ""
    )


def _others(task: TaskView, room: int) -> list[str]:
    """Return the supporters, each with a mark for the state of their part, and the followers."""
    lines = []
    for part, label in PARTS.items():
        names = ", ".join(_other(other) for other in task.others if other.part is part)
        lines += [f"{label}: {clip(names, min(60, room + 10))}"] if names else []
    if task.done_when is DoneWhen.ALL_PARTS:
        lines.append("Xong khi đủ các phần phối hợp")
    return lines


def _other(other: OtherPart) -> str:
    if other.part is not Part.SUPPORT or other.outside:
        return other.name
    unnamed = "" if other.person_id else " (chưa cử người)"
    return f"{_DONE[other.state]} {other.name}{unnamed}"


def _stale(task: TaskView, now: datetime, workdays: Workdays) -> str:
    heard = workdays.local(task.reported_at or task.created_at).date()
    days = workdays.count(heard, workdays.local(now).date())
    return f"Chưa cập nhật: {days} ngày làm việc"


def _progress(task: TaskView, room: int) -> str:
    """Return the percentage and the latest progress note."""
    note = clip(task.note or "", room)
    return " · ".join(filter(None, [f"{task.percent}%" if task.percent else "", note]))


def _notes(task: TaskView, workdays: Workdays, room: int) -> list[str]:
    lines = []
    if task.blocker:
        lines.append(f"Vướng mắc: {clip(task.blocker, room)}")
    if task.request_due_at:
        wanted = dates.deadline(task.request_due_at, workdays)
        reason = clip(task.request_reason or "không nêu", room)
        asks = (
            "Xin gia hạn, được đề xuất hạn" if card_buttons.has_offer(task) else "Xin gia hạn đến"
        )
        lines.append(f"{asks} {wanted}. Lý do: {reason}")
    if task.decline_id:
        reason = clip(task.decline_reason or "", room)
        proposed = (
            f" Đề xuất: {clip(task.proposed_name, min(60, room + 10))}."
            if task.proposed_name
            else ""
        )
        lines.append(f"Báo ngoài thẩm quyền: {reason}.{proposed}")
    newest = task.notes[: sum(room > least for least in QUOTES)]
    for note in reversed(newest):
        said = " ".join(note.text.split())
        lines.append(f"Trao đổi ({clip(note.author, 40)}): {clip(said, min(room, 90))}")
    if task.remark and task.remark_due_at:
        author = clip(task.remark_author or "", min(40, room + 10))
        by = f"{author}, hạn {dates.short(task.remark_due_at, workdays)}"
        lines.append(f"Ý kiến chỉ đạo chưa trả lời ({by}): {clip(task.remark, room)}")
    if task.correction_facts:
        figure = figures.change(task.correction_facts, workdays)
        reason = clip(task.correction_reason or "", room)
        lines.append(f"Đính chính chờ duyệt: {figure}. Đề nghị: {reason}")
    return ["", *lines] if lines else []


def clip(text: str, limit: int = 120) -> str:
    """Shorten a text to at most `limit` characters and escape it for HTML."""
    return escape(text if len(text) <= limit else text[: limit - 1] + "…")
