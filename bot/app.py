"""Builds the program once, from its settings, and runs it until it is told to stop."""

import asyncio
import logging
import socket
from functools import partial

from telegram import BotCommandScopeAllGroupChats
from telegram.error import InvalidToken

from bot import clock
from bot.chat.action_label import doing
from bot.chat.flood_guard import Haste
from bot.chat.guide import MENU_FOR_STRANGERS, MENU_IN_GROUPS
from bot.chat.handlers import Handlers
from bot.chat.messaging import group_card
from bot.chat.reminders import notices, outrun_reminder
from bot.config import Config
from bot.delivery.alarm import Alarm
from bot.delivery.inbox import group_talk, handling_record
from bot.delivery.inbox.inbox import Inbox
from bot.delivery.monitoring.alert_dedup import ToldOnce
from bot.delivery.monitoring.error_reports import Faults
from bot.delivery.outbox import journal
from bot.delivery.outbox.group_cards import GroupCards
from bot.delivery.outbox.journal_recovery import inherit, inherit_on
from bot.delivery.outbox.limiter import Limiter
from bot.delivery.outbox.outbox import Outbox
from bot.delivery.outbox.reminder_cleanup import Clearing
from bot.delivery.outbox.shared_rate_limit import SharedPace
from bot.delivery.replica import Replica
from bot.delivery.telegram import raw_update
from bot.delivery.telegram.http_client import TelegramBot, build_bot
from bot.delivery.telegram.outage import insist
from bot.delivery.telegram.sender import Sender
from bot.delivery.telegram.update_log import observed, observed_end, observed_reading
from bot.rules.secrecy import secret_mark
from bot.runtime import memory, serving, watchdog
from bot.runtime.build_office import office_clock, office_of
from bot.runtime.ingress import arrivals, until_stopped
from bot.runtime.monitoring import Watch, watched
from bot.runtime.nights import kept_safe
from bot.runtime.opening import opened, opened_at_once, taking_part
from bot.runtime.schedule import look_at_all, upkeep_by_one
from bot.runtime.shutdown import stopped
from storage.engine.database import Database
from storage.messaging import user_rate_limits

LOOK_SECONDS = 1.0
LOOK_SECONDS_SHIFTED = 0.2
_STOP_SECONDS = 6.0
"""Of ten in all: what was asked over HTTP has two before, leases and database two after."""
log = logging.getLogger(__name__)


async def run(config: Config) -> None:
    """Run the bot until SIGTERM or SIGINT, then stop within seconds and lose nothing.

    A full disk, or a database that somebody else holds, is waited for: the admins are told. Raises
    ConfigError where the web cannot be served.
    """
    with serving.listener(config) as listener:
        async with watched(config, office_clock(config)) as watch:
            await _run(config, listener, watch)
    log.info("stopped; what was not finished goes on at the next start")


async def _run(config: Config, listener: socket.socket | None, watch: Watch) -> None:
    bot = build_bot(
        config.telegram.token.get_secret_value(),
        config.telegram.base_url,
        config.telegram.base_file_url,
        config.telegram.proxy_url,
        watch.figures,
    )
    limiter = Limiter(config.telegram.messages_per_second, clock.stopwatch)
    sender = Sender(bot, limiter)
    told = ToldOnce(config.storage.files, clock.system_clock)
    faults = Faults(sender, config.access.admins, told)
    db: Database | None = None
    try:
        db = await opened_at_once(config)
        if db is not None:
            watch.opened(db)
        await insist(bot.initialize)
        if db is None:
            db = await faults.patiently(partial(opened, config))
            watch.opened(db)
        async with taking_part(config, db, faults) as replica:
            limiter.shared = _shared_pace(config, db, replica)
            async with kept_safe(config, db, replica, faults, watch.figures):
                await _serve(config, watch.timed(db), bot, sender, faults, listener, replica, watch)
    finally:
        await bot.shutdown()
        if db is not None:
            await db.close()


def _shared_pace(config: Config, db: Database, replica: Replica) -> SharedPace | None:
    """Return the pace of all instances together, where there may be several."""
    given = config.telegram
    if given.mode == "polling":
        return None
    return SharedPace(db, given.messages_per_second, replica.clock)


