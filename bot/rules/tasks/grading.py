"""Quality on acceptance: who may grade a result, for how long, and with which grades."""

from datetime import datetime, timedelta

from bot.rules.rights import Standpoint
from storage.records import Quality, Status, TaskView

GRADES = (Quality.PASSED, Quality.GOOD, Quality.EXCELLENT)
"""An accepted result is at least "Đạt". A worse one (Quality.FAILED) is returned, not accepted."""
CHANGED_WITHIN = timedelta(days=1)


def may_grade(who: Standpoint, task: TaskView, now: datetime) -> bool:
    """Tell whether a person may still grade a result: only who accepted it, within a day, before archiving."""
    return (
        task.status is Status.DONE
        and task.closed_at is not None
        and task.archive_id is None
        and task.accepted_by_id == who.person_id
        and now <= task.closed_at + CHANGED_WITHIN
    )
