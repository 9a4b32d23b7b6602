"""What the program serves over HTTP, where the settings have a port for it."""

import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, closing, nullcontext
from pathlib import Path
from typing import Any

from bot import clock
from bot.actions.office import Office
from bot.actions.office_days import calendar_links
from bot.chat.office_days import calendar_feed
from bot.config import Config, ConfigError
from bot.config.file import Unavailable, named
from bot.delivery.telegram.http_client import TelegramBot
from bot.delivery.telegram.webhook_secret import fingerprint
from bot.delivery.web.clients import Origins
from bot.delivery.web.listen_socket import CannotListen, listen


def listener(config: Config) -> AbstractContextManager[socket.socket | None]:
    """Take the port that the web is to be served on, before anything else is begun; raises ConfigError."""
    web = config.web
    if web.port is None:
        return nullcontext()
    _check_certificate(config)
    return taken("web", web.host, web.port, config.file)


def _check_certificate(config: Config) -> None:
    """Raise ConfigError for one that the server could not use: it would go on, and serve nobody."""
    certificate, key = config.web.certificate, config.web.key
    if certificate is None or key is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, lambda: "")
    except OSError as why:
        where = named(("web", "certificate"), str(certificate), config.file)
        raise ConfigError(f"{where}: it and web.key are no pair that can be used: {why}") from why


def taken(section: str, host: str, port: int, file: Path) -> closing[socket.socket]:
    """Take the port that a section of the settings names; raises ConfigError, naming what is wrong."""
    try:
        return closing(listen(host, port))
    except CannotListen as why:
        value = {"host": host, "port": port}[why.key]
        where = named((section, why.key), value, file)
        raise (Unavailable if why.passes else ConfigError)(f"{where}: {why}") from why


Routes = list[Any]
"""Of Starlette's, which is slow to load and seldom needed."""


@asynccontextmanager
async def web(
    config: Config, listener: socket.socket | None, routes: Callable[[], Routes]
) -> AsyncIterator[None]:
    """Serve what is asked for over HTTP, where there is a port for it."""
    if listener is None:
        yield
        return
    from bot.delivery.web.server import Tls, serving  # noqa: PLC0415 - slow to load, seldom switched on

    given = config.web
    tls = Tls(given.certificate, given.key) if given.certificate and given.key else None
    origins = Origins(config.telegram.webhook_ranges, given.trusted_proxies)
    async with serving(listener, routes(), tls, origins):
        yield


def calendars(office: Office, bot: TelegramBot, now: clock.Clock) -> Routes:
    """Return where the calendars are that people subscribe to."""
    from bot.delivery.web.calendar_feed import CalendarFeed  # noqa: PLC0415

    feed = CalendarFeed(
        lambda token: calendar_links.owner(office, token, now()),
        lambda known: calendar_feed.subscribed(office, known.who, bot),
        clock.stopwatch,
    )
    return [feed.route]


def webhook_address(config: Config) -> str | None:
    """Return where Telegram sends updates to; None where they are asked for."""
    given = config.telegram
    if given.mode != "webhook":
        return None
    return f"{(config.web.address or '').rstrip('/')}{given.webhook_path}"


def updates(
    config: Config,
    receive: Callable[[Sequence[Any]], Awaitable[None]],
    is_anothers: Callable[[str], bool],
) -> Routes:
    """Return where Telegram sends updates to; nowhere where they are asked for.

    `is_anothers` tells whether a fingerprint is that of the secret of another replica.
    """
    given = config.telegram
    if given.mode != "webhook" or given.webhook_secret is None:
        return []
    from bot.delivery.telegram.webhook import Webhook  # noqa: PLC0415

    secret, token = given.webhook_secret.get_secret_value(), given.token.get_secret_value()

    def others(shown: str) -> bool:
        return is_anothers(fingerprint(token, shown))

    return [Webhook(given.webhook_path, secret, receive, others).route]


def webhook_fingerprint(config: Config) -> str | None:
    """Return what the replicas compare their secrets by; None where updates are asked for."""
    given = config.telegram
    if given.mode != "webhook" or given.webhook_secret is None:
        return None
    return fingerprint(given.token.get_secret_value(), given.webhook_secret.get_secret_value())
