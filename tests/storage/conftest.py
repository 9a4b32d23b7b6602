"""A table that tests of transactions count in."""

import pytest

from storage.engine.database import Database


@pytest.fixture
async def counter(db: Database) -> Database:
    async with db.transaction() as tx:
        await tx.execute("CREATE TABLE counter (id BIGINT PRIMARY KEY, value BIGINT NOT NULL)")
        await tx.execute("INSERT INTO counter (id, value) VALUES ($1, $2)", 1, 0)
    return db
