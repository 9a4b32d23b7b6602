"""Once a day a backup is made while the bot runs, in a process of its own: sealing takes a whole core."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot import clock
from bot.backup_rotation import made
from bot.config import Config

LOOK_SECONDS = 60.0
AGAIN = timedelta(hours=1)
LONGEST = timedelta(hours=6)
"""A disk or a database that does not answer is told of, and tried again, rather than waited for."""
FAILED = "Bot chưa sao lưu được: {why}. {last} Nhờ đồng chí xem máy chủ."
LAST = "Bản sao lưu gần nhất: {at:%H:%M %d/%m/%Y}."
NONE_YET = "Chưa có bản sao lưu nào."
UNKNOWN = "Không đọc được thư mục chứa bản sao lưu."

Run = Callable[[], Awaitable[str | None]]
"""Makes a backup; returns in one line what was wrong, or None."""


class BackupSchedule:
    """Makes the backup of each day at an hour of the office's zone, later where the bot was stopped.

    What fails is tried again every hour, and `tell` hears of it once a day.
    """

    def __init__(
        self,
        folder: Path,
        at: time,
        zone: ZoneInfo,
        run: Run,
        tell: Callable[[str], None],
    ) -> None:
        self._folder = folder
        self._at = at
        self._zone = zone
        self._run = run
        self._tell = tell
        self._not_before: datetime | None = None
        self._told_on: date | None = None

    async def go_on(
        self, clock: Callable[[], datetime], may: Callable[[], Awaitable[bool]]
    ) -> None:
        """Look every minute, until cancelled; of several instances only the one that `may`."""
        while True:
            if await may():
                await self.once(clock())
            await asyncio.sleep(LOOK_SECONDS)

    async def once(self, now: datetime) -> None:
        """Make the backup that is due by now, if one is."""
        try:
            if not self._is_due(now):
                return
            why = await self._run()
        except OSError as error:
            why = f"{type(error).__name__}: {error}"
        self._not_before = now + AGAIN if why else None
        today = now.astimezone(self._zone).date()
        if why and self._told_on != today:
            self._told_on = today
            self._tell(FAILED.format(why=why, last=self._last_in_words()))

    def _is_due(self, now: datetime) -> bool:
        if self._not_before is not None and now < self._not_before:
            return False
        local = now.astimezone(self._zone)
        planned = datetime.combine(local.date(), self._at, self._zone)
        if planned > local:
            planned -= timedelta(days=1)
        last = next(iter(made(self._folder, self._zone)), None)
        return last is None or last < planned

    def _last_in_words(self) -> str:
        try:
            last = next(iter(made(self._folder, self._zone)), None)
        except OSError:
            return UNKNOWN
        return LAST.format(at=last) if last else NONE_YET


async def run_command(config_file: Path) -> str | None:
    """Call `dondoc backup`; return what it says is wrong. Cancelling ends it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "backup", "--config", str(config_file),
        stdout=PIPE, stderr=PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(LONGEST.total_seconds()):
            out, err = await process.communicate()
    except TimeoutError:
        return f"it was not done within {LONGEST}"
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if process.returncode == 0:
        return None
    said = [line for text in (out, err) for line in text.decode(errors="replace").splitlines()]
    wrong = [line for line in said if line.startswith(("BAD ", "dondoc: "))]
    return wrong[-1].removeprefix("BAD ").removeprefix("dondoc: ").strip() if wrong else "it failed"


@asynccontextmanager
async def backing_up(
    config: Config,
    may: Callable[[], Awaitable[bool]],
    tell: Callable[[str], None],
) -> AsyncIterator[None]:
    """Make backups meanwhile, where the settings name a folder for them."""
    given = config.backup
    if given.folder is None:
        yield
        return
    run = partial(run_command, config.file)
    schedule = BackupSchedule(given.folder, given.at, config.office.timezone, run, tell)
    going_on = asyncio.create_task(schedule.go_on(clock.system_clock, may))
    try:
        yield
    finally:
        going_on.cancel()
        await asyncio.gather(going_on, return_exceptions=True)
