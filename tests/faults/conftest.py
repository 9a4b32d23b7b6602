"""The stage of the stories, for what goes wrong; `--long` runs each thing as long as it was promised."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.stage import Stage, known_people, staged


@pytest.fixture(scope="session")
def office_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asyncio.run(known_people(tmp_path_factory.mktemp("office")))


@pytest.fixture
async def stage(tmp_path: Path, office_file: Path) -> AsyncIterator[Stage]:
    """A Monday morning, nine o'clock; the bot is not at work yet."""
    async with staged(tmp_path, office_file) as stage:
        yield stage


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    """Tell whether the long form was asked for."""
    return bool(request.config.getoption("--long"))
