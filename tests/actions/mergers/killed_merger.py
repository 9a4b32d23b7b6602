"""A process that merges two units and is killed (SIGKILL) on the way; `test_mergers_killed` runs it.

Arguments: the database's address, then the numbers of admin, head and units. It dies once before the
transaction, once with all written in it, and once after its commit; what then is there is printed.
"""

import asyncio
import json
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.actions.mergers import merger
from bot.actions.office import Office
from bot.rules.mergers.wish import Kind, Wish
from bot.rules.rights import Standpoint
from storage.engine.opening import open_database
from storage.history import audit
from storage.history.chain import verify
from storage.records import Role
from tests.actions.organisation.lost import LOST

NOW = datetime(2026, 12, 9, 2, 0, tzinfo=UTC)
COUNTED = {
    "made": "SELECT COUNT(*) AS n FROM mergers",
    "ended": "SELECT COUNT(*) AS n FROM units WHERE ended_at IS NOT NULL",
    "told": "SELECT COUNT(*) AS n FROM outbox WHERE kind = 'unit.merged' AND state = 'waiting'",
}


async def die(*_: Any) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


async def merge(url: str, point: str, admin: int, head: int, units: tuple[int, ...]) -> None:
    here = Office(db=await open_database(url), name="Văn phòng", files=Path("files"))
    who = Standpoint(admin, frozenset({Role.ADMIN}))
    wish = Wish(kind=Kind.UNITE, units=units, name="Phòng Mới", head_id=head)
    view = await merger.look(here, who, wish, NOW)
    if point == "before":
        here.copy = die
    if point == "in":
        audit.append_many = die  # type: ignore[assignment] # the last that is written
    await merger.make(here, who, wish, view.seen.prints, NOW, None)
    await die()


async def found(url: str) -> dict[str, int | bool]:
    """Return what a start after the kill finds."""
    db = await open_database(url)
    try:
        counts = {what: (await db.fetch(sql))[0]["n"] for what, sql in COUNTED.items()}
        whole = await verify(db) is None and await db.fetch(LOST) == []
        return {**counts, "whole": whole}
    finally:
        await db.close()


def main() -> None:
    url, *numbers = sys.argv[1:]
    admin, head, *units = map(int, numbers)
    for point in ("before", "in", "after"):
        child = os.fork()
        if child == 0:
            asyncio.run(merge(url, point, admin, head, tuple(units)))
        _, status = os.waitpid(child, 0)
        killed = {"point": point, "signal": os.WTERMSIG(status)}
        print(json.dumps(killed | asyncio.run(found(url))))


if __name__ == "__main__":
    main()
