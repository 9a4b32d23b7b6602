"""The stage of the stories, for attacks: the real program as a process, and people's phones; none is at work yet."""

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
    """A Monday morning, nine o'clock; the program is not started."""
    async with staged(tmp_path, office_file) as stage:
        yield stage
