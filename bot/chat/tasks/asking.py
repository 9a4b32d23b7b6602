"""Moves that need words: a press asks for them, and the next message gives them.

press on the card -> a prompt with an example, and a dialog that waits -> message -> the move
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.actions import dialogs, find
from bot.actions.files import attach_files
from bot.actions.office import Office
from bot.actions.tasks import (
    answer,
    check,
    decline,
    figure_correction,
    note,
    pause,
    remark,
    review,
    support,
)
from bot.chat.assigning import assign
from bot.chat.buttons import button, pairs, parse, rows
from bot.chat.dialog_registry import ERRANDS
from bot.chat.files import papers
from bot.chat.mergers import mergers
from bot.chat.messages import Button, Message
from bot.chat.organisation import absence_draft, hand_over_all
from bot.chat.sentences import sentence
from bot.chat.tasks import editing, extension, handover, split, submission, task
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from bot.rules.tasks.lifecycle import Move
from storage.records import Draft, Task, UpdateKey

FOLLOWS_WITHIN = timedelta(minutes=10)
STOPPED = "Đã thôi."
PERCENTS = (25, 50, 75, 100)
_OVER = {No.WRONG_STATE, No.NOT_FOUND, No.NOT_ALLOWED, No.ARCHIVED}

Act = Callable[[Turn, Draft, int], Awaitable[Task | None]]
"""Makes the move; returns None where it has answered itself, or where the dialog goes on."""
Worded = Callable[
    [Office, Standpoint, int, str, datetime, UpdateKey, Draft | None], Awaitable[Task]
]


async def _nothing(turn: Turn, draft: Draft) -> list[list[Button]]:
    return []


async def _percents(turn: Turn, draft: Draft) -> list[list[Button]]:
    shares = [
        button(f"{share}%", "ask.percent", draft.id, draft.version, str(share))
        for share in PERCENTS
    ]
    return pairs(shares, 4)


def _why_cancel(draft: Draft) -> str:
    parts = draft.fields.get("open_parts")
    those = f" cùng {parts} phần việc đang mở" if parts else ""
    repeats = draft.fields.get("repeats")
    only = "\nChỉ hủy kỳ này, các kỳ sau vẫn giao. Dừng hẳn: /dinhky." if repeats else ""
    return f"Hủy việc số {{n}}{those} vì sao? Ví dụ: đã có công văn thay thế.{only}"


@dataclass(frozen=True)
class Ask:
    """A move that needs words: its question, what to say once it is done, the act, and answers by button."""

    prompt: str | Callable[[Draft], str]
    done: str
    act: Act
    quick: Callable[[Turn, Draft], Awaitable[list[list[Button]]]] = _nothing
    takes_orders: bool = False
    """Whether "Giao đồng chí Ân ..." answers the question instead of beginning a task of its own."""


def _with_words(action: Worded) -> Act:
    """Return the act of a move that needs only the message's text."""

    async def act(turn: Turn, draft: Draft, task_id: int) -> Task:
        return await action(turn.office, turn.who, task_id, turn.text, turn.now, turn.key, draft)

    return act


async def _note(turn: Turn, draft: Draft, task_id: int) -> Task:
    sent = await papers.together(turn, turn.message)
    written = await note.write(
        turn.office, turn.who, task_id, turn.text, sent, turn.now, turn.key, draft
    )
    return written.task


_ASK_WHO = {Move.REASSIGN, hand_over_all.KIND, absence_draft.KIND, mergers.KIND}
"""Dialogs that a name answers."""
_KEEP_THEIRS = {Move.SUBMIT, Move.NOTE}
"""Moves that keep the files of the message themselves."""

