"""Shows the progress of long work in one message that is edited; quick work shows nothing."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.clock import stopwatch

PAUSE = timedelta(seconds=3)
"""The time between two edits of a count."""
PATIENCE = 1.0
"""How many seconds a step may take before the message says what is being done."""

Result = TypeVar("Result")


class Progress:
    """The progress of work that has `steps` steps, done one after the other."""

    def __init__(self, turn: Turn, what: str, *, steps: int, patience: float | None = None) -> None:
        self._turn = turn
        self._what = what
        self._steps = steps
        self._patience = PATIENCE if patience is None else patience
        self._step = 0
        self._message_id: int | None = None

    async def through(self, doing: str, work: Coroutine[Any, Any, Result]) -> Result:
        """Do a step; when it takes longer than the patience, say that it is being done. Returns its result."""
        self._step += 1
        task = asyncio.create_task(work)
        try:
            await asyncio.wait({task}, timeout=self._patience)
            if not task.done():
                await self._say(f"⏳ {self._what}: {doing} (bước {self._step}/{self._steps})…")
            return await task
        finally:
            task.cancel()

    async def over(self) -> None:
        """Say that the work is done, if anything was said before."""
        if self._message_id is not None:
            await self._say(f"{self._what}: đã xong.")

    async def _say(self, text: str) -> None:
        self._message_id = await self._turn.put(Message(text), self._message_id)


class Counted:
    """The progress of many equal pieces: "⏳ Nhập việc: 400/5000", in place of the message that was pressed."""

    def __init__(self, turn: Turn, what: str, of: int) -> None:
        self._turn = turn
        self._what = what
        self._of = of
        self._since = stopwatch()
        self._done = 0
        self._message_id = turn.card.message_id if turn.card else None

    async def more(self, count: int) -> None:
        """Count more pieces as done; edits the message at most once per PAUSE, and not before the first PAUSE is over."""
        self._done = min(self._done + count, self._of)
        if stopwatch() - self._since > PAUSE.total_seconds():
            self._since = stopwatch()
            text = f"⏳ {self._what}: {self._done}/{self._of}"
            self._message_id = await self._turn.put(Message(text), self._message_id)

    async def over(self, message: Message) -> None:
        """Replace the progress with the final message."""
        await self._turn.put(message, self._message_id)
