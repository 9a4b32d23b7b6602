"""A short form of `benchmarks.soak`: what two replicas hold does not grow with what they do."""

import asyncio
import os
import socket
from pathlib import Path

import pytest

from benchmarks.held import held
from benchmarks.soak import BOUNDS, show, soak
from tests.conftest import Databases

MINUTES = 3.0
MEGABYTES, KILOBYTES_EACH = 1.0, 0.5
"""What memory may move by in the last minute, whatever is done in it, and what each update may add: a replica is young
then, and its caches and pools still fill. `benchmarks.soak` shows an hour."""


def test_memory_and_connections_stay_flat(
    tmp_path: Path, postgres_databases: Databases, long: bool
) -> None:
    if not long:
        pytest.skip("three minutes: --long")
    with postgres_databases("soak") as url:
        soaked = asyncio.run(soak(url, tmp_path, MINUTES))
    show(soaked)
    updates = soaked.last_third[-1].answered - soaked.last_third[0].answered
    grown = soaked.an_update("memory") * updates
    assert grown <= MEGABYTES + updates * KILOBYTES_EACH / 1024
    assert {what: bound for what, bound in BOUNDS.items() if soaked.most(what) > bound} == {}


def test_what_is_open_is_counted_by_who_began_it() -> None:
    before = held(os.getpid())
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()),
        server.accept()[0],
        Path(os.devnull).open(),
    ):
        now = held(os.getpid())
    assert now.incoming == before.incoming + 1
    assert now.outgoing == before.outgoing + 1
    assert now.others == before.others + 2
