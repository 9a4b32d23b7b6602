"""Two replicas on PostgreSQL, where the other stages have the one program on SQLite."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg

from storage.engine.database import Engine
from tests.stories.city import City, staged_city
from tests.stories.stage import LOOK_SECONDS, Stage


class Replicas(Stage):
    """What a stage does to its program happens to both."""

    engine: Engine = "postgres"

    def __init__(self, city: City, url: str) -> None:
        super().__init__(city.folder, city.emulator, city.play)
        self.city = city
        self.url = url

    async def start_bot(self, **settings: str) -> None:
        while len(self.city.replicas) < 2:
            await self.city.start(**settings)

    async def stop_bot(self) -> int:
        return max([await self.city.stop(name) for name in list(self.city.replicas)], key=abs)

    async def kill_bot(self) -> None:
        for name in list(self.city.replicas):
            await self.city.kill(name)

    def lives(self) -> bool:
        return all(one.exitcode is None for one in self.city.replicas.values())

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        return [tuple(row) for row in self._aside("fetch", sql, *values)]

    def kept(self) -> dict[str, bytes]:
        tables = self.rows("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        found = {
            f"table {name}": str(self.rows(f"SELECT CAST(t AS TEXT) FROM {name} t")).encode()
            for (name,) in tables
        }
        return super().kept() | found

    def is_sound(self) -> bool:
        """The server sees to it by itself."""
        return True

    def spoil(self, sql: str) -> None:
        self._aside("execute", sql)

    async def until(self, sql: str, seconds: float = 10) -> None:
        async with asyncio.timeout(seconds):
            while not self.rows(sql)[0][0]:  # noqa: ASYNC110 - other processes answer it
                await asyncio.sleep(LOOK_SECONDS)

    @asynccontextmanager
    async def held(self, *statements: str) -> AsyncIterator[None]:
        """Let somebody else hold, in a transaction that they leave open, what they asked for."""
        other = await asyncpg.connect(self.url)
        try:
            for statement in ("BEGIN ISOLATION LEVEL REPEATABLE READ", *statements):
                await other.execute(statement)
            yield
        finally:
            await other.close()

    @asynccontextmanager
    async def unwritable(self) -> AsyncIterator[None]:
        async with self.held("LOCK TABLE outbox IN EXCLUSIVE MODE"):
            yield

    def _aside(self, what: str, *values: object) -> Any:
        """Ask the database something at once, though this thread's loop runs."""
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, _asked(self.url, what, *values)).result()


async def _asked(url: str, what: str, *values: object) -> Any:
    connection = await asyncpg.connect(url)
    try:
        return await getattr(connection, what)(*values)
    finally:
        await connection.close()


@asynccontextmanager
async def staged_replicas(folder: Path, url: str) -> AsyncIterator[Replicas]:
    """Set the stage on a database in which the people are known; no replica runs yet."""
    async with staged_city(folder, url) as city:
        yield Replicas(city, url)
