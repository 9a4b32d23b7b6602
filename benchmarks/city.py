"""From one replica to four on one PostgreSQL, and what is lost when they are killed.

    python -m benchmarks.city [--updates N] [--seconds N]

Updates a second that one, two and four replicas handle, each held to 0.2 of a core so that two cores can show it;
the emulator, which gives them updates in turn, and PostgreSQL are not held. Then, not held, replicas are killed and
started again at random until so many updates are handled, and what came of them is counted in the database: each
once, and those of one chat in the order in which they were sent.
"""

import argparse
import asyncio
import random
import signal
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.city_share import held
from benchmarks.city_stage import City, Replica, city
from benchmarks.updates import cpu_seconds
from tests.storage.postgres_server import running_server

SHARE = 0.2
AIMS = {1: 1.0, 2: 1.7, 4: 3.0}
CROWDED = 3
"""Sentences of each head on the way at once while replicas are killed; else each waits for the answer."""
WARM_SECONDS = 5.0


@dataclass
class Found:
    """What became of what was said."""

    said: int = 0
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0

    def __str__(self) -> str:
        return (
            f"{self.lost} lost and {self.doubled} doubled effects of {self.said:,} updates,"
            f" {self.out_of_order} out of order"
        )


@dataclass
class Rate:
    """Updates a second, the share of a core that each replica really had, and what held it.

    Where they had less than they may, the machine was the bound; what they had is counted in hundredths.
    """

    rate: float
    share: float
    replicas: int
    how: str

    def __str__(self) -> str:
        each = self.rate / self.share / self.replicas
        return (
            f"{self.rate:.1f} updates/s, {each:.0f} for each second of processor (held to {SHARE}"
            f" of a core by {self.how}, had {self.share:.3f})"
        )


async def rate(stage: City, count: int, seconds: float) -> Rate:
    """Measure how many updates a second so many replicas handle."""
    replicas = [stage.replica() for _ in range(count)]
    for one in replicas:
        await one.start()
    with ExitStack() as until_measured:
        how = [until_measured.enter_context(held(one.pid, SHARE)) for one in replicas]
        stage.writers.begin(10**9)
        await asyncio.sleep(WARM_SECONDS)
        before, began = stage.writers.answered, time.monotonic()
        had = sum(cpu_seconds(one.pid) for one in replicas)
        await asyncio.sleep(seconds)
        handled, took = stage.writers.answered - before, time.monotonic() - began
        had = sum(cpu_seconds(one.pid) for one in replicas) - had
        stage.writers.pause()
    await stage.rest()
    for one in replicas:
        await one.end()
    return Rate(handled / took, had / took / count, count, how[0])


async def kill_on(replicas: list[Replica], chance: random.Random, kills: list[float]) -> None:
    """Kill one or the other and start it again, until cancelled; at least one is there."""
    while True:
        await asyncio.sleep(chance.uniform(2, 20))
        one = chance.choice(replicas)
        await one.end(signal.SIGKILL)
        kills.append(time.monotonic())
        await asyncio.sleep(chance.uniform(0, 3))
        await one.start()


async def killed(stage: City, updates: int) -> tuple[int, float]:
    """Let replicas be killed while so many updates are handled; return how often, and in how many seconds."""
    replicas, kills = [stage.replica() for _ in range(2)], list[float]()
    for one in replicas:
        await one.start()
    began = time.monotonic()
    stage.writers.begin(updates, CROWDED)
    killing = asyncio.create_task(kill_on(replicas, random.Random(updates), kills))
    last = stage.writers.most
    while stage.writers.said.total() < last:
        if killing.done():
            killing.result()
        await asyncio.sleep(0.2)
    killing.cancel()
    await asyncio.gather(killing, return_exceptions=True)
    for one in replicas:
        if not one.runs:
            await one.start()
    await stage.rest()
    for one in replicas:
        await one.end()
    return len(kills), time.monotonic() - began


async def found(stage: City) -> Found:
    """Compare what was said with what came of it."""
    total = Found(stage.writers.said.total())
    for head, numbers in (await stage.effects()).items():
        once = set(numbers)
        total.lost += len(set(range(1, stage.writers.said[head] + 1)) - once)
        total.doubled += len(numbers) - len(once)
        total.out_of_order += sum(a > b for a, b in pairwise(numbers))
    return total


async def run(url: str, folder: Path, updates: int, seconds: float) -> Found:
    async with city(url, folder) as stage:
        first = 0.0
        for count, aim in AIMS.items():
            measured = await rate(stage, count, seconds)
            first = first or measured.rate
            print(
                f"{count} replicas: {measured}, {measured.rate / first:.2f} times one (aim {aim})"
            )
        kills, took = await killed(stage, updates)
        result = await found(stage)
        print(f"{kills} kills within {took:.0f} s: {result}")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=30.0)
    arguments = parser.parse_args()
    with running_server(durable=True) as url, tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(run(url, Path(folder), arguments.updates, arguments.seconds))
    if result.lost or result.doubled or result.out_of_order:
        raise SystemExit("what was said came to nothing, twice, or in the wrong order")


if __name__ == "__main__":
    main()
