"""The real bot as a process of its own, on a configuration written for the playground."""

import asyncio
import contextlib
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.playground.emulator import Emulator
from bot.playground.office import DEMO_OFFICE

_PROGRAM = (sys.executable, "-m", "bot")
_ADMIN = 700000001
_READY_SECONDS = 30
_STOP_SECONDS = 10
_CONFIG = """\
[telegram]
token = "{token}"
base_url = "{address}/bot"
base_file_url = "{address}/file/bot"

[storage]
url = "sqlite:///{folder}/dondoc.db"
files = "{folder}/files"

[office]
name = "Văn phòng Thành ủy (demo)"
gather = "0s"

[access]
admins = [{admin}]

[clock]
offset_file = "{folder}/clock"
"""


class NotStarted(Exception):  # noqa: N818 - said in one line, not as a traceback
    """The bot did not come up; the words say at which step."""


def write_config(folder: Path, address: str, token: str) -> Path:
    """A config.toml with everything in `folder`, Telegram being at `address`."""
    path = folder / "config.toml"
    text = _CONFIG.format(token=token, address=address, folder=folder.as_posix(), admin=_ADMIN)
    path.write_text(text, encoding="utf-8")
    return path


async def seed(config: Path) -> None:
    """Fills the database with the demo office and its tasks."""
    if await _finish("seed", "--demo", "--config", str(config)):
        raise NotStarted("không tạo được văn phòng mẫu")


async def import_people(config: Path) -> None:
    """Fills the database with the people of the demo office, who have no tasks yet."""
    if await _finish("people", "import", str(DEMO_OFFICE), "--config", str(config)):
        raise NotStarted("không nhập được danh sách người")


@asynccontextmanager
async def running_bot(config: Path, emulator: Emulator) -> AsyncIterator[Process]:
    """The bot, once it asks for updates; asked to stop at the end, ended when it does not.

    What it prints goes to `bot.log` beside its configuration. It has a session of its own, so
    that Ctrl-C reaches it through us alone.
    """
    with log_beside(config).open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *_PROGRAM,
            "run",
            "--config",
            str(config),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        await _until_polling(config, emulator, process)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()


async def _finish(*command: str) -> int:
    """Runs to the end and returns the exit code; what it prints is shown when it fails."""
    process = await asyncio.create_subprocess_exec(*_PROGRAM, *command, stdout=PIPE, stderr=STDOUT)
    said, _ = await process.communicate()
    if process.returncode:
        sys.stderr.buffer.write(said)
    return process.returncode or 0


def log_beside(config: Path) -> Path:
    """Where the bot's own log is."""
    return config.with_name("bot.log")


async def _until_polling(config: Path, emulator: Emulator, process: Process) -> None:
    first = asyncio.create_task(emulator.updates.polled.wait())
    ended = asyncio.create_task(process.wait())
    await asyncio.wait({first, ended}, timeout=_READY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    first.cancel()
    ended.cancel()
    if process.returncode is not None:
        log = log_beside(config).read_text(encoding="utf-8", errors="replace")
        raise NotStarted(f"bot dừng ngay với mã {process.returncode}\n{log}")
    if not emulator.updates.polled.is_set():
        raise NotStarted("bot không hỏi tin nhắn nào")
