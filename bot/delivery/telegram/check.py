"""Why Telegram cannot be used, in words for the operator."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import NamedTuple

from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.delivery.telegram.http_client import TelegramBot


class NoTelegram(Exception):  # noqa: N818 - an answer for the operator
    """Telegram cannot be used; the words say why and what to do, without the token."""


class Updates(NamedTuple):
    """Where Telegram sends updates, "" where they are asked for, and when it could not, last."""

    address: str
    waiting: int
    failed_at: datetime | None
    failure: str | None


async def name_and_updates(bot: TelegramBot) -> tuple[str, Updates]:
    """Return the bot's username as Telegram gives it, and how updates come; raises NoTelegram."""
    with in_words():
        async with bot:
            told = await bot.webhook_told()
            failed_at = told.last_error_date
            return bot.username, Updates(
                told.url,
                told.pending_update_count,
                None if failed_at is None else datetime.fromtimestamp(failed_at, UTC),
                told.last_error_message,
            )


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
