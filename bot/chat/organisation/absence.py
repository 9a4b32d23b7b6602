"""`/nghi`: who is away now or later, with buttons to change it.

/nghi -> list -> one of them -> Đã đi làm lại, Đổi ngày, Đổi người thay
/nghi nghỉ từ 9/12 đến 12/12, Khiêm thay -> preview
"""

from html import escape

from bot.actions import dialogs
from bot.actions.organisation import absence, absence_news
from bot.chat import dates, refusal_reply
from bot.chat.buttons import button, rows
from bot.chat.messages import Message
from bot.chat.organisation import absence_card, absence_draft
from bot.chat.turn import Turn
from storage.records import Absence

HOW = "Báo nghỉ: gõ một câu, ví dụ\n<i>nghỉ từ 9/12 đến 12/12, đồng chí Khiêm xử lý thay</i>"
HOW_FOR_OTHERS = "Báo thay người khác: <i>đồng chí Ân nghỉ mai, đồng chí Trầm xử lý thay</i>"
SHOWN = 20


async def command(turn: Turn) -> None:
    """List absences for `/nghi` alone; with words after it, begin to enter an absence."""
    said = turn.text.partition(" ")[2].strip()
    if not said:
        await turn.say(await listing(turn))
        return
    if await refusal_reply.repeated(turn):
        return
    await absence_draft.begin(turn, await absence.read(turn.office, turn.who, said, turn.now))


async def listing(turn: Turn) -> Message:
    """Return the absences that concern the person, those of today first."""
    found = await absence.listed(turn.office, turn.who, turn.now)
    names = {key: one.name for key, one in (await turn.office.roster()).by_key.items()}
    heading = f"<b>Lịch nghỉ: {len(found)}</b>" if found else "<b>Chưa có ai báo nghỉ.</b>"
    shown = found[:SHOWN]
    lines = [_line(turn, one, names) for one, _ in shown]
    others = [HOW_FOR_OTHERS] if turn.who.leads_others else []
    opened = [[button(_label(one, names), "away.open", one.id)] for one, mine in shown if mine]
    text = "\n".join([heading, *lines, "", HOW, *others])
    return Message(text, rows([button("Báo nghỉ", "away.new")], *opened))


async def open_one(turn: Turn) -> None:
    """Show the absence that was pressed in the list."""
    found = await absence.one(turn.office, turn.who, turn.pressed.id, turn.now)
    await turn.show(await absence_card.page(turn, found))


async def back(turn: Turn) -> None:
    """End an absence early, or drop one that has not begun."""
    done = await _ended_before(turn)
    if done is None:
        done = await absence.end(turn.office, turn.who, turn.pressed.id, turn.now, turn.key)
    coming = done.from_day > turn.office.today(turn.now)
    said = "Đã bỏ lịch nghỉ." if coming else "Đã ghi nhận đi làm lại. Người xử lý thay được báo."
    await turn.show(Message(said), "Đã bỏ lịch nghỉ" if coming else "Đã đi làm lại")


async def _ended_before(turn: Turn) -> Absence | None:
    """Return the absence that this same press already ended before a restart; None where it ended none."""
    if not await dialogs.was_applied(turn.office, turn.key):
        return None
    return await absence_news.get(turn.office, turn.pressed.id)


def _line(turn: Turn, one: Absence, names: dict[int, str]) -> str:
    now = "🌙 " if one.from_day <= turn.office.today(turn.now) else ""
    deputy = names.get(one.deputy_id or 0)
    does = f"{escape(deputy)} xử lý thay" if deputy else "cấp trên xử lý thay"
    return f"{now}<b>{escape(names.get(one.person_id, ''))}</b>: {dates.span(one.from_day, one.until_day)}, {does}"


def _label(one: Absence, names: dict[int, str]) -> str:
    return f"{one.from_day:%d/%m} · {names.get(one.person_id, '')}"
