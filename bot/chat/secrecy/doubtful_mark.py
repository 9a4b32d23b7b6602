"""A message that may carry a mark of secrecy ("ho so mat"): nothing of it is kept until its sender answers.

doubtful message -> a question in reply to it -> Có dấu Mật -> not kept
                                              -> Không, xử lý tiếp -> Telegram sends the message along
                                                 with the press, and it is handled as if just sent
"""

from telegram import Message as Received
from telegram import Update

from bot.actions.secrecy import doubtful_mark
from bot.actions.secrecy.doubtful_mark import Doubt
from bot.chat.buttons import button
from bot.chat.messages import Delivery, Message
from bot.chat.turn import Turn
from bot.rules.secrecy import NO_MARK

SECRECY = (
    "Tin có dấu hiệu bí mật nhà nước nên bot không lưu và không xử lý. Đồng chí xóa tin này và "
    "chuyển theo đường văn bản mật của cơ quan."
)
ASKED = (
    "<b>Tin này có dấu Mật không?</b>\n"
    "Tin có chữ có thể là dấu Mật, Tối mật hoặc Tuyệt mật. Bot chưa lưu và chưa xử lý gì."
)
SAID_AGAIN = (
    "Tin này có chữ có thể là dấu Mật nên bot chưa lưu và chưa xử lý gì. Nếu không phải, đồng chí gõ đủ dấu "
    "tiếng Việt rồi gửi lại, gồm cả ý của tin được trả lời."
)
MARKED, NONE = "Có dấu Mật", "Không, xử lý tiếp"
CLEARED = "Đồng chí cho biết tin không có dấu Mật. Bot xử lý tiếp."
GONE = "Bot không đọc lại được tin ấy. Đồng chí gõ đủ dấu tiếng Việt rồi gửi lại."


async def ask(turn: Turn) -> None:
    """Ask the sender, in reply to the message, whether it carries a mark.

    A message that replies to somebody else's message is not asked about: its sender is told to send it
    again. With the press Telegram returns the message itself, but not the one it replies to.
    """
    message, replied = turn.message, turn.replied
    if message is None:
        return
    if replied is not None and not turn.is_ours(replied):
        await _reply(turn, message, Message(SAID_AGAIN))
        return
    answers = replied.to_dict() if replied else None
    doubt = Doubt(
        message_id=message.message_id,
        is_edit=turn.update.edited_message is not None,
        answers=answers,
    )
    draft = await doubtful_mark.ask(turn.office, turn.who, turn.place, doubt, turn.now, turn.key)
    pressed = [
        [button(MARKED, "doubt.mark", draft.id)],
        [button(NONE, NO_MARK, draft.id)],
    ]
    await _reply(turn, message, Message(ASKED, pressed))


async def mark(turn: Turn) -> None:
    """Take the answer that the message carries a mark, and show the same text as for any marked message."""
    await doubtful_mark.confirm(turn.office, turn.who, turn.pressed.id, turn.now, turn.key)
    await turn.show(Message(SECRECY))


async def clear(turn: Turn) -> None:
    """Take the answer that the message carries no mark: it is handled as if just sent, once."""
    original = _original(turn)
    if original is None:
        await doubtful_mark.check_own(turn.office, turn.who, turn.pressed.id)
        await turn.toast(GONE, alert=True)
        return
    doubt = await doubtful_mark.clear(
        turn.office, turn.who, turn.pressed.id, original.message_id, turn.now, turn.key
    )
    await turn.show(Message(CLEARED))
    sent = original.to_dict() | ({"reply_to_message": doubt.answers} if doubt.answers else {})
    kind = "edited_message" if doubt.is_edit else "message"
    raw = {"update_id": turn.update.update_id, kind: sent}
    turn.again = Update.de_json(raw, turn.update.get_bot())


def _original(turn: Turn) -> Received | None:
    """Return the present text of the message that the question replies to; None where it is gone."""
    query = turn.update.callback_query
    card = query.message if query else None
    return card.reply_to_message if isinstance(card, Received) else None


async def _reply(turn: Turn, to: Received, message: Message) -> None:
    place = turn.place
    await turn.speaker.send(Delivery(place.chat_id, message, place.topic_id, answers=to.message_id))
