"""`/gionhac`: the hour of a person's morning digest, chosen by button or typed ("/gionhac 8h15")."""

from datetime import time

from bot.actions.reminders import digest_hour
from bot.chat.buttons import button, pairs, rows
from bot.chat.messages import Message
from bot.chat.turn import Turn

HOURS = (time(7, 30), time(8), time(8, 30), time(9), time(10), time(13, 30), time(14), time(16))
_USUAL = "usual"


async def command(turn: Turn) -> None:
    """Show the hour and others to choose for `/gionhac` alone; with an hour after it, set that hour first."""
    said = turn.text.partition(" ")[2].strip()
    if said:
        hour = digest_hour.read(turn.office, said)
        await digest_hour.choose(turn.office, turn.who, hour, turn.now, turn.key)
    await turn.say(await _page(turn))


async def choose(turn: Turn) -> None:
    """Set the hour that was pressed."""
    said = turn.pressed.value
    hour = None if said == _USUAL else digest_hour.read(turn.office, f"{said[:2]}:{said[2:]}")
    await digest_hour.choose(turn.office, turn.who, hour, turn.now, turn.key)
    await turn.show(await _page(turn), "Đã đổi giờ")


async def _page(turn: Turn) -> Message:
    office = turn.office
    own, usual = await digest_hour.chosen(office, turn.who), office.digest_at
    first, last = office.workdays.waking
    offered = [one for one in HOURS if first <= one <= last and one != (own or usual)]
    pressed = [button(f"{one:%H:%M}", "digest.hour", value=f"{one:%H%M}") for one in offered]
    back = [button(f"Theo cơ quan ({usual:%H:%M})", "digest.hour", value=_USUAL)] if own else []
    text = (
        f"Tin <b>Việc hôm nay</b> đến lúc <b>{own or usual:%H:%M}</b> mỗi ngày làm việc.\n"
        "Đồng chí chọn giờ khác, hoặc gõ, ví dụ: /gionhac 8h15"
    )
    return Message(text, rows(*pairs(pressed, 4), back))
