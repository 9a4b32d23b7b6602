"""A reply to a card is a note on its task; files sent with it are kept with the task.

reply to a card -> kept, told to the others once -> a short answer, with a button if it reads as a report
"""

import re

from bot.actions import dialogs, find
from bot.actions.assigning import assign
from bot.actions.tasks import answer, extend, note
from bot.chat.assigning import forwarded
from bot.chat.buttons import button, parse
from bot.chat.files import papers
from bot.chat.messages import Button, Message
from bot.chat.tasks import task
from bot.chat.turn import Turn
from bot.language.readings import Action, Kind
from bot.refusals import No, Refusal
from bot.rules.tasks.lifecycle import Move
from storage.records import Task, TaskView

REPORTS = {
    Action.PROGRESS: ("p", Move.PROGRESS, "Ghi là tiến độ"),
    Action.DONE: ("s", Move.SUBMIT, "Nộp làm kết quả"),
    Action.EXTENSION: ("e", Move.REQUEST_EXTENSION, "Gửi xin gia hạn"),
    Action.BLOCKER: ("b", Move.BLOCK, "Báo vướng mắc"),
}
"""For a note that reads as a report: the code, move and label of the button that makes it one."""

_MOVES = {code: move for code, move, _ in REPORTS.values()}
_NUMBERED = re.compile(r"\bviệc số (\d{1,15})\b", re.IGNORECASE)


async def about(turn: Turn) -> int | None:
    """Return the number of the task whose card, prompt or notice the message replies to."""
    original = turn.replied
    if original is None or not turn.is_ours(original):
        return None
    keyboard = original.reply_markup.inline_keyboard if original.reply_markup else ()
    presses = [parse(str(one.callback_data)) for row in keyboard for one in row]
    numbers = {press.id for press in presses if press and press.kind.startswith("task.")}
    if numbers:
        return numbers.pop() if len(numbers) == 1 else None
    for press in presses:
        if press and press.kind == "ask.stop":
            draft = await dialogs.own(turn.office, turn.who, press.id)
            return draft.task_id if draft else None
    named = _NUMBERED.search(original.text or original.caption or "")
    return int(named[1]) if named else None


async def replied(turn: Turn, task_id: int) -> None:
    """Keep a reply as a note on its task, and confirm it."""
    await find.task(turn.office, turn.who, task_id)
    sent = await forwarded.enclosed(turn)
    written = await note.write(turn.office, turn.who, task_id, turn.text, sent, turn.now, turn.key)
    offer = await _offer(turn, written)
    if papers.album(turn) and not turn.text.strip():
        return
    confirmed = _confirmed(task_id, turn.text, bool(sent))
    await turn.say(Message(confirmed, [[offer]] if offer else None))


def _confirmed(task_id: int, words: str, has_file: bool) -> str:
    if not words.strip():
        return f"Đã nhận tệp vào việc số {task_id}."
    return f"Đã ghi trao đổi{' và tệp' if has_file else ''} vào việc số {task_id}."


async def _offer(turn: Turn, written: note.Written) -> Button | None:
    """Return the button for a note that clearly is a report which this person may make; None for other notes."""
    if not turn.text.strip():
        return None
    reading = await assign.read(turn.office, turn.who, turn.text, turn.now)
    request = reading.request if reading.kind is Kind.REPORT else None
    if request is None or request.action not in REPORTS:
        return None
    code, move, label = REPORTS[request.action]
    view = written.task
    if not note.may(view, turn.who, move):
        return None
    return button(label, "task.as_report", view.id, view.version, f"{code}{written.event_id}")


async def as_report(turn: Turn) -> None:
    """Make the report that a note reads as; once, and only for the person who wrote the note."""
    press = turn.pressed
    view = await find.task(turn.office, turn.who, press.id)
    move = _MOVES.get(press.value[:1])
    if move is None or not press.value[1:].isdecimal() or view.version != press.version:
        raise Refusal(No.STALE, number=view.id)
    words = await note.own_words(turn.office, turn.who, view.id, int(press.value[1:]))
    done = await _report(turn, view, move, words)
    if turn.in_group:
        await turn.show(Message(f"Đã ghi nhận vào việc số {done.id}."), "Đã ghi nhận")
        return
    await turn.show(await task.card_for(turn, done.id, "Đã ghi nhận."))


async def _report(turn: Turn, view: TaskView, move: Move, words: str) -> Task:
    what = (turn.office, turn.who, view.id, words)
    if move is Move.SUBMIT:
        return await answer.submit(*what, None, turn.now, turn.key)
    act = {Move.PROGRESS: answer.progress, Move.BLOCK: answer.block}.get(move, extend.request)
    return await act(*what, turn.now, turn.key)
