"""An office with people in it, on either engine."""

from pathlib import Path

import pytest

from storage.database import Database
from tests.actions.office import Staffed, staffed


@pytest.fixture
async def at_work(db: Database, tmp_path: Path) -> Staffed:
    """The small office, new for each test."""
    return await staffed(db, tmp_path / "files")
