"""The words for what happened to a task, chosen by the reader's part in it."""

from bot.chat import cards
from bot.chat.history import undoing
from bot.chat.messages import Message
from bot.chat.tasks import notes
from bot.rules.reminders.reminders import Rung
from storage.records import Outgoing, Part, TaskView

HEADINGS = {
    "task.assigned": "Đồng chí được giao việc mới",
    "task.submitted": "Kết quả đã nộp, mời đồng chí nghiệm thu",
    "task.entered": "Việc được giao thay mặt đồng chí",
    "task.accepted": "Kết quả đã được nghiệm thu",
    "task.deadline": "Hạn của việc đã thay đổi",
    "task.returned": "Kết quả được trả lại để làm tiếp",
    "task.blocked": "Việc đang vướng mắc",
    "task.cancelled": "Việc đã hủy, đồng chí không phải làm nữa",
    "parts.done": "Các phần việc đã xong, đồng chí nộp kết quả",
    "parts.submitted": "Các phần việc đã xong, việc đã tự nộp",
    "task.paused": "Việc tạm dừng, bot không nhắc nữa",
    "task.resumed": "Việc làm tiếp",
    "support.asked": "Phòng đồng chí được phối hợp, đồng chí cử ai?",
    "support.reported": "Một phần phối hợp đã xong",
    "support.done": "Các phần phối hợp đã đủ, mời đồng chí nghiệm thu",
    "extension.requested": "Đề nghị gia hạn, mời đồng chí cho ý kiến",
    "decline.requested": "Việc được báo ngoài thẩm quyền",
    "decline.waiting": "Chờ quyết định đã một ngày: việc báo ngoài thẩm quyền",
    "decline.refused": "Người giao giữ nguyên phân công",
    "task.reassigned": "Việc đã đổi người chủ trì",
    "extension.waiting": "Chờ quyết định đã một ngày: đề nghị gia hạn",
    "extension.offered": "Người giao đề xuất hạn khác",
    "remark.asked": "Ý kiến chỉ đạo, mời đồng chí trả lời",
    "remark.answered": "Ý kiến chỉ đạo đã được trả lời",
    "remark.late": "Nhắc: ý kiến chỉ đạo đã đến hạn trả lời",
    "acceptance.waiting": "Chờ nghiệm thu đã một ngày: kết quả đã nộp",
    "correction.requested": "Đề nghị đính chính, mời đồng chí cho ý kiến",
    "correction.granted": "Đề nghị đính chính đã được đồng ý",
    "correction.refused": "Đính chính không được đồng ý, số liệu giữ nguyên",
    "extension.granted": "Đề nghị gia hạn đã được đồng ý",
    "extension.refused": "Đề nghị gia hạn không được đồng ý, hạn giữ nguyên",
}
HEADINGS_BY_PART = {
    ("task.assigned", Part.SUPPORT): "Đồng chí phối hợp việc này",
    ("task.assigned", Part.FOLLOW): "Đồng chí theo dõi việc này",
    ("task.reassigned", Part.LEAD): "Việc được giao lại cho đồng chí",
    ("task.cancelled", Part.FOLLOW): "Việc đã hủy",
    ("task.cancelled", None): "Việc đã hủy",
}
RUNGS = {
    Rung.STALE: "Nhắc: việc chưa cập nhật, đồng chí báo tiến độ",
    Rung.SNOOZE: "Nhắc lại theo yêu cầu của đồng chí",
    Rung.RECEIVE: "Nhắc: việc mới, đồng chí bấm Đã nhận",
    Rung.YELLOW: "VÀNG: sắp đến hạn, chưa có kết quả",
    Rung.BEFORE: "Nhắc: sắp đến hạn",
    Rung.DUE: "Nhắc: đến hạn",
    Rung.RED: "ĐỎ: đã quá hạn",
    Rung.RED_SPECIAL: "ĐỎ ĐẶC BIỆT: quá hạn lâu",
    Rung.HIGHER: "ĐỎ ĐẶC BIỆT: quá hạn lâu, báo cáo cấp trên",
}
FOLLOWS_BODY = "Đồng chí theo dõi việc này của cơ quan ngoài, báo và nộp kết quả thay"
PARTINGS = {"task.handed_on", "task.released", "task.undone"}
"""Kinds of news sent also to people who may no longer see the task."""
LABELS = {
    "task.returned": "Lý do",
    "task.cancelled": "Lý do",
    "task.reassigned": "Lý do",
    "task.paused": "Lý do",
    "task.submitted": "Kết quả",
    "extension.offered": "Ý kiến",
    "remark.answered": "Trả lời",
    "support.reported": "Nội dung",
}


def heading(row: Outgoing, task: TaskView) -> str:
    return f"<b>{news(row, task)}</b>"


def news(row: Outgoing, task: TaskView) -> str:
    """Return what happened, in words for the person's part in the task."""
    if row.kind == "reminder":
        supports = part_of(row, task) is Part.SUPPORT and "above" not in row.facts
        return f"{RUNGS[Rung(row.facts['rung'])]}{' (phần phối hợp)' if supports else ''}"
    if row.kind == "task.assigned" and row.about in task.people_in(Part.FOLLOW) and task.body_id:
        return FOLLOWS_BODY
    by_part = HEADINGS_BY_PART.get((row.kind, part_of(row, task)))
    return by_part or HEADINGS.get(row.kind, notes.HEADING)


def part_of(row: Outgoing, task: TaskView) -> Part | None:
    """Return the part that the person of a row has in the task; None for no part."""
    if row.about == task.lead_id:
        return Part.LEAD
    return next((one.part for one in task.others if one.person_id == row.about), None)


def label(row: Outgoing, task: TaskView) -> str:
    """Return what a list's line says besides the deadline: what happened, such as the rung of a reminder.

    For a task newly assigned it is the person's part; "" for the lead.
    """
    if row.kind != "task.assigned":
        return news(row, task)
    part = part_of(row, task)
    return f"đồng chí {cards.PARTS[part].lower()}" if part in cards.PARTS else ""


def parting(row: Outgoing, task: TaskView, words: str) -> Message:
    """Return the message about a task that is no longer the reader's; `words` is the reason given."""
    word = _handed_on if row.kind == "task.handed_on" else undoing.word
    return word(row, task, words)


def _handed_on(_: Outgoing, task: TaskView, reason: str) -> Message:
    """Return the message for the former lead, who may no longer see the task."""
    lead = cards.clip(task.lead_name or "người khác", 100)
    why = f"\nLý do: {cards.clip(reason, 300)}" if reason else ""
    title = cards.clip(task.title, 300)
    return Message(f"Việc số {task.id} đã chuyển đồng chí {lead} chủ trì.\n{title}{why}")
