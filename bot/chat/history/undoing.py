"""Taking back one's last step: a press on "Hoàn tác", and the word to those who were told of it."""

from html import escape

from bot.actions import dialogs
from bot.actions.history import undo as undos
from bot.chat.assigning import drafts
from bot.chat.history.history import EVENTS
from bot.chat.messages import Message
from bot.chat.tasks import task
from bot.chat.turn import Turn
from storage.records import Outgoing, TaskView

DONE = "Đã hoàn tác"


async def undo(turn: Turn) -> None:
    """Show what stands again: the draft of a task that was assigned, else the task's card."""
    press = turn.pressed
    undone = await undos.undo(turn.office, turn.who, press.id, press.version, turn.now, turn.key)
    if undone.draft is not None:
        placed = await turn.show(await drafts.card(turn, undone.draft), DONE)
        await dialogs.shown(turn.office, undone.draft, placed)
    else:
        await turn.show(await task.card_for(turn, undone.task.id), DONE)


def word(row: Outgoing, view: TaskView, _: str = "") -> Message:
    """Tell somebody that what they were told holds no more, without the card they may not see."""
    if row.kind == "task.released":
        said = "đồng chí không còn tham gia."
    elif row.facts["move"] == undos.ASSIGN:
        said = "đã được thu hồi, đồng chí không phải làm nữa."
    else:
        said = f"bước “{EVENTS['task.' + row.facts['move']]}” đã được hoàn tác."
    return Message(f"Việc số {view.id}: {said}\n{escape(view.title[:200])}")
