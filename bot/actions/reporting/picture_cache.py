"""Pictures of figures, kept as long as what they show is true."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.actions.find import visible_to
from bot.actions.office import Office
from bot.rules.rights import Standpoint
from storage.history import audit
from storage.tasks.task_conditions import Condition

MOST = 64
Key = tuple[Condition, str]
Draw = Callable[[], Awaitable[tuple[bytes, datetime]]]
"""Draws a picture, and says from when its figures may differ though nothing happened."""


@dataclass(frozen=True)
class Kept:
    """A picture, of which length of the history it is, and from when until when its figures hold."""

    change: int
    since: datetime
    until: datetime
    picture: bytes


@dataclass
class Pictures:
    """Drawn anew when anything happened, a deadline passed or a day ended."""

    _kept: dict[Key, Kept] = field(default_factory=dict)

    async def of(
        self, office: Office, who: Standpoint, what: str, now: datetime, draw: Draw
    ) -> bytes:
        """Return the picture of what somebody may see; `what` names which one it is."""
        change = await audit.last_change(office.db)
        key = (visible_to(who), what)
        known = self._kept.pop(key, None)
        if known is None or known.change != change or not known.since <= now < known.until:
            picture, until = await draw()
            known = Kept(change, now, until, picture)
        self._kept[key] = known
        while len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]
        return known.picture
