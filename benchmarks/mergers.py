"""A city is rebuilt while it works: 200 units in three levels, 5,000 people, 100,000 tasks, 50 mergers.

Units are merged, split, dissolved, people move and leave at random while others report progress and
ask for their tasks. Then two units with 10,000 open tasks are merged. Printed: seconds of each, and how
long a /viec takes meanwhile; at the end nothing may be lost. Run: `python -m benchmarks.mergers`.
"""

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from rich.console import Console
from rich.table import Table

from bot.actions import answer, find, hand_all, leave, merger_undo, mergers
from bot.actions.large_office import LargeOffice, Size
from bot.actions.office import Office
from bot.commands import large_office
from bot.refusals import Refusal
from bot.rules.merger_wish import Kind, Wish
from bot.rules.rights import Standpoint
from storage import people, tallies, units
from storage.chain import verify
from storage.copies import copy_sqlite
from storage.database import Database, Row
from storage.migrate import migrate
from storage.opening import open_database, sqlite_path
from storage.records import Member, Role
from tests.storage.postgres_server import NoServer, running_server

SIZE = Size(tasks=100_000, people=5000, units=200, open_share=0.15)
MERGERS, OPEN_TASKS = 50, 10_000
ONE = SIZE.units // 2 + 1
"""One of the two large units; the next is the other."""
NOW = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
_LOST = """
SELECT COUNT(*) AS lost FROM tasks t
LEFT JOIN task_people p ON p.task_id = t.id AND p.part = 'lead' AND p.until_at IS NULL
LEFT JOIN people w ON w.id = p.person_id AND w.ended_at IS NULL
LEFT JOIN units u ON u.id = t.unit_id AND u.ended_at IS NULL
WHERE t.closed_at IS NULL AND (w.id IS NULL OR u.id IS NULL)
"""
_BUCKETS = """
SELECT t.closed_at IS NULL AS open, t.in_correction, t.late_from < $1 AS late,
       t.submitted_at > t.late_from AS was_late, COUNT(*) AS tasks
FROM tasks t GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""
_CROWD = (
    "UPDATE tasks SET unit_id = $2 + id % 2 WHERE id IN (SELECT id FROM tasks"
    " WHERE closed_at IS NULL ORDER BY id LIMIT $1)",
    "UPDATE task_people SET person_id = $2 + task_id % 2 + $3 * (1 + task_id % 5)"
    " WHERE part = 'lead' AND until_at IS NULL AND task_id IN (SELECT id FROM tasks"
    " WHERE closed_at IS NULL ORDER BY id LIMIT $1)",
)


class City:
    """The office and what is measured in it; `answers` are seconds of each /viec."""

    def __init__(self, office: Office, admin: Standpoint) -> None:
        self.office, self.admin = office, admin
        self.chance = random.Random(7)
        self.answers: list[float] = []
        self.reports = 0
        self.made: list[int] = []
        self.done: Counter[str] = Counter()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Let people ask for their tasks and report on them meanwhile."""
        working = [asyncio.create_task(one()) for one in (self._ask, self._ask, self._report)]
        try:
            yield
        finally:
            for one in working:
                one.cancel()
            await asyncio.gather(*working, return_exceptions=True)

    async def _ask(self) -> None:
        while True:
            account = 7_000_000_000 + self.chance.randrange(SIZE.people)
            started = perf_counter()
            known = await self.office.known(account, NOW)
            if known is not None:
                await find.mine(self.office, known.who)
                self.answers.append(perf_counter() - started)
            await asyncio.sleep(0.02)

    async def _report(self) -> None:
        while True:
            person = await self.office.person(self.chance.randrange(2, SIZE.people), NOW)
            page, _ = await find.mine(self.office, person.who) if person else ([], 0)
            if person and page:
                said = f"{self.chance.randrange(100)}%"
                try:
                    await answer.progress(self.office, person.who, page[0].id, said, NOW, None)
                    self.reports += 1
                except Refusal:
                    pass
            await asyncio.sleep(0.05)

    async def merge(self, wish: Wish) -> float:
        """Make a merger, again where somebody changed something meanwhile; return its seconds."""
        started = perf_counter()
        for _ in range(5):
            view = await mergers.look(self.office, self.admin, wish, NOW)
            try:
                made = await mergers.make(
                    self.office, self.admin, wish, view.seen.prints, NOW, None
                )
            except Refusal as refusal:
                if refusal.kind != "merger_changed":
                    raise
                continue
            self.made.append(made.id)
            break
        return perf_counter() - started

    async def anything(self) -> float | None:
        """Do one thing at random; None where it was refused."""
        what = self.chance.choice([*Kind, *Kind, "leave", "undo"])
        started = perf_counter()
        try:
            if what == "leave":
                await self._leave()
            elif what == "undo":
                merger_id = self.made[-1] if self.made else 0
                await merger_undo.undo(self.office, self.admin, merger_id, NOW, None)
            else:
                await self.merge(await self._wish(Kind(what)))
        except Refusal:
            return None
        self.done[what] += 1
        return perf_counter() - started

    async def _wish(self, kind: Kind) -> Wish:
        known = [one for one in await units.living(self.office.db) if one.id > 1]
        one, other = self.chance.sample(known, 2)
        inside = await people.of_units(self.office.db, [one.id, other.id])
        own = [who.id for who in inside if _is_in(who, one.id)]
        going = tuple(own[: 3 if kind is Kind.SPLIT else 1])
        return Wish(
            kind=kind,
            units=(one.id, other.id) if kind is Kind.UNITE else (one.id,),
            into_id=None if kind in {Kind.UNITE, Kind.SPLIT} else other.id,
            name=f"Đơn vị {len(self.made)} {one.id}" if kind in {Kind.UNITE, Kind.SPLIT} else "",
            head_id=own[0] if own and kind is not Kind.DISSOLVE else None,
            people=going if kind in {Kind.SPLIT, Kind.MOVE} else (),
            work_stays=kind is Kind.MOVE and bool(self.chance.randrange(2)),
        )

    async def _leave(self) -> None:
        person = self.chance.randrange(2, SIZE.people)
        heir = self.chance.randrange(2, SIZE.people)
        await hand_all.hand_all(self.office, self.admin, person, heir, NOW, None)
        await leave.end(self.office, self.admin, person, NOW, None)


