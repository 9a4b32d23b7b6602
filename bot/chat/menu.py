"""The second page of a task card's buttons, behind "Khác"."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.actions.moves import stakes
from bot.chat.buttons import button, pairs
from bot.chat.messages import Button
from bot.rules import rights
from bot.rules.rights import Standpoint
from bot.rules.tasks import lifecycle, parts
from bot.rules.tasks.lifecycle import Move
from storage.records import DoneWhen, Part, TaskView


def may(move: Move) -> Callable[[TaskView, Standpoint], bool]:
    """Return a check whether a task's state and a person's rights allow a move."""
    return lambda task, who: (
        lifecycle.allows(task.status, move) and rights.may_move(who, stakes(task), move)
    )


@dataclass(frozen=True)
class Entry:
    """A button behind "Khác"; `kind` names its handler in `routes.BUTTONS`."""

    label: str
    kind: str
    offered: Callable[[TaskView, Standpoint], bool]


def reports_part(task: TaskView, who: Standpoint) -> bool:
    """Tell whether a person, or somebody they stand in for, owes a supporting part."""
    owes = any(one.person_id in who.people for one in parts.unreported(task))
    return owes and may(Move.REPORT_PART)(task, who)


def heads_supporting(task: TaskView, who: Standpoint) -> bool:
    """Tell whether a person looks after a supporting unit that is still to name somebody."""
    return any(who.looks_after(unit_id) for unit_id in task.units_in(Part.SUPPORT))


def _names_for_others(task: TaskView, who: Standpoint) -> bool:
    return may(Move.NAME_PART)(task, who) and not heads_supporting(task, who)


def _may_wait(done_when: DoneWhen) -> Callable[[TaskView, Standpoint], bool]:
    """Return a check whether a person may change what closes a supported task, which is `done_when` now."""
    return lambda task, who: (
        task.done_when is done_when
        and any(one.part is Part.SUPPORT for one in task.others)
        and may(Move.EDIT)(task, who)
    )


def _has_asked(task: TaskView, who: Standpoint) -> bool:
    return may(Move.WITHDRAW)(task, who) and bool(task.request_id or task.decline_id)


def _may_decline(task: TaskView, who: Standpoint) -> bool:
    by_another = task.assigner_id != task.lead_id
    return may(Move.DECLINE)(task, who) and by_another and task.decline_id is None


def _can_be_wrong(task: TaskView, who: Standpoint) -> bool:
    reported = task.submitted_at is not None or task.percent > 0
    return may(Move.REQUEST_CORRECTION)(task, who) and reported and not task.in_correction


def _may_close_itself(does: bool) -> Callable[[TaskView, Standpoint], bool]:
    """Return a check whether a person may change a task's closing by itself.

    The task must have sub-tasks, and close itself now (`does` True) or not (`does` False).
    """
    return lambda task, who: (
        task.sub_tasks > 0 and task.closes_itself is does and may(Move.SPLIT)(task, who)
    )


ENTRIES: tuple[Entry, ...] = (
    Entry("Xong phần, kèm lời", "part.words", reports_part),
    Entry("Trao đổi", f"task.{Move.NOTE}", may(Move.NOTE)),
    Entry("Rút đề nghị", f"task.{Move.WITHDRAW}", _has_asked),
    Entry("Chia việc", f"task.{Move.SPLIT}", may(Move.SPLIT)),
    Entry("Tự nộp khi đủ phần", "split.itself", _may_close_itself(False)),
    Entry("Không tự nộp nữa", "split.by_hand", _may_close_itself(True)),
    Entry(
        "Danh mục bước",
        f"task.{Move.CHECK}",
        lambda task, who: not task.checks and may(Move.CHECK)(task, who),
    ),
    Entry("Giao người khác", f"task.{Move.REASSIGN}", may(Move.REASSIGN)),
    Entry("Ngoài thẩm quyền", f"task.{Move.DECLINE}", _may_decline),
    Entry("Ý kiến chỉ đạo", f"task.{Move.REMARK}", may(Move.REMARK)),
    Entry("Đính chính", f"task.{Move.REQUEST_CORRECTION}", _can_be_wrong),
    Entry("Cử người phối hợp", f"task.{Move.NAME_PART}", _names_for_others),
    Entry("Chờ đủ phối hợp", "part.switch", _may_wait(DoneWhen.LEAD)),
    Entry("Chỉ cần chủ trì", "part.switch", _may_wait(DoneWhen.ALL_PARTS)),
    Entry("Việc định kỳ", "task.series", lambda task, _: task.series_rule is not None),
    Entry("Tạm dừng", f"task.{Move.PAUSE}", may(Move.PAUSE)),
    Entry("Sửa việc", f"task.{Move.EDIT}", may(Move.EDIT)),
    Entry("Hủy việc", f"task.{Move.CANCEL}", may(Move.CANCEL)),
)


def offered(task: TaskView, who: Standpoint) -> list[Entry]:
    return [] if task.archive_id else [one for one in ENTRIES if one.offered(task, who)]


def has_more(task: TaskView, who: Standpoint) -> bool:
    """Tell whether the second page has any button."""
    return not task.archive_id and any(entry.offered(task, who) for entry in ENTRIES)


def lines(task: TaskView, who: Standpoint) -> list[list[Button]]:
    """Return the buttons of the second page, with one that leads back to the first."""
    entries = [
        button(entry.label, entry.kind, task.id, task.version) for entry in offered(task, who)
    ]
    return pairs([*entries, button("‹ Thẻ việc", "task.less", task.id, task.version)])
