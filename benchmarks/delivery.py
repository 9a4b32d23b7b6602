"""Everybody reminded at one moment, while people go on writing; and what an idle minute costs.

    python -m benchmarks.delivery [--people N] [--planned N]

Each of N people has one reminder due at the same moment. The emulator keeps Telegram's limits and
answers each call after 50 ms; the bot is the real program at its usual pace. Meanwhile twenty people ask
for their list every twenty seconds, one each second, and an answer is timed where it arrives. Then the
program does nothing for a minute with so many reminders planned for later. How fast plans move with
the calendar is in `benchmarks.replan`.
"""

import argparse
import asyncio
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from bot.playground.office import read_office
from bot.playground.server import serve
from tests.faults import crowd

WRITERS, EVERY_SECONDS = 20, 20.0
MONDAY = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
LATER = datetime(2036, 1, 7, tzinfo=UTC)
RUNGS = 50
SAID = {"sendMessage", "editMessageText"}
IDLE_SECONDS = 60.0
CALM_SECONDS = 10.0
CONFIG = """\
[telegram]
token = "{token}"
base_url = "{address}/bot"
base_file_url = "{address}/file/bot"
[storage]
url = "sqlite:///{folder}/dondoc.db"
files = "{folder}/files"
[office]
digest_at = "17:00"
[log]
level = "warning"
"""
MOVED = """\
[clock]
offset_file = "{folder}/clock"
"""


@dataclass
class Heard:
    """When reminders came, by the emulator's clock, and how many seconds answers took."""

    reminders: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    asked: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def percentile(self, share: float) -> float:
        ordered = sorted(self.answers)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def listen(emulator: Emulator) -> Heard:
    """Note every message of the bot as it comes."""
    heard, post = Heard(), emulator.post

    def posted(sender: Any, chat_id: int, content: Any, *rest: Any) -> Any:
        if sender is emulator.bot:
            if str(content.get("text")).startswith("Nhắc"):
                heard.reminders.append(emulator.clock.now())
            elif heard.asked[chat_id]:
                heard.answers.append(time.monotonic() - heard.asked[chat_id].popleft())
        return post(sender, chat_id, content, *rest)

    setattr(emulator, "post", posted)  # noqa: B010 - a method is replaced
    return heard


@contextmanager
def running(config: Path) -> Iterator[int]:
    """Run the bot and give its process id."""
    process = subprocess.Popen([sys.executable, "-m", "bot", "run", "--config", str(config)])
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def prepare(folder: Path, emulator: Emulator, address: str, *, moved: bool) -> Path:
    """Write the settings and make a database with the demo office; return the settings' file."""
    config = folder / "config.toml"
    values = {"token": emulator.token, "address": address, "folder": folder}
    config.write_text((CONFIG + MOVED * moved).format(**values), encoding="utf-8")
    office = Path(__file__).parent.parent / "bot" / "playground" / "demo_office.csv"
    command = (sys.executable, "-m", "bot", "people", "import", str(office))
    subprocess.run([*command, "--config", str(config)], check=True, stdout=subprocess.DEVNULL)
    return config


async def ask(emulator: Emulator, heard: Heard, people: list[int]) -> None:
    """Let people ask for their lists, one after the other, until cancelled."""
    gestures = Gestures(emulator)
    while True:
        for one in people:
            heard.asked[one].append(time.monotonic())
            gestures.say(one, "/viec")
            await asyncio.sleep(EVERY_SECONDS / len(people))


async def drain(count: int, folder: Path) -> None:
    """Remind everybody, and print how that went."""
    emulator = Emulator(read_office(), folder / "clock")
    emulator.people |= {one.id: one for one in crowd.accounts(count)}
    emulator.faults.delay_ms = 50
    heard = listen(emulator)
    async with serve(emulator) as address:
        config = await asyncio.to_thread(prepare, folder, emulator, address, moved=True)
        await crowd.gather(f"sqlite:///{folder}/dondoc.db", count, MONDAY)
        emulator.clock.move_to((MONDAY - timedelta(seconds=CALM_SECONDS)).timestamp())
        with running(config):
            async with asyncio.timeout(60):
                await emulator.updates.polled.wait()
            emulator.clock.move_to((MONDAY - timedelta(seconds=CALM_SECONDS)).timestamp())
            first = len(emulator.calls)
            writers = [crowd.FIRST + count - 1 - n for n in range(WRITERS)]
            asking = asyncio.create_task(ask(emulator, heard, writers))
            async with asyncio.timeout(60 + count / 10):
                while len(heard.reminders) < count:  # noqa: ASYNC110 - the emulator tells nobody
                    await asyncio.sleep(0.1)
            asking.cancel()
            await asyncio.sleep(1)
    report(emulator, heard, first)


def report(emulator: Emulator, heard: Heard, first: int) -> None:
    begun, ended = heard.reminders[0], heard.reminders[-1]
    seconds, calls = ended - begun, emulator.calls[first:]
    said = sum(
        one.method in SAID and one.outcome == "ok" and begun <= one.at <= ended for one in calls
    )
    refused = sum(one.outcome.startswith("Too Many") for one in calls)
    print(
        f"{len(heard.reminders)} reminders due at one moment: drained in {seconds:.0f} s,"
        f" {said / seconds:.1f} messages/s, answers counted"
    )
    print(
        f"{refused} of {len(calls)} calls refused with 429 ({refused / len(calls):.2%});"
        f" {len(heard.answers)} answers meanwhile, median {heard.percentile(0.5) * 1000:.0f} ms,"
        f" p99 {heard.percentile(0.99) * 1000:.0f} ms"
    )


async def idle(planned: int, folder: Path) -> None:
    """Let the bot do nothing for a minute, and print what that cost."""
    emulator = Emulator(read_office())
    async with serve(emulator) as address:
        config = await asyncio.to_thread(prepare, folder, emulator, address, moved=False)
        await crowd.gather(f"sqlite:///{folder}/dondoc.db", planned // RUNGS, LATER)
        plan_more(folder / "dondoc.db")
        with running(config) as pid:
            async with asyncio.timeout(120):
                await emulator.updates.polled.wait()
            await asyncio.sleep(CALM_SECONDS)
            before = cpu_seconds(pid)
            await asyncio.sleep(IDLE_SECONDS)
            spent = cpu_seconds(pid) - before
    print(f"an idle minute with {planned:,} reminders planned: {spent:.2f} s of one processor")


def plan_more(database: Path) -> None:
    """Give each task as many rungs as make up the number."""
    with closing(sqlite3.connect(database)) as db, db:
        db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO reminders (task_id, rung, since, step, at)"
            " SELECT r.task_id, 'before', r.since, n.i, r.at FROM reminders r, n",
            (RUNGS - 1,),
        )


def cpu_seconds(pid: int) -> float:
    """Return what a process has had of the processors so far."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--planned", type=int, default=1_000_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(drain(arguments.people, Path(folder)))
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(idle(arguments.planned, Path(folder)))


if __name__ == "__main__":
    main()