async def _serve(
    config: Config,
    db: Database,
    bot: TelegramBot,
    sender: Sender,
    faults: Faults,
    listener: socket.socket | None,
    replica: Replica,
    watch: Watch,
) -> None:
    office, now = office_of(config, db), office_clock(config)
    await office.refresh()
    together = partial(user_rate_limits.take, db) if config.telegram.mode == "webhook" else None
    haste = Haste(config.access.updates_a_minute, together)
    handlers = Handlers(office, sender, now, config.access.admins, haste)
    outbox = Outbox(
        db,
        sender,
        lambda _, rows, moment: notices.word(office, rows, moment),
        owner=replica.name,
        journal=journal.Journal(
            config.storage.files / f"{replica.name}{journal.SUFFIX}", faults.trouble
        ),
        office_clock=now,
        real_clock=replica.clock,
        folded=notices.FOLDED,
        on_bug=faults.message_failed,
        on_trouble=faults.trouble,
        crowded=lambda: inbox.crowded(),  # noqa: PLW0108 - the inbox is built below
        quiet=lambda moment: not office.workdays.is_awake(moment),
        gather=config.office.gather,
        figures=watch.figures,
    )

    group_cards = GroupCards(
        db,
        sender,
        lambda card, moment: group_card.refreshed(office, card, moment),
        owner=replica.name,
        office_clock=now,
        real_clock=replica.clock,
        on_trouble=faults.trouble,
    )

    clearing = Clearing(
        db,
        sender,
        outrun_reminder.word,
        owner=replica.name,
        office_clock=now,
        real_clock=replica.clock,
        on_trouble=faults.trouble,
    )

    async def handle(*update: object) -> str | None:
        ended = await handlers.handle(*update)  # type: ignore[arg-type]
        outbox.wake()
        group_cards.wake()
        return ended

    inbox = Inbox(
        db,
        bot.id,
        owner=replica.name,
        record=handling_record.HandlingRecord(
            config.storage.files / f"{replica.name}{handling_record.SUFFIX}", faults.trouble
        ),
        clock=replica.clock,
        gate=secret_mark,
        overhears=partial(group_talk.is_overheard, bot_id=bot.id, username=bot.username),
        read=observed_reading(partial(raw_update.read, bot=bot), watch.figures),
        handle=observed(handle, doing, watch.figures),
        on_bug=observed_end(faults.update_failed, watch.figures),
        on_trouble=faults.trouble,
    )

    async def look() -> None:
        if not await replica.holds("looks"):
            return
        if await look_at_all(office, outbox, now, faults.trouble, replica):
            outbox.wake()

    def back_online(seconds: float) -> None:
        outbox.try_again()
        faults.back_online(seconds)

    shifted = config.clock.offset_file is not None
    alarm = Alarm(
        watch.looking(look),
        partial(upkeep_by_one, replica, office, now),
        zone=config.office.timezone,
        seconds=LOOK_SECONDS_SHIFTED if shifted else LOOK_SECONDS,
    )
    await faults.patiently(partial(inherit, db, config.storage.files, faults.trouble))
    for one in (inbox.start, outbox.start, group_cards.start, clearing.start):
        await faults.patiently(one)
    alarm.start()
    memory.leave_alone_what_lasts()
    watch.begin(office, now)
    log.info("%s is at work as @%s", config.office.name, bot.username)
    try:
        async with serving.web(
            config,
            listener,
            lambda: (
                serving.calendars(office, bot, now)
                + serving.updates(config, inbox.receive, replica.is_anothers)
            ),
        ):
            try:
                await until_stopped(
                    arrivals(config, bot, inbox, now, back_online, watch.figures),
                    replica.keep_on(),
                    memory.give_back_on(),
                    watchdog.feed_on(),
                    inherit_on(db, config.storage.files, faults.trouble),
                    _show_menus(bot),
                )
            finally:
                watch.end()
    finally:
        alarm.stop()
        parts = (inbox, outbox, group_cards, clearing)
        await stopped(_STOP_SECONDS, *(part.stop() for part in parts))


async def _show_menus(bot: TelegramBot) -> None:
    """Offer strangers and groups their commands, while everybody is answered already; never return.

    Telegram may refuse or put off what a menu shows, and the program does all else without it.
    """
    try:
        await insist(partial(bot.set_my_commands, MENU_FOR_STRANGERS))
        await insist(partial(bot.set_my_commands, MENU_IN_GROUPS, BotCommandScopeAllGroupChats()))
    except InvalidToken as error:
        log.warning("the menus of commands are not shown: %s", error)
    await asyncio.Event().wait()
