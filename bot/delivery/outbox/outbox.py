"""Says what waits in the outbox, to many people side by side and to each in order."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from structlog.contextvars import bound_contextvars

from bot.chat.messages import Delivery
from bot.delivery.monitoring.metrics_protocol import Figures, NoFigures
from bot.delivery.outbox.bundling import fold
from bot.delivery.outbox.journal import Journal
from bot.delivery.outbox.lease_renewal import LEASE, InHand
from bot.delivery.outbox.message_result import ended, said
from bot.delivery.outbox.result_writer import Settling
from bot.delivery.telegram.errors import DeliveryFailed, Reason
from bot.delivery.telegram.sender import Sender, TakenOver
from bot.delivery.worker_loop import Piece, Rounds
from storage.engine.database import Database, Transaction
from storage.engine.database_errors import trouble_of
from storage.messaging import ledger, outbox_leases, outbox_results
from storage.organisation import reachability
from storage.records import Outgoing, Reach

Clock = Callable[[], datetime]
Word = Callable[[Database, Sequence[Outgoing], datetime], Awaitable[Delivery | None]]
"""Words rows of one person at send time; None when there is no need any more."""

_WORDINGS = 5
_TRIES = 40
_TRIES_OF_AN_OUTAGE = 10
"""Of tries that never left for Telegram, or were to come later, so many count: after them the pause grows no more."""
_LONGEST_PAUSE = timedelta(minutes=30)
"""Forty tries with pauses that grow to this reach over more than half a day of a server that fails."""
_UNREACHABLE = {
    Reason.BLOCKED: Reach.BLOCKED,
    Reason.NEVER_STARTED: Reach.NEVER_STARTED,
    Reason.CHAT_GONE: Reach.BLOCKED,
}
_log = logging.getLogger(__name__)


class Outbox:
    """`owner` names this instance and is the same after a restart, as is its `journal`; no two that
    run may share them.

    `folded` are the kinds of which several that wait for one person become one message.
    `on_bug` is told of a message that was given up, once; `on_trouble` of each time that work did not
    get on for a reason that lies outside the messages. While it is `quiet` by the office's clock, all waits but answers and what is hỏa tốc. So does what
    comes for somebody who was told something less than `gather` ago: it becomes one message. What that
    would keep until the next morning does not wait.
    """

    def __init__(
        self,
        db: Database,
        sender: Sender,
        word: Word,
        *,
        owner: str,
        journal: Journal,
        office_clock: Clock,
        real_clock: Clock,
        folded: Collection[str],
        on_bug: Callable[[Exception, Outgoing], Awaitable[None]],
        on_trouble: Callable[[Exception], None],
        crowded: Callable[[], bool] = lambda: False,
        quiet: Callable[[datetime], bool] = lambda _: False,
        gather: timedelta = timedelta(0),
        figures: Figures | None = None,
    ) -> None:
        self._db = db
        self._sender = sender
        self._word = word
        self._owner = owner
        self._office_clock = office_clock
        self._real_clock = real_clock
        self._folded = folded
        self._on_bug = on_bug
        self._quiet = quiet
        self._gather = gather
        self._figures = figures or NoFigures()
        self._planning = False
        self._again = True
        self._in_hand = InHand(real_clock)
        self._settling = Settling(db, journal, owner, on_trouble)
        self._rounds = Rounds(self._claim, self._renew, on_trouble, crowded)

    async def start(self) -> None:
        """Begin with what was leased before a restart, but for what was said of it, and with what rests."""
        await self._settling.begin()
        await outbox_leases.give_back(self._db, self._owner)
        self._rounds.start()

    async def stop(self, patience: float = 5.0) -> None:
        """Begin nothing new, give what is being sent `patience` seconds, give the rest back."""
        await self._rounds.stop(patience)
        await self._settling.end()
        await outbox_leases.give_back(self._db, self._owner)

    async def drain(self) -> None:
        """Say all that is due, and return when it is said: for who turns the clock, in place of `start`."""
        await self._rounds.drain()

    def wake(self) -> None:
        """Look now: something was put in and committed."""
        self._rounds.wake()

    def try_again(self) -> None:
        """Try now what did not get through, however long it was to wait: Telegram is back."""
        self._again = True
        self.wake()

    @contextmanager
    def planning(self) -> Iterator[None]:
        """Say nothing but what cannot wait, while what belongs into one message is being planned."""
        self._planning = True
        try:
            yield
        finally:
            self._planning = False

    async def _claim(self, room: int) -> list[Piece]:
        if self._again:
            await outbox_results.rest_no_more(self._db)
            self._again = False
        now, office_now = self._real_clock(), self._office_clock()
        gathers = self._gather and not self._quiet(office_now + self._gather)
        claimed = await outbox_leases.claim(
            self._db,
            self._owner,
            office_now,
            now,
            now + LEASE,
            room,
            quiet=self._planning or self._quiet(office_now),
            told_since=office_now - self._gather if gathers else None,
        )
        self._in_hand.take([row.id for rows in claimed for row in rows], now + LEASE)
        return [Piece([row.id for row in rows], self._tell(rows)) for rows in claimed]

    async def _renew(self, ids: Sequence[int]) -> None:
        until = self._real_clock() + LEASE
        self._in_hand.keep(await outbox_leases.renew(self._db, self._owner, ids, until), until)

    async def _tell(self, rows: list[Outgoing]) -> None:
        """Say all that waits for one person, until it is said or does not get through."""
        pieces = fold(rows, self._folded)
        try:
            while pieces:
                piece, *after = pieces
                with bound_contextvars(**_traces(piece[0])):
                    pieces = await self._tell_one(piece, after)
        except TakenOver:
            _log.warning("messages went to another instance: this one stood still for too long")
        finally:
            self._in_hand.let_go(row.id for row in rows)

    async def _tell_one(
        self, piece: list[Outgoing], after: list[list[Outgoing]]
    ) -> list[list[Outgoing]]:
        """Say one message; return what is next: nothing when the person's others have to wait as well."""
        try:
            return after if await self._say(piece, after) else []
        except TakenOver:
            raise
        except Exception as error:
            if trouble_of(error):
                raise
            if len(piece) > 1:
                _log.warning("messages said one by one: one of them is wrong", exc_info=error)
                return [*([row] for row in piece), *after]
            await self._poisoned(piece, error)
            return after

    async def _say(self, piece: list[Outgoing], after: list[list[Outgoing]]) -> bool:
        """Say one message; False when the person's others have to wait as well."""
        if piece[0].kind == outbox_leases.UNREADABLE:
            await self._give_up(piece, ValueError(outbox_leases.UNREADABLE))
            return True
        delivery = await self._word(self._db, piece, self._office_clock())
        if delivery is None:
            self._see(piece, "never")
            await self._settling.add(ended(piece, "never", self._office_clock()))
            return True
        sender = self._sender.while_(lambda: self._in_hand.has(piece[0].id))
        try:
            message_id = await sender.send(delivery, piece[0].priority)
        except DeliveryFailed as failed:
            return await self._failed(piece, after, delivery, failed)
        self._see(piece[:1], "sent")
        self._see(piece[1:], "folded")
        await self._settling.add(said(piece, delivery, message_id, self._office_clock()))
        return True

    async def _failed(
        self,
        piece: list[Outgoing],
        after: list[list[Outgoing]],
        delivery: Delivery,
        failed: DeliveryFailed,
    ) -> bool:
        if failed.reason in _UNREACHABLE and delivery.chat_id > 0:
            async with self._db.transaction() as tx:
                await reachability.mark_unreachable(
                    tx, piece[0].person_id, _UNREACHABLE[failed.reason]
                )
                await self._note(tx, piece, "unreachable", failed)
            return False
        if failed.permanent and len(piece) > 1:
            raise failed
        never_left = failed.reason is Reason.NETWORK and not failed.may_have_gone
        never_left = never_left or failed.reason is Reason.FLOODED
        if failed.permanent or (piece[0].attempts + 1 >= _TRIES and not never_left):
            await self._give_up(piece, failed)
            return True
        pause = _pause(piece[0].attempts, failed.retry_after)
        held = [row.id for rows in (piece, *after) for row in rows]
        counts = not never_left or piece[0].attempts < _TRIES_OF_AN_OUTAGE
        tried = held[: len(piece)] if counts else []
        async with self._db.transaction() as tx:
            await outbox_results.rest(
                tx,
                tried,
                held[len(tried) :],
                self._real_clock() + pause,
                str(failed),
                asked=failed.retry_after is not None,
            )
            await self._note(tx, piece, "put_off", failed)
        asyncio.get_running_loop().call_later(pause.total_seconds(), self.wake)
        return False

    async def _poisoned(self, piece: list[Outgoing], error: Exception) -> None:
        """Put off a message that cannot be worded; the person's others go on."""
        if piece[0].attempts + 1 >= _WORDINGS:
            return await self._give_up(piece, error)
        _log.warning("message %s (%s) put off", piece[0].id, piece[0].kind, exc_info=error)
        later = self._office_clock() + _pause(piece[0].attempts, None)
        async with self._db.transaction() as tx:
            await outbox_results.postpone(
                tx, [row.id for row in piece], later, type(error).__name__
            )
            await self._note(tx, piece, "put_off", error)
        return None

    async def _note(
        self, tx: Transaction, piece: Sequence[Outgoing], outcome: str, error: Exception
    ) -> None:
        """Write into the ledger why messages did not get through; never what they say."""
        self._see(piece, outcome)
        reason = error.reason.value if isinstance(error, DeliveryFailed) else type(error).__name__
        await ledger.note(tx, [row.id for row in piece], outcome, reason, self._office_clock())

    def _see(self, piece: Sequence[Outgoing], outcome: str) -> None:
        """Count messages that ended alike, and let each be found in the log by what caused it."""
        self._figures.delivery(outcome, len(piece))
        for row in piece:
            with bound_contextvars(**_traces(row)):
                _log.info("message %s", outcome, extra={"kind": row.kind})

    async def _give_up(self, piece: list[Outgoing], error: Exception) -> None:
        async with self._db.transaction() as tx:
            await self._note(tx, piece, "failed", error)
        why = str(error) or type(error).__name__
        await self._settling.add(ended(piece, "failed", self._office_clock(), why))
        try:
            await self._on_bug(error, piece[0])
        except Exception:
            _log.exception("nobody could be told that message %s failed", piece[0].id)


def _traces(row: Outgoing) -> dict[str, int]:
    """Return the numbers a line of the log has: of a message, and of the update that caused it, if any."""
    return {"message": row.id} | ({} if row.update_id is None else {"update": row.update_id})


def _pause(attempts: int, retry_after: float | None) -> timedelta:
    if retry_after is not None:
        return timedelta(seconds=retry_after)
    return min(timedelta(seconds=2 ** min(attempts + 1, 20)), _LONGEST_PAUSE)
