"""What takes long says how far it is; what is quick says nothing."""

import asyncio
from typing import Any

import pytest

from bot.chat.messages import Message
from bot.chat.progress import Progress


class Said:
    """Keeps what a turn is told to put where, in the order it comes."""

    def __init__(self) -> None:
        self.all: list[tuple[str, int | None]] = []
        self.heard = asyncio.Event()

    async def put(self, message: Message, message_id: int | None) -> int:
        self.all.append((message.text, message_id))
        self.heard.set()
        return 5


async def wait_for(event: asyncio.Event) -> str:
    await event.wait()
    return "xong"


async def quick() -> str:
    return "xong"


async def test_what_is_quick_says_nothing() -> None:
    said: Any = Said()
    progress = Progress(said, "Báo cáo", steps=1)
    assert await progress.through("đọc", quick()) == "xong"
    await progress.over()
    assert said.all == []


async def test_each_slow_step_is_said_in_the_same_message() -> None:
    said: Any = Said()
    progress = Progress(said, "Báo cáo", steps=2, patience=0)
    for doing in ("đọc", "lập"):
        ready = asyncio.Event()
        step = asyncio.create_task(progress.through(doing, wait_for(ready)))
        await said.heard.wait()
        said.heard.clear()
        ready.set()
        assert await step == "xong"
    await progress.over()
    assert said.all == [
        ("⏳ Báo cáo: đọc (bước 1/2)…", None),
        ("⏳ Báo cáo: lập (bước 2/2)…", 5),
        ("Báo cáo: đã xong.", 5),
    ]


async def test_an_error_of_a_step_is_the_caller_s() -> None:
    async def fails() -> None:
        raise LookupError

    said: Any = Said()
    with pytest.raises(LookupError):
        await Progress(said, "Báo cáo", steps=1).through("đọc", fails())
