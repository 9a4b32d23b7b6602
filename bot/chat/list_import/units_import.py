"""An admin sends the units as a file: what it would change is shown, one press takes all of it in.

/donvi -> Tải bảng Excel; a file with the headings "đơn vị", "tên tắt", ... -> every problem, or a preview -> Nhập đơn vị, Thôi
"""

import asyncio
from collections.abc import Sequence

from bot.actions import dialogs
from bot.actions.files import pending_file
from bot.actions.list_import import units_import, units_sheet
from bot.actions.list_import.units_plan import UnitsPlan
from bot.chat.buttons import button, rows
from bot.chat.list_import import units_words
from bot.chat.list_import.list_files import at_most, rows_of
from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.readers.row import Row
from bot.refusals import No, Refusal

SHEET_NAME = "don-vi.xlsx"
MENDED = "Chưa nhập dòng nào. Đồng chí sửa rồi gửi lại tệp."


async def received(turn: Turn, listed: Sequence[Row], file_id: str) -> None:
    """A list came: say what it would change, or what is wrong with each line."""
    await turn.say(await _looked_through(turn, listed, file_id))


async def confirm(turn: Turn) -> None:
    """It is taken in as it was seen; where it would do something else by now it is shown anew."""
    press = turn.pressed
    draft = await dialogs.current(turn.office, turn.who, press.id, press.version)
    if draft.kind != pending_file.UNITS:
        raise Refusal(No.STALE)
    listed = await rows_of(turn, draft.fields["file"])
    seen = draft.fields["seen"]
    try:
        plan = await units_import.take(
            turn.office, turn.who, listed, seen, turn.now, turn.key, draft
        )
    except Refusal as refusal:
        if refusal.kind is not No.LIST_CHANGED:
            raise
        await _again(turn, listed, draft.fields["file"])
        return
    done = f"Đã nhập: {units_words.summary(plan)}. Xem cây: /donvi"
    await turn.show(Message(done), "Đã nhập")


async def send_sheet(turn: Turn) -> None:
    """The tree as a workbook, to be changed and sent back."""
    found = await units_sheet.rows(turn.office, turn.who)
    await turn.toast()
    content = await asyncio.to_thread(_workbook, found)
    caption = "Sửa bảng rồi gửi lại tệp này. Bot cho xem trước khi nhập."
    await turn.speaker.send_file(turn.place.chat_id, content, SHEET_NAME, caption)


def _workbook(found: list[units_sheet.UnitRow]) -> bytes:
    from bot.renderers.units_sheet import workbook  # noqa: PLC0415 - slow to load, seldom needed

    return workbook(found)


async def _again(turn: Turn, listed: Sequence[Row], file_id: str) -> None:
    heading = "Cơ quan đã thay đổi từ lúc đồng chí xem, đây là danh sách bây giờ:"
    shown = await _looked_through(turn, listed, file_id)
    await turn.show(Message(f"{heading}\n{shown.text}", shown.keyboard))


async def _looked_through(turn: Turn, listed: Sequence[Row], file_id: str) -> Message:
    plan = await units_import.look(turn.office, listed)
    if plan.problems or not plan.changes:
        return Message(await _words(turn, plan))
    return await _preview(turn, plan, file_id)


async def _preview(turn: Turn, plan: UnitsPlan, file_id: str) -> Message:
    seen = units_import.print_of(plan)
    draft = await pending_file.lay(
        turn.office, turn.who, turn.place, pending_file.UNITS, file_id, seen, turn.now, turn.key
    )
    pressed = [
        button("Nhập đơn vị", "units.take", draft.id, draft.version),
        button("Thôi", "list.stop", draft.id, draft.version),
    ]
    return Message(await _words(turn, plan), rows(pressed))


async def _words(turn: Turn, plan: UnitsPlan) -> str:
    if plan.problems:
        return at_most(units_words.problem_lines(plan.problems), MENDED)
    if not plan.changes:
        return "Cây đơn vị đã đúng như danh sách, không có gì để nhập."
    names = {one.key: one.name for one in (await turn.office.roster()).units}
    heading = f"<b>Chưa nhập</b>: {units_words.summary(plan)}"
    return at_most([heading, *units_words.change_lines(plan, names)], "Đúng thì bấm Nhập đơn vị.")
