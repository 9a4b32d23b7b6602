"""The limit on updates from one account: a sender who is too fast is told so once a minute and is not answered."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from telegram import Update

from bot.chat.messages import Delivery, Message
from bot.chat.turn import Speaker
from bot.rules.user_rate_limit import Allowance

Shared = Callable[[str, int, float, int], Awaitable[bool]]
"""Counts one more use for all instances: kind of limit, account, moment in seconds, and how many a minute.

Returns whether it is within the limit.
"""

_OF_STRANGERS = 10
"""A stranger may write this many times less than a person of the office."""
_HOUR = 3600.0
FLOODED = "flooded"
"""The outcome of an update that came too fast, in the figures and the log."""
TOO_FAST = (
    "Đồng chí gửi nhanh quá nên bot chưa đọc tin này. Đợi một phút rồi gửi lại, "
    "ví dụ gộp nhiều việc vào một tin."
)
PRESSED_TOO_FAST = "Đồng chí bấm nhanh quá, đợi một phút."


class Haste:
    """The limits: `a_minute` updates of one account, a tenth of that for one stranger, `a_minute` for all strangers.

    0 is no limit. A message counts at the time it was written: messages that waited while the bot was down are not
    too fast. The limit for all strangers together counts at the time of the answer, so that strangers who wrote while
    the bot was down keep nobody of the office waiting. Several instances count together through `shared`; an update
    that is too much for one instance alone is refused without asking `shared`.
    """

    def __init__(self, a_minute: int, shared: Shared | None = None) -> None:
        self._shared = shared
        self._all = Allowance(a_minute)
        self._strangers = Allowance(a_minute and max(1, a_minute // _OF_STRANGERS))
        self._crowd = Allowance(a_minute)
        self._groups = Allowance(1, _HOUR)
        self._told = Allowance(1)

    async def stops(self, update: Update, now: datetime) -> bool:
        """Tell whether an update came too fast and is not to be handled."""
        user = update.effective_user
        return user is not None and not await self._may(
            "all", self._all, user.id, _written_at(update, now)
        )

    async def tell(self, update: Update, speaker: Speaker, now: datetime) -> None:
        """Tell a person of the office that they were too fast: in answer to every press, and once a minute in private."""
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
        """Tell whether a stranger may be answered once more."""
        user, at = update.effective_user, _written_at(update, now)
        if user is not None and not await self._may("strangers", self._strangers, user.id, at):
            return False
        return await self._may("crowd", self._crowd, 0, now.timestamp())

    def tells_group(self, chat_id: int, now: datetime) -> bool:
        """Tell whether the bot may answer again, once an hour, in a group that nobody of the office is known to use."""
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
