"""The stage of a city: several replicas of the program on one PostgreSQL, taking turns behind one address."""

import asyncio
import socket
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import asyncpg

from bot.playground.emulator import TOKEN, Emulator
from bot.playground.office import DEMO_OFFICE, read_office
from bot.playground.phone import Phone
from bot.playground.remote import Remote
from bot.playground.server import serve
from tests.ports import free_port
from tests.stories.nursery import dondoc, ended
from tests.stories.stage import LOOK_SECONDS, MONDAY

REPLICA = """\
[telegram]
token = "{token}"
base_url = "{address}/bot"
base_file_url = "{address}/file/bot"
messages_per_second = 0
mode = "webhook"
webhook_secret = "sesame_sesame_sesame"
[storage]
url = "{url}"
files = "{folder}/files"
[web]
port = 1
address = "http://127.0.0.1:1"
[access]
admins = [{admin}]
updates_a_minute = 0
"""
"""The settings of any replica; its port comes from the environment."""
_CONFIG = (
    REPLICA
    + """\
[office]
gather = "0s"
[reminders]
before = ["1d", "2h", "31m"]
[clock]
offset_file = "{folder}/clock"
"""
)
_AGE = (
    "UPDATE inbox SET lease_until = lease_until - INTERVAL '1 minute' WHERE lease_owner = $1",
    "UPDATE reminded SET lease_until = lease_until - INTERVAL '1 minute' WHERE lease_owner = $1",
    "UPDATE leases SET until = until - INTERVAL '1 minute' WHERE owner = $1",
)
_AGE_MESSAGES = (
    "UPDATE outbox SET lease_until = lease_until - INTERVAL '1 minute'"
    " WHERE lease_owner = $1 AND id <> ALL($2::bigint[])"
)


class City:
    """Replicas are started, stopped and killed at will; each has a port, and all share the rest."""

    def __init__(self, folder: Path, emulator: Emulator, play: Remote, db: Any) -> None:
        self.folder = folder
        self.emulator = emulator
        self.play = play
        self.db = db
        self.replicas: dict[str, BaseProcess] = {}
        self._addresses: dict[str, str] = {}

    async def start(self, **settings: str) -> str:
        """Run one more replica, until Telegram knows of it; return what it is called."""
        port, name = free_port(), self._next_name()
        before = self._set()
        process = dondoc(
            "run", "--config", str(self.folder / "config.toml"), log=self.folder / "log",
            **settings | {"DONDOC_WEB__PORT": str(port)},
        )  # fmt: skip
        async with asyncio.timeout(30):
            while self._set() == before:
                if process.exitcode is not None:
                    raise RuntimeError(f"the replica stopped: {self.log()}")
                await asyncio.sleep(0.02)
        self.replicas[name] = process
        self._addresses[name] = f"http://127.0.0.1:{port}"
        self.emulator.replicas.append(self._addresses[name])
        return name

    async def kill(self, name: str) -> None:
        """End a replica with no chance to finish anything."""
        self.replicas[name].kill()
        await self._ended(name)

    async def stop(self, name: str) -> int:
        """Ask a replica to stop; return its exit code."""
        self.replicas[name].terminate()
        return await self._ended(name)

    async def age_leases(self, dead: str, written: Collection[int] = ()) -> None:
        """Let what the dead held run out, which in truth takes half a minute.

        What stands in its journal (`written`) is known to the others long before that.
        """
        for statement in _AGE:
            await self.db.execute(statement, dead)
        await self.db.execute(_AGE_MESSAGES, dead, list(written))

    async def phone(self, name: str) -> Phone:
        """Return the phone of somebody who has pressed Start and heard the welcome."""
        phone = await Phone.of(self.play, name)
        await phone.start()
        await phone.expect("Chào đồng chí")
        return phone

    async def until(self, sql: str, seconds: float = 20) -> None:
        """Wait until a question to the database is answered with yes."""
        async with asyncio.timeout(seconds):
            while not await self.db.fetchval(sql):  # noqa: ASYNC110 - another process answers it
                await asyncio.sleep(LOOK_SECONDS)

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    async def _ended(self, name: str) -> int:
        code = await ended(self.replicas.pop(name))
        self.emulator.replicas.remove(self._addresses.pop(name))
        return code

    def _next_name(self) -> str:
        """Return the seat that is free: see `bot/delivery/instance_name.take`."""
        machine = socket.gethostname()
        seats = [machine, *(f"{machine}-{number}" for number in range(2, 9))]
        return next(one for one in seats if one not in self.replicas)

    def _set(self) -> int:
        return sum(call.method.lower() == "setwebhook" for call in self.emulator.calls)


@asynccontextmanager
async def staged_city(folder: Path, url: str) -> AsyncIterator[City]:
    """Set the stage on a database in which the people are known; no replica runs yet."""
    emulator = Emulator(read_office(), folder / "clock")
    emulator.faults.limits = False
    db = await asyncpg.create_pool(url, min_size=0, max_size=1)
    try:
        async with serve(emulator) as address, Remote(address) as play:
            city = City(folder, emulator, play, db)
            _configure(folder, address, url)
            await play.move_to(MONDAY)
            try:
                yield city
            finally:
                for one in list(city.replicas):
                    await city.kill(one)
    finally:
        await db.close()


async def people_of(folder: Path, url: str) -> None:
    """Fill a database with the people of the demo office."""
    _configure(folder, "http://127.0.0.1:1", url)
    command = ("people", "import", str(DEMO_OFFICE), "--config", str(folder / "config.toml"))
    if await ended(dondoc(*command, log=folder / "log")) != 0:
        raise RuntimeError((folder / "log").read_text())


def _configure(folder: Path, address: str, url: str) -> None:
    text = _CONFIG.format(
        token=TOKEN, address=address, url=url, folder=folder.as_posix(), admin=700000001
    )
    (folder / "config.toml").write_text(text)
