"""What was merged: its page with the sheet and the way back, the list of all, and what people are told."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from bot.actions import message_context
from bot.actions.mergers import record
from bot.actions.mergers import undo as merger_undo
from bot.actions.mergers.record import Record
from bot.actions.message_context import Receiver
from bot.actions.office import Office
from bot.chat import dates
from bot.chat.buttons import button, pairs, rows
from bot.chat.cards import clip, mark
from bot.chat.mergers import hand_over_sheet
from bot.chat.mergers.hand_over_sheet import title
from bot.chat.mergers.merger_words import built_on, counted
from bot.chat.messages import Delivery, Message
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules import access
from storage.records import Outgoing

SHOWN = 8
HEADING = "<b>Các lần sắp xếp gần đây</b>"


async def show_list(turn: Turn) -> None:
    """ "Các lần sắp xếp" was pressed."""
    if not access.is_admin(turn.member):
        raise Refusal(No.NOT_ALLOWED)
    found = await record.latest(turn.office, turn.who, SHOWN)
    lines = [_line(turn.office, one) for one in found]
    text = "\n".join([HEADING, *lines]) if found else "Chưa có lần sắp xếp nào."
    opened = [button(f"Lần {one.merger.id}", "merger.open", one.merger.id) for one in found]
    await turn.show(Message(text, rows(*pairs(opened, 4), [button("‹ Cả cây", "unit.tops")])))


async def open_one(turn: Turn) -> None:
    """One of them was pressed."""
    await turn.show(await page(turn, turn.pressed.id))


async def page(turn: Turn, merger_id: int, heading: str = "") -> Message:
    """Return what was done, with the sheet of handing over; an admin may undo it."""
    one = await record.get(turn.office, turn.who, merger_id)
    merger = one.merger
    lines = [
        *([heading, ""] if heading else []),
        f"<b>{escape(title(one))}</b>",
        f"{dates.day(merger.made_at, turn.office.workdays)} · {escape(one.actor)}",
        f"Gồm: {counted(merger.facts['seen'])}.",
    ]
    if merger.facts["copy"]:
        lines.append(f"Bản sao trước khi làm: {escape(merger.facts['copy'])}")
    if merger.undone_at:
        lines.append("Đã hoàn tác.")
    admin = access.is_admin(turn.member)
    undo = [button("Hoàn tác", "merger.undo", merger_id)] if admin and not merger.undone_at else []
    back = [button("Các lần sắp xếp", "merger.list")] if admin else []
    return Message("\n".join(lines), rows(hand_over_sheet.buttons("merger", merger_id), undo, back))


async def ask_undo(turn: Turn) -> None:
    """ "Hoàn tác" was pressed: asked once more."""
    one = await record.get(turn.office, turn.who, turn.pressed.id)
    text = (
        f"Hoàn tác <b>{escape(title(one))}</b>? Đơn vị, người và việc đang mở trở lại như trước; "
        "điều đã báo trên việc vẫn giữ."
    )
    sure = button("Hoàn tác thật", "merger.undo_sure", one.merger.id)
    stop = button("Thôi", "merger.open", one.merger.id)
    await turn.show(Message(text, rows([sure, stop])))


async def undo(turn: Turn) -> None:
    """It was confirmed; what was built on it meanwhile refuses."""
    try:
        await merger_undo.undo(turn.office, turn.who, turn.pressed.id, turn.now, turn.key)
    except Refusal as refusal:
        built = refusal.facts.get("built")
        if refusal.kind is not No.MERGER_BUILT_ON or not isinstance(built, dict):
            raise
        said = f"Không hoàn tác được nữa, đã có: {built_on(built)}. Sắp xếp lại bằng /donvi."
        await turn.show(await page(turn, turn.pressed.id, said))
        return
    await turn.show(await page(turn, turn.pressed.id, "Đã hoàn tác."), "Đã hoàn tác")


async def told(
    office: Office, receiver: Receiver, rows_: Sequence[Outgoing], now: datetime
) -> Delivery | None:
    """Tell somebody what became of their unit, and which tasks they lead from now on."""
    row = rows_[0]
    one = await record.known(office, row.facts["merger"])
    if one is None:
        return None
    head = f"Người đứng đầu: {escape(', '.join(one.heads))}. " if one.heads else ""
    kept = f"{head}Việc đang làm giữ nguyên số, hạn, tệp và lịch sử."
    lines = [f"<b>{escape(title(one))}</b>", kept]
    views = await message_context.tasks_of(office, row.facts["tasks"][:SHOWN])
    lines += [
        f"{mark(view, now)} <b>{view.id}</b> {clip(view.title, 80)}" for view in views.values()
    ]
    if views:
        lines.insert(2, f"Đồng chí chủ trì thêm {len(row.facts['tasks'])} việc:")
    opened = [button(f"Việc {view.id}", "task.open", view.id) for view in views.values()]
    about = (one.merger.into_id, *one.merger.facts["wish"]["units"])
    may_have = any(receiver.who.looks_after(unit) for unit in about)
    sheet = hand_over_sheet.buttons("merger", one.merger.id) if may_have else []
    return Delivery(receiver.chat_id, Message("\n".join(lines), rows(*pairs(opened, 4), sheet)))


async def told_undone(
    office: Office, receiver: Receiver, rows_: Sequence[Outgoing], _: datetime
) -> Delivery | None:
    """Tell somebody that all is as it was before."""
    one = await record.known(office, rows_[0].facts["merger"])
    if one is None:
        return None
    text = f"Đã hoàn tác: <b>{escape(title(one))}</b>. Đơn vị và việc đang mở trở lại như trước."
    return Delivery(receiver.chat_id, Message(text))


def _line(office: Office, one: Record) -> str:
    day = f"{office.workdays.local(one.merger.made_at):%d/%m/%Y}"
    undone = " (đã hoàn tác)" if one.merger.undone_at else ""
    return f"{one.merger.id}. {day}: {clip(title(one), 70)}{undone}"


NEWS = {"unit.merged": told, "unit.unmerged": told_undone}
