"""Why Telegram cannot be used, in words for the operator."""

from collections.abc import Iterator
from contextlib import contextmanager

from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.delivery.telegram_http import TelegramBot


class NoTelegram(Exception):  # noqa: N818 - an answer for the operator
    """Telegram cannot be used; the words say why and what to do, without the token."""


async def telegram_name(bot: TelegramBot) -> str:
    """Return the bot's username as Telegram gives it; raises NoTelegram."""
    with in_words():
        async with bot:
            return bot.username


@contextmanager
def in_words() -> Iterator[None]:
    """Turn an error of Telegram's that nobody has handled into NoTelegram."""
    try:
        yield
    except TelegramError as error:
        raise NoTelegram(_words(error)) from None


def _words(error: TelegramError) -> str:
    if isinstance(error, InvalidToken):
        return "the token is refused: take the current one from @BotFather (telegram.token)"
    if isinstance(error, RetryAfter):
        return "Telegram asks to wait: try again in a few minutes"
    if isinstance(error, NetworkError):
        return "no answer: look at the network, telegram.base_url and telegram.proxy_url"
    return f"unexpected answer: {error}"
