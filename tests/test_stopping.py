"""Every part is told to stop, whatever another does, and no more is waited for than was said."""

import asyncio

from bot.runtime.shutdown import stopped


async def test_parts_stop_side_by_side_and_none_keeps_the_others() -> None:
    done = []

    async def at_once() -> None:
        done.append("at once")

    async def fails() -> None:
        raise OSError("no database")

    async def never() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            done.append("cut off")

    async with asyncio.timeout(10):
        await stopped(0.05, fails(), never(), never(), at_once())
    assert done == ["at once", "cut off", "cut off"]
