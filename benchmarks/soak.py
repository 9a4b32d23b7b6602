"""A long run of two replicas on PostgreSQL: do memory and open connections stay flat?

    python -m benchmarks.soak [--minutes N]

A hundred heads write without a pause. Looked at sixty times: what each replica has of memory and has open, and how
many sessions the database counts; of both replicas the greater number. Pools and caches fill at first, up to what bounds
them: what is flat shows in the last third, and whether a pool has a bound in how far from it the most is.
"""

import argparse
import asyncio
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import linear_regression

from rich.console import Console
from rich.table import Table

from benchmarks.city_stage import City, Replica, city
from benchmarks.held import Held, held, most
from bot.delivery.telegram.http_client import CONNECTIONS
from bot.delivery.web.connection_limits import AT_ONCE
from tests.storage.postgres_server import running_server

LOOKS = 60
_SHOWN = (LOOKS // 12 - 1, LOOKS // 2 - 1, LOOKS - 1)
"""After five minutes of an hour, half of it, and all."""

BOUNDS = {"incoming": AT_ONCE, "outgoing": CONNECTIONS, "others": 10 + 15, "sessions": 2 * 10 + 1}
"""What the program lets come and go at once; ten connections to the database each (`storage/engine/postgres`), beside a few
files and pipes; and one session of the benchmark's own."""

_SESSIONS = (
    "SELECT COUNT(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@dataclass(frozen=True)
class Look(Held):
    """`hours` since the beginning, and how many updates had been answered."""

    sessions: int
    hours: float
    answered: int


@dataclass(frozen=True)
class Soaked:
    """What was seen."""

    looks: list[Look]

    def most(self, what: str) -> float:
        return max(_numbers(self.looks, what))

    @property
    def last_third(self) -> list[Look]:
        return self.looks[-len(self.looks) // 3 :]

    def an_hour(self, what: str) -> float:
        """Return by how much something grew an hour, in the last third."""
        return self._slope(what, "hours")

    def an_update(self, what: str) -> float:
        """Return by how much something grew with each update that was answered, in the last third."""
        return self._slope(what, "answered")

    def _slope(self, what: str, along: str) -> float:
        third = self.last_third
        return linear_regression(_numbers(third, along), _numbers(third, what)).slope


def _numbers(looks: list[Look], what: str) -> list[float]:
    return [float(getattr(one, what)) for one in looks]


async def look(stage: City, replicas: list[Replica], began: float) -> Look:
    return Look(
        **asdict(most([held(one.pid) for one in replicas])),
        sessions=await stage.db.fetchval(_SESSIONS),
        hours=(time.monotonic() - began) / 3600,
        answered=stage.writers.answered,
    )


async def soak(url: str, folder: Path, minutes: float) -> Soaked:
    """Let two replicas work for so long."""
    async with city(url, folder) as stage:
        replicas = [stage.replica() for _ in range(2)]
        for one in replicas:
            await one.start()
        began, looks = time.monotonic(), list[Look]()
        stage.writers.begin(10**9)
        for _ in range(LOOKS):
            await asyncio.sleep(minutes * 60 / LOOKS)
            looks.append(await look(stage, replicas, began))
        stage.writers.pause()
        await stage.rest()
        for one in replicas:
            await one.end()
        return Soaked(looks)


def show(soaked: Soaked) -> None:
    shown = [soaked.looks[number] for number in _SHOWN]
    table = Table("", *(f"{one.hours * 60:.1f} min" for one in shown), "most", "bound", "an hour")
    table.add_row("updates answered", *(f"{one.answered:,}" for one in shown))
    for what in ("memory", *BOUNDS):
        table.add_row(
            "memory, MB" if what == "memory" else what,
            *(f"{getattr(one, what):.0f}" for one in shown),
            f"{soaked.most(what):.0f}",
            str(BOUNDS.get(what, "")),
            f"{soaked.an_hour(what):+.1f}",
        )
    Console().print(table)
    kilobytes = soaked.an_update("memory") * 1024
    print(
        f"In the last third, from which all of this is by the hour, {kilobytes:+.3f} KB an update."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    minutes = parser.parse_args().minutes
    with running_server(durable=True) as url, tempfile.TemporaryDirectory() as folder:
        show(asyncio.run(soak(url, Path(folder), minutes)))


if __name__ == "__main__":
    main()
