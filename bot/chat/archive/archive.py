"""`/luutru`: close a year or a unit that was dissolved; propose and approve what is disposed of."""

from datetime import timedelta
from html import escape

from bot.actions.archive import archive, disposal
from bot.actions.archive.archive import Preview, Scope
from bot.chat.archive import archive_package
from bot.chat.buttons import button, rows
from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.clock import stopwatch
from bot.rules import rights

PAUSE = timedelta(seconds=2)
SHOWN = 60
"""Numbers of a list that are shown."""
FOR_WHOM = "Lệnh này dành cho quản trị và lãnh đạo cơ quan. Xem việc của mình: /viec"


async def command(turn: Turn) -> None:
    """`/luutru`, with a year or the name of a unit that was dissolved, or alone for the last year."""
    if not rights.may_archive(turn.who):
        await turn.say(FOR_WHOM)
        return
    said = turn.text.partition(" ")[2].strip()
    year = turn.office.today(turn.now).year - 1
    if said and not said.isdecimal():
        scope = await archive.unit_named(turn.office, said)
    else:
        scope = Scope(int(said[:4]) if said else year)
    seen = await archive.preview(turn.office, scope)
    await turn.say(await _page(turn, seen))


async def _page(turn: Turn, seen: Preview) -> Message:
    unit, year = seen.scope.unit, seen.scope.year
    what = f"năm {year}" if unit is None else escape(unit.name)
    count = seen.unfinished.tasks if seen.unfinished else len(seen.task_ids)
    lines = [f"<b>Lưu trữ {what}</b>", f"Đóng thành gói được: <b>{count}</b> việc đã kết thúc."]
    lines += [f"Chờ việc liên quan kết thúc: {seen.waiting}"] if seen.waiting else []
    lines.append("Việc trong gói vẫn xem, tìm được, không sửa được nữa.")
    close = (
        [button("Đóng gói", "archive.close", unit.id if unit else 0, year or 0)] if count else []
    )
    due = await disposal.due(turn.office, turn.now)
    waits = await disposal.waiting(turn.office)
    if due and not waits:
        lines.append(f"\nHết thời hạn bảo quản: <b>{len(due)}</b> việc.")
        close.append(button("Đề nghị tiêu hủy", "disposal.propose"))
    if waits:
        close.append(button("Danh sách tiêu hủy", "disposal.open", waits[0].id))
    return Message("\n".join(lines), rows(close))


async def close(turn: Turn) -> None:
    """The package is made; how far it is stands in the message that was pressed."""
    unit_id, year = turn.pressed.id, turn.pressed.version
    scope = await archive.unit_of(turn.office, unit_id) if unit_id else Scope(year)
    made = await archive.seal(turn.office, turn.who, scope, turn.now, turn.key)
    await turn.toast("Đang đóng gói…")
    message_id = await turn.say(f"⏳ Đóng gói {made.name}: 0/{made.tasks} việc")
    since = stopwatch()

    async def told(done: int, of: int) -> None:
        nonlocal since
        if stopwatch() - since > PAUSE.total_seconds():
            since = stopwatch()
            await turn.put(Message(f"⏳ Đóng gói {made.name}: {done}/{of} việc"), message_id)

    written = await archive_package.write(
        turn.office, made, turn.office.keeping.folder, turn.now, told
    )
    lost = f"\nTệp không còn nội dung: {written.lost_files}" if written.lost_files else ""
    text = (
        f"Đã đóng gói <b>{made.tasks}</b> việc: {escape(written.path.name)}, trên máy chủ.{lost}\n"
        f"Mã gói, chép vào biên bản:\n<code>{written.fingerprint}</code>"
    )
    await turn.put(Message(text), message_id)


async def propose(turn: Turn) -> None:
    """All that was kept long enough is put on a list for a second person."""
    await disposal.propose(turn.office, turn.who, turn.now, turn.key)
    await open_list(turn)


async def open_list(turn: Turn) -> None:
    """Show the list that waits."""
    waits = await disposal.waiting(turn.office)
    if waits is None or not rights.may_archive(turn.who):
        await turn.show(Message("Không có danh sách tiêu hủy nào đang chờ."))
        return
    made, numbers = waits
    more = f" và {len(numbers) - SHOWN} việc khác" if len(numbers) > SHOWN else ""
    lines = [
        f"<b>Danh sách tiêu hủy: {len(numbers)} việc</b>",
        f"Việc số {', '.join(map(str, numbers[:SHOWN]))}{more}.",
        "Tiêu hủy rồi chỉ còn số việc, không lấy lại được. Cần một đồng chí khác duyệt.",
    ]
    own = made.proposed_by_id == turn.who.person_id
    approve = [] if own else [button("Duyệt tiêu hủy", "disposal.approve", made.id)]
    await turn.show(
        Message(
            "\n".join(lines), rows([*approve, button("Không tiêu hủy", "disposal.refuse", made.id)])
        )
    )


async def approve(turn: Turn) -> None:
    """A second person approves: it is done at once."""
    count = await disposal.approve(turn.office, turn.who, turn.pressed.id, turn.now, turn.key)
    await turn.show(Message(f"Đã tiêu hủy hồ sơ của <b>{count}</b> việc."), "Đã tiêu hủy")


async def refuse(turn: Turn) -> None:
    """The list is called off."""
    await disposal.refuse(turn.office, turn.who, turn.pressed.id, turn.now, turn.key)
    await turn.show(Message("Danh sách tiêu hủy đã bỏ. Hồ sơ được giữ tiếp."), "Đã bỏ")
