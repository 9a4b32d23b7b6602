"""`/lich`: the coming days off, and the days that the office decides itself; only an admin can change them.

/lich -> list, "Bỏ" for each day decided     /lich nghỉ 02/01/2026 nghỉ bù     /lich làm bù 10/01/2026
a file of days (day, works, note) -> preview -> Ghi vào lịch, Thôi
"""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from bot.actions import dialogs
from bot.actions.office_days import calendar, calendar_file
from bot.actions.office_days.calendar_file import Bad, Problem
from bot.chat import dates
from bot.chat.buttons import button, rows
from bot.chat.messages import Message
from bot.chat.turn import Turn
from bot.readers.row import Row
from bot.refusals import No, Refusal
from bot.rules import access
from storage.records import CalendarDay

AHEAD = timedelta(days=120)
SHOWN = 20
HOW = (
    "Sửa lịch: <i>/lich nghỉ 02/01/2026 nghỉ bù</i>, <i>/lich làm bù 10/01/2026</i>, "
    "<i>/lich bỏ 10/01/2026</i>. Nhiều ngày một lúc: gửi tệp CSV có ba cột ngày, làm việc, ghi chú."
)
_WRONG = {
    Bad.DAY: "không có ngày “{said}”. Ví dụ: 02/01/2026",
    Bad.WORKS: "“{said}” không rõ là làm hay nghỉ. Ghi: làm bù hoặc nghỉ",
    Bad.TWICE: "ngày {said} có hai lần",
    Bad.DOUBTFUL: "có chữ có thể là dấu Mật. Gõ đủ dấu tiếng Việt ở dòng này",
}


async def command(turn: Turn) -> None:
    """List the days for `/lich` alone; with words after it, change days as an admin says there."""
    said = turn.text.partition(" ")[2].strip()
    if not said:
        await turn.say(await _page(turn))
        return
    if not access.is_admin(turn.member):
        raise Refusal(No.NOT_ALLOWED)
    read = calendar.read(turn.office, said, turn.now)
    if read.works is None:
        moved = await calendar.take_back(turn.office, turn.who, read.days, turn.now, turn.key)
    else:
        days = [CalendarDay(day=day, works=read.works, note=read.note) for day in read.days]
        moved = await calendar.decide(turn.office, turn.who, days, turn.now, turn.key)
    await turn.say(await _page(turn, _done(moved)))


async def drop(turn: Turn) -> None:
    """Take back what the office decided for one day."""
    if not 0 < turn.pressed.id <= date.max.toordinal():
        raise Refusal(No.STALE)
    day = date.fromordinal(turn.pressed.id)
    moved = await calendar.take_back(turn.office, turn.who, [day], turn.now, turn.key)
    await turn.show(await _page(turn, _done(moved)), "Đã bỏ")


async def received(turn: Turn, listed: Sequence[Row]) -> None:
    """Preview what a file of days would change, or list what is wrong line by line."""
    today = turn.office.today(turn.now)
    found = await asyncio.to_thread(calendar_file.read, listed, today)
    if found.problems:
        lines = [_problem(one) for one in found.problems[:SHOWN]]
        await turn.say("\n".join([*lines, "Chưa ghi ngày nào. Đồng chí sửa rồi gửi lại tệp."]))
        return
    draft = await calendar_file.offer(
        turn.office, turn.who, turn.place, found.days, turn.now, turn.key
    )
    worked = sum(one.works for one in found.days)
    counts = ((len(found.days) - worked, "ngày nghỉ"), (worked, "ngày làm bù"))
    kinds = ", ".join(f"{count} {what}" for count, what in counts if count)
    heading = f"<b>Chưa ghi: {kinds}. Xem lại rồi bấm Ghi vào lịch</b>"
    pressed = [
        button("Ghi vào lịch", "calendar.confirm", draft.id, draft.version),
        button("Thôi", "calendar.stop", draft.id, draft.version),
    ]
    await turn.say(Message("\n".join([heading, *_lines(found.days)]), rows(pressed)))


async def confirm(turn: Turn) -> None:
    """Enter the days of the file into the calendar."""
    press = turn.pressed
    draft = await dialogs.current(turn.office, turn.who, press.id, press.version)
    days = calendar_file.days_of(draft)
    moved = await calendar.decide(turn.office, turn.who, days, turn.now, turn.key, draft)
    await turn.show(await _page(turn, _done(moved)), "Đã ghi vào lịch")


async def stop(turn: Turn) -> None:
    """Drop the days of the file; the calendar stays as it is."""
    press = turn.pressed
    draft = await dialogs.current(turn.office, turn.who, press.id, press.version)
    await dialogs.stop(turn.office, draft, turn.now, turn.key)
    await turn.show(Message("Đã bỏ, lịch giữ nguyên."), "Đã bỏ")


async def _page(turn: Turn, heading: str = "") -> Message:
    office, today = turn.office, turn.office.today(turn.now)
    decided = await calendar.decided(office, turn.now)
    off = [
        (day, name) for day, name in office.workdays.days_off(today, today + AHEAD)
        if day not in office.workdays.overrides
    ]  # fmt: skip
    lines = [*([heading, ""] if heading else []), f"<b>Ngày nghỉ lễ sắp tới: {len(off)}</b>"]
    lines += [f"{dates.written(day)} · {escape(name)}" for day, name in off[:SHOWN]]
    lines += ["", f"<b>Cơ quan tự đặt: {len(decided)}</b>", *_lines(decided)]
    is_admin = access.is_admin(turn.member)
    drops = [
        [button(f"Bỏ {one.day:%d/%m/%Y}", "calendar.drop", one.day.toordinal())]
        for one in decided[:SHOWN]
        if is_admin
    ]
    return Message("\n".join([*lines, *(["", HOW] if is_admin else [])]), rows(*drops))


def _lines(days: Sequence[CalendarDay]) -> list[str]:
    lines = [
        f"{dates.written(one.day)} · {'làm bù' if one.works else 'nghỉ'}"
        + (f" ({escape(one.note)})" if one.note else "")
        for one in days[:SHOWN]
    ]
    return lines + ([f"... và {len(days) - SHOWN} ngày khác"] if len(days) > SHOWN else [])


def _done(moved: int) -> str:
    return f"Đã đổi lịch cơ quan{f', {moved} lời nhắc dời theo' if moved else ''}."


def _problem(one: Problem) -> str:
    return escape(f"Dòng {one.line}: {_WRONG[one.kind].format(said=one.said[:40])}.")
