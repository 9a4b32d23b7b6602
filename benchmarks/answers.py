"""What an answer costs in a made-up office: 200 units, 5,000 people, 1,000,000 tasks, 3% of them open.

Each answer is the whole action, and beside it the same statements by hand over the engine's own driver
(`sqlite3`, `asyncpg`) in the same run. Then the same with a tenth of the closed tasks and as many open:
nothing is to take longer for what is over. With `--postgres` on PostgreSQL: a server of its own, or that of
DONDOC_TEST_POSTGRES_URL, where the offices are kept. With `--both` the two side by side instead, so that an
operator knows when to move. Run: `python -m benchmarks.answers [--folder KEPT]`.
"""

import asyncio
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks.answers_measured import measured, measured_longer, p99, taken
from benchmarks.answers_office import postgres_url
from bot.seeding.large_office import Size
from tests.storage.postgres_server import running_server

TIMES_MORE, MOST_OF_TIME, SHORT = 10, 1.2, 5.0
MOST_RATIO, MOST_MORE, MOST_P99 = 1.5, 3.0, 100.0


def tell(engine: str, urls: dict[Size, str]) -> None:
    """Print what each answer took in the whole office and in the smaller, and which aims were missed."""
    (size, url), (smaller, smaller_url) = urls.items()
    whole, less = asyncio.run(measured(url, size)), asyncio.run(measured(smaller_url, smaller))
    shown = Table(
        *(f"{engine}: answer", "p50, ms", "p99, ms", "by hand p50", "times"),
        *(f"p50 with {smaller.tasks:,} tasks", "times"),
    )
    for (name, (spent, hand)), (before_all, _) in zip(whole.items(), less.values(), strict=True):
        p50, base, before = map(statistics.median, (spent, hand, before_all))
        fine = p50 <= max(MOST_RATIO * base, base + MOST_MORE) and p99(spent) < MOST_P99
        fine &= p50 <= max(MOST_OF_TIME * before, SHORT)
        figures = (p50, p99(spent), base, p50 / base, before, p50 / before)
        shown.add_row(name + ("" if fine else " (aim missed)"), *(f"{one:.2f}" for one in figures))
    for name, spent in asyncio.run(measured_longer(url, size)).items():
        shown.add_row(name, f"{statistics.median(spent):.0f}", f"{max(spent):.0f} at most")
    Console(width=120).print(shown)


def side_by_side(size: Size, on_sqlite: str, on_postgres: str) -> None:
    """Print what each answer took on both engines."""
    shown = Table(
        "answer, ms",
        *(f"{engine} {p}" for engine in ("SQLite", "PostgreSQL") for p in ("p50", "p99")),
        "times",
    )
    lite, post = (asyncio.run(taken(url, size)) for url in (on_sqlite, on_postgres))
    for (name, ours), theirs in zip(lite.items(), post.values(), strict=True):
        p50s = [statistics.median(one) for one in (ours, theirs)]
        figures = (p50s[0], p99(ours), p50s[1], p99(theirs), p50s[1] / p50s[0])
        shown.add_row(name, *(f"{one:.1f}" for one in figures))
    Console(width=120).print(shown)


@contextmanager
def sqlite_urls(folder: Path | None, sizes: list[Size]) -> Iterator[dict[Size, str]]:
    with tempfile.TemporaryDirectory() as temporary:
        kept = folder or Path(temporary)
        yield {one: f"sqlite:///{kept}/office-{one.tasks}.db" for one in sizes}


@contextmanager
def postgres_urls(sizes: list[Size]) -> Iterator[dict[Size, str]]:
    with running_server() as server:
        yield {one: asyncio.run(postgres_url(server, one)) for one in sizes}


def main(
    tasks: int = 1_000_000,
    people: int = 5000,
    units: int = 200,
    folder: Annotated[Path | None, typer.Option(help="Where the offices are kept.")] = None,
    on_postgres: Annotated[bool, typer.Option("--postgres")] = False,
    both: Annotated[bool, typer.Option(help="Both engines side by side.")] = False,
) -> None:
    size = Size(tasks, people, units)
    still_open = round(tasks * size.open_share)
    fewer = (tasks - still_open) // TIMES_MORE + still_open
    smaller = Size(fewer, people, units, still_open / fewer)
    if both:
        with sqlite_urls(folder, [size]) as lite, postgres_urls([size]) as post:
            side_by_side(size, lite[size], post[size])
        return
    if on_postgres:
        with postgres_urls([size, smaller]) as urls:
            tell("PostgreSQL", urls)
    else:
        with sqlite_urls(folder, [size, smaller]) as urls:
            tell("SQLite", urls)
    print(f"aim: at most {MOST_RATIO} times or {MOST_MORE} ms more, p99 under {MOST_P99} ms;")
    print(f"with {TIMES_MORE} times as much closed at most {MOST_OF_TIME} times, or {SHORT} ms")


if __name__ == "__main__":
    typer.run(main)
