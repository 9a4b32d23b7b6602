"""One absence as a message: who is away, on which days, who stands in, and buttons to change it."""

from html import escape

from bot.chat import dates
from bot.chat.buttons import button, rows
from bot.chat.messages import Message
from bot.chat.turn import Turn
from storage.records import Absence


async def page(turn: Turn, one: Absence, heading: str = "") -> Message:
    """Return the message of one absence, with the buttons to change it."""
    names = {key: person.name for key, person in (await turn.office.roster()).by_key.items()}
    deputy = names.get(one.deputy_id or 0)
    lines = [
        *filter(None, [heading]),
        f"<b>Lịch nghỉ của đồng chí {escape(names.get(one.person_id, ''))}</b>",
        dates.days(one.from_day, one.until_day, turn.office.workdays),
        f"Xử lý thay: {escape(deputy)}" if deputy else "Không cử ai: cấp trên xử lý thay.",
    ]
    coming = one.from_day > turn.office.today(turn.now)
    end = button("Bỏ lịch nghỉ" if coming else "Đã đi làm lại", "away.back", one.id)
    change = [
        button("Đổi ngày", "away.change", one.id, 0, "days"),
        button("Đổi người thay", "away.change", one.id, 0, "deputy"),
    ]
    return Message("\n".join(lines), rows([end], change))
