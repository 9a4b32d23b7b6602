"""The night's look through a large office, while people ask for their tasks: how long it takes, and whom it holds up.

The office is made up: 200 units, 5,000 people, each task with ten events. The look is `dondoc verify`, called as the
bot calls it. Run: `python -m benchmarks.night --tasks 1000000`.
"""

import asyncio
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.telegram import Run, Telegram, telegram
from benchmarks.updates import running
from bot.runtime.own_command import call

ASKING = 20
FIRST_ID = 730000001
IDS = range(FIRST_ID, FIRST_ID + ASKING)
PAUSE = 0.1
ROUND = 50
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
updates_a_minute = 0
[log]
level = "warning"
"""


def prepare(emulator: Telegram, folder: Path, tasks: int) -> Path:
    """Fill an office, of which the first people have an account."""
    config = folder / "config.toml"
    given = {"token": emulator.token, "address": emulator.address, "folder": folder.as_posix()}
    config.write_text(CONFIG.format(**given), "utf-8")
    sized = ("--tasks", str(tasks), "--people", "5000", "--units", "200")
    command = [sys.executable, "-m", "bot", "seed", *sized, "--config", str(config)]
    subprocess.run(command, check=True)
    with closing(sqlite3.connect(folder / "dondoc.db")) as db, db:
        for number, account in enumerate(IDS, 1):
            db.execute(
                "UPDATE people SET telegram_id = ?, reach = 'reachable', told_at = created_at"
                " WHERE id = ?",
                (account, number),
            )
    return config


def ask(emulator: Telegram) -> Run:
    """Let people ask for their tasks, one after the other."""
    asked: Run = emulator.say([(IDS[n % ASKING], "/viec") for n in range(ROUND)], PAUSE)
    return asked


async def looked(config: Path) -> tuple[float, list[str]]:
    """Look through the office as the bot does each night; return seconds and what was wrong."""
    begun = time.monotonic()
    ended = await call("verify", config)
    return time.monotonic() - begun, [ended.why] if ended.why else []


async def measure(emulator: Telegram, config: Path) -> Table:
    table = Table("while", "seconds", "/viec, ms: half", "p99", "most", "asked")
    await asyncio.to_thread(ask, emulator)
    alone = await asyncio.to_thread(ask, emulator)
    look, during = asyncio.create_task(looked(config)), Run()
    while not look.done():
        during.latencies += (await asyncio.to_thread(ask, emulator)).latencies
    seconds, wrong = await look
    if wrong:
        raise SystemExit(f"the office that was made up is not sound: {wrong}")
    for name, took, run in (("nothing else", "", alone), ("the look", f"{seconds:.0f}", during)):
        shown = (f"{run.percentile(share) * 1000:.0f}" for share in (0.5, 0.99, 1.0))
        table.add_row(name, took, *shown, str(len(run.latencies)))
    return table


def main(tasks: Annotated[int, typer.Option(help="Tasks of the office.")] = 100_000) -> None:
    """Measure, and print a table."""
    people = [(account, f"Người {account}") for account in IDS]
    with tempfile.TemporaryDirectory() as made, telegram(people) as emulator:
        config = prepare(emulator, Path(made), tasks)
        with running("-m", "bot", "run", "--config", str(config)):
            emulator.first_poll()
            Console().print(asyncio.run(measure(emulator, config)))


if __name__ == "__main__":
    typer.run(main)
