"""The acceptor's grade of a result: Đạt, Đạt tốt, Đạt xuất sắc (domain.md, section 8).

An accepted result is at least "Đạt", and stays so unless another grade is pressed. "Không đạt" means to return it.
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
    """Return the card's line about the grade; no line before there is a grade."""
    return [f"Chất lượng: {WORDS[task.quality]}"] if task.quality else []


def buttons(task: TaskView, who: Standpoint, now: datetime) -> list[Button]:
    """Return buttons for the grades that the acceptor may choose instead of the present one."""
    if not grading.may_grade(who, task, now):
        return []
    others = [grade for grade in grading.GRADES if grade is not task.quality]
    return [button(WORDS[one], "task.grade", task.id, task.version, one) for one in others]
