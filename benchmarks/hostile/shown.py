"""The tables that `benchmarks.hostile` prints."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from statistics import median

from rich.console import Console
from rich.table import Table

from benchmarks.hostile.aims import WINDOW_SECONDS, Attacked, missed, within
from benchmarks.hostile.people import Answer

_TABLES = 8
"""Of the database: those that grew most."""


def show(seen: Attacked) -> None:
    """Print what was seen, and each aim that was missed."""
    for table in (_answers(seen), _windows(seen), _updates(seen), _database(seen)):
        Console(width=120).print(table)
    print(_processor(seen))
    done = {move: len(tasks) for move, tasks in seen.work.done.items()}
    print("done and there once:", ", ".join(f"{count} {move}" for move, count in done.items()))
    wrong = missed(seen)
    print("\n".join(["missed:", *wrong]) if wrong else "every aim is met")


def _answers(seen: Attacked) -> Table:
    table = Table("ten people at work", "answers", "p50 ms", "p99 ms", "longest ms")
    by_act = sorted(seen.work.answers, key=attrgetter("act"))
    for act, answers in groupby(by_act, key=attrgetter("act")):
        table.add_row(act, *_figures(list(answers)))
    table.add_row("all", *_figures(seen.work.answers))
    return table


def _figures(answers: Sequence[Answer]) -> tuple[str, ...]:
    if not answers:
        return ("0", "", "", "")
    figures = within(answers, 0.5), within(answers, 0.99), max(one.seconds for one in answers)
    return f"{len(answers):,}", *(f"{one * 1000:.0f}" for one in figures)


def _windows(seen: Attacked) -> Table:
    table = Table(
        "minutes", "answers", "p50 ms", "p99 ms", "longest ms", "memory MB", "with children",
        "connections to it", "from it", "files and pipes",
    )  # fmt: skip
    for number, answers in enumerate(seen.windows):
        looks = seen.looks_in(number)
        if not looks:
            continue
        began = number * WINDOW_SECONDS / 60
        ended = (looks[-1].at - seen.began) / 60
        table.add_row(
            f"{began:.0f} to {ended:.0f}",
            *_figures(answers),
            f"{median(one.memory for one in looks):.0f}, at most {max(one.memory for one in looks):.0f}",
            f"{max(one.memory + one.children for one in looks):.0f}",
            *(
                str(max(getattr(one, what) for one in looks))
                for what in ("incoming", "outgoing", "others")
            ),
        )
    if seen.looks:
        half = seen.looks[-1].memory - seen.looks[len(seen.looks) // 2].memory
        hourly = f"{seen.megabytes_an_hour:+.1f} MB an hour"
        table.caption = f"memory in the second half: {half:+.1f} MB, as if {hourly}"
    return table


def _updates(seen: Attacked) -> Table:
    table = Table(
        "updates of", "sent", "handled", "waiting", "passed over", "unreadable", "put aside", "lost"
    )
    for act, one in seen.updates.items():
        found = (
            one.sent,
            one.handled,
            one.waiting,
            one.passed,
            one.unread,
            len(one.put_aside),
            len(one.lost),
        )
        table.add_row(act, *(f"{count:,}" for count in found))
    return table


def _database(seen: Attacked) -> Table:
    grown = {
        name: (size.rows - seen.before[name].rows, size.size - seen.before[name].size)
        for name, size in seen.after.items()
        if name in seen.before
    }
    table = Table("the database", "rows more", "KB more", "rows by hostile hands")
    most = sorted(grown, key=lambda name: -grown[name][1])[:_TABLES]
    for name in most:
        hostile = f"{seen.by_hostile[name]:,}" if name in seen.by_hostile else ""
        table.add_row(name, f"{grown[name][0]:,}", f"{grown[name][1] / 1000:,.0f}", hostile)
    table.add_row(
        "all",
        f"{sum(rows for rows, _ in grown.values()):,}",
        f"{sum(size for _, size in grown.values()) / 1000:,.0f}",
    )
    return table


def _processor(seen: Attacked) -> str:
    last = seen.looks[-1]
    used = ", ".join(f"{who} {seconds:.0f} s" for who, seconds in last.used.items())
    return f"processor: {used}; the program waited for one {last.waited:.0f} s"
