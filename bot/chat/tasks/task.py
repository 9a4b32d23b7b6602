"""One task: its card, its history, and the moves that need no words."""

from dataclasses import replace
from html import escape

from bot.actions import find
from bot.actions.focus import LookedAt
from bot.actions.history import undo
from bot.actions.privacy.access_log import TASK, Read
from bot.actions.tasks import answer, decline, extend, figure_correction, pause, review, withdraw
from bot.chat import cards, dates, menu, quality
from bot.chat.buttons import button, rows
from bot.chat.history import history_changes
from bot.chat.history.history import fit, line, with_files
from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules.tasks import grading
from bot.rules.tasks.lifecycle import Move
from storage.records import Quality, TaskView

MOVES = {
    Move.RECEIVE: answer.receive,
    Move.UNBLOCK: answer.unblock,
    Move.ACCEPT: review.accept,
    Move.GRANT_EXTENSION: extend.grant,
    Move.REFUSE_EXTENSION: extend.refuse,
    Move.TAKE_OFFER: extend.take_offer,
    Move.WITHDRAW: withdraw.withdraw,
    Move.KEEP: decline.keep,
    Move.GRANT_CORRECTION: figure_correction.grant,
    Move.REFUSE_CORRECTION: figure_correction.refuse,
    Move.RESUME: pause.resume,
}
_TOASTS = {
    Move.RECEIVE: "Đã ghi nhận",
    Move.UNBLOCK: "Đã hết vướng mắc",
    Move.ACCEPT: "Đã nghiệm thu",
    Move.GRANT_EXTENSION: "Đã đồng ý gia hạn",
    Move.REFUSE_EXTENSION: "Đã từ chối gia hạn",
    Move.TAKE_OFFER: "Đã nhận hạn mới",
    Move.WITHDRAW: "Đã rút đề nghị",
    Move.KEEP: "Đã giữ phân công",
    Move.GRANT_CORRECTION: "Đã đồng ý đính chính",
    Move.REFUSE_CORRECTION: "Đã từ chối đính chính",
    Move.RESUME: "Đã cho làm tiếp",
}


async def card_for(turn: Turn, task_id: int, heading: str = "") -> Message:
    """Return the present card of a task that the person may see."""
    view = await find.task(turn.office, turn.who, task_id)
    return await shown(turn, view, heading)


async def shown(turn: Turn, view: TaskView, heading: str = "") -> Message:
    """Return a task's card, with an undo button while the person can still undo their last step."""
    card = cards.card(
        view, turn.who, turn.now, turn.office.workdays, heading, away=turn.office.away
    )
    offered = await undo.offered(turn.office, turn.who, view, turn.now)
    return _undoable(card, view) if offered else card


def assigned(turn: Turn, view: TaskView, heading: str = "") -> Message:
    """Return the card of a task just assigned, with an undo button unless it is a part of another task."""
    card = cards.card(
        view, turn.who, turn.now, turn.office.workdays, heading, away=turn.office.away
    )
    return card if view.parent_id else _undoable(card, view)


def _undoable(card: Message, view: TaskView) -> Message:
    back = [button("Hoàn tác", "task.undo", view.id, view.version)]
    return replace(card, keyboard=rows(*(card.keyboard or ()), back))


async def move(turn: Turn) -> None:
    """Make a move that needs only a press."""
    made = Move(turn.pressed.kind.removeprefix("task."))
    done = await MOVES[made](
        turn.office, turn.who, turn.pressed.id, turn.pressed.version, turn.now, turn.key
    )
    await turn.show(await card_for(turn, done.id), _TOASTS[made])


async def grade(turn: Turn) -> None:
    """Save the grade that was pressed."""
    press = turn.pressed
    if press.value not in grading.GRADES:
        raise Refusal(No.STALE)
    graded = Quality(press.value)
    done = await review.grade(
        turn.office, turn.who, press.id, press.version, graded, turn.now, turn.key
    )
    await turn.show(await card_for(turn, done.id), f"Chất lượng: {quality.WORDS[graded]}")


async def more(turn: Turn) -> None:
    """Show the card with the second page of its buttons."""
    view = await find.task(turn.office, turn.who, turn.pressed.id)
    shown = cards.card(view, turn.who, turn.now, turn.office.workdays, away=turn.office.away)
    await turn.show(replace(shown, keyboard=rows(*menu.lines(view, turn.who))))


async def less(turn: Turn) -> None:
    """Go back to the first page of a card's buttons."""
    await turn.show(await card_for(turn, turn.pressed.id))


async def open_one(turn: Turn) -> None:
    """Show the task that was pressed in a list."""
    await say_card(turn, turn.pressed.id)


async def say_card(turn: Turn, task_id: int, top: str = "") -> None:
    """Send the card of a task that was asked for."""
    card = await card_for(turn, task_id, top)
    await turn.reads(Read.CARD, LookedAt(TASK, task_id))
    await turn.toast()
    await turn.say(card)


async def history(turn: Turn) -> None:
    """Send all that happened to a task, the newest last."""
    view = await find.task(turn.office, turn.who, turn.pressed.id)
    if view.disposed_at is not None:
        raise Refusal(No.STALE)
    past = await find.history(turn.office, turn.who, turn.pressed.id)
    first = "\n" + dates.first(view, turn.office.workdays) if view.extensions else ""
    lines = [f"<b>Lịch sử việc số {view.id}</b>\n{escape(view.title)}{first}", ""]
    names = await find.names(turn.office, past)
    files = await find.files(turn.office, turn.who, view.id)
    texts = await find.texts(turn.office, history_changes.text_ids(past))
    lines += [
        line(turn.office.workdays, event, names, texts) + with_files(event, files) for event in past
    ]
    sent = [button(_file_label(file.name), "file.send", file.id) for file in files[-5:]]
    await turn.toast()
    await turn.say(Message(fit(lines), rows(*[[one] for one in sent])))


def _file_label(name: str) -> str:
    return name if len(name) <= 30 else name[:27] + "..."
