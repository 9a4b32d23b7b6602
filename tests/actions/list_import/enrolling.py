"""Lists handed in, and what the office looks like after."""

from bot.actions.list_import.import_people import Enrolment, enrol
from bot.actions.list_import.people_file import Wrong
from bot.readers import sheets
from storage.engine.database import Database
from storage.organisation import people, units
from storage.records import Member, Role
from tests.actions.list_import.people_list import HEADER, csv_file
from tests.conftest import MIGRATED_AT as NOW


async def taken(db: Database, *lines: str, header: str = HEADER) -> Enrolment:
    """Take in a list that is in order."""
    done = await enrol(db, sheets.read(csv_file(*lines, header=header)), NOW)
    assert done.problems == ()
    return done


async def refused(db: Database, *lines: str, header: str = HEADER) -> list[tuple[int, Wrong]]:
    """Hand in a list that is not, and see that nothing of it stays."""
    before = await everything(db)
    done = await enrol(db, sheets.read(csv_file(*lines, header=header)), NOW)
    assert done.outcomes == ()
    assert await everything(db) == before
    return [(problem.line, problem.kind) for problem in done.problems]


async def everything(db: Database) -> list[object]:
    tables = ("people", "units", "roles", "charges", "events", "chain")
    return [await db.fetch(f"SELECT * FROM {table} ORDER BY id") for table in tables]


async def account(db: Database, telegram_id: int) -> Member:
    member = await people.by_account(db, telegram_id)
    assert member is not None
    return member


async def tree(db: Database) -> set[str]:
    known = {unit.id: unit for unit in await units.living(db)}
    paths = set()
    for unit in known.values():
        path, above = unit.name, unit.parent_id
        while above is not None:
            path, above = f"{known[above].name} > {path}", known[above].parent_id
        paths.add(path)
    return paths


async def roles(db: Database, telegram_id: int) -> set[Role]:
    return {post.role for post in (await account(db, telegram_id)).roles}
