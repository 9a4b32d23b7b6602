"""Albums in groups: several files sent at once, of which only one says that they are for the bot.

Files that turn out not to be for the bot are never stored, and are forgotten within a minute. The database
knows which albums are for the bot, whichever instance received the file that says so.
"""

from collections.abc import Callable, Iterable, Sequence

from bot.delivery.telegram.raw_update import Raw, album, lane
from storage.engine.database import Database
from storage.messaging import inbox

_KEPT_SECONDS = 60.0
_MOST = 200

Album = tuple[int, str]


class Albums:
    """Keeps `overheard` files in memory only, until another file of their album says that they are for the bot."""

    def __init__(self, db: Database, stopwatch: Callable[[], float]) -> None:
        self._db = db
        self._stopwatch = stopwatch
        self._overheard: dict[Album, tuple[float, list[Raw]]] = {}

    async def sent_with(self, kept: Iterable[Album], overheard: Sequence[Raw]) -> list[Raw]:
        """Return the files overheard, now or just before, of albums of which one file is stored (`kept` or before)."""
        ours = set(kept)
        for raw in overheard:
            if (found := _album(raw)) is not None:
                self._remember(found, raw)
                if found not in ours and await inbox.has_album(self._db, *found):
                    ours.add(found)
        return [raw for found in ours for raw in self._overheard.get(found, (0.0, []))[1]]

    async def kept_since(self) -> list[Raw]:
        """Return the overheard files of albums of which another instance has stored a file since."""
        self._let_go()
        if not self._overheard:
            return []
        ours = await inbox.kept_albums(self._db, list(self._overheard))
        return [raw for found in ours for raw in self._overheard.get(found, (0.0, []))[1]]

    def forget(self, raws: Iterable[Raw]) -> None:
        """Forget the albums of these files: the files are stored now."""
        for raw in raws:
            if (found := _album(raw)) is not None:
                self._overheard.pop(found, None)

    def _remember(self, found: Album, raw: Raw) -> None:
        self._let_go()
        self._overheard.setdefault(found, (self._stopwatch(), []))[1].append(raw)

    def _let_go(self) -> None:
        oldest = self._stopwatch() - _KEPT_SECONDS
        fresh = {key: kept for key, kept in self._overheard.items() if kept[0] > oldest}
        self._overheard = dict(list(fresh.items())[-_MOST:])


def _album(raw: Raw) -> Album | None:
    found = album(raw)
    return None if found is None else (lane(raw), found)
