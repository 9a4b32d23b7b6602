"""Builds the program once, from its settings, and runs it until it is told to stop."""

import asyncio
import gc
import logging
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager, asynccontextmanager, closing, nullcontext, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from telegram import BotCommandScopeAllGroupChats

from bot import clock
from bot.actions import (
    absence_news,
    anchor,
    calendar_links,
    chase,
    pass_on,
    remind,
    repeat,
    report_plan,
    unanswered,
)
from bot.actions.office import Copying, Office
from bot.backup_schedule import backing_up
from bot.chat import deadlines, group_card, notices, replaced
from bot.chat.guide import MENU_FOR_STRANGERS, MENU_IN_GROUPS
from bot.chat.handlers import Handlers
from bot.config import DEFAULT_FILE, Config, ConfigError
from bot.config_file import source
from bot.delivery import group_talk, telegram_updates
from bot.delivery.alarm import Alarm
from bot.delivery.clearing import Clearing
from bot.delivery.faults import Faults
from bot.delivery.group_cards import GroupCards
from bot.delivery.inbox import Inbox
from bot.delivery.journal import Journal
from bot.delivery.limiter import Limiter
from bot.delivery.listening import CannotListen, listen
from bot.delivery.outbox import Outbox
from bot.delivery.telegram import Sender
from bot.delivery.telegram_http import TelegramBot, build_bot
from bot.delivery.telegram_poll import Poll, connect
from bot.language.readings import ReadingSettings
from bot.rules.file_limits import KINDS, FileLimits
from bot.rules.letterhead import Letterhead
from bot.rules.recurrence import Repeats
from bot.rules.reminders import LADDERS, Ladders
from bot.rules.retention import Keeping
from bot.rules.secrecy import secret_mark
from bot.rules.workdays import Workdays
from storage import albums, inquiries
from storage import inbox as updates
from storage.copies import copy_sqlite
from storage.database import Database
from storage.migrate import migrate
from storage.opening import open_database, sqlite_path
from storage.records import Urgency
from storage.troubles import may_pass

KEEP_UPDATES = timedelta(days=6)
LOOK_SECONDS = 1.0
LOOK_SECONDS_SHIFTED = 0.2
OWNER = "one"
_OBJECTS_BETWEEN_LOOKS = 10_000
Look = Callable[[Office, datetime], Awaitable[int]]
LOOKS: tuple[Look, ...] = (
    remind.look,
    chase.look,
    unanswered.look,
    repeat.look,
    pass_on.look,
    absence_news.look,
    report_plan.look,
    anchor.look,
)
"""What the clock begins, after the digests; each counts what it did."""

log = logging.getLogger(__name__)


def ladders_of(config: Config) -> Ladders:
    """Return the ladder of each urgency that the settings describe."""
    given = {
        Urgency.NORMAL: config.reminders,
        Urgency.URGENT: config.reminders_urgent,
        Urgency.VERY_URGENT: config.reminders_very_urgent,
        Urgency.FLASH: config.reminders_flash,
    }
    at = {"at": config.reminders.at}
    return {
        urgency: replace(LADDERS[urgency], **rungs.model_dump(exclude_none=True) | at)
        for urgency, rungs in given.items()
    }


def office_of(config: Config, db: Database) -> Office:
    """Return the office that the settings describe."""
    return Office(
        db=db,
        name=config.office.name,
        files=config.storage.files,
        digest_at=config.office.digest_at,
        anchor_at=config.audit.anchor_at,
        web_address=config.web.address,
        invitation_days=config.access.invitation_days,
        admins=config.access.admins,
        workdays=Workdays(
            timezone=config.office.timezone,
            morning=config.office.morning,
            afternoon=config.office.afternoon,
            waking=config.office.waking,
        ),
        ladders=ladders_of(config),
        repeats=Repeats(config.repeats.ahead, config.repeats.day_off),
        file_limits=FileLimits(config.files.max_mb, config.files.kinds or KINDS),
        keeping=Keeping(**config.archive.model_dump()),
        letterhead=Letterhead(config.office.name, **config.report.model_dump()),
        reading=ReadingSettings(
            before_day=config.language.before_day, term_from=config.office.term_from
        ),
        copy=copying(config),
    )


def copying(config: Config) -> Copying | None:
    """Return what copies the database, beside it, before units are merged; None for PostgreSQL."""
    living = sqlite_path(config.storage.url)
    if living is None:
        return None

    async def copy(now: datetime) -> Path:
        target = living.with_name(f"{living.stem}-truoc-sap-xep-{now:%Y%m%d-%H%M%S}.db")
        await copy_sqlite(living, target)
        return target

    return copy


def office_clock(config: Config) -> clock.Clock:
    """Return the clock the office goes by: the machine's, or one moved for a try-out."""
    moved = config.clock.offset_file
    return clock.shifted_clock(moved) if moved else clock.system_clock


async def look_at_all(
    office: Office, outbox: Outbox, now: clock.Clock, on_trouble: Callable[[Exception], None]
) -> int:
    """Begin all that the clock begins; return how much that was. What fails stops nothing else."""

    async def begin(one: Look) -> int:
        try:
            return await one(office, now())
        except Exception as error:
            on_trouble(error)
            return 0

    with outbox.planning():  # a digest and the reminders of its hour are one message
        begun = await begin(remind.digest)
        if begun:
            begun += await begin(remind.look)
            begun += await begin(pass_on.look)
    for one in LOOKS:
        begun += await begin(one)
    return begun


