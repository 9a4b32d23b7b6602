"""Whatever Telegram was told is received gets handled: in order per chat, chats side by side."""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext, suppress
from datetime import datetime, timedelta
from typing import Any

from structlog.contextvars import bound_contextvars

from bot.clock import stopwatch
from bot.delivery.inbox.albums import Albums
from bot.delivery.inbox.handling_record import HandlingRecord
from bot.delivery.inbox.ordered_lanes import Lanes
from bot.delivery.outbox.lease_renewal import LEASE, InHand, keep_doing
from bot.delivery.outbox.write_batcher import Gathering
from bot.delivery.telegram.errors import DeliveryFailed
from bot.delivery.telegram.raw_update import Gate, Handle, Read, received
from storage.engine.database import Database, Transaction
from storage.engine.database_errors import trouble_of
from storage.messaging import inbox
from storage.records import Incoming, UpdateKey

Clock = Callable[[], datetime]
LANES = 64
CROWD = 16
MOST_IN_MEMORY = 1000
"""Updates; what comes on top waits in the database, and Telegram is asked for no more."""

_AT_ONCE = 100
"""Updates leased in one transaction, which others wait for."""
_LOOK_SECONDS = 1.0
_SOON_SECONDS = 0.05
_SOON_LOOKS = 20
"""What came for a chat that another instance still answers, or for which much waits, is taken up as soon as that has
ended."""
_GATHER_SECONDS = 0.05
_HANDLE_SECONDS = 120.0
_BUG_TRIES = 3
MOST_DEATHS = 2
"""An update that ended the process, or ran out of its time, so often is put aside."""
MOST_DEATHS_APPLIED = 5
"""Of one whose effect is written: it waits for Telegram alone, and whoever kills the program then hits it by chance."""
_LONGEST_PAUSE = timedelta(minutes=2)
_LONGEST_WAIT = timedelta(days=1)
_log = logging.getLogger(__name__)


class PutAside(Exception):  # noqa: N818 - told as what became of an update
    """Handling the update ended the process, or ran out of its time, too often."""


