"""What keeps the database safe while the bot works: anchors beside the files, a look each night, then a backup."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

from bot import clock
from bot.config import Config
from bot.delivery.monitoring.error_reports import Faults
from bot.delivery.monitoring.metrics_protocol import Figures
from bot.delivery.outbox.lease_renewal import keep_doing
from bot.delivery.replica import Replica
from bot.runtime import office_anchors
from bot.runtime.backup_schedule import BackupSchedule
from bot.runtime.nightly_look import NightlyLook
from bot.runtime.office_anchors import Against, Anchors
from bot.runtime.own_command import call
from storage.engine.database import Database
from storage.engine.opening import sqlite_path
from storage.soundness import lost_writes

LOOK_SECONDS = 60.0
_log = logging.getLogger(__name__)
BEHIND = (
    "Cơ sở dữ liệu của bot đã lùi lại: phần ghi cuối của lần chạy trước (đến dòng lịch sử {number}) không còn. "
    "Việc đã giao, đã báo lúc ấy phải làm lại; nhờ đồng chí nhắc mọi người xem và báo người trông máy chủ."
)
LOST = (
    "Nhật ký ghi của cơ sở dữ liệu bị hỏng: {many} lần ghi cuối trước khi bot dừng có thể đã mất. "
    "Nhờ đồng chí nhắc mọi người xem lại việc vừa giao, vừa báo, và báo người trông máy chủ chạy lệnh dondoc check."
)


@asynccontextmanager
async def kept_safe(
    config: Config, db: Database, replica: Replica, faults: Faults, figures: Figures
) -> AsyncIterator[None]:
    """Keep the database safe meanwhile, and tell of what it lost before."""
    anchors = Anchors(db, config.storage.files, replica.name)
    night = Nights(config, replica, faults, figures)
    await faults.patiently(partial(night.find_losses, db))
    await faults.patiently(anchors.note)
    tasks = [
        asyncio.create_task(keep_doing(anchors.note, faults.trouble)),
        asyncio.create_task(night.go_on()),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(Exception):  # what the anchors lack then is a few seconds
            await anchors.note()


class Nights:
    """The work of each night, of which one instance does all."""

    def __init__(self, config: Config, replica: Replica, faults: Faults, figures: Figures) -> None:
        given, zone, files = config.backup, config.office.timezone, config.storage.files
        self._config = config
        self._replica = replica
        self._faults = faults
        self._figures = figures
        verify, backup = (partial(call, one, config.file) for one in ("verify", "backup"))
        self._look = NightlyLook(files, replica.name, given.at, zone, verify, faults.tell)
        self._backups = given.folder and BackupSchedule(
            given.folder, given.at, zone, backup, faults.backup_failed
        )

    async def find_losses(self, db: Database) -> None:
        """Note, before new anchors are kept, what is not in the database any more and was."""
        path, known = (
            sqlite_path(self._config.storage.url),
            office_anchors.read(self._config.storage.files),
        )
        last, told = self._look.last(), []
        logs = lost_writes.kept(path) if path is not None else []
        heard = last.lost if last else ()
        told += [LOST.format(many=one.transactions) for one in logs if one.copy.name not in heard]
        if known and await office_anchors.compare(db, known) is Against.BEHIND:
            _log.error("%s", office_anchors.in_words(known))
            told.append(BEHIND.format(number=known.last.number))
        if told:
            self._look.add(clock.system_clock(), told, [one.copy.name for one in logs])

    async def go_on(self) -> None:
        """Look every minute for what is due, until cancelled."""
        while True:
            try:
                await self._once()
            except Exception as error:
                self._faults.trouble(error)
            await asyncio.sleep(LOOK_SECONDS)

    async def _once(self) -> None:
        if await self._replica.holds("backup"):
            await self._look.once(clock.system_clock())
            if self._backups:
                last = self._look.last()
                await self._backups.once(clock.system_clock(), is_known=bool(last and last.wrong))
        if (last := self._look.last()) and last.done:
            self._figures.sound(not last.wrong)
