"""The office that the settings describe, and the clock it goes by."""

import asyncio
import glob
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot import clock
from bot.actions.office import Copying, Office
from bot.config import Config
from bot.language.readings import ReadingSettings
from bot.rules.file_limits import KINDS, FileLimits
from bot.rules.letterhead import Letterhead
from bot.rules.recurrence import Repeats
from bot.rules.reminders.reminders import LADDERS, Ladders
from bot.rules.retention import Keeping, Retention
from bot.rules.workdays import Workdays
from storage.backups.sqlite_backup import copy_sqlite
from storage.engine.database import Database
from storage.engine.opening import sqlite_path
from storage.records import Urgency


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
        brief=config.office.brief,
        anchor_at=config.audit.anchor_at,
        web_address=config.web.address,
        invitation_days=config.access.invitation_days,
        admins=config.access.admins,
        workdays=workdays_of(config),
        ladders=ladders_of(config),
        repeats=Repeats(config.repeats.ahead, config.repeats.day_off),
        file_limits=FileLimits(config.files.max_mb, config.files.kinds or KINDS),
        retention=retention_of(config),
        keeping=Keeping(**config.archive.model_dump()),
        letterhead=Letterhead(config.office.name, **config.report.model_dump()),
        reading=reading_of(config),
        copy=copying(config),
    )


def workdays_of(config: Config) -> Workdays:
    """Return the office's hours, and the public calendar: an office decides its own days in its database."""
    return Workdays(
        timezone=config.office.timezone,
        morning=config.office.morning,
        afternoon=config.office.afternoon,
        waking=config.office.waking,
    )


def reading_of(config: Config) -> ReadingSettings:
    """Return how the office's sentences are read."""
    return ReadingSettings(before_day=config.language.before_day, term_from=config.office.term_from)


def retention_of(config: Config) -> Retention:
    """Return how long what no task needs is kept."""
    days = config.retention.model_dump()
    return Retention(**{name: timedelta(days=count) for name, count in days.items()})


def copying(config: Config) -> Copying | None:
    """Return what copies the database, beside it, before units are merged; None for PostgreSQL."""
    living = sqlite_path(config.storage.url)
    if living is None:
        return None

    name, one_at_a_time = f"{living.stem}-truoc-sap-xep", asyncio.Lock()

    async def copy(now: datetime) -> Path:
        target = living.with_name(f"{name}-{now:%Y%m%d-%H%M%S}.db")
        async with one_at_a_time:
            for unfinished in living.parent.glob(f"{glob.escape(name)}-*.part*"):
                unfinished.unlink()  # of a program that was killed while it copied
            await copy_sqlite(living, target)
        return target

    return copy


def office_clock(config: Config) -> clock.Clock:
    """Return the clock the office goes by: the machine's, or one moved for a try-out."""
    moved = config.clock.offset_file
    return clock.shifted_clock(moved) if moved else clock.system_clock
