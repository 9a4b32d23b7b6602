"""The playground as a program: bot, emulator and page started together, and stopped together."""

import asyncio
import errno
import os
import signal
import sys
import tempfile
import webbrowser
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.playground.bot_process import (
    NotStarted,
    import_people,
    log_beside,
    running_bot,
    seed,
    write_config,
)
from bot.playground.emulator import Emulator
from bot.playground.gestures import Gestures
from bot.playground.groups import Groups
from bot.playground.office import read_office
from bot.playground.phone import Unanswered
from bot.playground.remote import Remote
from bot.playground.server import serve
from bot.playground.story import MONDAY, main_story

_GROUP_UNIT = "Phòng Tổng hợp"
_REAL_TOKEN = "DONDOC_TELEGRAM__TOKEN"  # noqa: S105 - the name of a variable

_PORT_TAKEN = (
    "Sân tập không khởi động được: cổng này đang có chương trình khác. "
    "Chọn cổng khác: dondoc playground --port 8081"
)


def play(port: int, open_browser: bool) -> int:
    """Runs until Ctrl-C; returns 0, 1 when the bot stops by itself, 2 beside a real token."""
    return _run(lambda: _play(port, open_browser))


def tell_story() -> int:
    """Plays the main story in the terminal; returns 0, 1 when the bot does not do its part."""
    return _run(_tell_story)


def _run(work: Callable[[], Coroutine[Any, Any, int]]) -> int:
    if os.environ.get(_REAL_TOKEN):
        print(f"{_REAL_TOKEN} đang được đặt: sân tập không chạy với token thật.", file=sys.stderr)
        return 2
    try:
        return asyncio.run(work())
    except NotStarted as failure:
        print(f"Sân tập không khởi động được: {failure}", file=sys.stderr)
        return 1
    except OSError as failure:
        if failure.errno != errno.EADDRINUSE:
            raise
        print(_PORT_TAKEN, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0


async def _play(port: int, open_browser: bool) -> int:
    print("Đang chuẩn bị sân tập…", flush=True)
    async with opened(port, seed) as (emulator, address, bot, log):
        press_start(emulator)
        _make_a_group(emulator)
        asked = _listen_for_a_stop()
        print(f"Sân tập Đôn Đốc: {address}  (Ctrl-C để dừng)", flush=True)
        print(f"Nhật ký của bot: {log}", flush=True)
        if open_browser:
            await asyncio.to_thread(webbrowser.open, address)
        if await _stopped_by_us(bot, asked):
            return 0
        print(f"Bot đã tự dừng với mã {bot.returncode}.\n{log.read_text()}", file=sys.stderr)
        return 1


async def _tell_story() -> int:
    async with (
        opened(0, import_people, MONDAY) as (_, address, _, _),
        Remote(address) as remote,
    ):
        try:
            await main_story(remote, lambda line: print(line, flush=True))
        except Unanswered as failure:
            print(failure, file=sys.stderr)
            return 1
    print("\nViệc đã xong, từ lời giao tới nghiệm thu.")
    return 0


@asynccontextmanager
async def opened(
    port: int, fill: Callable[[Path], Awaitable[None]], begins: datetime | None = None
) -> AsyncIterator[tuple[Emulator, str, Process, Path]]:
    """The emulator with the demo office and a stranger, and the real bot beside it.

    `fill` prepares the bot's database from its configuration; `begins` is when, None is now.
    """
    with tempfile.TemporaryDirectory(prefix="dondoc-") as temporary:
        folder = Path(temporary)
        emulator = Emulator(read_office(), folder / "clock")
        emulator.add_person("Nguyễn Văn Khách")
        if begins:
            emulator.clock.move_to(begins.timestamp())
        async with serve(emulator, port) as address:
            config = write_config(folder, address, emulator.token)
            await fill(config)
            async with running_bot(config, emulator) as bot:
                yield emulator, address, bot, log_beside(config)


def press_start(emulator: Emulator) -> None:
    """Everyone with a username has used the bot before; the others show a first contact."""
    gestures = Gestures(emulator)
    for person in emulator.people.values():
        if person.username:
            gestures.start(person.id)


def _make_a_group(emulator: Emulator) -> None:
    """A leader, the room under them and somebody whom the office does not know, with two topics."""
    people = [one for one in emulator.people.values() if one.unit == _GROUP_UNIT]
    leaders = [one for one in emulator.people.values() if one.role == "leader"][:1]
    strangers = [one for one in emulator.people.values() if not one.role]
    members = [one.id for one in (*leaders, *people, *strangers)]
    Groups(emulator).make("Tổ giúp việc", members, ["Báo cáo tháng", "Hậu cần"])


def _listen_for_a_stop() -> asyncio.Event:
    """Is set by Ctrl-C or SIGTERM; listened for before anyone is told that the playground is there."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for kind in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(kind, asked.set)
    return asked


async def _stopped_by_us(bot: Process, asked: asyncio.Event) -> bool:
    """Waits to be asked to stop (True), or for the bot to stop by itself (False)."""
    waiting = {asyncio.create_task(asked.wait()), asyncio.create_task(bot.wait())}
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
    return asked.is_set()
