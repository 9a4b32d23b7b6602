"""Who writes faster than a person can: told so once a minute, and not listened to until it is over."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from telegram import Update

from bot.chat.messages import Delivery, Message
from bot.chat.turn import Speaker
from bot.rules.user_rate_limit import Allowance

Shared = Callable[[str, int, float, int], Awaitable[bool]]
"""Counts one more of something for an account at a moment, with so many a minute, for all instances."""

_OF_STRANGERS = 10
"""Who is not known may write so many times less than who is."""
_HOUR = 3600.0
FLOODED = "flooded"
"""How an update ends that came too fast; in the figures and the log."""
TOO_FAST = (
    "Đồng chí gửi nhanh quá nên bot chưa đọc tin này. Đợi một phút rồi gửi lại, "
    "ví dụ gộp nhiều việc vào một tin."
)
PRESSED_TOO_FAST = "Đồng chí bấm nhanh quá, đợi một phút."


class Haste:
    """`a_minute` updates of one account are handled; a tenth of a stranger's, and so many of all strangers'; 0 is no limit.

    A message counts by when it was written: what waited for the bot to come back is no haste. All strangers together
    count by when they are answered, so that those who wrote meanwhile keep nobody of the office waiting. Where there
    are several instances they count together (`shared`); what is too much for one of them alone is not asked of
    the others.
    """

    def __init__(self, a_minute: int, shared: Shared | None = None) -> None:
        self._shared = shared
        self._all = Allowance(a_minute)
        self._strangers = Allowance(a_minute and max(1, a_minute // _OF_STRANGERS))
        self._crowd = Allowance(a_minute)
        self._groups = Allowance(1, _HOUR)
        self._told = Allowance(1)

    async def stops(self, update: Update, now: datetime) -> bool:
        """Tell whether an update came too fast to be handled."""
        user = update.effective_user
        return user is not None and not await self._may(
            "all", self._all, user.id, _written_at(update, now)
        )

    async def tell(self, update: Update, speaker: Speaker, now: datetime) -> None:
        """Tell somebody of the office that they were too fast: by a press, or once a minute in private."""
        user, chat, at = update.effective_user, update.effective_chat, _written_at(update, now)
        if update.callback_query is not None:
            await speaker.answer_press(update.callback_query.id, PRESSED_TOO_FAST)
        elif (
            user is not None
            and chat is not None
            and chat.id == user.id
            and await self._may("told", self._told, user.id, at)
        ):
            await speaker.send(Delivery(chat.id, Message(TOO_FAST)))

    async def hears_stranger(self, update: Update, now: datetime) -> bool:
        """Tell whether somebody whom the office does not know is answered once more."""
        user, at = update.effective_user, _written_at(update, now)
        if user is not None and not await self._may("strangers", self._strangers, user.id, at):
            return False
        return await self._may("crowd", self._crowd, 0, now.timestamp())

    def tells_group(self, chat_id: int, now: datetime) -> bool:
        """Tell whether it is time again to answer in a group of nobody but strangers."""
        return self._groups.take(chat_id, now.timestamp())

    async def _may(self, what: str, allowed: Allowance, who: int, at: float) -> bool:
        if not allowed.take(who, at):
            return False
        if self._shared is None or not allowed.a_minute:
            return True
        return await self._shared(what, who, at, allowed.a_minute)


def _written_at(update: Update, now: datetime) -> float:
    message = update.edited_message or update.message
    at = now if message is None else message.edit_date or message.date
    return at.timestamp()
