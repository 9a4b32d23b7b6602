"""The stage of the stories, for what goes wrong; `--long` runs each thing as long as it was promised."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.replicas import Replicas, staged_replicas
from tests.stories.stage import Stage, known_people, staged


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let what goes wrong for one office go wrong for two replicas too, in the long form."""
    if "stage" in metafunc.fixturenames:
        forms = ["alone", "replicas"] if metafunc.config.getoption("--long") else ["alone"]
        metafunc.parametrize("stage", forms, indirect=True)


@pytest.fixture(scope="session")
def office_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asyncio.run(known_people(tmp_path_factory.mktemp("office")))


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Stage:
    """A Monday morning, nine o'clock, for one program or two replicas; none is at work yet."""
    stage: Stage = request.getfixturevalue(request.param)
    return stage


@pytest.fixture
async def alone(tmp_path: Path, office_file: Path) -> AsyncIterator[Stage]:
    """One program on SQLite."""
    async with staged(tmp_path, office_file) as stage:
        yield stage


@pytest.fixture
async def replicas(tmp_path: Path, city_url: str) -> AsyncIterator[Replicas]:
    """Two replicas on PostgreSQL."""
    async with staged_replicas(tmp_path, city_url) as stage:
        yield stage
