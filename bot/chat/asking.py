"""Moves that need words: a press asks for them, the next message gives them.

press on the card -> a prompt with an example, and a dialog that waits -> message -> the move
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.actions import answer, dialogs, extend, review
from bot.actions.office import Office
from bot.chat import papers, task
from bot.chat.buttons import button, pairs, rows
from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.rules.lifecycle import Move
from bot.rules.rights import Standpoint
from storage.records import Draft, Task, UpdateKey

PERCENTS = (25, 50, 75, 100)

Act = Callable[[Turn, Draft, int], Awaitable[Task]]
Worded = Callable[
    [Office, Standpoint, int, str, datetime, UpdateKey, Draft | None], Awaitable[Task]
]


@dataclass(frozen=True)
class Ask:
    """What to ask for, what to say once it is done, and how to do it."""

    prompt: str
    done: str
    act: Act


async def _submit(turn: Turn, draft: Draft, task_id: int) -> Task:
    paper = await papers.received(turn)
    return await answer.submit(
        turn.office, turn.who, task_id, turn.text, paper, turn.now, turn.key, draft
    )


def _with_words(action: Worded) -> Act:
    """Return the act of a move that needs nothing but the message's text."""

    async def act(turn: Turn, draft: Draft, task_id: int) -> Task:
        return await action(turn.office, turn.who, task_id, turn.text, turn.now, turn.key, draft)

    return act


ASKS: dict[Move, Ask] = {
    Move.PROGRESS: Ask(
        "Việc số {n} đến đâu rồi? Đồng chí bấm hoặc gõ, ví dụ: 60% đã xong dự thảo.",
        "Đã ghi tiến độ.",
        _with_words(answer.progress),
    ),
    Move.SUBMIT: Ask(
        "Đồng chí gửi kết quả việc số {n}: gõ nội dung hoặc gửi tệp. "
        "Ví dụ: đã trình Tờ trình 12-TTr/VPTU ngày 10/12.",
        "Đã nộp kết quả.",
        _submit,
    ),
    Move.REQUEST_EXTENSION: Ask(
        "Việc số {n} xin gia hạn đến khi nào, vì sao? Ví dụ: đến thứ Sáu tuần sau vì chờ số liệu.",
        "Đã gửi đề nghị gia hạn.",
        _with_words(extend.request),
    ),
    Move.BLOCK: Ask(
        "Việc số {n} vướng gì, cần ai tháo gỡ? Ví dụ: chưa có số liệu của phòng Quản trị.",
        "Đã báo vướng mắc đến người giao.",
        _with_words(answer.block),
    ),
    Move.RETURN: Ask(
        "Trả lại việc số {n} vì sao? Ví dụ: thiếu phụ lục số liệu.",
        "Đã trả lại.",
        _with_words(review.return_result),
    ),
    Move.CANCEL: Ask(
        "Hủy việc số {n} vì sao? Ví dụ: đã có công văn thay thế.",
        "Đã hủy việc.",
        _with_words(review.cancel),
    ),
}


async def ask(turn: Turn) -> None:
    """A move that needs words was pressed: ask for them."""
    press = turn.pressed
    await begin(turn, press.id, press.version, Move(press.kind.removeprefix("task.")))


async def begin(turn: Turn, task_id: int, version: int, move: Move) -> None:
    """Ask for the words of a move on a task as the person saw it."""
    draft = await dialogs.ask(
        turn.office, turn.who, turn.place, task_id, version, move, turn.now, turn.key
    )
    await turn.toast()
    await turn.say(prompt(draft))


def prompt(draft: Draft) -> Message:
    """Return what a dialog asks for, with the answers that a press can give."""
    move = Move(draft.kind)
    text = ASKS[move].prompt.format(n=draft.task_id)
    quick = []
    if move is Move.PROGRESS:
        quick = [
            button(f"{share}%", "ask.percent", draft.id, draft.version, str(share))
            for share in PERCENTS
        ]
    stop = [button("Thôi", "ask.stop", draft.id, draft.version)]
    return Message(text, rows(*pairs(quick, 4), stop))


async def answered(turn: Turn, draft: Draft) -> None:
    """The words came: make the move and show the card."""
    move = Move(draft.kind)
    done = await ASKS[move].act(turn, draft, draft.task_id or 0)
    await turn.say(await task.card_for(turn, done.id, ASKS[move].done))


async def percent(turn: Turn) -> None:
    """A share was pressed instead of typed."""
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    done = await answer.progress(
        turn.office,
        turn.who,
        draft.task_id or 0,
        f"{turn.pressed.value}%",
        turn.now,
        turn.key,
        draft,
    )
    await turn.show(await task.card_for(turn, done.id, ASKS[Move.PROGRESS].done), "Đã ghi tiến độ")


async def stop(turn: Turn) -> None:
    """The person thought better of it."""
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    await dialogs.stop(turn.office, draft, turn.now, turn.key)
    await turn.show(await task.card_for(turn, draft.task_id or 0), "Đã thôi")