def _is_in(who: Member, unit_id: int) -> bool:
    return any(post.unit_id == unit_id for post in who.roles)


async def rebuilt(url: str) -> list[tuple[str, str]]:
    """Fill an office, rebuild it, and return what was measured."""
    db = await open_database(url)
    try:
        await migrate(db, NOW)
        office = Office(db=db, name="Văn phòng", files=Path())
        await large_office.make(db, LargeOffice(SIZE, NOW, office.workdays), SIZE)
        path = sqlite_path(url)
        if path is not None:
            office.copy = lambda _: _copy(path)
        async with db.transaction() as tx:
            await tx.execute(_CROWD[0], OPEN_TASKS, ONE)
            await tx.execute(_CROWD[1], OPEN_TASKS, ONE, SIZE.units)
            await people.give_role(tx, 1, None, Role.ADMIN, NOW)
        city = City(office, Standpoint(1, frozenset({Role.ADMIN})))
        before = await db.fetch(_BUCKETS, NOW)
        found = await _large(city)
        found += await _many(city)
        await _check(db, before)
        return found
    finally:
        await db.close()


async def _copy(path: Path) -> Path:
    target = path.with_name("copy.db")
    await copy_sqlite(path, target)
    return target


async def _large(city: City) -> list[tuple[str, str]]:
    """Merge the two units with most of the open tasks, three times: undone between."""
    seconds = []
    async with city.at_work():
        await asyncio.sleep(1)
        for turn in range(3):
            wish = Wish(kind=Kind.UNITE, units=(ONE, ONE + 1), name=f"Hợp nhất {turn}", head_id=ONE)
            seconds.append(await city.merge(wish))
            if turn < 2:
                await merger_undo.undo(city.office, city.admin, city.made[-1], NOW, None)
    return [
        (f"two units, {OPEN_TASKS:,} open tasks", f"{min(seconds):.1f} to {max(seconds):.1f} s"),
        ("a /viec meanwhile", _spread(city)),
    ]


async def _many(city: City) -> list[tuple[str, str]]:
    city.answers.clear()
    seconds: list[float] = []
    async with city.at_work():
        while len(seconds) < MERGERS:
            if (spent := await city.anything()) is not None:
                seconds.append(spent)
    done = ", ".join(f"{what} {count}" for what, count in sorted(city.done.items()))
    middle = sorted(seconds)[len(seconds) // 2]
    return [
        (f"{MERGERS} at random ({done})", f"median {middle:.2f}, longest {max(seconds):.1f} s"),
        ("a /viec meanwhile", _spread(city)),
        ("reports of progress meanwhile", str(city.reports)),
    ]


def _spread(city: City) -> str:
    cuts = quantiles(city.answers, n=100)
    asked = len(city.answers)
    return f"p50 {cuts[49] * 1000:.0f}, p99 {cuts[98] * 1000:.0f} ms ({asked} asked)"


async def _check(db: Database, before: Sequence[Row]) -> None:
    """See that nothing was lost: leads, numbers, sums by bucket, tallies, chain."""
    lost = await db.fetch(_LOST)
    numbers = await db.fetch("SELECT COUNT(*) AS n, MAX(id) AS last FROM tasks")
    assert lost[0]["lost"] == 0, lost
    assert numbers[0]["n"] == numbers[0]["last"] == SIZE.tasks
    assert await db.fetch(_BUCKETS, NOW) == before
    assert await tallies.wrong(db) == 0
    assert await verify(db) is None


def main() -> None:
    table = Table("engine", "what", "took")
    with tempfile.TemporaryDirectory() as folder:
        for line in asyncio.run(rebuilt(f"sqlite:///{Path(folder) / 'city.db'}")):
            table.add_row("sqlite", *line)
    try:
        with running_server(durable=True) as url:
            for line in asyncio.run(rebuilt(url)):
                table.add_row("postgres", *line)
    except NoServer as why:
        Console().print(f"PostgreSQL: not run: {why}")
    Console().print(table)


if __name__ == "__main__":
    main()