class Inbox:
    """`owner` names this instance and is the same after a restart, as is its `record` of what it has
    in hand; no two that run may share them.

    `clock` is the database's, never the office's. What it `overhears`, which was said to others, is
    let go. `on_bug` is told when an update is given up, `on_trouble` of each time that work did not get
    on for a reason that lies outside the updates.
    """

    def __init__(
        self,
        db: Database,
        bot_id: int,
        *,
        owner: str,
        record: HandlingRecord,
        clock: Clock,
        gate: Gate,
        overhears: Callable[[Any], bool],
        read: Read,
        handle: Handle,
        on_bug: Callable[[Exception, Incoming], Awaitable[None]],
        on_trouble: Callable[[Exception], None],
    ) -> None:
        self._db = db
        self._bot_id = bot_id
        self._owner = owner
        self._record = record
        self._one_suspect = asyncio.Lock()
        self._clock = clock
        self._gate = gate
        self._overhears = overhears
        self._read = read
        self._handle = handle
        self._on_bug = on_bug
        self._on_trouble = on_trouble
        self._lanes: Lanes[Incoming] = Lanes(LANES, self._work)
        self._albums = Albums(db, stopwatch)
        self._in_hand = InHand(clock)
        self._ended: set[int] = set()  # and not written down yet
        self._claiming = asyncio.Lock()
        self._settling = Gathering(self._settle, on_trouble, _GATHER_SECONDS)
        self._left = asyncio.Event()
        self._soon = 0
        self._loops: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin with what waited before a restart, and with what may have ended the process before."""
        await blame_left(self._db, self._record)
        await inbox.give_back(self._db, self._bot_id, self._owner)
        self._lanes.start()
        self._loops = [
            asyncio.create_task(self._look_on()),
            asyncio.create_task(keep_doing(self._renew, self._on_trouble)),
        ]

    async def stop(self, patience: float = 5.0) -> None:
        """Begin nothing new, give what is being handled `patience` seconds, give the rest back."""
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        await self._lanes.stop(patience)
        await self._settling.drain()
        self._record.close()
        await inbox.give_back(self._db, self._bot_id, self._owner)

    async def receive(self, raws: Sequence[Any]) -> None:
        """Keep updates as they came; on return they are safe, and Telegram may forget them.

        One that is there already is passed over, as is what has no number. Raises what kept them from
        being kept: Telegram must not forget them then.
        """
        overheard: list[Any] = []
        spoken: list[Any] = []
        for raw in raws:
            (overheard if self._overhears(raw) else spoken).append(raw)
        rows = self._rows(spoken)
        albums = {(row.lane, row.album) for row in rows if row.album}
        try:
            more = await self._albums.sent_with(albums, overheard)
            rows += self._rows(more)
            await self._claim(rows)
        except Exception as error:
            self._on_trouble(error)
            raise
        self._albums.forget(more)

    async def look(self) -> None:
        """Take up what may be handled now, put off before or left by another instance.

        And what was let go as said to others, where another instance was sent the one file of its album
        that was said to the bot.
        """
        more = await self._albums.kept_since()
        if await self._claim(self._rows(more)):
            self._left.set()  # there may be more: of one lane only the first are leased
        self._albums.forget(more)

    def crowded(self) -> bool:
        """Tell whether more people wait for an answer than a moment's work."""
        return len(self._lanes) > CROWD

    async def has_room(self) -> None:
        """Return when the memory can take another batch."""
        while len(self._lanes) >= MOST_IN_MEMORY:
            self._lanes.rested.clear()
            await self._lanes.rested.wait()

    def _rows(self, raws: Sequence[Any]) -> list[inbox.Received]:
        """Make a row of each; what has no number is passed over."""
        known = [raw for raw in raws if isinstance(raw, dict)]
        found = (received(raw, self._gate, self._bot_id) for raw in known)
        rows = [row for row in found if row is not None]
        if lost := len(raws) - len(rows):
            _log.warning("%d updates without a number were passed over", lost)
        return rows

    async def _claim(self, rows: Sequence[inbox.Received] = ()) -> bool:
        """Store rows, lease what may be handled now, and put it in its lanes; tell whether there was anything."""
        async with self._claiming:
            now, room = self._clock(), MOST_IN_MEMORY - len(self._lanes)
            # A lease can run out in our own hands, while the database is away.
            ours = {row.update_id for row in self._lanes.items()} | self._ended
            of_lanes = Counter(row.lane for row in self._lanes.items())
            full = [lane for lane, count in of_lanes.items() if count >= inbox.OF_LANE]

            async def work(tx: Transaction) -> list[Incoming]:
                if rows:
                    await inbox.store(tx, self._bot_id, rows, now)
                return await inbox.claim(
                    tx,
                    self._bot_id,
                    self._owner,
                    now,
                    now + LEASE,
                    max(0, min(room, _AT_ONCE)),
                    full,
                )

            claimed = await self._db.run(work)
            fresh = [row for row in claimed if row.update_id not in ours]
            self._in_hand.keep([row.update_id for row in claimed], now + LEASE)
            self._in_hand.take([row.update_id for row in fresh], now + LEASE)
            self._lanes.add((row.lane, row) for row in fresh)
        if {row.update_id for row in rows} - {row.update_id for row in claimed}:
            self._left.set()
        return bool(fresh)

    async def _look_on(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as error:
                self._on_trouble(error)
            await self._until_next_look()

    async def _until_next_look(self) -> None:
        if self._soon:
            self._soon -= 1
            return await asyncio.sleep(_SOON_SECONDS)
        with suppress(TimeoutError):
            async with asyncio.timeout(_LOOK_SECONDS):
                await self._left.wait()
                self._soon = _SOON_LOOKS
        self._left.clear()
        return None

    async def _renew(self) -> None:
        ids = [row.update_id for row in self._lanes.items()]
        until = self._clock() + LEASE
        kept = await inbox.renew(self._db, self._bot_id, self._owner, ids, until)
        self._in_hand.keep(kept, until)

    async def _work(self, lane: deque[Incoming]) -> None:
        with bound_contextvars(update=lane[0].update_id):
            try:
                await self._handle_first(lane)
            except Exception as error:
                _log.warning("update stays where it is: %r", error)
                self._on_trouble(error)
                await asyncio.sleep(_LOOK_SECONDS)

    async def _handle_first(self, lane: deque[Incoming]) -> None:
        row = lane[0]
        async with self._one_suspect if row.suspect else nullcontext():
            if not self._in_hand.has(row.update_id):
                return await self._leave(lane)
            if row.deaths >= _most_deaths(row):
                return await self._give_up(lane, PutAside())
            self._record.begin(_key(row))
            try:
                return await self._handle_now(lane)
            finally:
                self._record.end(_key(row))

    async def _handle_now(self, lane: deque[Incoming]) -> None:
        row = lane[0]
        try:
            update = self._read(row.body or "")
        except Exception as error:
            _log.warning("update %s cannot be read: %s", row.update_id, type(error).__name__)
            return self._end(lane, type(error).__name__)
        try:
            async with asyncio.timeout(_HANDLE_SECONDS) as limit:
                await self._handle(update, _key(row), row.mark)
        except DeliveryFailed as failed:
            await self._not_answered(lane, failed)
        except Exception as error:
            if limit.expired():
                return await self._ran_out_of_time(lane, error)
            if trouble_of(error):
                raise
            await self._bug(lane, error)
        else:
            self._end(lane)
        return None

    async def _leave(self, lane: deque[Incoming]) -> None:
        """Leave to others what is theirs by now; what is not is leased again, in its order."""
        async with self._claiming:  # nothing may join the lane while it is left
            if not self._in_hand.has(lane[0].update_id):
                _log.warning(
                    "updates are left to another instance: this one stood still for too long"
                )
                self._in_hand.let_go(row.update_id for row in lane)
                lane.clear()

    async def _not_answered(self, lane: deque[Incoming], failed: DeliveryFailed) -> None:
        """Handle it again later; the effect is not repeated, the answer is given."""
        if failed.permanent:
            return self._end(lane)
        if self._clock() - lane[0].received_at > _LONGEST_WAIT:
            return self._end(lane, str(failed))
        return await self._put_off(lane, failed, failed.retry_after)

    async def _bug(self, lane: deque[Incoming], error: Exception) -> None:
        row = lane[0]
        if row.attempts + 1 < _BUG_TRIES:
            _log.warning("update %s put off: %r", row.update_id, error)
            return await self._put_off(lane, error, None)
        return await self._give_up(lane, error)

    async def _ran_out_of_time(self, lane: deque[Incoming], error: Exception) -> None:
        row = lane[0]
        if row.deaths + 1 >= _most_deaths(row):
            return await self._give_up(lane, PutAside())
        await self._db.run(lambda tx: inbox.blame(tx, [_key(row)]))
        _log.warning("update %s ran out of its time", row.update_id)
        return await self._put_off(lane, error, None)

    async def _give_up(self, lane: deque[Incoming], error: Exception) -> None:
        row = lane[0]
        _log.error("update %s given up", row.update_id, exc_info=error)
        self._end(lane, repr(error))
        try:
            await self._on_bug(error, row)
        except Exception:
            _log.exception("nobody could be told that update %s failed", row.update_id)

    async def _put_off(
        self, lane: deque[Incoming], error: Exception, retry_after: float | None
    ) -> None:
        row = lane[0]
        pause = min(timedelta(seconds=2 ** min(row.attempts, 10)), _LONGEST_PAUSE)
        if retry_after is not None:
            pause = timedelta(seconds=retry_after)
        async with self._claiming:  # nothing may join the lane while it is given back
            async with self._db.transaction() as tx:
                await inbox.put_off(
                    tx,
                    self._owner,
                    _key(row),
                    self._clock() + pause,
                    repr(error),
                    [_key(later) for later in list(lane)[1:]],
                )
            self._in_hand.let_go(later.update_id for later in lane)
            lane.clear()

    def _end(self, lane: deque[Incoming], error: str | None = None) -> None:
        row = lane.popleft()
        self._in_hand.let_go([row.update_id])
        self._ended.add(row.update_id)
        self._settling.add(inbox.Ended(_key(row), self._clock(), error))

    async def _settle(self, ended: Sequence[inbox.Ended]) -> None:
        await self._db.run(lambda tx: inbox.settle(tx, ended))
        self._ended.difference_update(one.key.update_id for one in ended)


async def blame_left(db: Database, record: HandlingRecord) -> None:
    """Note in the database which updates a process had in hand when it ended."""
    if left := record.left():
        _log.warning("the process ended with updates in hand: %s", [key.update_id for key in left])
        await db.run(lambda tx: inbox.blame(tx, left))
    record.clear()


def _most_deaths(row: Incoming) -> int:
    return MOST_DEATHS if row.applied_at is None else MOST_DEATHS_APPLIED


def _key(row: Incoming) -> UpdateKey:
    return UpdateKey(row.bot_id, row.update_id)
