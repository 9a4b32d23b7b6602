"""Telegram for the benchmarks: the playground's emulator in a process of its own.

Everything is timed where it happens, in that process: when an update was there to be fetched, when
its answer had arrived. The limits on writing are off.
"""

import asyncio
import multiprocessing
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from bot.playground.people import Person
from bot.playground.server import serve

PATIENCE = 120.0


@dataclass
class Run:
    """Seconds from the first update to the last answer, and from each update to its answer."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Telegram:
    """The near end: each call is carried out in the emulator's process."""

    def __init__(self, line: Connection, address: str, token: str) -> None:
        self._line = line
        self.address = address
        self.token = token

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*values: Any) -> Any:
            self._line.send((name, values))
            outcome = self._line.recv()
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        return call


@contextmanager
def telegram(people: list[tuple[int, str]]) -> Iterator[Telegram]:
    """Run the emulator with these people (Telegram id and name), who have all pressed Start."""
    spawn = multiprocessing.get_context("spawn")
    near, far = spawn.Pipe()
    process = spawn.Process(target=_run, args=(far, people), daemon=True)
    process.start()
    try:
        address, token = near.recv()
        yield Telegram(near, address, token)
    finally:
        near.send(("stop", ()))
        process.join(10)


def _run(line: Connection, people: list[tuple[int, str]]) -> None:
    asyncio.run(_serve(line, people))


async def _serve(line: Connection, people: list[tuple[int, str]]) -> None:
    emulator = Emulator([Person(number, name, started=True) for number, name in people])
    emulator.faults.limits = False
    async with serve(emulator) as address:
        far_end = FarEnd(emulator)
        line.send((address, emulator.token))
        while True:
            name, values = await asyncio.to_thread(line.recv)
            if name == "stop":
                return
            try:
                line.send(await getattr(far_end, name)(*values))
            except Exception as error:
                line.send(error)


class FarEnd:
    """What can be asked of the emulator. Answers in a chat are matched to updates in their order."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._gestures = Gestures(emulator)
        self._asked: defaultdict[int, deque[float]] = defaultdict(deque)
        self._pressed: dict[int, float] = {}
        self._run = Run()
        self._left = 0
        self._done = asyncio.Event()
        self._first_poll = asyncio.Event()
        self._polled_at = 0.0
        self._watch()

    def _watch(self) -> None:
        post, show_edit, poll = (
            self._emulator.post,
            self._emulator.show_edit,
            self._emulator.updates.poll,
        )

        def posted(sender: Any, chat_id: int, *rest: Any) -> Any:
            message = post(sender, chat_id, *rest)
            if sender is self._emulator.bot and self._asked[chat_id]:
                self._arrived(self._asked[chat_id].popleft())
            return message

        def edited(message: Any) -> None:
            show_edit(message)
            if message.id in self._pressed:
                self._arrived(self._pressed.pop(message.id))

        async def polled(*values: Any) -> Any:
            if not self._first_poll.is_set():
                self._polled_at = time.monotonic()
                self._first_poll.set()
            return await poll(*values)

        setattr(self._emulator, "post", posted)  # noqa: B010 - a method is replaced
        setattr(self._emulator, "show_edit", edited)  # noqa: B010
        setattr(self._emulator.updates, "poll", polled)  # noqa: B010

    def _arrived(self, asked: float) -> None:
        self._run.latencies.append(time.monotonic() - asked)
        self._left -= 1
        if not self._left:
            self._done.set()

    async def delay(self, milliseconds: float) -> None:
        """Answer every call so much later from now on."""
        self._emulator.faults.delay_ms = milliseconds

    async def first_poll(self) -> float:
        """Wait for a bot to ask for updates; return when, on the machine's monotonic clock."""
        async with asyncio.timeout(PATIENCE):
            await self._first_poll.wait()
        return self._polled_at

    async def forget(self) -> None:
        """Prepare for another bot: nothing waits, nobody has polled."""
        self._first_poll.clear()
        self._asked.clear()
        self._pressed.clear()
        self._emulator.updates.drop()
        self._emulator.updates.allowed = None

    async def say(self, texts: list[tuple[int, str]], pause: float = 0.0) -> Run:
        """Let people say texts, all at once or a pause apart; wait for an answer to each."""

        def one(person: int, text: str) -> None:
            self._asked[person].append(time.monotonic())
            self._gestures.say(person, text)

        return await self._measure([partial(one, *text) for text in texts], pause)

    async def press(self, label: str, cards: list[tuple[int, int]], pause: float = 0.0) -> Run:
        """Press a button on cards (person, message); each is answered when its card is edited."""

        def one(person: int, message_id: int) -> None:
            self._pressed[message_id] = time.monotonic()
            self._gestures.press(person, message_id, label=label)

        return await self._measure([partial(one, *card) for card in cards], pause)

    async def cards(self, label: str) -> list[tuple[int, int]]:
        """Return (chat, message) of everything the bot shows that has such a button."""
        return [
            (chat_id, message.id)
            for chat_id in self._emulator.people
            for message in self._emulator.messages.of_chat(chat_id)
            if message.by_bot and f"'{label}'" in str(message.data.get("reply_markup"))
        ]

    async def last_said(self, chat_id: int) -> str:
        """Return the newest text of the bot in a chat."""
        return next(
            str(message.data.get("text"))
            for message in reversed(self._emulator.messages.of_chat(chat_id))
            if message.by_bot
        )

    async def quiet(self, seconds: float = 1.0) -> None:
        """Wait until the bot has called nothing for a while: what it tells others has gone."""
        calls = -1
        while calls != len(self._emulator.calls):
            calls = len(self._emulator.calls)
            await asyncio.sleep(seconds)

    async def _measure(self, acts: list[Callable[[], None]], pause: float) -> Run:
        self._run, self._left = Run(), len(acts)
        self._done.clear()
        began = time.monotonic()
        async with asyncio.timeout(PATIENCE):
            for act in acts:
                act()
                if pause:
                    await asyncio.sleep(pause)
            await self._done.wait()
        self._run.seconds = time.monotonic() - began
        return self._run
