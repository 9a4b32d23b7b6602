"""What strangers try is counted in one row a day, and forgotten."""

from datetime import date

from storage.engine.database import Database
from storage.messaging import strangers
from storage.records import Tried

MONDAY, TUESDAY = date(2026, 12, 7), date(2026, 12, 8)


async def test_a_row_a_day_however_much_is_tried(db: Database) -> None:
    for day, count in ((MONDAY, 3), (TUESDAY, 2)):
        for _ in range(count):
            async with db.transaction() as tx:
                await strangers.count(tx, day, "marked")
                await strangers.count(tx, day, "wrong_codes")
    async with db.transaction() as tx:
        await strangers.count(tx, TUESDAY, "group_moves")
    assert len(await db.fetch("SELECT day FROM strangers")) == 2
    assert await strangers.tried(db, MONDAY) == Tried(marked=5, wrong_codes=5, group_moves=1)
    assert await strangers.tried(db, TUESDAY) == Tried(marked=2, wrong_codes=2, group_moves=1)
    await strangers.prune(db, TUESDAY)
    assert await strangers.tried(db, MONDAY) == Tried(marked=2, wrong_codes=2, group_moves=1)
    assert await strangers.tried(db, date(2026, 12, 9)) == Tried()
