"""Databases for tests: each test gets a new one, migrated, on either engine."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from storage.database import Database
from storage.migrate import migrate
from storage.opening import open_database
from tests.storage.postgres_server import NoServer, running_server

MIGRATED_AT = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
"""Monday, nine in the morning in the office."""

_COPY = "STRATEGY FILE_COPY TEMPLATE"
"""A few megabytes in memory are copied in half the time that the usual way through the log takes."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-schema", action="store_true", help="write storage/schema.sql anew")
    parser.addoption(
        "--update-messages", action="store_true", help="write tests/chat/messages.txt anew"
    )
    parser.addoption("--long", action="store_true", help="run tests that have a long form in it")


def pytest_configure(config: pytest.Config) -> None:
    """Show why anything was skipped: PostgreSQL that did not run is said, not hidden."""
    if "s" not in config.option.reportchars:
        config.option.reportchars += "s"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Address of a new migrated database, once on each engine."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def db(database_url: str) -> AsyncIterator[Database]:
    """A new migrated database, once on each engine."""
    opened = await open_database(database_url)
    yield opened
    await opened.close()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'dondoc.db')}"


@pytest.fixture
def postgres_url(postgres_template: str) -> Iterator[str]:
    server = urlsplit(postgres_template)
    template = server.path.strip("/")
    name = f"{template}_test"
    asyncio.run(_command(postgres_template, f"CREATE DATABASE {name} {_COPY} {template}"))
    yield server._replace(path=f"/{name}").geturl()
    asyncio.run(_command(postgres_template, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def empty_postgres_url(postgres_server: str) -> Iterator[str]:
    name = f"dondoc_{os.getpid()}_empty"
    asyncio.run(_command(postgres_server, f"CREATE DATABASE {name}"))
    yield urlsplit(postgres_server)._replace(path=f"/{name}").geturl()
    asyncio.run(_command(postgres_server, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of six megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder))
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a disk of its own needs root")
    try:
        yield folder
    finally:
        subprocess.run(("umount", "-l", str(folder)), check=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(_migrated(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """Address of a migrated database that no test opens; each copies it."""
    name = f"dondoc_{os.getpid()}"
    asyncio.run(_command(postgres_server, f"CREATE DATABASE {name}"))
    url = urlsplit(postgres_server)._replace(path=f"/{name}").geturl()
    asyncio.run(_migrated(url))
    yield url
    asyncio.run(_command(postgres_server, f"DROP DATABASE {name}"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Address of a server: one for each process that runs tests; skips where none can run.

    Where CI is set, that is a failure.
    """
    with ExitStack() as until_end:
        try:
            address = until_end.enter_context(running_server())
        except NoServer as why:
            reason = f"PostgreSQL: not run: {why}"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        yield address


async def _migrated(url: str) -> None:
    opened = await open_database(url)
    try:
        await migrate(opened, MIGRATED_AT)
    finally:
        await opened.close()


async def _command(url: str, sql: str) -> None:
    """Run a command that no transaction can hold, from the server's maintenance database."""
    connection = await asyncpg.connect(urlsplit(url)._replace(path="/postgres").geturl())
    try:
        await connection.execute(sql)
    finally:
        await connection.close()
