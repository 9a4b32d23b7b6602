"""Why a message did not go: Telegram's errors in our own words."""

from datetime import timedelta
from enum import StrEnum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.delivery.telegram.answers import Nonsense

_NOT_REACHED = ("aiohttp.ClientConnector", "aiohttp.ClientProxy", "connecting")
"""The call never came as far as Telegram; of any other that failed nobody knows."""
_LONGEST_SECONDS = 3600.0
"""Of a silence that Telegram asks for. Then it is asked again: it may have meant less, or asked by mistake."""


class Reason(StrEnum):
    BLOCKED = "blocked"
    NEVER_STARTED = "never_started"
    CHAT_GONE = "chat_gone"
    REFUSED = "refused"
    FLOODED = "flooded"
    TIMED_OUT = "timed_out"
    NETWORK = "network"
    SERVER = "server"
    NONSENSE = "nonsense"


class DeliveryFailed(Exception):  # noqa: N818 - an outcome that the outbox decides on
    """A message did not go, or `may_have_gone` without our learning of it.

    Permanent: the same message will never go. `retry_after` is in seconds; `new_chat_id` is where
    a group that became a supergroup lives now.
    """

    def __init__(
        self,
        reason: Reason,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        new_chat_id: int | None = None,
        detail: str = "",
        may_have_gone: bool = False,
    ) -> None:
        told = f"{reason.value}: {detail}" if detail else reason.value
        super().__init__(f"{told} (may have gone)" if may_have_gone else told)
        self.reason = reason
        self.permanent = permanent
        self.retry_after = retry_after
        self.new_chat_id = new_chat_id
        self.may_have_gone = may_have_gone


def failure(error: TelegramError, chat_id: int) -> DeliveryFailed:
    """Say what an error of the library means for a message to this chat (0: to none)."""
    text = str(error)
    match error:
        case RetryAfter():
            return DeliveryFailed(Reason.FLOODED, retry_after=seconds_to_wait(error))
        case ChatMigrated(new_chat_id=new) if chat_id < 0 and new != chat_id:
            return DeliveryFailed(Reason.CHAT_GONE, permanent=True, new_chat_id=new)
        case Forbidden():
            return DeliveryFailed(_shut_door(text.lower()), permanent=True, detail=text)
        case BadRequest():
            return DeliveryFailed(_refusal(text.lower(), chat_id), permanent=True, detail=text)
        case _:
            gone = not text.startswith(_NOT_REACHED)
            return DeliveryFailed(_trouble(error, text), detail=text, may_have_gone=gone)


def seconds_to_wait(error: RetryAfter) -> float:
    """Return what Telegram asks for, an hour at most: then we ask again.

    The library is on its way from numbers to timedelta.
    """
    wait = error.retry_after
    seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
    return min(seconds, _LONGEST_SECONDS)


def _shut_door(text: str) -> Reason:
    if "initiate conversation" in text:
        return Reason.NEVER_STARTED
    if "kicked" in text or "not a member" in text or "group chat was" in text:
        return Reason.CHAT_GONE
    return Reason.BLOCKED


def _refusal(text: str, chat_id: int) -> Reason:
    """Telegram does not know the chat of a person who never wrote to the bot."""
    if "chat not found" in text:
        return Reason.NEVER_STARTED if chat_id > 0 else Reason.CHAT_GONE
    return Reason.REFUSED


def _trouble(error: TelegramError, text: str) -> Reason:
    if isinstance(error, TimedOut):
        return Reason.TIMED_OUT
    if isinstance(error, Nonsense):
        return Reason.NONSENSE
    return Reason.NETWORK if text.startswith("aiohttp.") else Reason.SERVER
