"""Keeps the cards true by which groups follow tasks: edited in place after each change."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta

from bot.chat.messages import Delivery
from bot.delivery.telegram import Sender
from bot.delivery.telegram_failures import DeliveryFailed, Reason
from storage import cards, group_chats
from storage.database import Database
from storage.records import Card, Priority

Clock = Callable[[], datetime]
Word = Callable[[Card, datetime], Awaitable[Delivery | None]]
_AT_ONCE = 30
_LOOK_SECONDS = 1.0
_LEASE = timedelta(seconds=60)
_RENEW_SECONDS = 20.0
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
        self._on_trouble = on_trouble
        self._woken = asyncio.Event()
        self._showing: dict[asyncio.Task[None], int] = {}
        self._loops: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin with what changed while the program was away."""
        await cards.give_back(self._db, self._owner)
        self._loops = [asyncio.create_task(self._look_on()), asyncio.create_task(self._renew())]

    async def stop(self) -> None:
        """Stop at once: what was not sent is still out of date."""
        tasks = [*self._loops, *self._showing]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await cards.give_back(self._db, self._owner)

    def wake(self) -> None:
        """Look now: something changed."""
        self._woken.set()

    async def look(self) -> None:
        """Begin on a card that is out of date in each group that nobody is writing to."""
        free = _AT_ONCE - len(self._showing)
        if free <= 0 or not await cards.outdated(self._db, 1):
            return
        now = self._real_clock()
        for card in await cards.claim(self._db, self._owner, now, now + _LEASE, free):
            task = asyncio.create_task(self._show(card))
            self._showing[task] = card.id
            task.add_done_callback(self._told)

    def _told(self, task: "asyncio.Task[None]") -> None:
        """More may have changed meanwhile."""
        del self._showing[task]
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("a group's card waits until its lease ends", exc_info=error)
        self._woken.set()

    async def _look_on(self) -> None:
        while True:
            self._woken.clear()
            try:
                await self.look()
            except Exception as error:
                self._on_trouble(error)
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_SECONDS):
                    await self._woken.wait()

    async def _renew(self) -> None:
        while True:
            await asyncio.sleep(_RENEW_SECONDS)
            until = self._real_clock() + _LEASE
            try:
                await cards.renew(self._db, self._owner, list(self._showing.values()), until)
            except Exception:
                _log.exception("the leases of groups' cards could not be renewed")

    async def _show(self, card: Card) -> None:
        try:
            now = self._office_clock()
            delivery = await self._word(card, now)
            shown = card.message_id
            if delivery is not None:
                shown = await self._sender.send(delivery, Priority.NOTICE)
            await self._showed(card, shown)
        except DeliveryFailed as failed:
            await self._failed(card, failed)
        except Exception:
            _log.exception("the card of task %s in a group is put off", card.task_id)
            await self._rest(card, None)

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
