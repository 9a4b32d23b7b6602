"""`/dulieu`: all that the bot holds on the person who asks, as a file."""

import asyncio

from bot.actions.privacy import personal_data
from bot.chat.turn import Turn
from bot.renderers.own_data import packed

CAPTION = (
    "Mọi điều bot lưu về đồng chí: mở du-lieu.html để đọc. Cần sửa, đồng chí liên hệ quản trị."
)


async def command(turn: Turn) -> None:
    """Send the file; `/dulieu` is only answered to the person alone."""
    held = await personal_data.own(turn.office, turn.who, turn.now, turn.key)
    content = await asyncio.to_thread(packed, turn.member.name, held)
    await turn.speaker.send_file(turn.place.chat_id, content, "du-lieu-cua-toi.zip", CAPTION)
