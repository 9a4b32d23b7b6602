"""An hour of a random hostile client beside ten people at work: are they answered, is anything lost, is memory flat?

    python -m benchmarks.hostile [--minutes N] [--seed N]

The real program over the emulator, under Telegram's limits, where Telegram sends it updates. Known people and strangers
send files made to stop it, press what they were never shown, flood it, write whatever there is; a process of its own keeps
slow connections and sends requests that are none. Ten people give tasks, report and take results meanwhile. Each of
their answers is timed at their phone, the emulator's own part included, and each thing that they were told is done is
looked for in the database at the end; so is every update. The first answers of all are warm-up and counted too.

Exit code 1 where an aim is missed: see `benchmarks/hostile/aims.py`.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.hostile.aims import Attacked, missed
from benchmarks.hostile.client import Hostile
from benchmarks.hostile.found import broken, by_hostile, sizes, updates
from benchmarks.hostile.looks import look_on
from benchmarks.hostile.people import PAIRS, Pair, Work
from benchmarks.hostile.shown import show
from benchmarks.hostile.web import attacking
from tests.attacks.webhook import with_webhook
from tests.stories.stage import Stage, known_people, staged

A_SECOND = 8.0
"""Hostile acts, besides those at the port."""
_SETTINGS = {
    "DONDOC_TELEGRAM__MESSAGES_PER_SECOND": "30",
    "DONDOC_ACCESS__UPDATES_A_MINUTE": "120",
    "DONDOC_LOG__LEVEL": "warning",
}


async def attacked(stage: Stage, minutes: float, seed: int) -> Attacked:
    """Let ten people work under attack for so long."""
    chance, work = random.Random(seed), Work()
    port = await with_webhook(stage, **_SETTINGS)
    assert stage.process is not None
    assert stage.process.pid is not None
    await stage.play.faults(limits=True)
    hostile = Hostile(stage.emulator, chance)
    pairs = [
        Pair(
            work, await stage.phone(giver), await stage.phone(doer), random.Random(chance.random())
        )
        for giver, doer in PAIRS
    ]
    before, began = sizes(stage), time.monotonic()
    until = began + minutes * 60
    with attacking(port, seed) as attacker:
        looking = asyncio.create_task(look_on(stage.process.pid, attacker, minutes))
        await asyncio.gather(
            hostile.act_on(until, A_SECOND), *(one.work_on(until) for one in pairs)
        )
        looks = await looking
    wrong = await broken(stage, work)
    became = updates(stage, hostile.sent)
    kept = by_hostile(stage, hostile.sent)
    return Attacked(began, looks, work, became, before, sizes(stage), kept, wrong)


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
    seen = asyncio.run(_main(given.minutes, given.seed))
    show(seen)
    sys.exit(1 if missed(seen) else 0)


if __name__ == "__main__":
    main()
