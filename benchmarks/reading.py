"""Accuracy of reading per kind of sentence, and its speed, beside `dateparser.search`.

Run with `uv run --group bench python -m benchmarks.reading [--seconds 5]`.
"""

import argparse
import time
import warnings
from collections.abc import Callable, Sequence
from datetime import datetime

from dateparser.search import search_dates
from rich.console import Console
from rich.table import Table

from bot.language.orders.assignment import read
from tests.language.corpus import STYLES, Row, asked, due, mistakes, read_row, rows
from tests.language.office import WORKDAYS, demo_office

ROSTER = demo_office()
LONGEST = 4096


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--seconds", type=float, default=5.0, help="how long each speed is measured"
    )
    seconds = parser.parse_args().seconds
    warnings.filterwarnings("ignore")
    every = [row for style in STYLES for row in rows(style)]
    console = Console()
    console.print(_accuracy(every))
    console.print(_speed(every, seconds))


def _accuracy(every: Sequence[Row]) -> Table:
    table = Table(title=f"Accuracy on {len(every)} sentences (day / minute / false deadlines)")
    for heading in (
        "kind",
        "sentences",
        "day",
        "minute",
        "false",
        "people",
        "dateparser day",
        "false",
    ):
        table.add_column(heading, justify="right")
    for style in (*STYLES, "all"):
        chosen = [row for row in every if style in (row.style, "all")]
        table.add_row(style, str(len(chosen)), *_ours(chosen), *_theirs(chosen))
    return table


def _ours(chosen: Sequence[Row]) -> list[str]:
    day = minute = false = who = 0
    for row in chosen:
        reading = read_row(row, ROSTER)
        wrong = mistakes(row, reading, ROSTER)
        sure = reading.deadline is not None and not asked(reading)
        got = WORKDAYS.local(reading.deadline.due_at) if reading.deadline else None
        right = "deadline" not in wrong
        minute += right
        same_day = sure and _is_dated(row) and got is not None and got.date() == due(row).date()
        day += right or same_day
        false += sure and row.deadline in "-?"
        who += "who" not in wrong
    return [_share(day, chosen), _share(minute, chosen), str(false), _share(who, chosen)]


def _theirs(chosen: Sequence[Row]) -> list[str]:
    right = false = 0
    for row in chosen:
        found = _dateparser(row)
        if row.deadline == "*":
            right += 1
        elif _is_dated(row):
            right += found is not None and found.date() == due(row).date()
        else:
            right += found is None
            false += found is not None
    return [_share(right, chosen), str(false)]


def _is_dated(row: Row) -> bool:
    return row.deadline not in ("-", "?", "*")


def _dateparser(row: Row) -> datetime | None:
    base = row.reference.replace(tzinfo=None)
    settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY"}
    found = search_dates(row.text, languages=["vi"], settings=settings)
    return found[-1][1] if found else None


def _share(count: int, chosen: Sequence[Row]) -> str:
    return f"{100 * count / len(chosen):.1f}%"


def _speed(every: Sequence[Row], seconds: float) -> Table:
    table = Table(title="Speed on one core")
    table.add_column("what")
    table.add_column("a second", justify="right")
    ours = _per_second(lambda row: read_row(row, ROSTER), every, seconds)
    theirs = _per_second(_dateparser, every, seconds)
    unaided = _per_second(lambda row: search_dates(row.text), every, seconds)
    table.add_row("whole sentences read", f"{ours:,.0f}")
    table.add_row("dateparser.search_dates, told the language", f"{theirs:,.0f}")
    table.add_row("dateparser.search_dates, finding the language", f"{unaided:,.0f}")
    table.add_row("ratios", f"{ours / theirs:.1f} and {ours / unaided:.0f}")
    text = " ".join(row.text for row in every)
    for length in (LONGEST // 4, LONGEST // 2, LONGEST):
        took = _seconds(text[:length], every[0])
        table.add_row(f"one text of {length:,} characters", f"{1000 * took:.2f} ms each")
    return table


def _per_second(each: Callable[[Row], object], every: Sequence[Row], seconds: float) -> float:
    for row in every[:20]:
        each(row)
    done, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        each(every[done % len(every)])
        done += 1
    return done / (time.process_time() - start)


def _seconds(text: str, row: Row) -> float:
    def once() -> float:
        start = time.process_time()
        read(text, ROSTER, row.reference, WORKDAYS)
        return time.process_time() - start

    return min(once() for _ in range(7))


if __name__ == "__main__":
    main()
