"""The databases that tests work in: no two of one name, and none left of a test that failed."""

import asyncio
from urllib.parse import urlsplit

import asyncpg
import pytest

from tests.conftest import Databases


async def named(server: str) -> set[str]:
    connection = await asyncpg.connect(server)
    try:
        return {row["datname"] for row in await connection.fetch("SELECT datname FROM pg_database")}
    finally:
        await connection.close()


def failing(databases: Databases, made: set[str]) -> None:
    with databases("same") as one, databases("same") as other:
        made |= {urlsplit(url).path.strip("/") for url in (one, other)}
        assert asyncio.run(named(one)) >= made
        raise ZeroDivisionError


def test_two_of_one_name_are_two_and_a_failure_leaves_none(
    postgres_server: str, postgres_databases: Databases
) -> None:
    made = set[str]()
    with pytest.raises(ZeroDivisionError):
        failing(postgres_databases, made)
    assert len(made) == 2
    assert made.isdisjoint(asyncio.run(named(postgres_server)))
