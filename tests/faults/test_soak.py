"""A short form of `benchmarks.soak`: what two replicas hold does not grow with what they do."""

import asyncio
from pathlib import Path

import pytest

from benchmarks.soak import show, soak
from bot.delivery.telegram_http import CONNECTIONS
from tests.conftest import Databases

MINUTES = 3.0
KILOBYTES_EACH = 1.0
"""What an update may add to a young replica, whose caches and pools still fill; `benchmarks.soak` shows an hour."""
SESSIONS = 2 * 10 + 1
"""Ten of each replica, see `storage/postgres`, and a second one of the benchmark's own."""

FILES = 40 + CONNECTIONS + 10 + 20
"""What Telegram may open (`webhook_connections`), what goes to it, the database, and files and pipes."""


def test_memory_and_connections_stay_flat(
    tmp_path: Path, postgres_databases: Databases, long: bool
) -> None:
    if not long:
        pytest.skip("three minutes: --long")
    with postgres_databases("soak") as url:
        soaked = asyncio.run(soak(url, tmp_path, MINUTES))
    show(soaked)
    hours = soaked.looks[-1].hours
    each = soaked.slope("memory") * 1024 * hours / soaked.answered
    assert each <= KILOBYTES_EACH
    assert soaked.most("sessions") <= SESSIONS
    assert soaked.most("open_files") <= FILES
