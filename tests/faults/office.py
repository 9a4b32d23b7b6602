"""What the fault stories share: a task given and heard of, and what an admin was told."""

import asyncio

from bot.playground.phone import Phone
from tests.stories.stage import LEADER, STAFF, Stage

ADMIN, ADMIN_ID = "Vương Hải Đăng", 700000001
SENTENCE = "Giao đồng chí Mạc Thiên Ân {what}, trước 17h thứ Sáu"


async def at_work(stage: Stage, **settings: str) -> tuple[Phone, Phone]:
    """Start the bot and return the phones of a leader and of a member of staff; an admin has one too."""
    await stage.start_bot(**settings)
    await stage.phone(ADMIN)
    return await stage.phone(LEADER), await stage.phone(STAFF)


async def assign(leader: Phone, what: str) -> None:
    """Give the member of staff a task."""
    await leader.say(SENTENCE.format(what=what))
    await leader.press("Giao việc", await leader.expect(what, button="Giao việc"))


def told(stage: Stage, words: str) -> int:
    """Count what the admins were told with these words."""
    messages = stage.emulator.messages.of_chat(ADMIN_ID)
    return sum(words in str(one.data.get("text")) for one in messages if one.by_bot)


async def until_told(stage: Stage, words: str, seconds: float) -> None:
    """Wait until the admins are told something."""
    async with asyncio.timeout(seconds):
        while not told(stage, words):  # noqa: ASYNC110 - the emulator tells nobody
            await asyncio.sleep(0.05)
