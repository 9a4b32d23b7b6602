"""A database that is opened once for all the examples of a test: each new session begins cold."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from storage.engine.database import Database


@dataclass
class Opened:
    """What hypothesis tries again and again runs in one loop, on one database."""

    runner: asyncio.Runner
    db: Database

    def run(self, work: Callable[[Database], Coroutine[Any, Any, None]]) -> None:
        self.runner.run(work(self.db))
