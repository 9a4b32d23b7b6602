"""A city for benchmarks: replicas of the program on one PostgreSQL, and people who never stop writing to them.

Each head gives their man one task after the other; a few are on the way of each head at any time. The draft
that comes of a sentence is its effect, and says by its number which it was.
"""

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg

from benchmarks.updates import ADMIN, HEADS, NAMES, OFFICE, everybody, fill
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from bot.playground.people import Person
from bot.playground.server import serve
from tests.ports import free_port
from tests.stories.city import REPLICA

CONFIG = (
    REPLICA
    + """\
[office]
name = "{office}"
[log]
level = "warning"
"""
)
_DRAFTS = (
    "SELECT p.telegram_id AS chat, d.fields FROM drafts d JOIN people p ON p.id = d.person_id"
    " WHERE d.kind = 'assign' ORDER BY d.id"
)
_NUMBER = re.compile(r"báo cáo số (\d+)")


class Writers:
    """The heads: whoever is answered says the next thing, until so many things are said.

    An answer that comes once more, as it may, is none: each would have more and more to say at once.
    """

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._gestures = Gestures(emulator)
        self._said: Counter[int] = Counter()
        self._open: dict[int, set[int]] = {head: set() for head in HEADS}
        self.most = 0
        self.answered = 0
        post = emulator.post

        def posted(sender: Any, chat_id: int, *rest: Any) -> Any:
            message = post(sender, chat_id, *rest)
            if sender is emulator.bot and chat_id in HEADS:
                self._hear(chat_id, str(message.data.get("text")))
            return message

        setattr(emulator, "post", posted)  # noqa: B010 - a method is replaced

    @property
    def said(self) -> Counter[int]:
        """How many things each has said, numbered from 1."""
        return self._said

    def begin(self, most: int, each: int = 1) -> None:
        """Say that many things more in all; so many of each head at once."""
        self.most = self._said.total() + most
        for _ in range(each):
            for head in HEADS:
                self._say(head)

    def pause(self) -> None:
        """Say nothing more."""
        self.most = 0

    def _hear(self, head: int, text: str) -> None:
        """Say the next thing; what names no number, an apology or a welcome, is the answer to the first."""
        number = _NUMBER.search(text)
        heard = int(number[1]) if number else min(self._open[head], default=0)
        if heard in self._open[head]:
            self._open[head].remove(heard)
            self.answered += 1
            self._say(head)

    def _say(self, head: int) -> None:
        if self._said.total() < self.most:
            self._said[head] += 1
            self._open[head].add(self._said[head])
            day, man = datetime.now(UTC) + timedelta(days=30), NAMES[head - HEADS[0]]
            text = f"Giao đồng chí {man} soạn báo cáo số {self._said[head]}, trước 17h ngày {day:%d/%m/%Y}"
            self._gestures.say(head, text)


class Replica:
    """One instance of the program, with a port of its own that it keeps."""

    def __init__(self, config: Path, emulator: Emulator) -> None:
        self._port = str(free_port())
        self._address = f"http://127.0.0.1:{self._port}"
        self._config = config
        self._emulator = emulator
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    async def start(self) -> None:
        """Run it; return when Telegram knows of it."""
        before = self._set()
        self._process = await asyncio.to_thread(self._begun)
        async with asyncio.timeout(120):
            while self._set() == before:  # noqa: ASYNC110 - the emulator tells nobody
                await asyncio.sleep(0.02)
        self._emulator.replicas.append(self._address)

    async def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it, or kill it."""
        assert self._process is not None
        self._process.send_signal(how)
        await asyncio.to_thread(self._process.wait, 60)
        if self._address in self._emulator.replicas:  # it may not have come so far
            self._emulator.replicas.remove(self._address)

    def _begun(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "bot", "run", "--config", str(self._config)]
        return subprocess.Popen(command, env=os.environ | {"DONDOC_WEB__PORT": self._port})

    def _set(self) -> int:
        return sum(call.method.lower() == "setwebhook" for call in self._emulator.calls[-500:])


class City:
    """`db` reads what became of it all."""

    def __init__(self, config: Path, emulator: Emulator, db: Any) -> None:
        self.emulator = emulator
        self.writers = Writers(emulator)
        self.db = db
        self._config = config
        self._replicas: list[Replica] = []

    def replica(self) -> Replica:
        self._replicas.append(Replica(self._config, self.emulator))
        return self._replicas[-1]

    async def close(self) -> None:
        """Kill whatever still runs."""
        for one in self._replicas:
            if one.runs:
                await one.end(signal.SIGKILL)

    async def rest(self, seconds: float = 120) -> None:
        """Wait until nothing waits any more, neither with Telegram nor in the database."""
        async with asyncio.timeout(seconds):
            while len(self.emulator.updates) or await self._waiting():  # noqa: ASYNC110 - who works tells nobody
                await asyncio.sleep(0.2)

    async def effects(self) -> dict[int, list[int]]:
        """Return the numbers of what came of each head's sentences, in the order in which it came."""
        found: dict[int, list[int]] = {head: [] for head in HEADS}
        for row in await self.db.fetch(_DRAFTS):
            number = _NUMBER.search(str(json.loads(row["fields"])))
            if row["chat"] in found and number:
                found[row["chat"]].append(int(number[1]))
        return found

    async def _waiting(self) -> int:
        return int(await self.db.fetchval("SELECT COUNT(*) FROM inbox WHERE state = 'waiting'"))


@asynccontextmanager
async def city(url: str, folder: Path) -> AsyncIterator[City]:
    """Fill an empty database with the demo office and the pairs; no replica runs yet."""
    people = [Person(number, name, started=True) for number, name in everybody()]
    emulator = Emulator(people)
    emulator.faults.limits = False
    db = await asyncpg.create_pool(url, min_size=1, max_size=2)
    try:
        async with serve(emulator) as address:
            config = folder / "config.toml"
            given = {"token": emulator.token, "address": address, "url": url, "folder": folder}
            config.write_text(CONFIG.format(**given, office=OFFICE, admin=ADMIN), encoding="utf-8")
            await asyncio.to_thread(fill, config)
            stage = City(config, emulator, db)
            try:
                yield stage
            finally:
                await stage.close()
    finally:
        await db.close()
