"""Requesting a later deadline, and answering with another one: in words, or with dates as buttons.

press -> "đến khi nào, vì sao?" with dates --(words with a sure date)--------------------> asked
                                           --(a date pressed)--> "vì sao?" --(words)------> asked
                                           --("sau Tết")--> dates to choose --(pressed)---> asked
"""

from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.actions import dialogs, find
from bot.actions.assigning.draft import Deadline
from bot.actions.tasks import extend
from bot.chat import choice_buttons
from bot.chat.buttons import button, pairs, rows
from bot.chat.messages import Button, Message
from bot.chat.tasks import task
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules.tasks.lifecycle import Move
from storage.records import Draft, Task

ASKED = "Đã gửi đề nghị gia hạn."
OFFERED = "Đã đề xuất hạn khác."


class Wanted(BaseModel):
    """What is known so far: the deadline chosen, or words whose deadline is in doubt."""

    model_config = ConfigDict(frozen=True)

    deadline: Deadline | None = None
    words: str = ""
    choices: tuple[Deadline, ...] = ()


def question(draft: Draft) -> str:
    """Return the dialog's present question."""
    wanted = Wanted.model_validate(draft.fields)
    if wanted.deadline:
        return "Việc số {n} xin gia hạn vì sao? Ví dụ: chờ số liệu của các ban."
    if wanted.words:
        return "Việc số {n}: đồng chí chọn rõ ngày, hoặc gõ, ví dụ: thứ Sáu 25/12."
    if draft.kind == Move.OFFER_DEADLINE:
        return "Việc số {n} đề xuất hạn nào? Đồng chí bấm hoặc gõ, ví dụ: thứ Tư tuần sau."
    return (
        "Việc số {n} xin gia hạn đến khi nào, vì sao? Ví dụ: đến thứ Sáu tuần sau vì chờ số liệu."
    )


async def quick(turn: Turn, draft: Draft) -> list[list[Button]]:
    """Return the answers that can be pressed: later dates, or "no reason"."""
    wanted = Wanted.model_validate(draft.fields)
    if wanted.deadline:
        return [[button("Không nêu", "extension.plain", draft.id, draft.version)]]
    view = await find.task(turn.office, turn.who, draft.task_id or 0)
    days = choice_buttons.later_buttons(
        "extension.due", draft, wanted.choices, view.due_at, turn.now, turn.office.workdays
    )
    return pairs(days)


async def answered(turn: Turn, draft: Draft, task_id: int) -> Task | None:
    """Take the words: the reason for the chosen date, or a date; None where the date is in doubt."""
    wanted = Wanted.model_validate(draft.fields)
    if wanted.deadline:
        return await _make(turn, draft, wanted.deadline, turn.text)
    found = extend.read(turn.office, turn.text, turn.now)
    said = "; ".join(filter(None, [wanted.words, turn.text]))
    if found.deadline:
        return await _make(turn, draft, found.deadline, said)
    if not found.is_doubtful:
        raise Refusal(No.NO_DEADLINE_READ)
    await dialogs.keep(turn.office, draft, doubtful(said, found), turn.now, turn.key)
    return None


async def chosen(turn: Turn) -> None:
    """Take the date that was pressed. Ask for the reason if no words were said; an offer needs none."""
    draft = await _current(turn)
    try:
        deadline = choice_buttons.chosen_deadline(turn.pressed.value, turn.office.workdays)
    except (ValueError, OverflowError):
        raise Refusal(No.STALE) from None
    words = Wanted.model_validate(draft.fields).words
    if words or draft.kind == Move.OFFER_DEADLINE:
        await _show(turn, draft, deadline, words)
        return
    fields = Wanted(deadline=deadline).model_dump(mode="json", exclude_defaults=True)
    kept = await dialogs.keep(turn.office, draft, fields, turn.now, turn.key)
    stop = button("Thôi", "ask.stop", kept.id, kept.version)
    text = question(kept).format(n=kept.task_id)
    await turn.show(Message(text, rows(*await quick(turn, kept), [stop])))


async def without_reason(turn: Turn) -> None:
    """Request the chosen date without a reason."""
    draft = await _current(turn)
    deadline = Wanted.model_validate(draft.fields).deadline
    if deadline is None:
        raise Refusal(No.STALE)
    await _show(turn, draft, deadline, "")


async def _current(turn: Turn) -> Draft:
    return await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)


def doubtful(words: str, found: extend.Asked) -> dict[str, Any]:
    """Return the fields of a dialog that begins with words whose deadline is in doubt."""
    return Wanted(words=words, choices=found.choices).model_dump(mode="json", exclude_defaults=True)


async def _show(turn: Turn, draft: Draft, deadline: Deadline, words: str) -> None:
    done = await _make(turn, draft, deadline, words)
    said = OFFERED if draft.kind == Move.OFFER_DEADLINE else ASKED
    await turn.show(await task.card_for(turn, done.id, said), said.rstrip("."))


async def _make(turn: Turn, draft: Draft, deadline: Deadline, words: str) -> Task:
    act = extend.offer if draft.kind == Move.OFFER_DEADLINE else extend.ask_for
    return await act(
        turn.office, turn.who, draft.task_id or 0, deadline, words, turn.now, turn.key, draft
    )
