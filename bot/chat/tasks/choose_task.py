"""A report that names no task: its words and files are kept until a press says which task it is about.

"xin gia hạn đến thứ Sáu" -> one's own tasks -> Việc 12 -> the move, as if it had been typed with the number
"""

from pydantic import BaseModel, ConfigDict

from bot.actions import dialogs, find
from bot.actions.files.file_store import Paper
from bot.chat import deputy_words
from bot.chat.assigning import forwarded
from bot.chat.buttons import button, pairs, rows, turns
from bot.chat.cards import clip
from bot.chat.messages import Message
from bot.chat.tasks import lists
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from storage.records import Draft

KIND = "which"
ASKED = "Đồng chí nói việc số mấy? Bấm số việc để ghi: <i>{}</i>"
NONE = "Đồng chí không có việc nào đang mở. Việc khác thì gõ kèm số việc, ví dụ: việc 12 {}."


class Kept(BaseModel):
    """What was said, the files that came with it, and the id of the message."""

    model_config = ConfigDict(frozen=True)

    text: str
    papers: tuple[Paper, ...] = ()
    message_id: int | None = None


async def ask(turn: Turn) -> None:
    """Keep a report and ask which task it is about; a person without open tasks is told so."""
    if not (await find.mine(turn.office, turn.who))[0]:
        await turn.say(NONE.format(_said(turn.text, 80).rstrip(".")))
        return
    sent = await forwarded.enclosed(turn)
    message_id = turn.message.message_id if turn.message else None
    kept = Kept(text=turn.text, papers=sent, message_id=message_id).model_dump(mode="json")
    what = (turn.office, turn.who, turn.place, KIND, kept, turn.now, turn.key)
    await turn.say(await listed(turn, await dialogs.begin(*what, waits_for=None)))


def _said(text: str, limit: int) -> str:
    return clip(" ".join(text.split()), limit)


async def listed(turn: Turn, draft: Draft, offset: int = 0) -> Message:
    """Return the person's own tasks, with a button for each."""
    shown, total = await find.mine(turn.office, turn.who, offset)
    if offset and not shown:
        return await listed(turn, draft)
    kept = Kept.model_validate(draft.fields)
    heading = ASKED.format(_said(kept.text, 300))
    if kept.papers:
        heading += f"\nTệp: {clip(', '.join(one.name for one in kept.papers), 400)}"
    places = await deputy_words.marks(turn.office, turn.who, [one.id for one in shown])
    lines = [lists.line(turn, one, False, places.get(one.id, "")) for one in shown]
    of = (draft.id, draft.version)
    pressed = [button(f"Việc {one.id}", "which.task", *of, str(one.id)) for one in shown]
    turning = turns(
        lambda label, at: button(label, "which.page", *of, str(at)), offset, find.PAGE, total
    )
    return Message("\n\n".join([heading, *lines]), rows(*pairs(pressed, 4), turning))


async def turn_page(turn: Turn) -> None:
    """Show another page of the tasks."""
    await turn.show(await listed(turn, await current(turn), number(turn)))


def number(turn: Turn) -> int:
    """Return the number that the pressed button carries."""
    return int(turn.pressed.value) if turn.pressed.value.isdecimal() else 0


async def current(turn: Turn) -> Draft:
    """Return the report that was kept, if it still waits for its task.

    Refuses STALE from the next day on: "đến mai" would then mean another day.
    """
    draft = await dialogs.current(turn.office, turn.who, turn.pressed.id, turn.pressed.version)
    today = turn.office.today(turn.now)
    if draft.kind != KIND or turn.office.today(draft.created_at) != today:
        raise Refusal(No.STALE)
    return draft


async def forget(turn: Turn) -> None:
    """Drop the report that was kept from a message, now that the message was edited."""
    last = await dialogs.latest(turn.office, turn.who, turn.place)
    if last is None or last.kind != KIND or last.ended_at is not None or turn.message is None:
        return
    if Kept.model_validate(last.fields).message_id == turn.message.message_id:
        await dialogs.stop(turn.office, last, turn.now, turn.key)
