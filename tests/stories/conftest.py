"""Each story has a stage of its own, with the bot running as a separate process."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.playground.phone import Phone
from tests.stories import stage as stages
from tests.stories.stage import Stage, known_people, staged


@pytest.fixture(scope="session")
def office_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asyncio.run(known_people(tmp_path_factory.mktemp("office")))


@pytest.fixture
async def stage(tmp_path: Path, office_file: Path) -> AsyncIterator[Stage]:
    """A Monday morning, nine o'clock, with the bot at work."""
    async with staged(tmp_path, office_file) as stage:
        await stage.start_bot()
        yield stage


@pytest.fixture
async def leader(stage: Stage) -> Phone:
    return await stage.phone(stages.LEADER)


@pytest.fixture
async def staff(stage: Stage) -> Phone:
    return await stage.phone(stages.STAFF)
