"""Notes of each update what it asked for, how long that took and how it ended: in the log, and in figures."""

import logging
from collections.abc import Awaitable, Callable

from telegram import Update

from bot.clock import stopwatch
from bot.delivery.monitoring.metrics_protocol import Figures
from bot.delivery.telegram.errors import DeliveryFailed
from bot.delivery.telegram.raw_update import Handle, Read
from storage.records import Incoming, UpdateKey

OnBug = Callable[[Exception, Incoming], Awaitable[None]]

_log = logging.getLogger(__name__)


def observed(
    handle: Handle, doing: Callable[[Update], tuple[str, str]], figures: Figures
) -> Handle:
    """Return `handle` as it is, but seen; `doing` names an update's kind and its action."""

    async def seen(update: Update, key: UpdateKey, secret: str | None) -> str | None:
        begun, outcome = stopwatch(), "failed"
        try:
            ended = await handle(update, key, secret)
            outcome = ended or ("secret" if secret else "handled")
        except DeliveryFailed:
            outcome = "unanswered"
            raise
        finally:
            seconds = stopwatch() - begun
            kind, action = doing(update)
            figures.update(kind, outcome)
            figures.action(action, seconds)
            facts = {"kind": kind, "action": action, "seconds": round(seconds, 3)}
            _log.info("update %s", outcome, extra=facts)
        return ended

    return seen


def observed_reading(read: Read, figures: Figures) -> Read:
    """Return `read` as it is; what cannot be read is counted."""

    def seen(body: str) -> Update:
        try:
            return read(body)
        except Exception:
            figures.update("unknown", "unreadable")
            raise

    return seen


def observed_end(on_bug: OnBug, figures: Figures) -> OnBug:
    """Return `on_bug` as it is; what was given up is counted."""

    async def seen(error: Exception, row: Incoming) -> None:
        figures.update("unknown", "given_up")
        await on_bug(error, row)

    return seen
