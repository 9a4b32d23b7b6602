"""The card of a task: what each person it concerns sees and may press."""

import re
from datetime import datetime
from html import escape, unescape

from bot.actions.moves import stakes
from bot.chat import dates, menu
from bot.chat.buttons import button, pairs, rows
from bot.chat.messages import Button, Message
from bot.rules import lifecycle, rights
from bot.rules.lifecycle import Move
from bot.rules.rights import Standpoint
from bot.rules.standing import Bucket, Dated, bucket
from bot.rules.workdays import Workdays
from storage.records import Part, Reach, Status, TaskView, Urgency

LIMIT = 900
"""How many characters a card may have to be read at one look."""

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
PARTS = {Part.SUPPORT: "Phối hợp", Part.FOLLOW: "Theo dõi"}
_UNREACHED = {
    Reach.NEVER_STARTED: " (chưa bấm Bắt đầu với bot)",
    Reach.BLOCKED: " (đã chặn bot)",
}
LABELS = {
    Move.RECEIVE: "Đã nhận",
    Move.PROGRESS: "Báo tiến độ",
    Move.SUBMIT: "Nộp kết quả",
    Move.REQUEST_EXTENSION: "Xin gia hạn",
    Move.BLOCK: "Vướng mắc",
    Move.UNBLOCK: "Hết vướng mắc",
    Move.ACCEPT: "Nghiệm thu",
    Move.RETURN: "Trả lại",
    Move.GRANT_EXTENSION: "Đồng ý gia hạn",
    Move.REFUSE_EXTENSION: "Từ chối gia hạn",
}


def mark(task: Dated, now: datetime) -> str:
    """Return the colour of a task: white before it is received, else that of its bucket."""
    where = bucket(task, now)
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
) -> Message:
    """Return a task's card with the buttons of the moves this person may make.

    `heading` is HTML, `said` plain words to show below; of a long title and long words as much is
    shown as there is room for, the history has them in full.
    """
    above = f"{heading}\n{_state(task, now)}".strip()
    below = "\n".join(["", *_facts(task, now, workdays), *_notes(task, workdays)])
    free = LIMIT - read_length(above) - read_length(below) - len("\n" * 4)
    title = task.title[: max(free // 2, free - len(said))]
    lines = [above, clip(task.title, len(title)), below]
    if said:
        lines += ["", clip(said, free - len(title))]
    return Message("\n".join(lines), rows(*_buttons(task, who)), task_id=task.id)


def read_length(text: str) -> int:
    """Return how many characters of an HTML text are read."""
    return len(unescape(_TAG.sub("", text)))


def _state(task: TaskView, now: datetime) -> str:
    urgency = URGENCY_WORDS[task.urgency]
    marks = f" · <b>{urgency}</b>" if urgency else ""
    status = STATUS_WORDS[task.status]
    if task.status is Status.DONE:
        status += " đúng hạn" if bucket(task, now) is Bucket.DONE_ON_TIME else " quá hạn"
    return f"{mark(task, now)} <b>Việc số {task.id}</b> · {status}{marks}"


def _facts(task: TaskView, now: datetime, workdays: Workdays) -> list[str]:
    lines = [f"Chủ trì: {_lead(task)}", *_others(task)]
    lines.append(f"Người giao: {escape(task.assigner_name)}")
    if task.closed_at is None:
        lines.append(f"Hạn: {dates.standing(task, now, workdays)}")
    elif task.due_at:
        lines.append(f"Hạn: {dates.deadline(task.due_at, workdays)}")
    if task.submitted_at:
        lines.append(f"Nộp: {dates.deadline(task.submitted_at, workdays)}")
    elif task.percent or task.note:
        lines.append(f"Tiến độ: {_progress(task)}")
    if task.extensions:
        lines.append(f"Đã gia hạn: {task.extensions} lần")
    return lines


def _lead(task: TaskView) -> str:
    if task.lead_name is None:
        return "chưa có"
    named = ", ".join(filter(None, [task.lead_name, task.unit_name]))
    return clip(named, 100) + _UNREACHED.get(task.lead_reach or Reach.REACHABLE, "")


def _others(task: TaskView) -> list[str]:
    lines = []
    for part, label in PARTS.items():
        names = ", ".join(other.name for other in task.others if other.part is part)
        lines += [f"{label}: {clip(names, 60)}"] if names else []
    return lines


def _progress(task: TaskView) -> str:
    """Return the share and the latest note, which gives way to the other lines there may be."""
    lines = bool(task.blocker) + bool(task.request_id) + bool(task.others)
    note = clip(task.note or "", 200 - 50 * lines)
    return " · ".join(filter(None, [f"{task.percent}%" if task.percent else "", note]))


def _notes(task: TaskView, workdays: Workdays) -> list[str]:
    lines = []
    room = 90 if task.blocker and task.request_due_at else 120
    if task.blocker:
        lines.append(f"Vướng mắc: {clip(task.blocker, room)}")
    if task.request_due_at:
        wanted = dates.deadline(task.request_due_at, workdays)
        lines.append(f"Xin gia hạn đến {wanted}. Lý do: {clip(task.request_reason or '', room)}")
    return ["", *lines] if lines else []


def clip(text: str, limit: int = 120) -> str:
    """Return at most so many characters of a text, safe in HTML."""
    return escape(text if len(text) <= limit else text[: limit - 1] + "…")


def _buttons(task: TaskView, who: Standpoint) -> list[list[Button]]:
    offered = [move for move in LABELS if _offers(task, who, move)]
    pressed = [button(LABELS[move], f"task.{move}", task.id, task.version) for move in offered]
    pressed.append(button("Lịch sử", "task.history", task.id, task.version))
    if menu.offered(task, who):
        pressed.append(button("Khác", "task.more", task.id, task.version))
    return pairs(pressed)


def _offers(task: TaskView, who: Standpoint, move: Move) -> bool:
    if not (lifecycle.allows(task.status, move) and rights.may_move(who, stakes(task), move)):
        return False
    if move is Move.UNBLOCK:
        return task.blocker is not None
    if move in {Move.GRANT_EXTENSION, Move.REFUSE_EXTENSION}:
        return task.request_id is not None
    if move is Move.REQUEST_EXTENSION:
        return task.request_id is None and task.due_at is not None
    return True
