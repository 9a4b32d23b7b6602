"""Who writes faster than a person can: told so once a minute, and not listened to until it is over."""

from datetime import datetime

from telegram import Update

from bot.chat.messages import Delivery, Message
from bot.chat.turn import Speaker
from bot.rules.allowance import Allowance

_OF_STRANGERS = 10
"""Who is not known may write so many times less than who is."""
TOO_FAST = (
    "Đồng chí gửi nhanh quá nên bot chưa đọc tin này. Đợi một phút rồi gửi lại, "
    "ví dụ gộp nhiều việc vào một tin."
)
PRESSED_TOO_FAST = "Đồng chí bấm nhanh quá, đợi một phút."


class Haste:
    """`a_minute` updates of one account are handled, of a stranger's a tenth; 0 is no limit.

    A message counts by when it was written: what waited for the bot to come back is no haste.
    """

    def __init__(self, a_minute: int) -> None:
        self._all = Allowance(a_minute)
        self._strangers = Allowance(a_minute and max(1, a_minute // _OF_STRANGERS))
        self._told = Allowance(1)

    async def stops(self, update: Update, speaker: Speaker, now: datetime) -> bool:
        """Tell whether an update came too fast to be handled; its sender is told so, if in private."""
        user, chat, at = update.effective_user, update.effective_chat, _written_at(update, now)
        if user is None or self._all.take(user.id, at):
            return False
        if update.callback_query is not None:
            await speaker.answer_press(update.callback_query.id, PRESSED_TOO_FAST)
        elif chat is not None and chat.id == user.id and self._told.take(user.id, at):
            await speaker.send(Delivery(chat.id, Message(TOO_FAST)))
        return True

    def hears_stranger(self, update: Update, now: datetime) -> bool:
        """Tell whether somebody whom the office does not know is answered once more."""
        user = update.effective_user
        return user is None or self._strangers.take(user.id, _written_at(update, now))


def _written_at(update: Update, now: datetime) -> float:
    message = update.edited_message or update.message
    at = now if message is None else message.edit_date or message.date
    return at.timestamp()
