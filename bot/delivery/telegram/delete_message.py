"""Takes a message away, or the buttons from it; what is not there to be changed is no error."""

from datetime import timedelta

from telegram.error import BadRequest, TelegramError

from bot.delivery.telegram.errors import failure
from bot.delivery.telegram.sender import Sender
from storage.records import Priority

DELETABLE = timedelta(hours=48)
"""How long Telegram lets a bot delete what it sent."""
_GONE = "not found"


class Clearer:
    """Goes after all else that is to be sent."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    async def delete(self, chat_id: int, message_id: int) -> bool:
        """Delete a message; False when it may not be deleted any more. Raises DeliveryFailed."""
        return await self._do("deleteMessage", chat_id, message_id)

    async def strip(self, chat_id: int, message_id: int) -> bool:
        """Take its buttons from a message; False when it has none. Raises DeliveryFailed."""
        return await self._do("editMessageReplyMarkup", chat_id, message_id)

    async def _do(self, method: str, chat_id: int, message_id: int) -> bool:
        try:
            await self._sender.call(method, chat_id, Priority.CLEARING, message_id=message_id)
        except BadRequest as error:
            return _GONE in str(error).lower()
        except TelegramError as error:
            raise failure(error, chat_id) from error
        return True
