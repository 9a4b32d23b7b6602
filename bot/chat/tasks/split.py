"""Splitting a task: lines are asked for, each becomes a draft card; and the list of the task's parts.

card -> Khác -> Chia việc -> "Ân soạn phần 1, trước thứ Tư; Trầm rà số liệu" -> draft cards -> Giao việc
"""

from bot.actions import find
from bot.actions.tasks import split
from bot.chat.assigning import assign, drafts
from bot.chat.buttons import button, pairs, rows, turns
from bot.chat.directives import directive_page
from bot.chat.menu import may
from bot.chat.messages import Button, Message
from bot.chat.tasks import lists, task
from bot.chat.turn import Turn
from bot.rules.tasks.lifecycle import Move
from storage.records import Draft

PROMPT = (
    "Chia việc số {n} thành những phần nào, giao ai, hạn khi nào? Mỗi phần một dòng. Ví dụ:\n"
    "Ân soạn phần 1, trước thứ Tư\nTrầm rà số liệu, chiều thứ Năm"
)


async def answered(turn: Turn, draft: Draft, task_id: int) -> None:
    """Show a draft card for each part in the lines that came."""
    readings = [await assign.read(turn, piece) for piece in split.pieces(turn.text)]
    begun = await split.begin(
        *(turn.office, turn.who, turn.place, task_id, readings, turn.now, turn.key, draft),
        turn.message.message_id if turn.message else None,
    )
    for one in begun:
        await drafts.say(turn, one)


async def show(turn: Turn) -> None:
    """Show a page of a task's parts, with a button to open each."""
    view = await find.task(turn.office, turn.who, turn.pressed.id)
    offset = int(turn.pressed.value) if turn.pressed.value.isdecimal() else 0
    parts, total = await split.parts_of(turn.office, turn.who, view.id, offset)
    heading = f"<b>Phần việc của việc số {view.id}: {view.sub_tasks_done}/{view.sub_tasks} xong</b>"
    heading += directive_page.seen_of(total, view.sub_tasks) if not offset else ""
    lines = [heading, *(lists.line(turn, one) for one in parts)]
    opened = [button(f"Việc {one.id}", "task.open", one.id) for one in parts]
    below = [button("‹ Thẻ việc", "task.less", view.id, view.version)]
    if may(Move.SPLIT)(view, turn.who):
        below.insert(0, button("Chia thêm", f"task.{Move.SPLIT}", view.id, view.version))
    turning = _turns(view.id, offset, total)
    await turn.show(Message("\n\n".join(lines), rows(*pairs(opened, 4), turning, below), view.id))


def _turns(task_id: int, offset: int, total: int) -> list[Button]:
    def opens(label: str, at: int) -> Button:
        return button(label, "split.list", task_id, 0, str(at))

    return turns(opens, offset, find.PAGE, total)


async def close_itself(turn: Turn) -> None:
    """Switch whether the task is submitted automatically once its parts are done."""
    press = turn.pressed
    wanted = press.kind == "split.itself"
    await split.close_itself(
        turn.office, turn.who, press.id, press.version, wanted, turn.now, turn.key
    )
    toast = "Việc sẽ tự nộp khi các phần xong" if wanted else "Đồng chí chủ trì tự nộp kết quả"
    await turn.show(await task.card_for(turn, press.id), toast)
