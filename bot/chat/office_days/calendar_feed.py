"""`/lichviec`: a person's deadlines as a calendar file, and a private link that a phone can subscribe to.

/lichviec -> the file; where the web server is on: Tạo liên kết -> the link, shown once
                                                   Đổi liên kết, Thu hồi -> sure? -> done
"""

import asyncio
from collections.abc import Sequence

from telegram import Bot

from bot.actions.office import Office
from bot.actions.office_days import calendar_links, deadlines
from bot.chat import dates
from bot.chat.buttons import button, rows
from bot.chat.cards import STATUS_WORDS
from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.refusals import No, Refusal
from bot.rules.rights import Standpoint
from storage.records import CalendarLink, DatedTask, Status

FILE_NAME = "lich-viec.ics"
TITLE = 80
"""Maximum length of a task's title in characters. Services outside the office store these calendars."""
_SAID = {Status.SUBMITTED, Status.PAUSED}
RENEW, END = "renew", "end"
_SURE = {
    RENEW: ("Đổi liên kết? Lịch đã thêm bằng liên kết cũ sẽ thôi cập nhật.", "Đổi liên kết"),
    END: ("Thu hồi liên kết? Lịch đã thêm bằng liên kết này sẽ thôi cập nhật.", "Thu hồi"),
}
_OLD = "Liên kết đã được tạo, đổi hoặc thu hồi rồi. Gõ /lichviec để xem."


async def command(turn: Turn) -> None:
    """Send the calendar file, and offer the link where the web server is on."""
    found = await deadlines.of(turn.office, turn.who)
    if not found:
        await turn.say("Đồng chí không có việc nào đang mở có thời hạn để đưa vào lịch.")
    else:
        content = await _written(turn.office, found, turn.update.get_bot())
        caption = (
            f"Lịch {len(found)} việc có thời hạn. Đồng chí mở tệp để thêm vào lịch của máy. "
            "Hạn đổi thì gửi lại /lichviec và mở tệp mới."
        )
        await turn.speaker.send_file(turn.place.chat_id, content, FILE_NAME, caption)
    if turn.office.web_address is not None:
        await turn.say(_page(await calendar_links.current(turn.office, turn.who), turn))


async def opened(turn: Turn) -> None:
    """Do the same as `/lichviec` for the button under a person's task list."""
    await turn.toast()
    await command(turn)


async def show(turn: Turn) -> None:
    """Put the page about the link back in place after "Thôi": nothing was changed."""
    await turn.show(_page(await calendar_links.current(turn.office, turn.who), turn), "Đã thôi")


async def ask(turn: Turn) -> None:
    """Ask for confirmation before the link is changed or ended: phones that use the old link stop updating."""
    press = turn.pressed
    if press.value not in _SURE:
        raise Refusal(No.STALE)
    question, label = _SURE[press.value]
    sure = button(label, f"deadlines.{press.value}", press.id)
    await turn.show(Message(question, rows([sure, button("Thôi", "deadlines.show")])))


async def renew(turn: Turn) -> None:
    """Make a link, replacing the old one if there is one. Its address is shown now and never again."""
    try:
        address = await calendar_links.renew(
            turn.office, turn.who, turn.pressed.id, turn.now, turn.key
        )
    except Refusal as refusal:
        await _too_late(turn, refusal)
        return
    text = (
        "<b>Liên kết lịch riêng của đồng chí</b> (bấm để chép):\n"
        f"<code>{address}</code>\n\n"
        "iPhone: Lịch › Lịch (cuối màn hình) › Thêm lịch › Thêm lịch đăng ký, dán liên kết.\n"
        "Android: mở calendar.google.com trên máy tính › Lịch khác › Từ URL, dán liên kết; Google "
        "cập nhật chậm, có khi một ngày.\n"
        "Outlook: Thêm lịch › Đăng ký từ web, dán liên kết.\n\n"
        "Liên kết chỉ hiện lần này. Ai có liên kết đều xem được tên việc và hạn: đồng chí không "
        "chuyển cho người khác; mất máy hoặc lộ thì gõ /lichviec để đổi hoặc thu hồi."
    )
    await turn.show(Message(text), "Đã tạo liên kết")


async def end(turn: Turn) -> None:
    """End the link: its address stops working."""
    try:
        await calendar_links.end(turn.office, turn.who, turn.pressed.id, turn.now, turn.key)
    except Refusal as refusal:
        await _too_late(turn, refusal)
        return
    await turn.show(Message("Đã thu hồi liên kết lịch. Tạo lại: /lichviec"), "Đã thu hồi")


async def subscribed(office: Office, who: Standpoint, bot: Bot) -> bytes:
    """Return the calendar for a subscription; it may have no entries."""
    return await _written(office, await deadlines.of(office, who), bot)


async def _too_late(turn: Turn, refusal: Refusal) -> None:
    """Tell in a pop-up that the link was made, changed or ended before; other refusals are raised again.

    The message stays as it is: it may be the one that shows the link.
    """
    if refusal.kind not in {No.STALE, No.ALREADY_DONE}:
        raise refusal
    await turn.toast(_OLD, alert=True)


def _page(link: CalendarLink | None, turn: Turn) -> Message:
    heading = "<b>Lịch tự cập nhật</b>"
    if link is None:
        text = (
            f"{heading}\nĐồng chí tạo liên kết riêng rồi thêm vào lịch của điện thoại một lần: "
            "việc mới, hạn đổi, việc xong thì lịch đổi theo."
        )
        return Message(text, rows([button("Tạo liên kết", "deadlines.renew")]))
    made = dates.deadline(link.made_at, turn.office.workdays)
    text = (
        f"{heading}\nĐồng chí có một liên kết, tạo lúc {made}. Bot không giữ liên kết nên không "
        "hiện lại được; quên hoặc lộ thì đổi."
    )
    pressed = [
        button("Đổi liên kết", "deadlines.ask", link.id, 0, RENEW),
        button("Thu hồi", "deadlines.ask", link.id, 0, END),
    ]
    return Message(text, rows(pressed))


async def _written(office: Office, found: Sequence[DatedTask], bot: Bot) -> bytes:
    return await asyncio.to_thread(_ics, office, found, bot)


def _ics(office: Office, found: Sequence[DatedTask], bot: Bot) -> bytes:
    from bot.renderers.calendar import Entry, ics  # noqa: PLC0415 - slow to load, seldom needed

    address = f"https://t.me/{bot.username}"
    entries = [
        Entry(
            uid=f"viec-{one.id}@{bot.id}.dondoc",
            at=one.due_at,
            title=_title(one),
            description=_description(one, address),
            url=address,
            revision=one.version,
            changed_at=one.changed_at,
            is_certain=one.status is not Status.PAUSED,
        )
        for one in found
    ]
    return ics(f"Lịch việc · {office.name}", office.workdays.timezone, entries)


def _title(task: DatedTask) -> str:
    title = task.title if len(task.title) <= TITLE else task.title[: TITLE - 1] + "…"
    state = f" ({STATUS_WORDS[task.status]})" if task.status in _SAID else ""
    return f"Việc {task.id}{state}: {title}"


def _description(task: DatedTask, address: str) -> str:
    lines = [f"Chủ trì: {task.lead_name}"] if task.lead_name else []
    lines += [f"Người giao: {task.assigner_name}", f"Trạng thái: {STATUS_WORDS[task.status]}"]
    lines += [f"Theo văn bản: {task.document_symbol}"] if task.document_symbol else []
    return "\n".join([*lines, f"Mở thẻ việc: {address}, gõ /viec {task.id}"])
