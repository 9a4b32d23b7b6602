"""Tells Telegram where to send updates, and sees to it that it goes on doing so."""

import asyncio
import logging
from pathlib import Path

from telegram import InputFile
from telegram.error import BadRequest, TelegramError

from bot.delivery.monitoring.metrics_protocol import Figures, NoFigures
from bot.delivery.telegram.http_client import TelegramBot
from bot.delivery.telegram.outage import Away
from bot.delivery.telegram.raw_update import ALLOWED

_AGAIN_SECONDS = 2.0
_LOOK_SECONDS = 20.0
_REFUSED = "404"
"""What who shows a wrong secret is told: maybe it is that of a replica which has set it last, and is gone."""
_log = logging.getLogger(__name__)


class Hook:
    """`url` is where Telegram reaches this instance or any of the others; all set the same.

    It stays when an instance stops: Telegram keeps what nobody takes, and sends it again. A program that
    polls takes it away.
    """

    def __init__(
        self,
        bot: TelegramBot,
        url: str,
        secret: str,
        connections: int,
        certificate: Path | None,
        away: Away,
        figures: Figures | None = None,
    ) -> None:
        self._bot = bot
        self._url = url
        self._secret = secret
        self._connections = connections
        self._certificate = certificate
        self._away = away
        self._figures = figures or NoFigures()
        self._last_error: int | None = None

    async def run(self) -> None:
        """Set it, and again where it was taken away, until cancelled; raises BadRequest."""
        await self._set()
        while True:
            await asyncio.sleep(_AGAIN_SECONDS if self._away else _LOOK_SECONDS)
            try:
                await self._look()
            except Exception as error:
                if not isinstance(error, TelegramError):
                    _log.warning("the webhook could not be looked at: %r", error)
                self._away.failed()
            else:
                self._away.answered()

    async def _set(self) -> None:
        """Set it, waiting for Telegram for as long as it is away."""
        while not await self._was_set():  # noqa: ASYNC110 - Telegram tells nobody that it is back
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _was_set(self) -> bool:
        try:
            return await self._bot.set_webhook(
                self._url,
                certificate=self._shown_certificate(),
                max_connections=self._connections,
                allowed_updates=ALLOWED,
                secret_token=self._secret,
            )
        except BadRequest:
            raise
        except TelegramError as error:
            _log.warning("the webhook is not set: %s", error)
            return False

    async def _look(self) -> None:
        known = await self._bot.webhook_told()
        self._figures.pending(known.pending_update_count)
        if known.url != self._url:
            _log.error("another program took the updates of this bot; they are sent here again")
            await self._set()
        elif known.last_error_date and known.last_error_date != self._last_error:
            _log.warning("Telegram could not hand over updates: %s", known.last_error_message)
            if _REFUSED in (known.last_error_message or ""):
                await self._set()
        self._last_error = known.last_error_date

    def _shown_certificate(self) -> InputFile | None:
        if self._certificate is None:
            return None
        return InputFile(self._certificate.read_bytes(), filename="webhook.pem")
