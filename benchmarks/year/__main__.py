"""A year of an office of fifty: how many messages a person gets a day, and who hears of what is late.

    python -m benchmarks.year [--seeds N] [--months N]

How much work there is and how diligent people are is in `year.toml`. Everything is done by the real
actions and the clock's own looks on a real SQLite file, the clock is turned from one moment at which
something happens to the next, and the outbox is emptied by its own code into a counter in Telegram's
place. A message counts when it is new; a card edited in place rings nobody. Of every task that is late
for so long that the level that assigned it must hear of it, it is seen that they did, or who stands in
for them, on the working day the ladder says. Exits 1 when one did not.

A year is lived by one thread, for nobody else asks for anything, and in memory where the machine has a
place for that: seeds side by side, a process each.
"""

import argparse
import statistics
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from benchmarks.year.results import Result, lived


def say(seed: int, one: Result) -> None:
    print(
        f"seed {seed}: {one.tasks} tasks, {one.late} late; messages a person a day: median"
        f" {statistics.median(one.a_day):g}, mean {statistics.mean(one.a_day):.2f}, worst"
        f" {max(one.a_day)} ({one.worst}); {one.came - len(one.missed)} of {one.came} reached who"
        " assigned",
        flush=True,
    )


def say_all(results: Sequence[Result]) -> None:
    every = [count for one in results for count in one.a_day]
    kinds = sum((one.kinds for one in results), Counter[str]())
    total = sum(kinds.values())
    print(
        f"all: median {statistics.median(every):g}, 95% at most"
        f" {statistics.quantiles(every, n=20)[-1]:g}, worst {max(every)},"
        f" above 15 on {sum(count > 15 for count in every) / len(every):.2%} of person-days"
    )
    print(", ".join(f"{kind} {count / total:.0%}" for kind, count in kinds.most_common(10)))
    print(f"refused: {dict(sum((one.refused for one in results), Counter[str]()))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--months", type=int, default=12)
    arguments = parser.parse_args()
    seeds, live = range(1, arguments.seeds + 1), partial(lived, months=arguments.months)
    results = []
    with ProcessPoolExecutor() as pool:
        for seed, one in zip(seeds, pool.map(live, seeds), strict=True):
            results.append(one)
            say(seed, one)
    say_all(results)
    if missed := sum(len(one.missed) for one in results):
        print(f"{missed} late tasks did not reach who assigned them in time", file=sys.stderr)
        raise SystemExit(1)


if __name__ == "__main__":
    main()
