"""Once a day a backup is made while the bot runs."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.runtime.backup_rotation import made
from bot.runtime.own_command import Ended

AGAIN = timedelta(hours=1)
FAILED = "Bot chưa sao lưu được: {why}. {last} Nhờ đồng chí xem máy chủ."
LAST = "Bản sao lưu gần nhất: {at:%H:%M %d/%m/%Y}."
NONE_YET = "Chưa có bản sao lưu nào."
UNKNOWN = "Không đọc được thư mục chứa bản sao lưu."

DOUBTFUL = (
    "Bot đã sao lưu nhưng thấy có chỗ hỏng: {why}. Không bản sao lưu tốt nào bị xóa. {last} "
    "Nhờ đồng chí xem máy chủ."
)
Run = Callable[[], Awaitable[Ended]]
"""Makes a backup; what is wrong with one that was made is in `wrong`."""


def planned(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """Return when the night's work was due last: today at an hour of the zone, or yesterday."""
    local = now.astimezone(zone)
    today = datetime.combine(local.date(), at, zone)
    return today if today <= local else today - timedelta(days=1)


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

    async def once(self, now: datetime, *, is_known: bool = False) -> None:
        """Make the backup that is due by now, if one is.

        Of one that was made and holds a mistake nothing is told where `is_known` that the database does; another is
        made in the next night.
        """
        try:
            if not self._is_due(now):
                return
            ended = await self._run()
        except OSError as error:
            ended = Ended([], f"{type(error).__name__}: {error}")
        self._not_before = now + AGAIN if ended.failed else None
        if ended.wrong:
            self._not_before = planned(now, self._at, self._zone) + timedelta(days=1)
        if ended.why and not (ended.wrong and is_known):
            self._tell_today(now, DOUBTFUL if ended.wrong else FAILED, ended.why)

    def _tell_today(self, now: datetime, words: str, why: str) -> None:
        today = now.astimezone(self._zone).date()
        if self._told_on != today:
            self._told_on = today
            self._tell(words.format(why=why, last=self._last_in_words()))

    def _is_due(self, now: datetime) -> bool:
        if self._not_before is not None and now < self._not_before:
            return False
        last = next(iter(made(self._folder, self._zone)), None)
        return last is None or last < planned(now, self._at, self._zone)

    def _last_in_words(self) -> str:
        try:
            last = next(iter(made(self._folder, self._zone)), None)
        except OSError:
            return UNKNOWN
        return LAST.format(at=last) if last else NONE_YET
