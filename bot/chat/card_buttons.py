"""The buttons of a task's card: which moves a person is offered, and their labels."""

from collections.abc import Callable

from bot.actions.moves import stakes
from bot.chat import menu
from bot.chat.buttons import button, pairs
from bot.chat.messages import Button
from bot.rules import rights
from bot.rules.rights import Standpoint
from bot.rules.tasks import lifecycle
from bot.rules.tasks.lifecycle import Move
from storage.records import RequestState, TaskView

LABELS = {
    Move.TAKE_OFFER: "Nhận hạn này",
    Move.RECEIVE: "Đã nhận",
    Move.PROGRESS: "Báo tiến độ",
    Move.SUBMIT: "Nộp kết quả",
    Move.REQUEST_EXTENSION: "Xin gia hạn",
    Move.BLOCK: "Vướng mắc",
    Move.UNBLOCK: "Hết vướng mắc",
    Move.NAME_PART: "Cử người phối hợp",
    Move.REPORT_PART: "Đã xong phần",
    Move.ACCEPT: "Nghiệm thu",
    Move.RETURN: "Trả lại",
    Move.GRANT_EXTENSION: "Đồng ý gia hạn",
    Move.REFUSE_EXTENSION: "Từ chối gia hạn",
    Move.OFFER_DEADLINE: "Đề xuất ngày khác",
    Move.KEEP: "Vẫn giao",
    Move.ANSWER_REMARK: "Trả lời ý kiến",
    Move.GRANT_CORRECTION: "Đồng ý đính chính",
    Move.REFUSE_CORRECTION: "Từ chối đính chính",
    Move.RESUME: "Làm tiếp",
}


def buttons(task: TaskView, who: Standpoint) -> list[list[Button]]:
    """Return the buttons for what a person may do with a task, in rows."""
    offered = [move for move in LABELS if offers(task, who, move)]
    pressed = _others_to_lead(task, who)
    pressed += [button(LABELS[move], f"task.{move}", task.id, task.version) for move in offered]
    if task.sub_tasks:
        pressed.append(button("Phần việc", "split.list", task.id, task.version))
    if task.checks:
        pressed.append(button("Danh mục bước", f"task.{Move.CHECK}", task.id, task.version))
    if task.files:
        pressed.append(button(f"Xem tệp ({task.files})", "task.files", task.id, task.version))
    pressed.append(button("Lịch sử", "task.history", task.id, task.version))
    if menu.has_more(task, who):
        pressed.append(button("Khác", "task.more", task.id, task.version))
    return pairs(pressed)


def _others_to_lead(task: TaskView, who: Standpoint) -> list[Button]:
    """Return the buttons that reassign a task whose lead declined it: to the person the lead proposed, or to another.

    Returns no button where nobody declined, or where this person may not reassign.
    """
    if task.decline_id is None or not menu.may(Move.REASSIGN)(task, who):
        return []
    other = button("Người khác", f"task.{Move.REASSIGN}", task.id, task.version)
    if task.proposed_id is None or task.proposed_name is None:
        return [other]
    label = f"Giao đồng chí {task.proposed_name.split()[-1]}"
    give = button(label, "handover.give", task.id, task.version, str(task.proposed_id))
    return [give, other]


def offers(task: TaskView, who: Standpoint, move: Move) -> bool:
    """Tell whether a person's card of a task has the button of a move; a task in the archive has no such button."""
    if task.archive_id:
        return False
    if not (lifecycle.allows(task.status, move) and rights.may_move(who, stakes(task), move)):
        return False
    if move in {Move.GRANT_CORRECTION, Move.REFUSE_CORRECTION}:
        asked_by = task.correction_by
        return asked_by is not None and rights.may_correct(who, stakes(task), asked_by)
    if move is Move.REPORT_PART and not menu.reports_part(task, who):
        return False
    if move is Move.NAME_PART and not menu.heads_supporting(task, who):
        return False
    return move not in _NEEDS or _NEEDS[move](task)


def has_offer(task: TaskView) -> bool:
    """Tell whether the task's extension request was answered with another deadline."""
    return task.request_state is RequestState.OFFERED


_NEEDS: dict[Move, Callable[[TaskView], bool]] = {
    Move.UNBLOCK: lambda task: task.blocker is not None,
    Move.GRANT_EXTENSION: lambda task: task.request_id is not None and not has_offer(task),
    Move.REFUSE_EXTENSION: lambda task: task.request_id is not None,
    Move.OFFER_DEADLINE: lambda task: task.request_id is not None,
    Move.TAKE_OFFER: has_offer,
    Move.KEEP: lambda task: task.decline_id is not None,
    Move.ANSWER_REMARK: lambda task: task.remark_id is not None,
    Move.REQUEST_EXTENSION: lambda task: (
        task.due_at is not None and (task.request_id is None or has_offer(task))
    ),
}
"""What a task must have, besides the right state and rights, for a move to be offered."""
