"""Keeps the cards true by which groups follow tasks: edited in place after each change."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.chat.messages import Delivery
from bot.delivery.outbox.lease_renewal import LEASE, InHand
from bot.delivery.telegram.errors import DeliveryFailed, Reason
from bot.delivery.telegram.sender import Sender, TakenOver
from bot.delivery.worker_loop import Piece, Rounds
from storage.engine.database import Database
from storage.messaging import cards, group_chats
from storage.records import Card, Priority

Clock = Callable[[], datetime]
Word = Callable[[Card, datetime], Awaitable[Delivery | None]]
_PAUSE_SECONDS = 5.0
_log = logging.getLogger(__name__)


class GroupCards:
    """One card of a group at a time, groups side by side; several changes become one edit.

    `owner` names this instance and is the same after a restart; no two that run may share it. `word`
    says how a card reads now. What does not get through stays out of date and is tried again.
    """

    def __init__(
        self,
        db: Database,
        sender: Sender,
        word: Word,
        *,
        owner: str,
        office_clock: Clock,
        real_clock: Clock,
        on_trouble: Callable[[Exception], None],
    ) -> None:
        self._db = db
        self._sender = sender
        self._word = word
        self._owner = owner
        self._office_clock = office_clock
        self._real_clock = real_clock
        self._in_hand = InHand(real_clock)
        self._rounds = Rounds(self._claim, self._renew, on_trouble)

    async def start(self) -> None:
        """Begin with what changed while the program was away."""
        await cards.give_back(self._db, self._owner)
        self._rounds.start()

    async def stop(self, patience: float = 5.0) -> None:
        """Begin nothing new, give what is being sent `patience` seconds: cut off, a new card would be said again.

        What was not sent is still out of date.
        """
        await self._rounds.stop(patience)
        await cards.give_back(self._db, self._owner)

    def wake(self) -> None:
        """Look now: something changed."""
        self._rounds.wake()

    async def look(self) -> None:
        """Begin on a card that is out of date in each group that nobody is writing to."""
        await self._rounds.once()

    async def _claim(self, room: int) -> list[Piece]:
        if not await cards.outdated(self._db, 1):
            return []
        now = self._real_clock()
        claimed = await cards.claim(self._db, self._owner, now, now + LEASE, room)
        self._in_hand.take([card.id for card in claimed], now + LEASE)
        return [Piece([card.id], self._show(card)) for card in claimed]

    async def _renew(self, ids: Sequence[int]) -> None:
        until = self._real_clock() + LEASE
        self._in_hand.keep(await cards.renew(self._db, self._owner, ids, until), until)

    async def _show(self, card: Card) -> None:
        try:
            now = self._office_clock()
            delivery = await self._word(card, now)
            shown = card.message_id
            if delivery is not None:
                sender = self._sender.while_(lambda: self._in_hand.has(card.id))
                shown = await sender.send(delivery, Priority.NOTICE)
            await self._showed(card, shown)
        except TakenOver:
            _log.warning("the card of task %s went to another instance", card.task_id)
        except DeliveryFailed as failed:
            await self._failed(card, failed)
        except Exception:
            _log.exception("the card of task %s in a group is put off", card.task_id)
            await self._rest(card, None)
        finally:
            self._in_hand.let_go([card.id])

    async def _failed(self, card: Card, failed: DeliveryFailed) -> None:
        now = self._office_clock()
        if failed.new_chat_id is not None:
            async with self._db.transaction() as tx:
                await group_chats.move(tx, card.chat_id, failed.new_chat_id, now)
        elif failed.reason is Reason.CHAT_GONE:
            async with self._db.transaction() as tx:
                await group_chats.leave(tx, card.chat_id, now)
            await self._rest(card, 0)
        elif failed.permanent:
            _log.warning("the card of task %s in a group is not shown: %s", card.task_id, failed)
            await self._showed(card, card.message_id)
        else:
            await self._rest(card, failed.retry_after)

    async def _showed(self, card: Card, message_id: int | None) -> None:
        async with self._db.transaction() as tx:
            if not await cards.showed(tx, card, self._owner, message_id, self._office_clock()):
                _log.warning("the card of task %s went to another instance", card.task_id)

    async def _rest(self, card: Card, seconds: float | None) -> None:
        """Leave a group alone for a while."""
        pause = timedelta(seconds=_PAUSE_SECONDS if seconds is None else seconds)
        async with self._db.transaction() as tx:
            await cards.rest(tx, card, self._owner, self._real_clock() + pause)
