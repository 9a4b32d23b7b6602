"""An hour of a random hostile client beside ten people at work: are they answered, is anything lost, is memory flat?

    python -m benchmarks.hostile [--minutes N] [--seed N]

The real program over the emulator, under Telegram's limits, where Telegram sends it updates. Known people and strangers
send files made to stop it, press what they were never shown, write whatever there is; a process of its own keeps slow
connections and sends requests that are none. Ten people give tasks, report and take results meanwhile: each answer is
timed at their phone, and each thing that they were told is done is looked for in the database at the end. The first
answers of all are warm-up and counted too.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.held import Held, held
from benchmarks.hostile_client import Hostile
from benchmarks.hostile_people import PAIRS, Pair, Work
from benchmarks.hostile_web import attacking
from benchmarks.updates import resident_mb
from tests.attacks.webhook import with_webhook
from tests.stories.nursery import dondoc, ended
from tests.stories.stage import Stage, known_people, staged

A_SECOND = 8.0
"""Hostile acts, besides those at the port."""
LOOKS = 60
_SHOWN = (LOOKS // 12 - 1, LOOKS // 4 - 1, LOOKS // 2 - 1, LOOKS - 1)
"""After five minutes of an hour, a quarter of it, half of it, and all."""
_SETTINGS = {
    "DONDOC_TELEGRAM__MESSAGES_PER_SECOND": "30",
    "DONDOC_ACCESS__UPDATES_A_MINUTE": "120",
    "DONDOC_LOG__LEVEL": "warning",
}
_REST_SECONDS = 120.0
_HELD = {
    "memory": "memory, MB",
    "children": "memory of children, MB",
    "incoming": "connections to it",
    "outgoing": "connections from it",
    "others": "files and pipes",
    "waited": "waited for a processor, s",
}


@dataclass(frozen=True)
class Look(Held):
    """`minutes` since the beginning; `children` is the memory of the program's children, in MB.

    `waited` are seconds in which the program could have run and had no processor, since it was started.
    """

    minutes: float
    children: float
    waited: float


@dataclass(frozen=True)
class Attacked:
    """What was seen, and what was found afterwards.

    `wrong` has a line for each thing that is lost, doubled or broken.
    """

    looks: list[Look]
    work: Work
    acts: Counter[str]
    wrong: list[str]

    @property
    def seconds(self) -> list[float]:
        """How long each answer took, those that never came left out."""
        return [one for each in self.work.seconds.values() for one in each]


async def attacked(stage: Stage, minutes: float, seed: int) -> Attacked:
    """Let ten people work under attack for so long."""
    chance, work = random.Random(seed), Work()
    port = await with_webhook(stage, **_SETTINGS)
    await stage.play.faults(limits=True)
    hostile = Hostile(stage.emulator, chance)
    pairs = [
        Pair(
            work, await stage.phone(giver), await stage.phone(doer), random.Random(chance.random())
        )
        for giver, doer in PAIRS
    ]
    began = time.monotonic()
    until = began + minutes * 60
    with attacking(port, seed):
        looking = asyncio.create_task(_look_on(stage, began, minutes))
        acts = [hostile.act_on(until, A_SECOND), *(one.work_on(until) for one in pairs)]
        await asyncio.gather(*acts)
        looks = await looking
    return Attacked(looks, work, hostile.done, await _wrong(stage, work))


async def _look_on(stage: Stage, began: float, minutes: float) -> list[Look]:
    looks = []
    for number in range(LOOKS):
        await asyncio.sleep(began + (number + 1) * minutes * 60 / LOOKS - time.monotonic())
        if not stage.lives() or stage.process is None or stage.process.pid is None:
            break
        pid = stage.process.pid
        minutes_since = (time.monotonic() - began) / 60
        seen = asdict(held(pid))
        looks.append(
            Look(**seen, minutes=minutes_since, children=_children_mb(pid), waited=_waited(pid))
        )
    return looks


def _children_mb(pid: int) -> float:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    total = 0.0
    for child in map(int, children):
        try:
            total += resident_mb(child)
        except (FileNotFoundError, ValueError):  # it has ended meanwhile
            continue
    return total


def _waited(pid: int) -> float:
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9


async def _wrong(stage: Stage, work: Work) -> list[str]:
    """Stop the program and look for what it has lost or broken."""
    if not stage.lives():
        return ["the program ended by itself"]
    wrong = []
    try:
        await stage.until("SELECT COUNT(*) = 0 FROM inbox WHERE state = 'waiting'", _REST_SECONDS)
    except TimeoutError:
        wrong.append("updates are waiting still")
    if (code := await _stopped(stage)) != 0:
        wrong.append(f"the program stopped with exit code {code}")
    if not stage.is_sound():
        wrong.append("the database is not sound")
    out = stage.folder / "verified"
    if await ended(dondoc("verify", "--config", str(stage.config), log=out), 120) != 0:
        wrong.append(f"verify: {out.read_text()[-500:]}")
    return wrong + _unequal(stage, work)


async def _stopped(stage: Stage) -> int | str:
    try:
        return await stage.stop_bot()
    except TimeoutError:
        await stage.kill_bot()
        return "none: it had to be killed"


def _unequal(stage: Stage, work: Work) -> list[str]:
    """Return each move that people were told of and that the history does not have exactly once."""
    counted = Counter(
        (str(kind), int(str(task)))
        for kind, task in stage.rows("SELECT kind, task_id FROM events WHERE task_id IS NOT NULL")
    )
    return [
        f"task {task}: {move} is there {counted[f'task.{move}', task]} times"
        for move, tasks in work.done.items()
        for task in tasks
        if counted[f"task.{move}", task] != 1
    ]


def share_within(seconds: Sequence[float], share: float) -> float:
    """Return within how many seconds this share of the answers came."""
    return sorted(seconds)[ceil(share * len(seconds)) - 1]


def show(attacked: Attacked) -> None:
    took = Table("ten people at work", "answers", "p50 ms", "p99 ms", "longest ms")
    for act, seconds in [*attacked.work.seconds.items(), ("all", attacked.seconds)]:
        figures = (share_within(seconds, 0.5), share_within(seconds, 0.99), max(seconds))
        took.add_row(act, f"{len(seconds):,}", *(f"{one * 1000:.0f}" for one in figures))
    Console().print(took)
    shown = [attacked.looks[one] for one in _SHOWN if one < len(attacked.looks)]
    kept = Table("the program", *(f"{one.minutes:.1f} min" for one in shown))
    for what, name in _HELD.items():
        kept.add_row(name, *(f"{getattr(one, what):.0f}" for one in shown))
    Console().print(kept)
    print("hostile:", ", ".join(f"{count:,} {act}" for act, count in attacked.acts.most_common()))
    done = {move: len(tasks) for move, tasks in attacked.work.done.items()}
    print("done and there once:", ", ".join(f"{count} {move}" for move, count in done.items()))
    print(f"never answered: {len(attacked.work.unanswered)}")
    print("\n".join(["wrong:", *attacked.wrong]) if attacked.wrong else "nothing lost or broken")


async def _main(minutes: float, seed: int) -> Attacked:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "office").mkdir()
        (folder / "stage").mkdir()
        office = await known_people(folder / "office")
        async with staged(folder / "stage", office) as stage:
            try:
                return await attacked(stage, minutes, seed)
            finally:
                print(stage.log()[-5000:], file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    show(asyncio.run(_main(given.minutes, given.seed)))


if __name__ == "__main__":
    main()
