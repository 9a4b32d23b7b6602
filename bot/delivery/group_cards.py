"""Keeps the cards true by which groups follow tasks: edited in place after each change."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from functools import partial

from bot.chat.messages import Delivery
from bot.delivery.telegram import Sender
from bot.delivery.telegram_failures import DeliveryFailed, Reason
from storage import cards, group_chats
from storage.database import Database
from storage.records import Card, Priority

Word = Callable[[Card, datetime], Awaitable[Delivery | None]]
_AT_ONCE = 200
_LOOK_SECONDS = 1.0
_PAUSE_SECONDS = 5.0
_log = logging.getLogger(__name__)


class GroupCards:
    """One card of a group at a time, groups side by side; several changes become one edit.

    `word` says how a card reads now. What does not get through stays out of date and is tried again.
    """

    def __init__(
        self,
        db: Database,
        sender: Sender,
        word: Word,
        *,
        office_clock: Callable[[], datetime],
        stopwatch: Callable[[], float],
    ) -> None:
        self._db = db
        self._sender = sender
        self._word = word
        self._clock = office_clock
        self._stopwatch = stopwatch
        self._woken = asyncio.Event()
        self._chats: dict[int, asyncio.Task[None]] = {}
        self._resting: dict[int, float] = {}
        self._loop: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin with what changed while the program was away."""
        self._loop = asyncio.create_task(self._look_on())

    async def stop(self) -> None:
        """Stop at once: what was not sent is still out of date."""
        tasks = [one for one in (self._loop, *self._chats.values()) if one is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def wake(self) -> None:
        """Look now: something changed."""
        self._woken.set()

    async def look(self) -> None:
        """Begin on the cards that are out of date, in groups that are not being written to."""
        now = self._stopwatch()
        waiting: dict[int, list[Card]] = {}
        for card in await cards.outdated(self._db, _AT_ONCE):
            waiting.setdefault(card.chat_id, []).append(card)
        for chat_id, theirs in waiting.items():
            if chat_id not in self._chats and self._resting.get(chat_id, now) <= now:
                task = asyncio.create_task(self._show_all(chat_id, theirs))
                self._chats[chat_id] = task
                task.add_done_callback(partial(self._told, chat_id))

    def _told(self, chat_id: int, _: "asyncio.Task[None]") -> None:
        """More may have changed meanwhile."""
        del self._chats[chat_id]
        self._woken.set()

    async def _look_on(self) -> None:
        while True:
            self._woken.clear()
            try:
                await self.look()
            except Exception:
                _log.exception("the cards of groups could not be read; looking again")
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK_SECONDS):
                    await self._woken.wait()

    async def _show_all(self, chat_id: int, waiting: list[Card]) -> None:
        for card in waiting:
            try:
                await self._show(card)
            except DeliveryFailed as failed:
                await self._failed(card, failed)
                return
            except Exception:
                _log.exception("the card of task %s in a group is put off", card.task_id)
                self._rest(chat_id, None)
                return

    async def _show(self, card: Card) -> None:
        now = self._clock()
        delivery = await self._word(card, now)
        shown = card.message_id
        if delivery is not None:
            shown = await self._sender.send(delivery, Priority.NOTICE)
        await self._showed(card, shown, now)

    async def _failed(self, card: Card, failed: DeliveryFailed) -> None:
        now = self._clock()
        if failed.new_chat_id is not None:
            async with self._db.transaction() as tx:
                await group_chats.move(tx, card.chat_id, failed.new_chat_id, now)
        elif failed.reason is Reason.CHAT_GONE:
            async with self._db.transaction() as tx:
                await group_chats.leave(tx, card.chat_id, now)
        elif failed.permanent:
            _log.warning("the card of task %s in a group is not shown: %s", card.task_id, failed)
            await self._showed(card, card.message_id, now)
        else:
            self._rest(card.chat_id, failed.retry_after)

    async def _showed(self, card: Card, message_id: int | None, now: datetime) -> None:
        async with self._db.transaction() as tx:
            await cards.showed(tx, card, message_id, now)

    def _rest(self, chat_id: int, seconds: float | None) -> None:
        """Leave a group alone for a while."""
        self._resting[chat_id] = self._stopwatch() + (seconds or _PAUSE_SECONDS)
