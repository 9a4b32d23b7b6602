"""Takes away reminders that a later one outran, and the buttons of those whose task has ended."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.chat.messages import Delivery, Message
from bot.delivery.outbox.lease_renewal import LEASE
from bot.delivery.telegram.delete_message import DELETABLE, Clearer
from bot.delivery.telegram.errors import DeliveryFailed
from bot.delivery.telegram.sender import Sender
from bot.delivery.worker_loop import Piece, Rounds
from storage.engine.database import Database
from storage.records import Priority, Reminding
from storage.reminders import reminder_messages

_MARGIN = timedelta(minutes=5)


class Clearing:
    """`word` says in one line what stands in place of a reminder that is too old to be deleted.

    `owner` names this instance and is the same after a restart; no two that run may share it. What does not get through is tried again when its lease ends; what Telegram refuses is left as it is.
    """

    def __init__(
        self,
        db: Database,
        sender: Sender,
        word: Callable[[Reminding], Message],
        *,
        owner: str,
        office_clock: Callable[[], datetime],
        real_clock: Callable[[], datetime],
        on_trouble: Callable[[Exception], None],
    ) -> None:
        self._db = db
        self._sender = sender
        self._clearer = Clearer(sender)
        self._word = word
        self._owner = owner
        self._office_clock = office_clock
        self._real_clock = real_clock
        self._rounds = Rounds(self._claim, self._renew, on_trouble)

    async def start(self) -> None:
        """Begin with what was not cleared before a restart."""
        await reminder_messages.give_back(self._db, self._owner)
        self._rounds.start()

    async def stop(self) -> None:
        """Stop at once: what was not cleared is later."""
        await self._rounds.stop()
        await reminder_messages.give_back(self._db, self._owner)

    async def drain(self) -> None:
        """Clear all there is, in place of `start`."""
        await self._rounds.drain()

    async def _claim(self, room: int) -> list[Piece]:
        now = self._real_clock()
        over = await reminder_messages.claim(
            self._db, self._owner, self._office_clock(), now, now + LEASE, room
        )
        return [Piece([one.id], self._clear(one)) for one in over]

    async def _renew(self, ids: Sequence[int]) -> None:
        await reminder_messages.renew(self._db, self._owner, ids, self._real_clock() + LEASE)

    async def _clear(self, one: Reminding) -> None:
        try:
            gone = await self._take_away(one) if one.replaced else await self._strip(one)
        except DeliveryFailed as failed:
            if not failed.permanent:
                return
            gone = False
        async with self._db.transaction() as tx:
            await reminder_messages.forget(tx, one.chat_id, one.message_id, gone=gone)

    async def _take_away(self, one: Reminding) -> bool:
        is_young = self._office_clock() - one.sent_at < DELETABLE - _MARGIN
        if is_young and await self._clearer.delete(one.chat_id, one.message_id):
            return True
        delivery = Delivery(one.chat_id, self._word(one))
        await self._sender.edit(delivery, one.message_id, Priority.CLEARING)
        return True

    async def _strip(self, one: Reminding) -> bool:
        await self._clearer.strip(one.chat_id, one.message_id)
        return False
