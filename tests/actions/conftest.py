"""An office with people in it, on either engine."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.engine.database import Database
from storage.engine.opening import open_database
from tests.actions.office import Staffed, staffed
from tests.conftest import Databases


@pytest.fixture
def at_work(small_office: Staffed, db: Database, tmp_path: Path) -> Staffed:
    """The small office, new for each test: in a copy of the database where it was once made."""
    return small_office.moved(db, tmp_path / "files")


@pytest.fixture(scope="session")
def small_office(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Staffed:
    """The office as it was made; its database, closed again, is copied and never opened."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copy(sqlite_template, folder / "template.db")
    return asyncio.run(_made(f"sqlite:///{folder / 'template.db'}", folder))


@pytest.fixture(scope="session")
def sqlite_office(small_office: Staffed) -> Path:
    return small_office.office.files / "template.db"


@pytest.fixture(scope="session")
def postgres_office(
    small_office: Staffed,
    postgres_template: str,
    postgres_databases: Databases,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    with postgres_databases("office", postgres_template) as url:
        made = asyncio.run(_made(url, tmp_path_factory.mktemp("office")))
        assert (made.units, made.ids) == (small_office.units, small_office.ids)
        assert made.who == small_office.who
        yield url


async def _made(url: str, folder: Path) -> Staffed:
    db = await open_database(url)
    try:
        return await staffed(db, folder)
    finally:
        await db.close()
