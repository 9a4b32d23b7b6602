"""The real bot as a process of its own, on a configuration written for the playground."""

import asyncio
import contextlib
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.playground.emulator import Emulator

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
    process = await _start("seed", "--demo", "--config", str(config))
    if await process.wait():
        raise NotStarted("không tạo được văn phòng mẫu")


@asynccontextmanager
async def running_bot(config: Path, emulator: Emulator) -> AsyncIterator[Process]:
    """The bot, once it asks for updates; asked to stop at the end, ended when it does not."""
    process = await _start("run", "--config", str(config))
    try:
        await _until_polling(emulator, process)
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), _STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()


async def _start(*command: str) -> Process:
    """In a session of its own, so that Ctrl-C reaches it through us alone."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *command, start_new_session=True
    )


async def _until_polling(emulator: Emulator, process: Process) -> None:
    first = asyncio.create_task(emulator.updates.polled.wait())
    ended = asyncio.create_task(process.wait())
    await asyncio.wait({first, ended}, timeout=_READY_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    first.cancel()
    ended.cancel()
    if process.returncode is not None:
        raise NotStarted(f"bot dừng ngay với mã {process.returncode}")
    if not emulator.updates.polled.is_set():
        raise NotStarted("bot không hỏi tin nhắn nào")
