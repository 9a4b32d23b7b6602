"""Pictures of reports, kept as long as what they show is true."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.actions.find import visible_to
from bot.actions.office import Office
from bot.actions.report import gather
from bot.rules.periods import Period
from bot.rules.reporting import Report
from bot.rules.rights import Standpoint
from storage import audit
from storage.conditions import Condition

MOST = 64
Key = tuple[Condition, Period, int | None]


@dataclass(frozen=True)
class Kept:
    """A picture, of which length of the history it is, and from when until when its figures hold."""

    length: int
    since: datetime
    until: datetime
    picture: bytes


@dataclass
class Pictures:
    """Drawn in a thread, anew when anything happened, a deadline passed or a day ended."""

    draw: Callable[[Report], bytes]
    _kept: dict[Key, Kept] = field(default_factory=dict)

    async def of(
        self, office: Office, who: Standpoint, period: Period, unit_id: int | None, now: datetime
    ) -> bytes:
        """Return the picture of a report; refuses as `gather` does."""
        length = await audit.length(office.db)
        key = (visible_to(who), period, unit_id)
        known = self._kept.pop(key, None)
        if known is None or known.length != length or not known.since <= now < known.until:
            report = await gather(office, who, period, unit_id, now)
            picture = await asyncio.to_thread(self.draw, report)
            known = Kept(length, now, report.holds_until, picture)
        self._kept[key] = known
        while len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]
        return known.picture
