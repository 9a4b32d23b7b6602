"""A city is rebuilt while it works: 200 units in three levels, 5,000 people, 100,000 tasks, 50 mergers.

Two units with 10,000 open tasks are merged, three times, undone between. Then units are merged, split and
dissolved and people move and leave at random. Meanwhile others report progress and ask for their tasks.
Printed: seconds by part, processor seconds (those who ask are in them), and how long a /viec takes
meanwhile; after every step nothing may be lost. Run: `python -m benchmarks.mergers`.
"""

import asyncio
import tempfile
from datetime import datetime
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time

from rich.console import Console
from rich.table import Table

from benchmarks.mergers_checks import check_step, check_whole, sums
from benchmarks.mergers_city import NOW, SIZE, City
from bot.actions.mergers import handing_over, merger, undo
from bot.actions.office import Office
from bot.commands import large_office
from bot.renderers.handing_over import paper, workbook
from bot.renderers.reporting.word import word
from bot.rules.mergers.wish import Kind, Wish
from bot.seeding.large_office import LargeOffice
from storage.backups.sqlite_backup import copy_sqlite
from storage.engine.database import Transaction
from storage.engine.migrate import migrate
from storage.engine.opening import open_database, sqlite_path
from storage.files import files
from storage.history import audit, hashes
from storage.history.audit import NewEvent
from storage.organisation import people
from storage.records import Role
from tests.storage.postgres_server import NoServer, running_server

MERGERS, OPEN_TASKS, FILES = 50, 10_000, 500
ONE = SIZE.units // 2 + 1
"""One of the two large units; the next is the other."""
_FILLED = (
    "UPDATE tasks SET unit_id = $2 + id % 2 WHERE id IN (SELECT id FROM tasks"
    " WHERE closed_at IS NULL ORDER BY id LIMIT $1)",
    "UPDATE task_people SET person_id = $2 + task_id % 2 + $3 * (1 + task_id % 5)"
    " WHERE part = 'lead' AND until_at IS NULL AND task_id IN (SELECT id FROM tasks"
    " WHERE closed_at IS NULL ORDER BY id LIMIT $1)",
    "INSERT INTO task_people (task_id, unit_id, part, from_at) SELECT id, $2 + id % 2, 'support',"
    " created_at FROM tasks WHERE closed_at IS NULL ORDER BY id DESC LIMIT $1",
)
"""Gives the two units open tasks, ten people of theirs the lead in them, and a part in others."""


async def rebuilt(url: str, folder: Path) -> list[tuple[str, str]]:
    """Fill an office, rebuild it, and return what was measured."""
    db = await open_database(url)
    try:
        await migrate(db, NOW)
        office = Office(db=db, name="Văn phòng", files=folder / "files")
        await large_office.make(db, LargeOffice(SIZE, NOW, office.workdays), SIZE)
        await _fill(office)
        await office.roster()
        copies = list[float]()
        if (path := sqlite_path(url)) is not None:
            office.copy = lambda now: _copied(path, now, copies)
        city = City(office)
        before = await sums(db)
        found = await _large(city, copies)
        await check_step(db, before)
        city.answers.clear()
        seconds: list[float] = []
        async with city.at_work():
            while len(seconds) < MERGERS:
                if (spent := await city.anything()) is not None:
                    seconds.append(spent)
                    await check_step(db, before)
        found += _many(city, seconds)
        found.append(("looked through at the end", await check_whole(db, office.files)))
        return found
    finally:
        await db.close()


