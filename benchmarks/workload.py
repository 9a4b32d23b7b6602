"""Whether following the division of labour leaves fewer tasks late, on made-up offices.

    python -m benchmarks.workload [--offices N] [--first-seed N]

The same tasks come to the same people each time: given to anybody at random, to whoever has the fewest
open tasks, and to whom `bot/rules/tasks/workload.offers` names first. How the offices are stands in
workload.toml, committed before a result was looked at. The rule knows what the bot knows: efforts where
they were said, progress where it was told, absences once they are entered; never how long a task
really takes, or who is really good at what.
"""

import argparse
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from math import ceil, exp, log
from pathlib import Path
from random import Random
from statistics import mean, stdev
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.rules.tasks.workload import Ahead, offers
from bot.rules.workdays import Workdays
from storage.records import Absence, Carried, Part, Urgency

SETTINGS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
PEOPLE, TASKS, HANDS = SETTINGS["people"], SETTINGS["tasks"], SETTINGS["hands"]
WORKDAYS = Workdays()
FIRST = date(2026, 12, 7)
HOURS = 8


@dataclass
class Work:
    """A task as it really is: `true_hours` are those of a hand that is versed in its kind."""

    id: int
    kind: int
    day: int
    due: int
    urgency: Urgency
    true_hours: float
    said: int | None
    lead: int = -1
    left: float = 0.0
    percent: int = 0
    finished: int | None = None


@dataclass(frozen=True)
class Leave:
    """Days by number: known from `known` on, from `first` to `last`."""

    person: int
    deputy: int | None
    known: int
    first: int
    last: int


@dataclass
class Office:
    """The people by number, what each is versed in, who is away when, and the tasks that come."""

    size: int
    versed: list[set[int]]
    leaves: list[Leave]
    tasks: list[Work]
    days: list[date]
    past: list[dict[int, int]] = field(default_factory=list)

    def away(self, person: int, day: int) -> Leave | None:
        return next(
            (one for one in self.leaves if one.person == person and one.first <= day <= one.last),
            None,
        )


Policy = Callable[[Office, Work, list[Work], int, Random], int]


def made_up(seed: int) -> Office:
    """Make an office up; everything follows from the seed."""
    random = Random(seed)
    size = random.randint(PEOPLE["fewest"], PEOPLE["most"])
    days = [FIRST]
    while len(days) < SETTINGS["days"] + 60:
        days.append(WORKDAYS.add(days[-1], 1))
    kinds = range(TASKS["kinds"])
    versed = [set(random.sample(kinds, HANDS["versed_in"])) for _ in range(size)]
    leaves = [one for person in range(size) for one in _leaves(random, person, size)]
    return Office(size, versed, leaves, list(_tasks(random, size)), days)


def _leaves(random: Random, person: int, size: int) -> Iterator[Leave]:
    day = 0
    while day < SETTINGS["days"]:
        if random.random() < PEOPLE["away_each_day"]:
            last = day + random.randint(*PEOPLE["leave_days"]) - 1
            others = [one for one in range(size) if one != person]
            deputy = random.choice(others) if random.random() < PEOPLE["deputy_named"] else None
            yield Leave(person, deputy, day - PEOPLE["leave_known"], day, last)
            day = last
        day += 1


def _tasks(random: Random, size: int) -> Iterator[Work]:
    """Return the tasks of all days: as many as fill the hours there are, for hands taken at random."""
    versed = HANDS["versed_in"] / TASKS["kinds"]
    slower = versed + (1 - versed) * HANDS["unversed"]
    hours = TASKS["median_hours"] * exp(TASKS["spread"] ** 2 / 2) * slower
    a_day = TASKS["utilisation"] * size * HOURS / hours
    number, waiting = 0, 0.0
    for day in range(SETTINGS["days"]):
        waiting += random.expovariate(1 / a_day)
        while waiting >= 1:
            waiting -= 1
            number += 1
            yield _task(random, number, day)


def _task(random: Random, number: int, day: int) -> Work:
    hours = random.lognormvariate(log(TASKS["median_hours"]), TASKS["spread"])
    urgency = random.choices(list(Urgency), TASKS["urgent"])[0]
    if urgency is Urgency.NORMAL:
        due = max(random.randint(*TASKS["due_in"]), ceil(2 * hours / HOURS))
    else:
        due = random.randint(*TASKS["urgent_due_in"])
    wrong = random.lognormvariate(0, TASKS["effort_wrong"])
    said = max(1, round(hours * wrong)) if random.random() < TASKS["effort_said"] else None
    kind = random.randrange(TASKS["kinds"])
    return Work(number, kind, day, day + due, urgency, hours, said)


def at_random(office: Office, task: Work, in_hand: list[Work], day: int, random: Random) -> int:
    return random.choice(_here(office, day))


def fewest_open(office: Office, task: Work, in_hand: list[Work], day: int, random: Random) -> int:
    counts = dict.fromkeys(_here(office, day), 0)
    for one in in_hand:
        if one.lead in counts:
            counts[one.lead] += 1
    fewest = min(counts.values())
    return random.choice([one for one, count in counts.items() if count == fewest])


def as_proposed(office: Office, task: Work, in_hand: list[Work], day: int, random: Random) -> int:
    """Follow the program's own rule, with what the bot knows on that morning."""
    past = {person: done.get(task.kind, 0) for person, done in enumerate(office.past)}
    return _proposed(office, task, in_hand, day, past)


