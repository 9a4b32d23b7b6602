"""What instances left that died since, read by another before their leases run out.

They share the folder of files. Without it, what they had said and not written down would be said
again, and an update that ended them would end the next one.
"""

import asyncio
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from bot.delivery import instance_name
from bot.delivery.inbox.handling_record import SUFFIX as HANDLING
from bot.delivery.inbox.handling_record import HandlingRecord
from bot.delivery.inbox.inbox import blame_left
from bot.delivery.outbox.journal import SUFFIX as JOURNAL
from bot.delivery.outbox.journal import Journal
from bot.delivery.outbox.lease_renewal import keep_doing
from bot.delivery.outbox.result_writer import settle_left
from storage.engine.database import Database


async def inherit_on(db: Database, folder: Path, on_trouble: Callable[[Exception], None]) -> None:
    """Look every few seconds, until cancelled."""
    await keep_doing(partial(inherit, db, folder, on_trouble), on_trouble)


async def inherit(db: Database, folder: Path, on_trouble: Callable[[Exception], None]) -> None:
    """Settle what stands in the files whose owners live no more."""
    for name in await asyncio.to_thread(_left_by, folder):
        if taken := instance_name.take_free(folder, name):
            with closing(taken):
                await settle_left(db, Journal(folder / f"{name}{JOURNAL}", on_trouble), name)
                await blame_left(db, HandlingRecord(folder / f"{name}{HANDLING}", on_trouble))


def _left_by(folder: Path) -> list[str]:
    """Return the names of instances of which a file holds anything."""
    said = [path for path in folder.glob(f"*{JOURNAL}") if path.stat().st_size]
    in_hand = [path for path in folder.glob(f"*{HANDLING}") if any(path.read_bytes())]
    return sorted({path.stem for path in (*said, *in_hand)})
