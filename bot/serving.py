"""What the program serves over HTTP, where the settings have a port for it."""

import socket
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager, closing, nullcontext
from pathlib import Path

from bot import clock
from bot.actions import calendar_links
from bot.actions.office import Office
from bot.chat import deadlines
from bot.config import Config, ConfigError
from bot.config_file import source
from bot.delivery.listening import CannotListen, listen
from bot.delivery.telegram_http import TelegramBot


def listener(config: Config, file: Path) -> AbstractContextManager[socket.socket | None]:
    """Take the port that the web is to be served on, before anything else is begun."""
    web = config.web
    if web.port is None:
        return nullcontext()
    try:
        return closing(listen(web.host, web.port))
    except CannotListen as why:
        value = getattr(web, why.key)
        where = f"{source(('web', why.key), file)}: web.{why.key} = {value!r}"
        raise ConfigError(f"{where}: {why}") from why


@asynccontextmanager
async def web(
    office: Office, bot: TelegramBot, now: clock.Clock, listener: socket.socket | None
) -> AsyncIterator[None]:
    """Serve what is asked for over HTTP, where there is a port for it."""
    if listener is None:
        yield
        return
    from bot.delivery import calendar_feed, web  # noqa: PLC0415 - slow to load, seldom switched on

    feed = calendar_feed.CalendarFeed(
        lambda token: calendar_links.owner(office, token, now()),
        lambda known: deadlines.subscribed(office, known.who, bot),
        clock.stopwatch,
    )
    async with web.serving(listener, [feed.route]):
        yield