def by_load(office: Office, task: Work, in_hand: list[Work], day: int, random: Random) -> int:
    """Follow it where nothing is known of past tasks: how much of the gain is load and absence."""
    return _proposed(office, task, in_hand, day, {})


def _proposed(
    office: Office, task: Work, in_hand: list[Work], day: int, past: dict[int, int]
) -> int:
    now = WORKDAYS.at(office.days[day], time(8))
    known = [one for one in office.leaves if one.known <= day <= one.last]
    ahead = Ahead.of(now, WORKDAYS, [_absence(office, one, now) for one in known])
    carried = [_carried(office, one) for one in in_hand]
    found = offers(_carried(office, task), range(office.size), carried, ahead, past)
    return found[0].person_id if found else _here(office, day)[0]


def _here(office: Office, day: int) -> list[int]:
    here = [one for one in range(office.size) if office.away(one, day) is None]
    return here or list(range(office.size))


def _absence(office: Office, leave: Leave, now: datetime) -> Absence:
    first, last = office.days[max(0, leave.first)], office.days[leave.last]
    return Absence(
        id=1, person_id=leave.person, deputy_id=leave.deputy, from_day=first, until_day=last,
        entered_by_id=0, created_at=now, begun_at=None, over_at=None, ended_at=None,
    )  # fmt: skip


def _carried(office: Office, task: Work) -> Carried:
    due_at = WORKDAYS.at(office.days[min(task.due, len(office.days) - 1)], time(17))
    return Carried(
        person_id=task.lead, task_id=task.id, part=Part.LEAD, urgency=task.urgency, due_at=due_at,
        effort=task.said, percent=task.percent,
    )  # fmt: skip


def late_share(seed: int, policy: Policy) -> float:
    """Live an office's days and return the share of its tasks that were late."""
    office, random = made_up(seed), Random(seed + 1)
    office.past = [dict.fromkeys(kinds, HANDS["past_tasks"]) for kinds in office.versed]
    in_hand: list[Work] = []
    coming = list(office.tasks)
    for day in range(SETTINGS["days"]):
        while coming and coming[0].day == day:
            task = coming.pop(0)
            task.lead = policy(office, task, in_hand, day, random)
            slower = 1 if task.kind in office.versed[task.lead] else HANDS["unversed"]
            task.left = task.true_hours * slower
            in_hand.append(task)
        in_hand = _worked(office, in_hand, day, random)
    counted = [
        one for one in office.tasks if SETTINGS["warm_up"] <= one.day and one.due < SETTINGS["days"]
    ]
    late = [one for one in counted if one.finished is None or one.finished > one.due]
    return len(late) / len(counted)


def _worked(office: Office, in_hand: list[Work], day: int, random: Random) -> list[Work]:
    """Let everybody work a day, on what is due soonest first; return what is left."""
    for person in range(office.size):
        if office.away(person, day) is not None:
            continue
        mine = [one for one in in_hand if _does(office, person, one, day)]
        _work(office, person, sorted(mine, key=lambda one: one.due), day)
    for one in in_hand:
        if random.random() < TASKS["percent_told"]:
            whole = one.true_hours * _slowness(office, one)
            one.percent = min(95, round(100 - 100 * one.left / whole))
    return [one for one in in_hand if one.finished is None]


def _slowness(office: Office, task: Work) -> float:
    return 1.0 if task.kind in office.versed[task.lead] else float(HANDS["unversed"])


def _does(office: Office, person: int, task: Work, day: int) -> bool:
    """Tell whether somebody works on a task that day: their own, or of whom they stand in for."""
    if task.lead == person:
        return True
    leave = office.away(task.lead, day)
    return leave is not None and leave.deputy == person


def _work(office: Office, person: int, mine: Sequence[Work], day: int) -> None:
    hours = float(HOURS)
    for task in mine:
        done = min(hours, task.left)
        task.left -= done
        hours -= done
        if task.left <= 1e-9 and task.finished is None:
            task.finished = day
            past = office.past[task.lead]
            past[task.kind] = past.get(task.kind, 0) + 1


POLICIES: dict[str, Policy] = {
    "at random": at_random,
    "the fewest open tasks": fewest_open,
    "as proposed, past tasks unknown": by_load,
    "as proposed": as_proposed,
}


def main() -> None:
    """Print the share of late tasks of each way, and by how much the proposals lower it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offices", type=int, default=SETTINGS["offices"])
    parser.add_argument("--first-seed", type=int, default=SETTINGS["first_seed"])
    chosen = parser.parse_args()
    seeds = range(chosen.first_seed, chosen.first_seed + chosen.offices)
    shares = {
        name: [late_share(seed, policy) for seed in seeds] for name, policy in POLICIES.items()
    }
    _show(shares)


def _show(shares: dict[str, list[float]]) -> None:
    proposed = shares["as proposed"]
    table = Table("assigned", "late, mean of offices", "proposals better in", "difference (95%)")
    for name, found in shares.items():
        better = sum(ours < theirs for ours, theirs in zip(proposed, found, strict=True))
        gained = [theirs - ours for ours, theirs in zip(proposed, found, strict=True)]
        table.add_row(name, f"{mean(found):.2%}", *_against(better, gained, found is proposed))
    Console().print(table)


def _against(better: int, gained: Sequence[float], itself: bool) -> Sequence[Any]:
    if itself:
        return ("", "")
    error = 1.96 * stdev(gained) / len(gained) ** 0.5
    return (f"{better} of {len(gained)}", f"{mean(gained):.2%} ± {error:.2%}")


if __name__ == "__main__":
    main()
