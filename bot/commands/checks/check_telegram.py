"""Checks whether Telegram can be used, whether updates come, and whether all replicas have the webhook's secret."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.commands.terminal import Finding
from bot.config import Config
from bot.config.file import named
from bot.delivery.telegram.check import NoTelegram, Updates, name_and_updates
from bot.delivery.telegram.http_client import build_bot
from bot.runtime.serving import webhook_address, webhook_fingerprint

_ERRORS_COUNT_FOR = timedelta(hours=1)


def secret(config: Config, known: Mapping[str, str]) -> list[Finding]:
    """Tell whether all instances at work have the secret of these settings; an empty list if none is needed."""
    ours = webhook_fingerprint(config)
    if ours is None:
        return []
    others = [name for name, one in sorted(known.items()) if one != ours]
    if not others:
        return [Finding(fine=True, words=f"secret: that of all {len(known)} at work")]
    where = named(("telegram", "webhook_secret"), "", config.file)
    was = "was" if len(others) == 1 else "were"
    words = (
        f"secret: {where}: {', '.join(others)} {was} started with another:"
        " start all again with the same, one by one"
    )
    return [Finding(fine=False, words=words)]


async def telegram(config: Config, now: datetime) -> list[Finding]:
    """Tell whether the token is valid, and whether updates come."""
    given = config.telegram
    bot = build_bot(
        given.token.get_secret_value(), given.base_url, given.base_file_url, given.proxy_url
    )
    try:
        name, updates = await name_and_updates(bot)
    except NoTelegram as why:
        return [Finding(fine=False, words=f"telegram: {why}")]
    words = f"telegram: the token is that of @{name}"
    return [Finding(fine=True, words=words), _updates(config, updates, now)]


def _updates(config: Config, known: Updates, now: datetime) -> Finding:
    """Tell whether updates come in the configured way. If they do not, the next start of the bot sets it.

    Telegram reports its last failure for ever. A failure counts as over after an hour, or once no updates wait.
    """
    ours = webhook_address(config) or ""
    words = f"updates: {known.waiting} wait; "
    if known.address != ours:
        there = f"they are sent to {known.address}" if known.address else "they are asked for"
        return Finding(fine=True, words=f"{words}{there} until the bot starts")
    words_now = words + (f"they are sent to {ours}" if ours else "asked for")
    if known.failed_at is None or now - known.failed_at >= _ERRORS_COUNT_FOR:
        return Finding(fine=True, words=words_now)
    when, could_not = f"{known.failed_at:%H:%M UTC on %d/%m}", "Telegram could not hand over"
    if known.waiting:
        return Finding(fine=False, words=f"{words}{could_not} at {when}: {known.failure}")
    was = f"{could_not} until {when}, which is over: {known.failure}"
    return Finding(fine=True, words=f"{words_now}; {was}")
