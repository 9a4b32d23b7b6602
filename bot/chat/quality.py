"""The acceptor's grade of a result: Đạt, Đạt tốt, Đạt xuất sắc (domain.md, section 8).

To accept is at least "Đạt", which holds unless another is pressed; "Không đạt" is to return.
"""

from datetime import datetime

from bot.chat.buttons import button
from bot.chat.messages import Button
from bot.rules.rights import Standpoint
from bot.rules.tasks import grading
from storage.records import Quality, TaskView

WORDS = {
    Quality.FAILED: "Không đạt",
    Quality.PASSED: "Đạt",
    Quality.GOOD: "Đạt tốt",
    Quality.EXCELLENT: "Đạt xuất sắc",
}


def line(task: TaskView) -> list[str]:
    """Return what the card says of the grade; nothing before there is one."""
    return [f"Chất lượng: {WORDS[task.quality]}"] if task.quality else []


def buttons(task: TaskView, who: Standpoint, now: datetime) -> list[Button]:
    """Return the grades that the acceptor can choose instead of the present one."""
    if not grading.may_grade(who, task, now):
        return []
    others = [grade for grade in grading.GRADES if grade is not task.quality]
    return [button(WORDS[one], "task.grade", task.id, task.version, one) for one in others]