ASKS: dict[Move, Ask] = {
    Move.PROGRESS: Ask(
        "Việc số {n} đến đâu rồi? Đồng chí bấm hoặc gõ, ví dụ: 60% đã xong dự thảo.",
        "Đã ghi tiến độ.",
        _with_words(answer.progress),
        _percents,
    ),
    Move.SUBMIT: Ask(submission.question, submission.DONE, submission.answered),
    Move.REQUEST_EXTENSION: Ask(
        extension.question, extension.ASKED, extension.answered, extension.quick
    ),
    Move.OFFER_DEADLINE: Ask(
        extension.question, extension.OFFERED, extension.answered, extension.quick
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
    Move.SPLIT: Ask(split.PROMPT, "", split.answered, takes_orders=True),
    Move.CHECK: Ask(
        "Việc số {n} gồm những bước nào? Mỗi bước một dòng. Ví dụ:\n"
        "Soạn đề cương\nXin số liệu các phòng\nTrình dự thảo",
        "Đã ghi các bước.",
        _with_words(check.add),
    ),
    Move.REASSIGN: Ask(handover.question, handover.DONE, handover.answered, handover.quick),
    Move.DECLINE: Ask(
        "Việc số {n} vì sao không thuộc thẩm quyền, nên giao đồng chí nào? "
        "Ví dụ: thuộc phòng Quản trị, đề nghị giao đồng chí Quyên.",
        "Đã báo người giao. Việc vẫn của đồng chí đến khi có quyết định.",
        _with_words(decline.decline),
    ),
    Move.REPORT_PART: Ask(
        "Đồng chí nói gì về phần phối hợp việc số {n}? Gõ hoặc gửi tệp, ví dụ: đã gửi số liệu quý IV.",
        "Đã ghi nhận phần phối hợp.",
        _with_words(support.report),
    ),
    Move.PAUSE: Ask(
        "Tạm dừng việc số {n} vì sao? Ví dụ: chờ ý kiến của Thường trực.",
        "Đã tạm dừng, bot không nhắc nữa.",
        _with_words(pause.pause),
    ),
    Move.EDIT: Ask(editing.question, editing.DONE, editing.answered, editing.quick),
    Move.CANCEL: Ask(
        _why_cancel,
        "Đã hủy việc.",
        _with_words(review.cancel),
    ),
    Move.NOTE: Ask(
        "Đồng chí trao đổi gì về việc số {n}? Ví dụ: phụ lục 2 lấy số liệu đến 30/11.",
        "Đã ghi trao đổi.",
        _note,
    ),
    Move.REMARK: Ask(
        "Đồng chí cho ý kiến chỉ đạo việc số {n}. Ví dụ: làm rõ nguyên nhân chậm, đề xuất hướng xử lý.",
        "Đã gửi ý kiến chỉ đạo.",
        _with_words(remark.remark),
    ),
    Move.ANSWER_REMARK: Ask(
        "Đồng chí trả lời ý kiến chỉ đạo việc số {n}. Ví dụ: đã làm rõ, chậm do chờ số liệu quý.",
        "Đã trả lời ý kiến chỉ đạo.",
        _with_words(remark.answer),
    ),
    Move.REQUEST_CORRECTION: Ask(
        "Đính chính số liệu nào của việc số {n}, thành gì, vì sao? Ngày nộp, tiến độ, chất lượng "
        "hoặc sản phẩm. Ví dụ: ngày nộp 10/12 vì đã gửi bản giấy.",
        "Đã gửi đề nghị đính chính.",
        _with_words(figure_correction.request),
    ),
}


async def ask(turn: Turn) -> None:
    """Ask for the words of the move that was pressed."""
    press = turn.pressed
    move = Move(press.kind.removeprefix("task."))
    known = await _going_with_it(turn, press.id) if move is Move.CANCEL else None
    await begin(turn, press.id, press.version, move, known)


async def _going_with_it(turn: Turn, task_id: int) -> Mapping[str, Any]:
    """Return what the question before a cancellation says: how many parts are open, and whether the task repeats."""
    view = await find.task(turn.office, turn.who, task_id)
    open_parts = view.sub_tasks - view.sub_tasks_done
    return {"open_parts": open_parts, "repeats": view.series_rule is not None}


async def begin(
    turn: Turn,
    task_id: int,
    version: int,
    move: Move,
    known: Mapping[str, Any] | None = None,
    answers: Draft | None = None,
) -> None:
    """Ask for the words of a move on the version of the task that the person saw.

    `known` is what the dialog knows already.
    """
    what = (turn.office, turn.who, turn.place, task_id, version, move, turn.now, turn.key)
    draft = await dialogs.ask(*what, known, answers)
    await turn.toast()
    await turn.say(await prompt(turn, draft))


async def prompt(turn: Turn, draft: Draft) -> Message:
    """Return a dialog's question, with the answers that can be pressed."""
    if draft.kind in ERRANDS:
        return await ERRANDS[draft.kind].prompt(turn, draft)
    ask = ASKS[Move(draft.kind)]
    text = ask.prompt if isinstance(ask.prompt, str) else ask.prompt(draft)
    stop = [button("Thôi", "ask.stop", draft.id, draft.version)]
    return Message(text.format(n=draft.task_id), rows(*await ask.quick(turn, draft), stop))


async def answered(turn: Turn, draft: Draft) -> None:
    """Make the move with the words that came, and show the card.

    The person may also say that they give up, or assign another task instead. Where the move is no longer
    possible, the dialog ends with a message, so that it does not block the person.
    """
    asks_who = draft.kind in _ASK_WHO and await turn.names_somebody()
    if dialogs.is_declined(turn.text) and not asks_who:
        await dialogs.stop(turn.office, draft, turn.now, turn.key)
        await turn.say(await _stopped(turn, draft))
        return
    if draft.kind in ERRANDS:
        await ERRANDS[draft.kind].answered(turn, draft)
        return
    move = Move(draft.kind)
    if turn.text and not ASKS[move].takes_orders and await assign.began_another(turn):
        return
    try:
        if move not in _KEEP_THEIRS:
            await _keep_files(turn, draft, move)
        done = await ASKS[move].act(turn, draft, draft.task_id or 0)
    except Refusal as refusal:
        if refusal.kind not in _OVER:
            raise
        await dialogs.stop(turn.office, draft, turn.now, turn.key)
        await turn.say(f"{sentence(refusal)} Nội dung vừa gõ chưa được ghi vào việc.")
        return
    if done is None:
        going_on = await dialogs.own(turn.office, turn.who, draft.id)
        if going_on is not None and going_on.ended_at is None:
            await turn.say(await prompt(turn, going_on))
        return
    await turn.say(await task.card_for(turn, done.id, ASKS[move].done))


async def _keep_files(turn: Turn, draft: Draft, move: Move) -> None:
    """Keep with the task the files that came with the words of a move."""
    for paper in await papers.together(turn, turn.message):
        await attach_files.attach(turn.office, turn.who, draft.task_id or 0, paper, turn.now, move)


async def just_submitted(turn: Turn) -> int | None:
    """Return the task whose result the newest dialog here handed in within FOLLOWS_WITHIN; None otherwise."""
    last = await dialogs.latest(turn.office, turn.who, turn.place)
    if last is None or last.kind != Move.SUBMIT or last.ended_at is None or last.task_id is None:
        return None
    if turn.now - last.ended_at > FOLLOWS_WITHIN:
        return None
    view = await find.task(turn.office, turn.who, last.task_id)
    return view.id if view.submitted_at == last.ended_at else None


async def add(turn: Turn, task_id: int) -> None:
    """Add another file to a result just handed in, as when files are sent one by one; its words become a note."""
    paper = await papers.received(turn)
    if paper is None:
        return
    if turn.text.strip():
        what = (turn.office, turn.who, task_id, turn.text, (paper,), turn.now, turn.key)
        await note.write(*what)
    else:
        await attach_files.attach(turn.office, turn.who, task_id, paper, turn.now, Move.NOTE)
    await turn.say(f"Đã thêm tệp vào việc số {task_id}.")


async def replied_to(turn: Turn) -> Draft | None:
    """Return the open dialog whose prompt the message replies to, found by the button under the prompt."""
    original = turn.replied
    keyboard = original.reply_markup.inline_keyboard if original and original.reply_markup else ()
    for pressed in (parse(str(one.callback_data)) for row in keyboard for one in row):
        if pressed and pressed.kind in {"ask.stop", "ask.unasked"}:
            draft = await dialogs.own(turn.office, turn.who, pressed.id)
            return draft if draft and draft.ended_at is None else None
    return None


async def percent(turn: Turn) -> None:
    """Report the progress that was pressed instead of typed."""
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
    """Stop the dialog after "Thôi"."""
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    await dialogs.stop(turn.office, draft, turn.now, turn.key)
    await turn.show(await _stopped(turn, draft), "Đã thôi")


async def _stopped(turn: Turn, draft: Draft) -> Message:
    """Return what replaces the question of a stopped dialog: the task's card, if it was about a task."""
    if draft.task_id is None:
        return Message(STOPPED)
    return await task.card_for(turn, draft.task_id, STOPPED)
