"""Once a night the whole database is looked through, and the admins hear once of what is not as it was written."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.runtime import last_look
from bot.runtime.backup_schedule import AGAIN, planned
from bot.runtime.connect import BRING_BACK
from bot.runtime.last_look import LastLook
from bot.runtime.own_command import Ended

DAMAGED = (
    "Bot vừa soát cơ sở dữ liệu và thấy có chỗ hỏng. Bot vẫn chạy, không bản sao lưu tốt nào bị xóa. "
    "Nhờ đồng chí báo người trông máy chủ chạy lệnh dondoc verify."
)
_log = logging.getLogger(__name__)


class NightlyLook:
    """Looks at an hour of the office's zone, later where the bot was stopped; what fails is tried again each hour.

    `owner` is the name of this instance. `run` looks, `tell` returns False where nobody could be told yet.
    """

    def __init__(
        self,
        folder: Path,
        owner: str,
        at: time,
        zone: ZoneInfo,
        run: Callable[[], Awaitable[Ended]],
        tell: Callable[[str], Awaitable[bool]],
    ) -> None:
        self._folder = folder
        self._owner = owner
        self._at = at
        self._zone = zone
        self._run = run
        self._tell = tell
        self._not_before: datetime | None = None

    def last(self) -> LastLook | None:
        """Return what was found last, by whichever instance; None before the first look."""
        return last_look.read(self._folder)

    def add(self, now: datetime, untold: Sequence[str], lost: Sequence[str]) -> None:
        """Note what the admins are to hear, whatever the next look finds. Raises OSError."""
        last = self.last() or LastLook(at=now)
        self._note(last, untold=(*last.untold, *untold), lost=tuple(lost))

    async def once(self, now: datetime) -> None:
        """Look where it is due by now, and tell what is to be told. Raises OSError.

        A bot that runs for the first time looks in the night that comes.
        """
        last = self.last() or self._note(LastLook(at=now))
        if self._is_due(last, now):
            last = await self._look(last, now)
        for said in last.untold:
            if not await self._tell(said):
                return
            last = self._note(last, untold=last.untold[1:])

    def _is_due(self, last: LastLook, now: datetime) -> bool:
        if self._not_before is not None and now < self._not_before:
            return False
        return last.at < planned(now, self._at, self._zone)

    async def _look(self, last: LastLook, now: datetime) -> LastLook:
        ended = await self._run()
        wrong = ended.wrong
        if ended.failed and BRING_BACK in ended.failed:
            wrong = [ended.failed]
        for line in wrong or ([ended.failed] if ended.failed else []):
            _log.error("the database was looked through: %s", line)
        if ended.failed and not wrong:
            self._not_before = now + AGAIN
            return last
        untold = (*last.untold, DAMAGED) if wrong and not last.wrong else last.untold
        return self._note(last, at=now, done=True, wrong=tuple(wrong), untold=untold)

    def _note(self, look: LastLook, **changed: object) -> LastLook:
        look = look.model_copy(update=changed)
        last_look.write(self._folder, look, self._owner)
        return look