async def run(config: Config, file: Path = DEFAULT_FILE) -> None:
    """Run the bot until SIGTERM or SIGINT, then stop within seconds and lose nothing.

    A full disk, or a database that somebody else holds, is waited for: the admins are told. Raises
    ConfigError, naming the `file` the settings are from, where the web cannot be served.
    """
    with _listener(config, file) as listener:
        await _run(config, file, listener)


def _listener(config: Config, file: Path) -> AbstractContextManager[socket.socket | None]:
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


async def _run(config: Config, file: Path, listener: socket.socket | None) -> None:
    bot = build_bot(
        config.telegram.token.get_secret_value(),
        config.telegram.base_url,
        config.telegram.base_file_url,
        config.telegram.proxy_url,
    )
    sender = Sender(bot, Limiter(config.telegram.messages_per_second, clock.stopwatch))
    faults = Faults(sender, config.access.admins, clock.stopwatch)
    db: Database | None = None
    try:
        db = await _opened_at_once(config)
        await connect(bot)
        if db is None:
            db = await faults.patiently(partial(_opened, config))
        async with backing_up(config, file, faults.backup_failed):
            await _serve(config, db, bot, sender, faults, listener)
    finally:
        await bot.shutdown()
        if db is not None:
            await db.close()


async def _opened_at_once(config: Config) -> Database | None:
    """Return the database; None for one that can be opened later. What is set wrongly raises."""
    try:
        return await _opened(config)
    except Exception as error:
        if not may_pass(error):
            raise
        return None


async def _opened(config: Config) -> Database:
    """Open the database and bring it up to date."""
    db = await open_database(config.storage.url)
    try:
        ran = await migrate(db, clock.system_clock())
    except BaseException:
        await db.close()
        raise
    if ran:
        log.info("database brought up to date: migrations %s", ran)
    return db


async def _serve(
    config: Config,
    db: Database,
    bot: TelegramBot,
    sender: Sender,
    faults: Faults,
    listener: socket.socket | None,
) -> None:
    office, now = office_of(config, db), office_clock(config)
    await office.refresh()
    handlers = Handlers(office, sender, now, config.access.admins)
    outbox = Outbox(
        db,
        sender,
        lambda _, rows, moment: notices.word(office, rows, moment),
        owner=OWNER,
        journal=Journal(config.storage.files / f"{OWNER}.journal", faults.trouble),
        office_clock=now,
        real_clock=clock.system_clock,
        folded=notices.FOLDED,
        on_bug=faults.message_failed,
        on_trouble=faults.trouble,
        crowded=lambda: inbox.crowded(),  # noqa: PLW0108 - the inbox is built below
        quiet=lambda moment: not office.workdays.is_awake(moment),
        gather=config.office.gather,
    )

    group_cards = GroupCards(
        db,
        sender,
        lambda card, moment: group_card.refreshed(office, card, moment),
        owner=OWNER,
        office_clock=now,
        real_clock=clock.system_clock,
        on_trouble=faults.trouble,
    )

    clearing = Clearing(db, sender, replaced.word, office_clock=now, on_trouble=faults.trouble)

    async def handle(*update: object) -> None:
        await handlers.handle(*update)  # type: ignore[arg-type]
        outbox.wake()
        group_cards.wake()

    inbox = Inbox(
        db,
        bot.id,
        owner=OWNER,
        clock=clock.system_clock,
        gate=secret_mark,
        overhears=partial(group_talk.is_overheard, bot_id=bot.id, username=bot.username),
        read=partial(telegram_updates.read, bot=bot),
        handle=handle,
        on_bug=faults.update_failed,
        on_trouble=faults.trouble,
    )

    async def look() -> None:
        if await look_at_all(office, outbox, now, faults.trouble):
            outbox.wake()

    async def upkeep() -> None:
        await updates.prune(db, clock.system_clock() - KEEP_UPDATES)
        await albums.prune(db, now() - KEEP_UPDATES)
        await inquiries.prune(db, now() - KEEP_UPDATES)

    shifted = config.clock.offset_file is not None
    alarm = Alarm(
        look,
        upkeep,
        zone=config.office.timezone,
        seconds=LOOK_SECONDS_SHIFTED if shifted else LOOK_SECONDS,
    )
    await bot.set_my_commands(MENU_FOR_STRANGERS)
    await bot.set_my_commands(MENU_IN_GROUPS, BotCommandScopeAllGroupChats())
    for one in (inbox.start, outbox.start, group_cards.start):
        await faults.patiently(one)
    await clearing.start()
    alarm.start()
    _leave_alone_what_lasts()
    log.info("%s is at work as @%s", config.office.name, bot.username)
    try:
        async with _web(office, bot, now, listener):
            await _until_stopped(Poll(bot, inbox.receive, inbox.has_room, now, faults.back_online))
    finally:
        alarm.stop()
        await inbox.stop()
        await outbox.stop()
        await group_cards.stop()
        await clearing.stop()


@asynccontextmanager
async def _web(
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


def _leave_alone_what_lasts() -> None:
    """Let the garbage collector look only at what comes from now on, and less often.

    Looking through all that was loaded to start, over and over, took a third of a busy moment.
    """
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)


async def _until_stopped(poll: Poll) -> None:
    polling = asyncio.create_task(poll.run())
    loop = asyncio.get_running_loop()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, polling.cancel)
    with suppress(asyncio.CancelledError):
        await polling
