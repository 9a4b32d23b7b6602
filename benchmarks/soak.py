"""A long run of two replicas on PostgreSQL: do memory and open connections stay flat?

    python -m benchmarks.soak [--minutes N]

A hundred heads write without a pause. Looked at sixty times: what memory each replica has, how many files and
connections it has open, and how many sessions the database counts. The slopes are those of the second half: in the
first the program fills what it keeps on purpose.
"""

import argparse
import asyncio
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression

from benchmarks.city_stage import City, Replica, city
from benchmarks.updates import resident_mb
from tests.storage.postgres_server import running_server

LOOKS = 60
_SESSIONS = (
    "SELECT COUNT(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@dataclass(frozen=True)
class Look:
    """`hours` since the beginning; memory in MB, of the replica that has most."""

    hours: float
    memory: float
    open_files: int
    sessions: int


@dataclass(frozen=True)
class Soaked:
    """What was seen, and how many updates were answered."""

    looks: list[Look]
    answered: int

    def slope(self, what: str) -> float:
        """Return by how much something grew an hour, in the second half."""
        half = self.looks[len(self.looks) // 2 :]
        hours = [one.hours for one in half]
        return linear_regression(hours, [float(getattr(one, what)) for one in half]).slope

    def most(self, what: str) -> float:
        return max(float(getattr(one, what)) for one in self.looks)


def open_files(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


async def look(stage: City, replicas: list[Replica], began: float) -> Look:
    return Look(
        hours=(time.monotonic() - began) / 3600,
        memory=max(resident_mb(one.pid) for one in replicas),
        open_files=max(open_files(one.pid) for one in replicas),
        sessions=await stage.db.fetchval(_SESSIONS),
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
        return Soaked(looks, stage.writers.answered)


def show(soaked: Soaked) -> None:
    print(f"{soaked.answered:,} updates answered in {soaked.looks[-1].hours * 60:.1f} minutes")
    for what, unit in (("memory", "MB"), ("open_files", "files"), ("sessions", "sessions")):
        first, last = getattr(soaked.looks[0], what), getattr(soaked.looks[-1], what)
        print(
            f"{what}: {first:.0f} at first, {last:.0f} at last, most {soaked.most(what):.0f} {unit};"
            f" {soaked.slope(what):+.1f} {unit} an hour"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    minutes = parser.parse_args().minutes
    with running_server(durable=True) as url, tempfile.TemporaryDirectory() as folder:
        show(asyncio.run(soak(url, Path(folder), minutes)))


if __name__ == "__main__":
    main()
