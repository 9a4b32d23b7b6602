"""The stage of a story: the emulator, the real program as its own process, and people's phones.

Nobody counts messages here; the playground's story and tests/delivery run under Telegram's limits.
"""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.playground.emulator import TOKEN, Emulator
from bot.playground.office import DEMO_OFFICE, read_office
from bot.playground.phone import Phone
from bot.playground.remote import Remote
from bot.playground.server import serve
from storage.engine.database import Engine
from tests.stories.nursery import dondoc, ended

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 12, 7, 9, tzinfo=ZONE)
"""When every story begins."""

LOOK_SECONDS = 0.05
LEADER, DEPUTY, HEAD, STAFF = (
    "Trịnh Quang Lĩnh",
    "Tạ Thị Hoài Mơ",
    "Đoàn Thục Hạnh Nhi",
    "Mạc Thiên Ân",
)
CONFIG = """\
[telegram]
token = "{token}"
base_url = "{address}/bot"
base_file_url = "{address}/file/bot"
messages_per_second = 0
[storage]
url = "sqlite:///{folder}/dondoc.db"
files = "{folder}/files"
[access]
admins = [700000001]
updates_a_minute = 0
[office]
gather = "0s"
[reminders]
before = ["1d", "2h", "31m"]
[clock]
offset_file = "{folder}/clock"
"""


class Stage:
    """`play` moves the clock and sets faults; the bot is started, stopped and killed at will."""

    engine: Engine = "sqlite"

    def __init__(self, folder: Path, emulator: Emulator, play: Remote) -> None:
        self.folder = folder
        self.emulator = emulator
        self.play = play
        self.config = folder / "config.toml"
        self.url = f"sqlite:///{folder}/dondoc.db"
        self.process: BaseProcess | None = None

    async def start_bot(self, **settings: str) -> None:
        """Run the program, with settings from the environment, until it asks for updates or says where to send them."""
        polled, hooked = self.emulator.updates.polled, self.emulator.hooked
        polled.clear()
        hooked.clear()
        command = ("run", "--config", str(self.config))
        self.process = dondoc(*command, log=self.folder / "log", **settings)
        async with asyncio.timeout(20):
            while not polled.is_set() and not hooked.is_set():
                if self.process.exitcode is not None:
                    raise RuntimeError(f"the bot stopped: {self.log()}")
                await asyncio.sleep(0.02)

    async def stop_bot(self) -> int:
        """Ask the program to stop, as an operator does; return its exit code."""
        return await self._end(kill=False)

    async def kill_bot(self) -> None:
        """End the program with no chance to finish anything."""
        await self._end(kill=True)

    def lives(self) -> bool:
        """Tell whether the program still runs."""
        return self.process is not None and self.process.exitcode is None

    async def _end(self, kill: bool) -> int:
        if self.process is None or self.process.exitcode is not None:
            return 0
        self.process.kill() if kill else self.process.terminate()
        return await ended(self.process)

    async def phone(self, name: str, *, started: bool = True) -> Phone:
        """Return somebody's phone, by default one that has pressed Start and heard the welcome."""
        phone = await Phone.of(self.play, name)
        if started:
            await phone.start()
            await phone.expect("Chào đồng chí")
        return phone

    async def at(self, day: int, hour: int = 9, minute: int = 0, second: int = 0) -> None:
        """Move the clock to a day of December 2026, in the office's zone."""
        await self.play.move_to(datetime(2026, 12, day, hour, minute, second, tzinfo=ZONE))

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Read the database from outside, as an operator could."""
        connection = sqlite3.connect(f"file:{self.folder}/dondoc.db?mode=ro", uri=True)
        try:
            named = {str(number): value for number, value in enumerate(values, 1)}
            return connection.execute(sql, named).fetchall()
        finally:
            connection.close()

    def kept(self) -> dict[str, bytes]:
        """Return all that the program keeps: its files, by their names, log and database among them."""
        files = [file for file in self.folder.rglob("*") if file.is_file()]
        return {str(file.relative_to(self.folder)): file.read_bytes() for file in files}

    def is_sound(self) -> bool:
        """Tell whether the database is whole, and every row points to one that is there."""
        whole = self.rows("PRAGMA integrity_check") == [("ok",)]
        return whole and self.rows("PRAGMA foreign_key_check") == []

    def spoil(self, sql: str) -> None:
        """Change the database behind the program's back, so that it meets what cannot be."""
        with closing(sqlite3.connect(self.folder / "dondoc.db", timeout=10)) as connection:
            connection.execute(sql)
            connection.commit()

    async def kill_before_answer(self, happened: str) -> None:
        """Kill the program between what is done and the word that says so, and start it again.

        `happened` is a question to the database that is answered with yes once it is done. The next
        gesture must have been made while `mute` held.
        """
        await self.until(happened)
        await self.kill_bot()
        await self.play.faults(broken=0)
        await self.start_bot()

    async def mute(self) -> None:
        """Let nothing that the bot says get through once it has said all, while it still hears."""
        await self.until("SELECT COUNT(*) = 0 FROM inbox WHERE state = 'waiting'")
        await self.play.faults(broken=100_000)

    @asynccontextmanager
    async def unwritable(self) -> AsyncIterator[None]:
        """Let somebody else hold the database, so that nothing about messages can be written down."""
        with closing(sqlite3.connect(self.folder / "dondoc.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield

    async def until(self, sql: str, seconds: float = 10) -> None:
        """Wait until a question to the database is answered with yes; what was logged last tells why not."""
        for _ in range(int(seconds / LOOK_SECONDS)):
            if self.rows(sql)[0][0]:
                return
            await asyncio.sleep(LOOK_SECONDS)
        raise TimeoutError(f"{sql}\n{self.log()[-2000:]}")


@asynccontextmanager
async def staged(folder: Path, office: Path) -> AsyncIterator[Stage]:
    """Set the stage in a folder, with a copy of a database in which the people are known."""
    emulator = Emulator(read_office(), folder / "clock")
    emulator.faults.limits = False
    async with serve(emulator) as address, Remote(address) as play:
        stage = Stage(folder, emulator, play)
        stage.config.write_text(
            CONFIG.format(token=emulator.token, address=address, folder=folder.as_posix())
        )
        shutil.copy(office, folder / "dondoc.db")
        await play.move_to(MONDAY)
        try:
            yield stage
        finally:
            await stage.kill_bot()


async def known_people(folder: Path) -> Path:
    """Make a database with `dondoc people import` and return its file."""
    config = folder / "config.toml"
    config.write_text(
        CONFIG.format(token=TOKEN, address="http://127.0.0.1:1", folder=folder.as_posix())
    )
    command = ("people", "import", str(DEMO_OFFICE), "--config", str(config))
    if await ended(dondoc(*command, log=folder / "log")) != 0:
        raise RuntimeError("the list of people was not taken")
    return folder / "dondoc.db"