async def _fill(office: Office) -> None:
    async with office.db.transaction() as tx:
        await tx.execute(_FILLED[0], OPEN_TASKS, ONE)
        await tx.execute(_FILLED[1], OPEN_TASKS, ONE, SIZE.units)
        await tx.execute(_FILLED[2], OPEN_TASKS // 10, ONE)
        await people.give_role(tx, 1, None, Role.ADMIN, NOW)
        await _keep_files(tx, office.files)


async def _keep_files(tx: Transaction, folder: Path) -> None:
    kept = []
    for row in await tx.fetch("SELECT id FROM tasks ORDER BY id DESC LIMIT $1", FILES):
        data = f"Tệp của việc {row['id']}".encode()
        path = hashes.path_in(folder, hashes.hash_of(data))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        one = await files.add(
            tx, task_id=row["id"], person_id=1, sha256=path.name, name="tep.txt", size=len(data),
            mime="text/plain", telegram_file_id=None, album=None, at=NOW,
        )  # fmt: skip
        facts = hashes.file_facts(one.model_dump())
        kept.append(NewEvent(hashes.FILE_KEPT, 1, one.task_id, facts=facts))
    await audit.append_many(tx, NOW, kept)


async def _copied(path: Path, _: datetime, spent: list[float]) -> Path:
    started = perf_counter()
    target = path.with_name("copy.db")
    await copy_sqlite(path, target)
    spent.append(perf_counter() - started)
    return target


async def _large(city: City, copies: list[float]) -> list[tuple[str, str]]:
    """Merge the two units with most of the open tasks, three times: undone between."""
    office, admin = city.office, city.admin
    whole, looks, processor, undone = list[float](), list[float](), list[float](), list[float]()
    async with city.at_work():
        await asyncio.sleep(1)
        for turn in range(3):
            wish = Wish(kind=Kind.UNITE, units=(ONE, ONE + 1), name=f"Hợp nhất {turn}", head_id=ONE)
            started = perf_counter()
            await merger.look(office, admin, wish, NOW)
            looks.append(perf_counter() - started)
            used = process_time()
            whole.append(await city.merge(wish))
            processor.append(process_time() - used)
            if turn < 2:
                started = perf_counter()
                await undo.undo(office, admin, city.made[-1], NOW, None)
                undone.append(perf_counter() - started)
    rest = [all_ - look for all_, look in zip(whole, looks, strict=True)]
    rest = [one - copy for one, copy in zip(rest, copies or [0.0] * 3, strict=True)]
    return [
        (f"two units, {OPEN_TASKS:,} open tasks", _range(whole)),
        *([("  of it the copy of the database before", _range(copies))] if copies else []),
        ("  of it looking", _range(looks)),
        ("  of it the transaction", _range(rest)),
        ("  processor, with those at work", _range(processor)),
        ("undone", _range(undone)),
        ("a /viec meanwhile", _spread(city)),
        ("its sheet in Word and Excel", await _sheet(city)),
    ]


async def _sheet(city: City) -> str:
    used = process_time()
    sheet = await handing_over.of_merger(city.office, city.admin, city.made[-1], "Hợp nhất", NOW)
    gathered = process_time() - used
    pages = [len(word(paper(sheet))), len(workbook(sheet))]
    made = process_time() - used - gathered
    return (
        f"gathered in {gathered:.1f}, made in {made:.1f} s of processor, {sum(pages) >> 10:,} KiB"
    )


def _many(city: City, seconds: list[float]) -> list[tuple[str, str]]:
    done = ", ".join(f"{what} {count}" for what, count in sorted(city.done.items()))
    middle = sorted(seconds)[len(seconds) // 2]
    return [
        (f"{MERGERS} at random ({done})", f"median {middle:.2f}, longest {max(seconds):.1f} s"),
        ("a /viec meanwhile", _spread(city)),
        ("reports of progress meanwhile", str(city.reports)),
    ]


def _range(seconds: list[float]) -> str:
    return f"{min(seconds):.2f} to {max(seconds):.2f} s"


def _spread(city: City) -> str:
    cuts = quantiles(city.answers, n=100)
    asked, longest = len(city.answers), max(city.answers)
    spread = (
        f"p50 {cuts[49] * 1000:.0f}, p99 {cuts[98] * 1000:.0f}, longest {longest * 1000:.0f} ms"
    )
    return f"{spread} ({asked} asked)"


def main() -> None:
    table = Table("engine", "what", "took")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for line in asyncio.run(rebuilt(f"sqlite:///{folder / 'city.db'}", folder)):
            table.add_row("sqlite", *line)
    try:
        with running_server(durable=True) as url, tempfile.TemporaryDirectory() as name:
            for line in asyncio.run(rebuilt(url, Path(name))):
                table.add_row("postgres", *line)
    except NoServer as why:
        Console().print(f"PostgreSQL: not run: {why}")
    Console().print(table)


if __name__ == "__main__":
    main()
