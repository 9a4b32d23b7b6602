"""What was seen of an attack, and which aims it missed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import linear_regression, median

from benchmarks.hostile.found import OF_THE_TEN, Size, Updates
from benchmarks.hostile.looks import Look
from benchmarks.hostile.people import Answer, Work

P99_SECONDS = 1.0
"""Of all answers, and of those in each window."""
WINDOW_SECONDS = 600.0
GROWTH = 0.05
"""By which the memory of the last third may be above that of the second: flat. Asked of an hour and its like alone."""
_HOUR_LIKE = 1800.0


@dataclass(frozen=True)
class Attacked:
    """What was seen, and what was found afterwards.

    `began` is a moment of `time.monotonic`; `by_hostile` says how many rows there are because of hostile accounts; `broken` has a line for each thing that is lost, doubled or broken.
    """

    began: float
    looks: list[Look]
    work: Work
    updates: dict[str, Updates]
    before: dict[str, Size]
    after: dict[str, Size]
    by_hostile: dict[str, int]
    broken: list[str]

    @property
    def windows(self) -> list[list[Answer]]:
        """The answers to what was done in each ten minutes, the last of them perhaps fewer."""
        found: dict[int, list[Answer]] = {}
        for one in self.work.answers:
            found.setdefault(int((one.at - self.began) / WINDOW_SECONDS), []).append(one)
        return [found[number] for number in sorted(found)]

    def looks_in(self, window: int) -> list[Look]:
        """What was seen of the program in one of these windows."""
        return [one for one in self.looks if int((one.at - self.began) / WINDOW_SECONDS) == window]

    @property
    def megabytes_an_hour(self) -> float:
        """By how much memory grew in the second half."""
        half = self.looks[len(self.looks) // 2 :]
        return (
            linear_regression([one.at for one in half], [one.memory for one in half]).slope * 3600
        )


def within(answers: Sequence[Answer], share: float) -> float:
    """Return within how many seconds this share of the answers came."""
    seconds = sorted(one.seconds for one in answers)
    return seconds[ceil(share * len(seconds)) - 1]


def missed(seen: Attacked) -> list[str]:
    """Return a line for each aim that was missed."""
    return [*seen.broken, *wrong_updates(seen), *_unanswered(seen), *_late(seen), *_grown(seen)]


def wrong_updates(seen: Attacked) -> Iterator[str]:
    """Yield a line for each kind of updates of which some are lost, or put aside though they can be handled."""
    if waiting := seen.updates[OF_THE_TEN].waiting:
        yield f"{OF_THE_TEN}: {waiting} updates are waiting still"
    for act, became in seen.updates.items():
        for numbers, what in ((became.lost, "are lost"), (became.put_aside, "were put aside")):
            if numbers:
                yield f"{act}: {len(numbers)} updates {what}, {numbers[0]} the first"


def _unanswered(seen: Attacked) -> Iterator[str]:
    for one in seen.work.unanswered:
        yield f"never answered: {one.splitlines()[0]}"


def _late(seen: Attacked) -> Iterator[str]:
    if not seen.work.answers:
        yield "nobody was answered"
        return
    for number, answers in enumerate([seen.work.answers, *seen.windows]):
        if (took := within(answers, 0.99)) >= P99_SECONDS:
            when = f"in window {number}" if number else "in all"
            yield f"p99 {when} is {took * 1000:.0f} ms, not under {P99_SECONDS * 1000:.0f}"


def _grown(seen: Attacked) -> Iterator[str]:
    if (rows := seen.after["strangers"].rows) > 1:
        yield f"strangers left {rows} rows in a day, not one"
    if not seen.looks or seen.looks[-1].at - seen.began < _HOUR_LIKE:
        return
    third = len(seen.looks) // 3
    second = median(one.memory for one in seen.looks[third : 2 * third])
    last = median(one.memory for one in seen.looks[2 * third :])
    if last > second * (1 + GROWTH):
        yield f"memory grew from {second:.0f} MB in the second third to {last:.0f} in the last"
