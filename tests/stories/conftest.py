"""Each story has a stage of its own, with the bot running as a separate process.

`--long` tells each a second time, with two replicas on PostgreSQL in the place of the one program on SQLite.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.phone import Phone
from tests.faults.replicas import Replicas, staged_replicas
from tests.stories import stage as stages
from tests.stories.stage import Stage, known_people, staged


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tell a story for two replicas too, in the long form."""
    if "stage" in metafunc.fixturenames:
        one = metafunc.definition.get_closest_marker("alone")
        both = metafunc.config.getoption("--long") and not one
        forms = ["alone", "replicas"] if both else ["alone"]
        metafunc.parametrize("stage", forms, indirect=True)


@pytest.fixture(scope="session")
def office_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asyncio.run(known_people(tmp_path_factory.mktemp("office")))


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Stage:
    """A Monday morning, nine o'clock, with the bot at work."""
    stage: Stage = request.getfixturevalue(request.param)
    return stage


@pytest.fixture
async def alone(tmp_path: Path, office_file: Path) -> AsyncIterator[Stage]:
    """One program on SQLite."""
    async with staged(tmp_path, office_file) as stage:
        await stage.start_bot()
        yield stage


@pytest.fixture
async def replicas(tmp_path: Path, city_url: str) -> AsyncIterator[Replicas]:
    """Two replicas on PostgreSQL."""
    async with staged_replicas(tmp_path, city_url) as stage:
        await stage.start_bot()
        yield stage


@pytest.fixture
async def leader(stage: Stage) -> Phone:
    return await stage.phone(stages.LEADER)


@pytest.fixture
async def staff(stage: Stage) -> Phone:
    return await stage.phone(stages.STAFF)
