"""Databases for tests: each test gets a new one, migrated, on either engine."""

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import pytest

from storage.engine.database import Database
from storage.engine.migrate import migrate
from storage.engine.opening import open_database
from tests.opened import Opened
from tests.storage.postgres_server import NoServer, running_server

MIGRATED_AT = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
"""Monday, nine in the morning in the office."""

_COPY = "STRATEGY FILE_COPY TEMPLATE"
"""A few megabytes in memory are copied in half the time that the usual way through the log takes."""

Databases = Callable[..., AbstractContextManager[str]]
"""Takes a name and, if it is to be a copy, the address of a database that nobody has open."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-schema", action="store_true", help="write storage/schema.sql anew")
    parser.addoption(
        "--update-messages", action="store_true", help="write tests/chat/messages anew"
    )
    parser.addoption("--long", action="store_true", help="run tests that have a long form in it")


def pytest_configure(config: pytest.Config) -> None:
    """Show why anything was skipped: PostgreSQL that did not run is said, not hidden."""
    if "s" not in config.option.reportchars:
        config.option.reportchars += "s"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what has a long form, so that it can be run by itself."""
    for item in items:
        if "long" in getattr(item, "fixturenames", ()):
            item.add_marker("long_form")


@pytest.fixture(scope="session")
def long(pytestconfig: pytest.Config) -> bool:
    """Tell whether the long form was asked for."""
    return bool(pytestconfig.getoption("--long"))


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
def opened(database_url: str) -> Iterator[Opened]:
    """A new migrated database, once on each engine, for a test of many examples."""
    with asyncio.Runner() as runner:
        db = runner.run(open_database(database_url))
        yield Opened(runner, db)
        runner.run(db.close())


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    template = request.getfixturevalue(_template(request, "sqlite"))
    return f"sqlite:///{shutil.copy(template, tmp_path / 'dondoc.db')}"


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest, postgres_databases: Databases) -> Iterator[str]:
    with postgres_databases("test", request.getfixturevalue(_template(request, "postgres"))) as url:
        yield url


def _template(request: pytest.FixtureRequest, engine: str) -> str:
    """Return what is copied: with the small office in it where a test works in that office."""
    return f"{engine}_office" if "at_work" in request.fixturenames else f"{engine}_template"


@pytest.fixture
def empty_postgres_url(postgres_databases: Databases) -> Iterator[str]:
    with postgres_databases("empty") as url:
        yield url


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of six megabytes."""
    with mounted(tmp_path / "disk", "6m") as folder:
        yield folder


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """Make a folder a disk of its own, of so many bytes; skips where that needs other rights."""
    folder.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", str(folder))
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
def postgres_template(postgres_databases: Databases) -> Iterator[str]:
    """Address of a migrated database that no test opens; each copies it."""
    with postgres_databases("migrated") as url:
        asyncio.run(_migrated(url))
        yield url


@pytest.fixture(scope="session")
def city_template(
    postgres_databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    from tests.stories.city import people_of  # noqa: PLC0415 - most tests need no program

    with postgres_databases("city_people") as url:
        asyncio.run(people_of(tmp_path_factory.mktemp("city"), url))
        yield url


@pytest.fixture
def city_url(postgres_databases: Databases, city_template: str) -> Iterator[str]:
    """Address of a database on PostgreSQL in which the people of the demo office are known."""
    with postgres_databases("city", city_template) as url:
        yield url


@pytest.fixture(scope="session")
def postgres_databases(postgres_server: str) -> Iterator[Databases]:
    """Make databases, all from one connection: another for each takes as long as the database.

    No name comes twice: of a process that was killed they stay, where a server is shared, and its
    number is soon another's.
    """
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        server = urlsplit(postgres_server)
        connection = runner.run(asyncpg.connect(server._replace(path="/postgres").geturl()))

        @contextmanager
        def database(name: str, template: str | None = None) -> Iterator[str]:
            name = f"dondoc_{uuid4().hex}_{name}"
            copied = f"{_COPY} {urlsplit(template).path.strip('/')}" if template else ""
            runner.run(connection.execute(f"CREATE DATABASE {name} {copied}"))
            try:
                yield server._replace(path=f"/{name}").geturl()
            finally:
                runner.run(connection.execute(f"DROP DATABASE {name} WITH (FORCE)"))

        yield database
        runner.run(connection.close())


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
