"""What instances said that died since, written down by another before their leases run out.

They share the folder of files. Without it what they had said and not written down would be said again.
"""

import asyncio
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from bot.delivery import seat
from bot.delivery.holding import keep_doing
from bot.delivery.journal import Journal
from bot.delivery.settling import settle_left
from storage.database import Database


async def inherit_on(db: Database, folder: Path, on_trouble: Callable[[Exception], None]) -> None:
    """Look every few seconds, until cancelled."""
    await keep_doing(partial(inherit, db, folder, on_trouble), on_trouble)


async def inherit(db: Database, folder: Path, on_trouble: Callable[[Exception], None]) -> None:
    """Settle what stands in the journals whose owners live no more."""
    for path in await asyncio.to_thread(_with_words, folder):
        if taken := seat.take_free(folder, path.stem):
            with closing(taken):
                await settle_left(db, Journal(path, on_trouble), path.stem)


def _with_words(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.journal")) if path.stat().st_size]
