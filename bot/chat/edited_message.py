"""An edited message: the drafts that were read from it are read again, and their cards are updated in place."""

from bot.actions.assigning import edited_message
from bot.actions.assigning.draft import Fields
from bot.actions.tasks import split
from bot.chat.assigning import assign, drafts
from bot.chat.messages import Message
from bot.chat.tasks import choose_task
from bot.chat.turn import Turn
from bot.language.readings import Kind, Reading
from bot.refusals import No, Refusal
from storage.records import Draft

NOT_READ = (
    "Tin đã sửa chỉ được đọc lại khi tin đó là câu giao việc chưa bấm Giao việc. "
    "Đồng chí gõ tin mới, hoặc bấm nút sửa trên thẻ."
)
NO_TASK = "Tin đã sửa không còn là câu giao việc nên thẻ giữ nguyên. Không giao nữa thì bấm Bỏ."


async def received(turn: Turn) -> None:
    """Read an edited message again if drafts were made from it; otherwise say, in private, that it was not read."""
    known = await edited_message.drafts_of(turn.office, turn.who, turn.place, _message_id(turn))
    if not known:
        await choose_task.forget(turn)
        if not turn.in_group:  # in a group people also edit what they say to each other
            await turn.say(NOT_READ)
        return
    readings = await _readings(turn, known)
    if not readings:
        await turn.say(NO_TASK)
        return
    try:
        done = await edited_message.reread(
            turn.office, turn.who, turn.place, _message_id(turn), readings, turn.now, turn.key
        )
    except Refusal as refusal:
        if refusal.kind is not No.ALREADY_DONE:
            raise
        done = edited_message.Reread(changed=[one for one in known if one.ended_at is None])
    await _show(turn, done)


def _message_id(turn: Turn) -> int:
    return turn.message.message_id if turn.message else 0


async def _readings(turn: Turn, known: list[Draft]) -> list[Reading]:
    """Read the message in the way it was first read; return nothing where it is no order any more."""
    if any(Fields.model_validate(one.fields).parent_id for one in known):
        return [await assign.read(turn, piece) for piece in split.pieces(turn.text)]
    sentence = assign.ordered(turn.text)
    if sentence is None and (await assign.read(turn, turn.text)).kind is not Kind.ASSIGNMENT:
        return []
    return list(await assign.read_order(turn, turn.text if sentence is None else sentence))


async def _show(turn: Turn, done: edited_message.Reread) -> None:
    for draft in done.changed:
        await drafts.show_again(turn, draft)
    for draft in done.dropped:
        await turn.put(assign.dropped(draft), draft.card_id)
    for draft in done.begun:
        await drafts.say(turn, draft)
    if done.assigned:
        await turn.say(_assigned(done.assigned))


def _assigned(numbers: list[int]) -> Message:
    named = ", ".join(map(str, numbers))
    return Message(
        f"Việc số {named} đã giao nên sửa tin không đổi được việc. "
        "Đồng chí mở thẻ việc, bấm Khác rồi Sửa việc."
    )
