"""Handles every update that was confirmed to Telegram: in order within a chat, chats side by side."""

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
"""Updates. Further ones wait in the database, and Telegram is not asked for more."""

_AT_ONCE = 100
"""Updates leased in one transaction; it is kept short because other transactions wait for it."""
_LOOK_SECONDS = 1.0
_SOON_SECONDS = 0.05
_SOON_LOOKS = 20
"""Looks at the shorter interval after updates were left unleased: another instance still answers their chat, or
many updates of the chat wait. So they are taken up soon after that ends."""
_GATHER_SECONDS = 0.05
_HANDLE_SECONDS = 120.0
_BUG_TRIES = 3
MOST_DEATHS = 2
"""An update that ended the process, or exceeded its time, this often is put aside."""
MOST_DEATHS_APPLIED = 5
"""The same for an update whose effect is written: it only waits for Telegram, so it is in hand by chance when
somebody kills the program."""
_LONGEST_PAUSE = timedelta(minutes=2)
_LONGEST_WAIT = timedelta(days=1)
_log = logging.getLogger(__name__)


class PutAside(Exception):  # noqa: N818 - told as what became of an update
    """Handling the update ended the process, or exceeded its time, too often."""


class Inbox:
    """Stores updates, leases them and handles them.

    `owner` names this instance; it and the `record` of updates in hand are the same after a restart, and no two
    running instances may share them. `clock` is the database's, never the office's. Updates for which `overhears`
    is true were said to others, and are dropped. `on_bug` is called when an update is given up, `on_trouble` each
    time that work stops for a reason outside the updates.
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
        self._ended: set[int] = set()  # handled, but not yet written to the database
        self._claiming = asyncio.Lock()
        self._settling = Gathering(self._settle, on_trouble, _GATHER_SECONDS)
        self._left = asyncio.Event()
        self._soon = 0
        self._loops: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Blame the updates that may have ended the process before, free the leases held then, and begin."""
        await blame_left(self._db, self._record)
        await inbox.give_back(self._db, self._bot_id, self._owner)
        self._lanes.start()
        self._loops = [
            asyncio.create_task(self._look_on()),
            asyncio.create_task(keep_doing(self._renew, self._on_trouble)),
        ]

    async def stop(self, patience: float = 5.0) -> None:
        """Begin nothing new, wait up to `patience` seconds for updates being handled, and give the rest back."""
        for loop in self._loops:
            loop.cancel()
        await asyncio.gather(*self._loops, return_exceptions=True)
        await self._lanes.stop(patience)
        await self._settling.drain()
        self._record.close()
        await inbox.give_back(self._db, self._bot_id, self._owner)

    async def receive(self, raws: Sequence[Any]) -> None:
        """Store updates as they came; on return they are safe, and Telegram may forget them.

        Skips updates that are stored already or have no number. Raises the error that kept them from being
        stored: Telegram must not forget them then.
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
        """Lease and handle updates that were put off before, or left by another instance.

        Also stores files that were dropped as said to others, if another instance has stored a file of their
        album since: the album is for the bot then.
        """
        more = await self._albums.kept_since()
        if await self._claim(self._rows(more)):
            self._left.set()  # there may be more: only the first rows of a lane are leased at a time
        self._albums.forget(more)

    def crowded(self) -> bool:
        """Tell whether more than CROWD updates wait or are being handled."""
        return len(self._lanes) > CROWD

    async def has_room(self) -> None:
        """Return when fewer than MOST_IN_MEMORY updates are in memory."""
        while len(self._lanes) >= MOST_IN_MEMORY:
            self._lanes.rested.clear()
            await self._lanes.rested.wait()

    def _rows(self, raws: Sequence[Any]) -> list[inbox.Received]:
        """Make a row of each update; those without a number are skipped."""
        known = [raw for raw in raws if isinstance(raw, dict)]
        found = (received(raw, self._gate, self._bot_id) for raw in known)
        rows = [row for row in found if row is not None]
        if lost := len(raws) - len(rows):
            _log.warning("%d updates without a number were passed over", lost)
        return rows

    async def _claim(self, rows: Sequence[inbox.Received] = ()) -> bool:
        """Store rows, lease updates that may be handled now, and put them in their lanes; tell whether any are new."""
        async with self._claiming:
            now, room = self._clock(), MOST_IN_MEMORY - len(self._lanes)
            # Our own leases can run out while the database is away: do not take such an update twice.
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
        """Drop a lane whose first update is no longer leased: another instance may have it by now.

        Updates that are still free are leased again, in their order.
        """
        async with self._claiming:  # nothing may be added to the lane while it is dropped
            if not self._in_hand.has(lane[0].update_id):
                _log.warning(
                    "updates are left to another instance: this one stood still for too long"
                )
                self._in_hand.let_go(row.update_id for row in lane)
                lane.clear()

    async def _not_answered(self, lane: deque[Incoming], failed: DeliveryFailed) -> None:
        """Handle the update again later: its effect is not repeated, its answer is sent."""
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
        async with self._claiming:  # nothing may be added to the lane while it is given back
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
