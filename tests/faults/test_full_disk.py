"""PostgreSQL's disk is full under two replicas: nothing is lost, and an admin is told once."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.conftest import mounted
from tests.faults.disk import fill
from tests.faults.office import assign, at_work, told, until_told
from tests.faults.replicas import Replicas, staged_replicas
from tests.faults.test_machine import WAITING
from tests.storage.postgres_server import NoServer, own_server
from tests.stories.city import people_of

FULL = "Ổ đĩa của máy chủ đã đầy"


@pytest.fixture(autouse=True)
def only_long(long: bool) -> None:
    if not long:
        pytest.skip("a server of its own: --long")


@pytest.fixture
def disk() -> Iterator[Path]:
    """A disk with room for a server, where the server's user may go."""
    with tempfile.TemporaryDirectory(prefix="dondoc-disk-") as parent:
        Path(parent).chmod(0o755)
        with mounted(Path(parent) / "disk", "400m") as folder:
            yield folder


@pytest.fixture
async def on_small_server(tmp_path: Path, disk: Path) -> AsyncIterator[Replicas]:
    """Two replicas on a server whose disk can be filled."""
    try:
        with own_server(within=disk) as server:
            await people_of(tmp_path, server.address)
            async with staged_replicas(tmp_path, server.address) as stage:
                yield stage
    except NoServer as why:
        pytest.skip(f"PostgreSQL: not run: {why}")


async def test_a_full_disk_of_the_server_loses_nothing(
    on_small_server: Replicas, disk: Path
) -> None:
    stage = on_small_server
    leader, staff = await at_work(stage)
    await assign(leader, "soạn báo cáo")
    await staff.expect("soạn báo cáo", button="Đã nhận")
    await stage.until(WAITING)
    ballast = fill(disk)
    for n in range(40):
        await leader.say(f"Giao đồng chí Mạc Thiên Ân việc thử số {n}, hạn thứ Sáu")
    await until_told(stage, FULL, 60)
    assert stage.lives()
    ballast.unlink()
    for n in range(40):
        await leader.expect(f"thử số {n}\n", timeout=60)
    await assign(leader, "lập dự toán")
    await staff.expect("lập dự toán", button="Đã nhận", timeout=40)
    assert told(stage, FULL) == 1
    assert stage.rows("SELECT COUNT(*) FROM inbox WHERE state = 'failed'") == [(0,)]
    assert stage.lives()
